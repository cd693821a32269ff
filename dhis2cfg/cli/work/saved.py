"""A plan file read back: its form and format checked, nothing trusted."""

import json
from pathlib import Path

from dhis2cfg.cli.world import Opener, for_reading
from dhis2cfg.errors import FilesRefused, NotSupported
from dhis2cfg.load import read_text
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.plan import FORMAT, Plan
from dhis2cfg.wire.codec import DoesNotFit, from_json

MAKE_ONE = "make one: dhis2cfg plan --out FILE"


def read_plans(file: Path, opener: Opener = for_reading) -> tuple[Plan, ...]:
    """The plans of a file that `plan --out` wrote."""
    text = read_text(file, str(file), opener=opener)
    if isinstance(text, Finding):
        raise FilesRefused(f"{text.message}; it should be a plan", following=(MAKE_ONE,))
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FilesRefused(f"{file} is no plan: it is no JSON", following=(MAKE_ONE,)) from error
    several = document.get("plans") if isinstance(document, dict) else None
    if not isinstance(several, list) or "format" not in document:
        raise FilesRefused(f"{file} is no plan: it holds no plans", following=(MAKE_ONE,))
    if document["format"] != FORMAT:
        tools = (each.get("tool") for each in several if isinstance(each, dict))
        tool = next((str(each) for each in tools if each), "a newer version")
        raise NotSupported(f"plans of format {document['format']}", following=(f"install dhis2cfg {tool}",))
    try:
        return tuple(from_json(Plan, each) for each in several)
    except DoesNotFit as error:
        raise FilesRefused(f"{file} is no plan of this version: {error}", following=(MAKE_ONE,)) from error
