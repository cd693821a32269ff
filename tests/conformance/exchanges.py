"""Small recorded requests with whole answers: replayed in the order of their numbers."""

import json
import re
from collections.abc import Iterator
from typing import Any

from tests.conformance.recorded import RECORDED, VERSIONS, Step
from tests.conformance.replay import BAD_TOKEN, BROWSER, Stage, Verdict, make_stage

_NUMBER = re.compile(r"(\d+)(b?)")
_CALLERS = {"51-unauth": BROWSER, "52-badpat": BAD_TOKEN}
_SECOND = "80"
"""From this number on the server was a fresh one."""

_TEXTS = {"24-malformed": '{"dataElements": ['}
"""Bodies that are no JSON and so were not kept as files."""


def exchanges(version: str) -> Iterator[Step]:
    """The recorded exchanges of a full version that were sent by the administrator."""
    folder = RECORDED / "exchanges" / version
    files = [file for file in folder.glob("*.response.json") if _NUMBER.match(file.name)]
    for number, file in enumerate(sorted(files, key=_place), 1):
        name = file.name.removesuffix(".response.json")
        answer = json.loads(file.read_text(encoding="utf-8"))
        request = folder / f"{name}.request.json"
        body: Any = json.loads(request.read_text(encoding="utf-8")) if request.exists() else None
        yield Step(
            scenario=name,
            number=number,
            user=_CALLERS.get(name, "admin"),
            method=answer["method"],
            path=answer["path"].replace(".json", ""),
            body=_TEXTS.get(name, body),
            content_type=(
                "application/json-patch+json" if answer["method"] == "PATCH" else "application/json"
            ),
            status=answer["status"],
            answer=_as_text(answer["body"]),
        )


def _as_text(body: Any) -> Any:
    """Texts are kept under another key here."""
    return {"_text": body["_raw"]} if isinstance(body, dict) and "_raw" in body else body


def _place(file: Any) -> tuple[int, str, str]:
    found = _NUMBER.match(file.name)
    assert found
    return int(found[1]), found[2], file.name


def replay_exchanges(minor: str) -> Iterator[Verdict]:
    """Every exchange of a version on one server."""
    stage: Stage = make_stage(minor)
    is_fresh = False
    for step in exchanges(VERSIONS[minor]):
        if step.scenario >= _SECOND and not is_fresh:
            stage, is_fresh = make_stage(minor), True
        yield stage.play(step)
