"""Option combinations that a server has not made yet: a mark in a body until it has (facts §4.4).

The UID of an option combination is the server's own, and there only after an import of its categories and
their upkeep. What names one goes later; its body holds `(combination COMBO OPTION,OPTION)`, all UIDs, in
place of the UID, and whoever sends the body puts it there at the last moment.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dhis2cfg.model.names import Uid

_UID = "[A-Za-z0-9-]{11}"
_MARK = re.compile(rf"\(combination ({_UID}) ({_UID}(?:,{_UID})*)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An option combination by the UIDs of its category combination and its options."""

    combo: Uid
    options: frozenset[Uid]


def mark(combo: Uid, options: Iterable[Uid]) -> Uid:
    """What stands in a body for a UID that is not known yet."""
    return Uid(f"(combination {combo} {','.join(sorted(options))})")


def wanted_in(value: Any) -> Iterator[Wanted]:
    """Every option combination that a body waits for."""
    if isinstance(value, str):
        for match in _MARK.finditer(value):
            yield _wanted(match)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from wanted_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from wanted_in(inner)


def completed(value: Any, uids: Mapping[Wanted, Uid]) -> Any:
    """A body with the UIDs in it; only ever made to be sent."""
    if isinstance(value, str):
        return _MARK.sub(lambda match: uids[_wanted(match)], value)
    if isinstance(value, Mapping):
        return {name: completed(inner, uids) for name, inner in value.items()}
    return [completed(inner, uids) for inner in value] if isinstance(value, list | tuple) else value


def standing(objects: Iterable[Mapping[str, Any]]) -> dict[Wanted, Uid]:
    """The UIDs of option combinations as a server tells them."""
    return {
        Wanted(
            combo=Uid(each["categoryCombo"]["id"]),
            options=frozenset(Uid(option["id"]) for option in each.get("categoryOptions") or ()),
        ): Uid(each["id"])
        for each in objects
        if each.get("categoryCombo")
    }


def _wanted(match: re.Match[str]) -> Wanted:
    return Wanted(combo=Uid(match[1]), options=frozenset(Uid(each) for each in match[2].split(",")))
