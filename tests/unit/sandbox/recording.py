"""Requests of tests with the answers of a real server, kept as files that a clone can be judged by."""

import base64
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.unit.sandbox.live_server import LiveServer
from tests.unit.sandbox.server import Answered, Asked

LAST = "the last one given"
"""Stands for a session's cookie."""

AT_ONCE = frozenset({"9_eight_posts_of_one_key_at_once", "19_42_keys_of_the_data_store"})
"""Tests whose requests come in no order."""


class Recorder(LiveServer):
    """A real server whose answers are kept, in the test's own words."""

    def __init__(self, url: str, version: str) -> None:
        super().__init__(url, version)
        self.steps: list[dict[str, Any]] = []

    def ask(self, asked: Asked) -> Answered:
        """What the server answers, kept."""
        answered = super().ask(asked)
        step: dict[str, Any] = {"user": asked.user, "method": asked.method, "path": asked.path}
        if isinstance(asked.body, bytes):
            step["bytes"] = base64.b64encode(asked.body).decode()
        elif asked.body is not None:
            step["body"] = asked.body
        if asked.headers:
            step["headers"] = {name: _lasting(name, value) for name, value in asked.headers.items()}
        step |= {"status": answered.status, "answer": answered.body}
        self.steps.append(step)
        return answered


def _lasting(name: str, value: str) -> str:
    return LAST if name == "Cookie" and "STALE" not in value else value


def write(folder: Path, name: str, steps: Sequence[dict[str, Any]]) -> None:
    """One file a test, one line a step; a test that was skipped has none."""
    if not steps or file_name(name) in AT_ONCE:
        return
    folder.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(json.dumps(step, ensure_ascii=False, sort_keys=True) for step in steps)
    (folder / f"{file_name(name)}.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def file_name(name: str) -> str:
    """A test's name without what a file system dislikes."""
    bare = name.removeprefix("test_").replace("[live]", "").replace("[live-", "[")
    return "".join(sign if sign.isalnum() or sign in "_-." else "_" for sign in bare).strip("_")
