"""States that are alike: what many municipalities have from the same packages is judged once.

Two states are alike where they hold the very same fields of the same packages; what a municipality adds of
its own (units, assignments, members) does not count. Of all but the first only that own part is judged.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace

from dhis2cfg.catalogue.oddities import MUNICIPAL_LISTS
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.names import Uid
from dhis2cfg.model.state import Child, DesiredObject, Origin, State
from dhis2cfg.validate.context import Package
from dhis2cfg.validate.values import children_of, unwrapped

UNITS = "organisationUnits"


class Alike:
    """What was judged before, of the states of one run; it takes fields for the same by identity."""

    def __init__(self, states: Sequence[State], packages: Mapping[str, Package]) -> None:
        self.states = states
        self._folders = tuple(f"{package.folder}/" for package in packages.values())
        self._are_apart = all(package.folder not in {"", "."} for package in packages.values())
        self._known: dict[Hashable, frozenset[Uid]] = {}

    def parts(self) -> Iterator[tuple[State, bool]]:
        """Each state, whole (True) or its own part alone; what is told of a part must be `told_of_part`."""
        for state in self.states:
            key = _pattern(state)
            known = self._known.get(key)
            if known is None:
                self._known[key] = frozenset(uid for each in state.objects.values() for uid in _uids(each))
            part = _own_part(state)
            own = {each.uid for each in part.objects.values() if _is_own(each, state)}
            is_whole = (
                known is None
                or not self._are_apart
                or not known.isdisjoint(uid for uid in own if uid is not None)
            )
            yield (state, True) if is_whole else (part, False)

    def told_of_part(self, finding: Finding) -> bool:
        """Whether a finding stands in the municipality's file: what stands in packages was told before."""
        return not finding.place.file.startswith(self._folders)


def _pattern(state: State) -> Hashable:
    """What is equal for two states that hold the very same fields of the same packages."""
    kept = (
        (
            ref,
            each.uid,
            tuple(
                id(field) for name, field in each.fields.items() if (ref.type, name) not in MUNICIPAL_LISTS
            ),
        )
        for ref, each in state.objects.items()
        if not _is_own(each, state)
    )
    settings = (
        (ref, str(each.value))
        for ref, each in state.settings.items()
        if each.origin is not Origin.MUNICIPALITY
    )
    return state.packages, tuple(kept), tuple(settings)


def _is_own(each: DesiredObject, state: State) -> bool:
    """Whether an object is the municipality's alone."""
    return bool(state.municipality) and each.owner == state.municipality


def _own_part(state: State) -> State:
    """The units of a state, and the objects in which a municipality has its say."""
    objects = {
        ref: each
        for ref, each in state.objects.items()
        if ref.type == UNITS or any(field.origin is Origin.MUNICIPALITY for field in each.fields.values())
    }
    return replace(state, objects=objects)


def _uids(each: DesiredObject | Child) -> Iterator[Uid]:
    """The UIDs of an object and of its children."""
    uid = each.uid if isinstance(each, DesiredObject) else each.id
    if uid is not None:
        yield uid
    for field in each.fields.values():
        for child in children_of(unwrapped(field.value)):
            yield from _uids(child)
