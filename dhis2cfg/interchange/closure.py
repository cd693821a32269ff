"""Everything on a server → what the chosen programs and data sets need, and what is there for them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from dhis2cfg.catalogue.oddities import NESTED
from dhis2cfg.interchange.bundle import Body, items, uid_of

Everything: TypeAlias = Mapping[str, list[Body]]
"""Type → objects."""

GROUPS = {
    "categoryOptionGroups": "categoryOptions",
    "dataElementGroups": "dataElements",
    "indicatorGroups": "indicators",
    "optionGroups": "options",
    "programIndicatorGroups": "programIndicators",
    "validationRuleGroups": "validationRules",
}
"""Groups with the list that holds their members: taken with the members that are taken."""

WHOLLY = ("indicators", "validationRules", "predictors")
"""Logic that is taken where all that it names is."""

SHOWN = ("visualizations", "maps", "eventVisualizations")
"""What shows data: taken where it shows something that is counted here."""

COUNTED = frozenset({"dataSets", "indicators", "programIndicators", "programs"})
"""What makes a visualization one of ours; elements alone are shared by too many."""

OF_PROGRAMS = (
    "eventFilters",
    "programStageWorkingLists",
    "relationshipTypes",
    "trackedEntityInstanceFilters",
)
"""Types that belong to a program and stand in no list of it."""

_UID = re.compile(r"\b[A-Za-z][A-Za-z0-9]{10}\b")


def needed(everything: Everything, roots: Iterable[str]) -> dict[str, list[Body]]:
    """The objects that the roots need, by type; members of groups that are not taken are left out."""
    closure = _Closure(everything)
    closure.add(roots)
    closure.add(_beside(closure))
    taken = {
        name: [each for each in objects if each["id"] in closure.taken]
        for name, objects in everything.items()
    }
    for name, members in GROUPS.items():
        for each in taken.get(name, ()):
            listed = items(each.get(members))
            each[members] = [member for member in listed if uid_of(member) in closure.taken]
    return {name: objects for name, objects in taken.items() if objects}


class _Closure:
    """A growing set of UIDs: whatever one of them names, and whatever stands in one of them."""

    def __init__(self, everything: Everything) -> None:
        self.everything = everything
        self.types = {each["id"]: name for name, objects in everything.items() for each in objects}
        self.taken: set[str] = set()
        self._bodies = {each["id"]: each for objects in everything.values() for each in objects}
        self._inside = _inside(everything)

    def add(self, uids: Iterable[str]) -> None:
        """Take objects, and all that follows from them; of groups nothing follows."""
        waiting = [uid for uid in uids if uid in self.types]
        while waiting:
            uid = waiting.pop()
            if uid in self.taken:
                continue
            self.taken.add(uid)
            if self.types[uid] not in GROUPS:
                waiting += self.named(uid)
            waiting += self._inside.get(uid, ())

    def named(self, uid: str) -> set[str]:
        """Every object that one names, in references, texts and sharing alike."""
        return {each for each in _mentions(self._bodies[uid]) if each in self.types and each != uid}


def _inside(everything: Everything) -> dict[str, list[str]]:
    """Parent → the objects that point to it as their parent."""
    found: dict[str, list[str]] = {}
    for row in NESTED:
        for each in everything.get(row.child, ()) if row.back else ():
            found.setdefault(uid_of(each.get(row.back)), []).append(each["id"])
    return found


def _mentions(value: Any) -> Iterator[str]:
    """Every word of eleven letters in an object that may be a UID."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _UID.findall(name)
            yield from _mentions(inner)
    elif isinstance(value, list):
        for each in value:
            yield from _mentions(each)
    elif isinstance(value, str):
        yield from _UID.findall(value)


def _beside(closure: _Closure) -> set[str]:
    """What nobody names and is there for what was taken: logic, what shows it, dashboards, groups."""
    ours = set(closure.taken)
    found: set[str] = set()
    for name in WHOLLY:
        for uid in _of(closure, name):
            data = {each for each in closure.named(uid) if closure.types[each] in _DATA}
            if data and data <= ours:
                found.add(uid)
    for name in OF_PROGRAMS:
        found |= {uid for uid in _of(closure, name) if closure.named(uid) & _programs(closure)}
    counted = {uid for uid in ours | found if closure.types[uid] in COUNTED}
    shown = {uid for name in SHOWN for uid in _of(closure, name) if closure.named(uid) & counted}
    found |= shown | {uid for uid in _of(closure, "dashboards") if closure.named(uid) & shown}
    for name, members in GROUPS.items():
        for each in closure.everything.get(name, ()):
            if {uid_of(member) for member in items(each.get(members))} & (ours | found):
                found.add(each["id"])
    return found


_DATA = frozenset({"dataElements", "indicators", "programIndicators", "trackedEntityAttributes", "programs"})


def _of(closure: _Closure, name: str) -> list[str]:
    return [each["id"] for each in closure.everything.get(name, ())]


def _programs(closure: _Closure) -> set[str]:
    return {uid for uid in closure.taken if closure.types[uid] == "programs"}
