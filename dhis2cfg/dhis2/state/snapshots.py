"""Undo points of runs in the data store: `snapshot-<fleet>-<name>-<piece>`, and what stood after each run.

A snapshot is never written over: what stands after a run has keys of its own.
"""

from collections.abc import Iterable
from typing import TypeVar

import orjson

from dhis2cfg.dhis2.state.keys import Keys
from dhis2cfg.dhis2.state.parsing import parsed
from dhis2cfg.dhis2.state.pieces import cut, joined
from dhis2cfg.model.snapshot import Aftermath, Snapshot
from dhis2cfg.wire.canonical import canonical, to_json

SNAPSHOT = "snapshot"
AFTER = "after"

T = TypeVar("T", Snapshot, Aftermath)


class Snapshots:
    """The undo points that are kept on one server."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def write(self, what: str, value: Snapshot | Aftermath) -> None:
        """Keep a value in pieces, each closed before anything stands in it."""
        for piece in cut(canonical(value)):
            key = f"{_prefix(what, value.fleet)}-{value.name}-{piece.piece}"
            self._keys.ensure_private(key)
            self._keys.put(key, to_json(piece))

    def read(self, wanted: type[T], what: str, fleet: str, name: str) -> T | None:
        """The value, None where it is not there whole."""
        keys = [key for key in self._keys.listed() if _is_of(key, what, fleet) and _name(key) == name]
        content = joined(self._keys.value(key) for key in keys)
        if content is None:
            return None
        return parsed(wanted, orjson.loads(content), f"{_prefix(what, fleet)}-{name}", self._keys.server)

    def sweep(self, fleet: str, kept: Iterable[str]) -> None:
        """Take away all that is not under one of these names."""
        names = set(kept)
        for key in self._keys.listed():
            is_of = _is_of(key, SNAPSHOT, fleet) or _is_of(key, AFTER, fleet)
            if is_of and _name(key) not in names:
                self._keys.delete(key)


def _prefix(what: str, fleet: str) -> str:
    return f"{what}-{fleet}"


def _is_of(key: str, what: str, fleet: str) -> bool:
    """Whether a key is a piece of this fleet's; another fleet's name may begin with ours."""
    head, _, piece = key.rpartition("-")
    return piece.isdecimal() and head.rpartition("-")[0] == _prefix(what, fleet)


def _name(key: str) -> str:
    return key.rpartition("-")[0].rpartition("-")[2]
