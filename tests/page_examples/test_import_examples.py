"""The examples of what an import finds and mends: in the wrong one it is found, in the right one not."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from dhis2cfg.interchange import read_source
from dhis2cfg.interchange.sources import LARGEST, Source, too_large
from dhis2cfg.validate.import_pages import PAGES
from dhis2cfg.validate.pages import Page
from tests.unit.interchange.documents import taken, uid

METADATA = b'{"dataElements": [{"id": "fWIAEtYVEGk", "name": "Onset"}]}'
PRIVATE = {"public": "--------"}
UNSHARED = "mend-legacy-sharing"
PROGRAM: Mapping[str, list[dict[str, Any]]] = {
    "programs": [{"id": uid("P"), "programStages": [{"id": "tWIAEtYVEGk"}]}],
    "programStages": [{"id": "tWIAEtYVEGk", "program": {"id": uid("P")}}],
    "programStageSections": [{"id": "fWIAEtYVEGk", "programStage": {"id": "tWIAEtYVEGk"}}],
    "programRules": [{"id": uid("R"), "program": {"id": uid("P")}, "condition": "true"}],
}
"""What stands around actions and program indicators, which are nothing alone."""
ABOVE = {"programRuleActions": ("programRule", uid("R")), "programIndicators": ("program", uid("P"))}
SHOWN = {"id": "fWIAEtYVEGk", "name": "Andel", "shortName": "Andel", "numerator": "1", "denominator": "1"}


def packed(name: str, content: bytes) -> bytes:
    """A zip of one file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def rules_of_file(content: bytes) -> set[str]:
    """What is found of a file."""
    source = read_source("file", content)
    if isinstance(source, Source):
        return {each.rule for each in taken(dict(source.document)).findings}
    return {source.rule}


def rules_of_size(example: str) -> set[str]:
    """What is found of a file as large as the example tells."""
    told = re.search(r"(\d+) MB", example)
    assert told
    size = int(told[1]) * 1_000_000
    return {too_large("file.json", size).rule} if size > LARGEST else set()


def rules_of_bomb(example: str) -> set[str]:
    """What is found of a zip that is mostly blanks, where the example speaks of them."""
    return rules_of_file(packed("metadata.json", b" " * 3_000_000 * ("blanks" in example) + METADATA))


def rules_of_json(page: Page, example: str) -> set[str]:
    """What is found of a document whose objects say at least their name, and who may see them."""
    try:
        document = json.loads(example)
    except ValueError:
        return rules_of_file(example.encode())
    if "programRuleActions" in document or "programIndicators" in document:
        document = {**PROGRAM, **document}
    if "visualizations" in document:
        document = {"indicators": [SHOWN], **document}
    if page.rule.startswith("mend-"):
        for name, rows in document.items():
            document[name] = [_whole(name, number, each, page) for number, each in enumerate(rows)]
    return rules_of_file(json.dumps(document).encode())


def _whole(name: str, number: int, each: dict[str, Any], page: Page) -> dict[str, Any]:
    shared = {} if page.rule == UNSHARED else {"sharing": PRIVATE}
    above = {ABOVE[name][0]: {"id": ABOVE[name][1]}} if name in ABOVE else {}
    return {"id": uid(f"{name[:8]}{number}"), "name": f"{name} {number}", **shared, **above, **each}


BY_WORDS: Mapping[str, Callable[[str], set[str]]] = {
    "import-too-large": rules_of_size,
    "import-path": lambda example: rules_of_file(packed(example, METADATA)),
    "import-zip-bomb": rules_of_bomb,
}
"""Rules whose examples are words about a file, and how the file is made."""


def judged(page: Page, example: str) -> set[str]:
    """What is found of an example."""
    by_words = BY_WORDS.get(page.rule)
    return by_words(example) if by_words else rules_of_json(page, example)


ON_A_SERVER = "import-unread-type"
"""Only a server can refuse a type: tests/interchange/test_commands.py."""
JUDGED = [page for page in PAGES if page.rule != ON_A_SERVER]


@pytest.mark.parametrize("page", JUDGED, ids=[page.rule for page in JUDGED])
def test_the_wrong_one_is_found_and_the_right_one_is_not(page: Page) -> None:
    """What a page shows is what an import does."""
    assert page.rule in judged(page, page.wrong.strip())
    assert page.rule not in judged(page, page.right.strip())
