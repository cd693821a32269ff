"""A plan file read back: its form and format checked, nothing trusted."""

import json
from pathlib import Path

from dhis2cfg.errors import FilesRefused, NotSupported
from dhis2cfg.load import read_text
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.plan import FORMAT, Plan
from dhis2cfg.wire.codec import DoesNotFit, from_json


def read_plans(file: Path) -> tuple[Plan, ...]:
    """The plans of a file that `plan --out` wrote."""
    text = read_text(file, str(file))
    if isinstance(text, Finding):
        raise FilesRefused(f"{file} cannot be read: {text.message}")
    try:
        document = json.loads(text)
        form = document["format"]
        several = document["plans"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise FilesRefused(
            f"{file} is no plan: {str(error) or type(error).__name__}",
            following=("make one: dhis2cfg plan --out FILE",),
        ) from error
    if form != FORMAT:
        tool = next((each.get("tool") for each in several if isinstance(each, dict)), "a newer version")
        raise NotSupported(f"plans of format {form}", following=(f"install dhis2cfg {tool}",))
    try:
        return tuple(from_json(Plan, each) for each in several)
    except DoesNotFit as error:
        raise FilesRefused(f"{file} is no plan of this version: {error}") from error
