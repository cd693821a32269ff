"""Recorded answers of real servers: where they stand, one step, and what of an answer is compared."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

RECORDED = Path(os.environ.get("DHIS2CFG_RECORDED", "../shared")) / "dhis2"
VERSIONS = {"2.41": "2.41.9.1", "2.42": "2.42.5.2", "2.43": "2.43.1"}
"""Minor version → the version that was recorded."""

UID = re.compile(r"\b[a-zA-Z][a-zA-Z0-9]{10}\b")
_BARE = re.compile(
    r"^[a-zA-Z][a-zA-Z0-9]{10}$|(?<=\[)[a-zA-Z][a-zA-Z0-9]{10}(?=\])|(?<=/)[a-zA-Z][a-zA-Z0-9]{10}$"
)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(?:\+0000)?")
_HOST = re.compile(r"http://(?:127\.0\.0\.1:\d+|sandbox)")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CHANCE = re.compile(r"d2p_\w+|\(\d{13}\)|\$HibernateProxy\$\w+")
_LEFT_OUT = frozenset({"message", "args", "mainId", "errorKlass", "rev", "revision"})
"""Keys whose values are texts for people, or details of Java."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One request with its recorded answer; `number` counts from one."""

    scenario: str
    number: int
    user: str
    method: str
    path: str
    body: Any
    content_type: str
    status: int | None
    answer: Any


def scenarios(version: str) -> dict[str, list[Step]]:
    """The recorded scenarios of a full version, in order."""
    found: dict[str, list[Step]] = {}
    for file in sorted((RECORDED / "scenarios" / version).glob("*.json")):
        steps = json.loads(file.read_text(encoding="utf-8"))["steps"]
        found[file.stem] = [_step(file.stem, number, row) for number, row in enumerate(steps, 1)]
    return found


def _step(scenario: str, number: int, row: Mapping[str, Any]) -> Step:
    request, response = row["request"], row["response"]
    return Step(
        scenario=scenario,
        number=number,
        user=request["user"],
        method=request["method"],
        path=request["path"],
        body=request.get("body"),
        content_type=request.get("contentType") or "application/json",
        status=response.get("status"),
        answer=response.get("body"),
    )


@dataclass(kw_only=True)
class Comparison:
    """Compares an answer with the recorded one; learns which of our ids stand for the server's.

    An id is the server's own where an answer shows it before any request named it.
    """

    ordered: frozenset[str]
    ids: dict[str, str] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)

    def remember(self, text: str) -> None:
        """The ids that a request names, but for those that an answer gave first."""
        self.sent.update(set(UID.findall(text)) - set(self.ids))

    def translate(self, text: str) -> str:
        """A request's text with the recorded server's ids replaced by ours."""
        return UID.sub(lambda found: self.ids.get(found[0], found[0]), text)

    def differences(
        self, recorded: Any, ours: Any, path: str = "", *, is_ordered: bool = False
    ) -> Iterator[str]:
        """Where the two differ: path, recorded, ours."""
        if isinstance(recorded, dict) and isinstance(ours, dict):
            for name in sorted({*recorded, *ours} - _LEFT_OUT):
                if name == "displayName" and "errorReports" in recorded:
                    continue
                here = f"{path}.{name}" if path else name
                yield from self.differences(
                    recorded.get(name), ours.get(name), here, is_ordered=is_ordered or name in self.ordered
                )
        elif isinstance(recorded, list) and isinstance(ours, list):
            yield from self._lists(recorded, ours, path, is_ordered=is_ordered)
        elif not self._same(recorded, ours):
            yield f"{path}: recorded {_short(recorded)}, here {_short(ours)}"

    def _lists(self, recorded: list[Any], ours: list[Any], path: str, *, is_ordered: bool) -> Iterator[str]:
        if len(recorded) != len(ours):
            yield f"{path}: recorded {_short(recorded)}, here {_short(ours)}"
            return
        waiting = list(ours)
        for position, one in enumerate(recorded):
            best = 0
            if not is_ordered:
                costs = [len(list(self._trial(one, other, path))) for other in waiting]
                best = costs.index(min(costs))
            yield from self.differences(one, waiting.pop(best), f"{path}[{position}]")

    def _trial(self, recorded: Any, ours: Any, path: str) -> Iterator[str]:
        kept = dict(self.ids)
        yield from self.differences(recorded, ours, path)
        self.ids = kept

    def _same(self, recorded: Any, ours: Any) -> bool:
        if isinstance(recorded, str) and isinstance(ours, str):
            return self._same_text(_plain(recorded), _plain(ours))
        return bool(recorded == ours) and isinstance(recorded, bool) == isinstance(ours, bool)

    def _same_text(self, recorded: str, ours: str) -> bool:
        if recorded == ours:
            return True
        for theirs, mine in zip(_BARE.findall(recorded), _BARE.findall(ours), strict=False):
            if theirs not in self.sent:
                self.ids.setdefault(theirs, mine)
        return self.translate(recorded) == ours


def _plain(text: str) -> str:
    for pattern, shown in ((_TIME, "<time>"), (_HOST, "<host>"), (_UUID, "<uuid>"), (_CHANCE, "")):
        text = pattern.sub(shown, text)
    return text


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 160 else text[:157] + "…"
