"""Our own requests with answers of real servers, made by the tests of facts: replayed on embedded ones."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dhis2cfg.model.http import Request, Response
from tests.conformance.recorded import Comparison, Step
from tests.conformance.replay import Stage, Verdict, body_of, make_stage
from tests.unit.sandbox.recording import LAST
from tests.unit.sandbox.server import Asked, asked_request

OWN = Path(__file__).parent / "own"


def own_steps(minor: str, folder: Path = OWN) -> dict[str, list[dict[str, Any]]]:
    """The steps of each test that was recorded on a version, in order."""
    files = sorted((folder / minor).glob("*.json"))
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}


def replay_own(minor: str) -> Iterator[Verdict]:
    """Every recorded test of a version, each on a fresh server."""
    for name, rows in own_steps(minor).items():
        stage, cookie = make_stage(minor), ""
        for number, row in enumerate(rows, 1):
            verdict, given = _play(stage, name, number, row, cookie)
            cookie = given or cookie
            yield verdict


def _play(stage: Stage, name: str, number: int, row: dict[str, Any], cookie: str) -> tuple[Verdict, str]:
    step = _step(name, number, row)
    stage.learn(step)
    response = stage.transport.send(_request(stage, row, cookie))
    found = list(stage.comparison.differences(step.status, response.status, "HTTP status"))
    found += stage.comparison.differences(
        _told(row["answer"]), _told(_read(response)), is_ordered="order=" in step.path
    )
    given = response.headers.get("set-cookie", "").split(";")[0]
    return Verdict(step=step, differences=tuple(found)), given


def _step(name: str, number: int, row: dict[str, Any]) -> Step:
    return Step(
        scenario=name,
        number=number,
        user=row["user"] or "",
        method=row["method"],
        path=row["path"],
        body=row.get("body"),
        content_type="",
        status=row["status"],
        answer=row["answer"],
    )


def compared_with(name: str, before: list[dict[str, Any]], now: list[dict[str, Any]]) -> Iterator[Verdict]:
    """What was kept beside what a server answers now."""
    comparison = Comparison(ordered=frozenset())
    for number, (kept, made) in enumerate(zip(before, now, strict=False), 1):
        comparison.remember(f"{kept['path']} {json.dumps(kept.get('body'))}")
        found = list(comparison.differences(kept["status"], made["status"], "HTTP status"))
        found += comparison.differences(_told(kept["answer"]), _told(made["answer"]))
        yield Verdict(step=_step(name, number, kept), differences=tuple(found))


def _read(response: Response) -> Any:
    found = body_of(response)
    return found["_text"] or None if isinstance(found, dict) and set(found) == {"_text"} else found


def _told(answer: Any) -> Any:
    """What is compared of an answer: of pages and of packed data only what they are."""
    if isinstance(answer, str) and answer.lstrip()[:1] == "<":
        return {"_text": "a page"}
    if isinstance(answer, str) and "\ufffd" in answer:
        return {"_text": "packed"}
    return {"_": answer}


def _request(stage: Stage, row: dict[str, Any], cookie: str) -> Request:
    sent = base64.b64decode(row["bytes"]) if "bytes" in row else row.get("body")
    if isinstance(sent, dict | list):
        sent = json.loads(stage.comparison.translate(json.dumps(sent)))
    headers = {name: cookie if value == LAST else value for name, value in row.get("headers", {}).items()}
    asked = Asked(
        method=row["method"],
        path=stage.comparison.translate(row["path"]),
        body=sent,
        user=row["user"],
        headers=headers,
    )
    return asked_request(asked, stage.passwords)
