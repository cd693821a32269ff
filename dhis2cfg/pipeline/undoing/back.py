"""One object put back: what stood before the run, what the run left, and what stands now, path by path.

    before  left  now   then
    a       a     *     the run did not touch it: what stands stays, edits made since survive
    a       b     a     nothing to do
    a       b     b     set back
    a       b     c     somebody edited it since: a clash, unless the run's own account saved it last

Objects, members and children count as a field "there / not there", as everywhere (design §6, §7).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dhis2cfg.catalogue import oddities
from dhis2cfg.model.questions import Live
from dhis2cfg.plan import sequences
from dhis2cfg.plan.merge import ABSENT
from dhis2cfg.wire import paths
from dhis2cfg.wire.flatten import Flat, flatten
from dhis2cfg.wire.judging import Judge
from dhis2cfg.wire.overlay import REMOVED, overlay


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A field that the run wrote and somebody edited since: what stood before, what was left, what stands."""

    field: str
    before: Any
    left: Any
    now: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """What becomes of one object: a body to send, a deletion, or nothing; `clashes` stand in the way.

    `gained` are members and children that it gets back; `owner` must be put back by its own endpoint.
    """

    body: Live | None = None
    is_deleted: bool = False
    is_new: bool = False
    gained: frozenset[str] = frozenset()
    clashes: tuple[Clash, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Three sides of one object; `left` None: the run deleted it. `is_ours`: nobody else saved it since."""

    type: str
    before: Live | None
    left: Live | None
    now: Live | None
    is_ours: bool


NOTHING = Back()


def back(judge: Judge, sides: Sides, dead: frozenset[str] = frozenset()) -> Back:
    """What puts the object back; `dead` are groups and users that are gone, whose entries no call takes."""
    before, now = sides.before, sides.now
    if before is None:
        return _unmade(judge, sides)
    if now is None:
        if sides.left is not None:
            return NOTHING if sides.left == before else Back(clashes=(_whole(sides),))
        return Back(body=_without_dead(before, dead), is_new=True)
    return _merged(judge, sides, before, now, dead)


def _whole(sides: Sides) -> Clash:
    stands = (each is not None for each in (sides.before, sides.left, sides.now))
    return Clash(field="", **dict(zip(("before", "left", "now"), stands, strict=True)))


def _unmade(judge: Judge, sides: Sides) -> Back:
    """An object that the run made goes, unless somebody else put something of theirs on it."""
    if sides.now is None:
        return NOTHING
    if sides.is_ours or sides.left is None:
        return Back(is_deleted=True)
    left, now = _flat(judge, sides.type, sides.left), _flat(judge, sides.type, sides.now)
    edited = tuple(
        Clash(field=path, before=None, left=_shown(left, path), now=_shown(now, path))
        for path in sorted(left.keys() | now.keys())
        if not _is_same(path, left, now)
    )
    return Back(is_deleted=True, clashes=edited)


def _merged(judge: Judge, sides: Sides, before: Live, now: Live, dead: frozenset[str]) -> Back:
    left = before if sides.left is None else sides.left
    flats = _Flats(
        before=_flat(judge, sides.type, _without_dead(before, dead)),
        left=_flat(judge, sides.type, left),
        now=_flat(judge, sides.type, now),
        is_ours=sides.is_ours,
    )
    edits: dict[str, Any] = {}
    clashes: list[Clash] = []
    for path, clash in _differing(flats):
        if clash:
            shown = (_shown(side, path) for side in (flats.before, flats.left, flats.now))
            told = dict(zip(("before", "left", "now"), shown, strict=True))
            clashes.append(Clash(field=path, **told))
        value = flats.before.get(path, ABSENT)
        edits[path] = REMOVED if value is ABSENT or value is None else value
    edits = {path: value for path, value in edits.items() if not _is_inside(path, edits, flats)}
    edits.update(_orders(flats, edits))
    if not edits:
        return NOTHING
    return Back(
        body=_body(judge, sides.type, before, now, edits, dead),
        gained=frozenset(path for path, value in edits.items() if value is True),
        clashes=tuple(clashes),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Flats:
    before: Flat
    left: Flat
    now: Flat
    is_ours: bool


def _differing(flats: _Flats) -> Iterator[tuple[str, bool]]:
    """Paths that the run changed and that stand otherwise; with True where somebody edited them since."""
    for path in dict.fromkeys((*flats.before, *flats.left, *flats.now)):
        if not path or path.endswith(paths.ORDER) or _is_same(path, flats.before, flats.left):
            continue
        if not _is_same(path, flats.before, flats.now):
            edited = not flats.is_ours and not _is_same(path, flats.left, flats.now)
            yield path, edited


def _is_same(path: str, one: Flat, other: Flat) -> bool:
    """Whether a path says the same on both sides; an empty field is as good as none."""
    first, second = one.get(path), other.get(path)
    return bool(first == second)


def _shown(flat: Flat, path: str) -> Any:
    value = flat.get(path)
    return list(value) if isinstance(value, tuple) else value


def _child(path: str) -> str:
    """The path of the child that a path lies in, empty where it lies in none."""
    head, bracket, _ = path.partition("].")
    return head + "]" if bracket else ""


def _is_inside(path: str, edits: Mapping[str, Any], flats: _Flats) -> bool:
    """Whether a path lies in a child that comes or goes whole, or is not there to be written."""
    child = _child(path)
    return bool(child) and (child in edits or child not in flats.now)


def _orders(flats: _Flats, edits: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Lists whose sequence the run changed, or that get members back: ours as they stood, others beside."""
    for path in flats.before:
        if not path.endswith(paths.ORDER):
            continue
        collection = path.removesuffix(paths.ORDER)
        stands = tuple(flats.now.get(path) or ())
        gone = {key for key in stands if edits.get(paths.member(collection, key)) is REMOVED}
        coming = {
            key
            for key in flats.before[path]
            if paths.member(collection, key) in edits and paths.member(collection, key) not in flats.now
        }
        moved = tuple(flats.left.get(path) or ()) != tuple(flats.before[path])
        if not (moved or coming or gone):
            continue
        wanted = tuple(key for key in flats.before[path] if key in {*stands, *coming} - gone)
        result = sequences.merged(wanted, stands, gone)
        if result != tuple(key for key in stands if key not in gone):
            yield path, result


def _body(
    judge: Judge,
    type_name: str,
    before: Live,
    now: Live,
    edits: Mapping[str, Any],
    dead: frozenset[str],
) -> Live:
    """The live object with the edits; where that is all that stood before, exactly what stood before."""
    clean = _without_dead(before, dead)
    plain = {path: value for path, value in edits.items() if path != SORT_ORDER}
    body = overlay(judge.catalogue, type_name, _without_dead(now, dead), plain, clean)
    if SORT_ORDER in edits:
        body = {**body, SORT_ORDER: before.get(SORT_ORDER)}
    if _flat(judge, type_name, body) == _flat(judge, type_name, clean):
        kept = {name: now[name] for name in oddities.SERVER_SET if name in now}
        body = {**clean, **kept}
    return body


SORT_ORDER = "sortOrder"


def _flat(judge: Judge, type_name: str, wire: Live) -> Flat:
    """Every field, and the number that says the order in a parent's list, which plans never compare."""
    flat = flatten(judge.catalogue, type_name, wire, judge=judge)
    if (type_name, SORT_ORDER) in oddities.SORT_ORDER and type_name != "options":
        flat[SORT_ORDER] = wire.get(SORT_ORDER)
    return flat


def _without_dead(wire: Live, dead: frozenset[str]) -> Live:
    sharing = wire.get("sharing")
    if not dead or not isinstance(sharing, Mapping):
        return wire
    parts = {
        part: {uid: entry for uid, entry in (sharing.get(part) or {}).items() if uid not in dead}
        for part in ("userGroups", "users")
        if part in sharing
    }
    return {**wire, "sharing": {**sharing, **parts}}
