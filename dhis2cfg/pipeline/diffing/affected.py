"""For whom a change is: the groups that what it stands in is shared with."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from dhis2cfg.model.diff import Affected
from dhis2cfg.model.names import Ref, Reference
from dhis2cfg.model.state import Sharing, State
from dhis2cfg.plan.matching.references import references
from dhis2cfg.plan.telling.naming import ancestors, title_of

HOLDERS = frozenset({"dashboards", "dataSets", "programs", "programStages"})
"""Types that people open: what stands in one of them is for those whom it is shared with."""
DATA = slice(2, 4)
"""The two signs of an access string that speak of data."""


class Audience:
    """Who sees what in one state; answers are remembered."""

    def __init__(self, state: State, locale: str = "") -> None:
        self._objects = state.objects
        self._locale = locale
        self._users = _used_by(state)
        self._known: dict[Ref, Affected] = {}

    def knows(self, ref: Ref) -> bool:
        """Whether the state holds an object."""
        return ref in self._objects

    def of(self, ref: Ref) -> Affected:
        """For whom an object is."""
        if ref not in self._known:
            self._known[ref] = self._found(ref)
        return self._known[ref]

    def _found(self, ref: Ref) -> Affected:
        if ref.type == "userGroups":
            return Affected(groups=(self._title(ref),))
        holders = tuple(self._innermost(dict.fromkeys(self._holders(ref))))
        found = dict.fromkeys(group for holder in holders for group in self._groups(holder))
        return Affected(
            groups=tuple(map(self._title, found)) or None,
            stands_in=tuple(self._title(holder) for holder in holders if holder != ref),
        )

    def _holders(self, ref: Ref) -> Iterator[Ref]:
        """What holds an object, by reference or by path, as far as the first thing that people open."""
        waiting, seen = [ref], {ref}
        while waiting:
            each = waiting.pop(0)
            if each.type in HOLDERS:
                yield each
                continue
            around = [*self._users[each], *(one for one in ancestors(each) if one in self._objects)]
            new = [one for one in dict.fromkeys(around) if one not in seen]
            seen.update(new)
            waiting += new

    def _innermost(self, holders: Iterable[Ref]) -> Iterator[Ref]:
        """Holders without those that only hold another one."""
        several = list(holders)
        outer = {one for each in several for one in ancestors(each)}
        yield from (each for each in several if each not in outer)

    def _groups(self, holder: Ref) -> Iterator[Reference]:
        sharing = self._objects[holder].fields.get("sharing")
        if sharing is None or not isinstance(sharing.value, Sharing):
            return
        wants_data = holder.type != "dashboards"
        for group, access in sharing.value.user_groups.items():
            if access[DATA].strip("-") if wants_data else access.strip("-"):
                yield group

    def _title(self, reference: Reference) -> str:
        each = self._objects.get(reference) if isinstance(reference, Ref) else None
        if each is not None:
            return title_of(each, self._locale) or each.ref.key
        return reference.key if isinstance(reference, Ref) else "a group of the server"


def _used_by(state: State) -> Mapping[Ref, list[Ref]]:
    """What refers to an object, sharing aside."""
    users: defaultdict[Ref, list[Ref]] = defaultdict(list)
    for ref, each in state.objects.items():
        fields = {name: field for name, field in each.fields.items() if not isinstance(field.value, Sharing)}
        alone = replace(state, objects={ref: replace(each, fields=fields)})
        for used in references(alone):
            if isinstance(used, Ref):
                users[used].append(ref)
    return users
