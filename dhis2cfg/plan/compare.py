"""One object: its three flat mappings run through the merge table, path by path."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dhis2cfg.model.record import Recorded
from dhis2cfg.plan import sequences
from dhis2cfg.plan.merge import ABSENT, WRITES, Row, decide
from dhis2cfg.wire import paths
from dhis2cfg.wire.flatten import Flat
from dhis2cfg.wire.overlay import REMOVED


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One path and the row it fell into; values are canonical, ABSENT where not there."""

    path: str
    row: Row
    base: Any
    desired: Any
    live: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What became of one object: every path that is not as it should be, and what to write.

    `edits` are for `wire.overlay`; `record` the fields we shall have written; `found` the paths that stood
    there before us; `local` what is there and is not ours. An object that is to be made has one difference,
    with the empty path; one that may not be seen has none.
    """

    differences: tuple[Difference, ...] = ()
    edits: Mapping[str, Any] = field(default_factory=dict)
    record: Mapping[str, Any] = field(default_factory=dict)
    found: tuple[str, ...] = ()
    local: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        """Whether the object is to be made."""
        return any(not each.path for each in self.differences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What of an object is dealt with otherwise than the table says, by path.

    `orphans` are members that the packages dropped and that stay where they are all the same; `derived`
    translations that repeat the base text; `released` what the package lets go of; `emptied` what stands,
    was never ours, and goes because the package describes all of the object.
    """

    orphans: frozenset[str] = frozenset()
    derived: frozenset[str] = frozenset()
    released: frozenset[str] = frozenset()
    emptied: frozenset[str] = frozenset()


NO_CLAIM = Claim()


class _Sides:
    """The three mappings of one object, and what is gathered on the way through their paths."""

    def __init__(self, recorded: Recorded | None, desired: Flat, live: Flat, claim: "Claim") -> None:
        self.recorded = recorded
        self.claim = claim
        self.base: Mapping[str, Any] = recorded.fields if recorded else {}
        self.desired = desired
        self.live = live
        self.differences: list[Difference] = []
        self.edits: dict[str, Any] = {}
        self.found: set[str] = set(recorded.found if recorded else ())
        self.local: dict[str, Any] = {}
        self.settled: set[str] = set()

    def is_same(self, path: str) -> bool:
        """Whether all three sides say the same, as most do."""
        wanted = self.desired.get(path, ABSENT)
        return wanted is not ABSENT and wanted == self.base.get(path, ABSENT) == self.live.get(path, ABSENT)

    def values(self, path: str) -> tuple[Any, Any, Any]:
        """Base, desired and live of one path; an empty field is there only for who wrote it empty."""
        wanted = self.desired.get(path, ABSENT)
        last = self.base.get(path, ABSENT)
        stands = self.live.get(path, ABSENT if is_member(path) else None)
        if last is ABSENT and wanted is not ABSENT and self.recorded is not None:
            last = self.recorded.filled.get(path, ABSENT)
        if stands is None and wanted is not None and (wanted is ABSENT or last is not None):
            stands = ABSENT
        return last, wanted, stands

    def is_filled(self, path: str) -> bool:
        """Whether the server put it there by itself when we made the object."""
        return self.recorded is not None and path in self.recorded.filled

    def differs(self, path: str, row: Row, values: tuple[Any, Any, Any]) -> None:
        """Note one difference."""
        base, desired, live = values
        self.differences.append(Difference(path=path, row=row, base=base, desired=desired, live=live))

    def result(self) -> Comparison:
        """What was gathered, as a value."""
        return Comparison(
            differences=tuple(self.differences),
            edits=self.edits,
            record=self.desired,
            found=tuple(sorted(self.found & self.desired.keys())),
            local=self.local,
        )


def compare(
    recorded: Recorded | None, desired: Flat, live: Flat | None, claim: Claim = NO_CLAIM
) -> Comparison:
    """The three mappings of one desired object, compared."""
    if live is None:
        return _missing(recorded, desired)
    standing = {path: True for path in claim.orphans if path in live}
    sides = _Sides(recorded, {**desired, **standing}, live, claim)
    if recorded is None:
        sides.found.add("")
    for path in dict.fromkeys((*desired, *sides.base, *live)):
        if sides.is_same(path) or not path or path.endswith(paths.ORDER):
            continue
        if _child_of(path) not in sides.settled:
            _one(sides, path)
    for path in desired:
        if path.endswith(paths.ORDER):
            _order(sides, path)
    result = sides.result()
    if result.edits and result.edits.keys() <= claim.derived:
        return _untouched(result, sides.base)
    return result


def _missing(recorded: Recorded | None, desired: Flat) -> Comparison:
    """An object that does not stand: new, or taken away by hand."""
    base: Any = ABSENT
    row = Row.CREATE
    if recorded is not None:
        moved = any(_last(recorded, path) != value for path, value in desired.items())
        base, row = True, Row.CONFLICT if moved else Row.RESTORE
    new = Difference(path="", row=row, base=base, desired=True, live=ABSENT)
    return Comparison(differences=(new,), record=desired)


def _last(recorded: Recorded, path: str) -> Any:
    """What was last written; a sequence comes back from the record as a list."""
    value = recorded.fields.get(path, ABSENT)
    return tuple(value) if path.endswith(paths.ORDER) and value is not ABSENT else value


def _untouched(result: Comparison, base: Mapping[str, Any]) -> Comparison:
    """An object that was adopted is not touched only to repeat its base text in another place (design §6)."""
    left_out = {path for path in result.edits if path not in base}
    return replace(
        result,
        differences=tuple(each for each in result.differences if each.path not in result.edits),
        edits={},
        record={path: value for path, value in result.record.items() if path not in left_out},
    )


def _child_of(path: str) -> str | None:
    """The path of the child that a path lies in, or None."""
    head, bracket, _ = path.partition("].")
    return head + "]" if bracket else None


def is_member(path: str) -> bool:
    """Whether a path is a member, a child, a translation or an entry, which are there or not."""
    return path.endswith("]")


def _one(sides: _Sides, path: str) -> None:
    if path in sides.claim.emptied:
        _emptied(sides, path)
        return
    values = sides.values(path)
    wanted, stands = values[1:]
    row = _row(sides, path, values)
    if is_member(path) and (wanted is ABSENT or stands is ABSENT):
        sides.settled.add(path)
        row = row if wanted is ABSENT else _moved_on(sides, path, row)
    if row is Row.LOCAL and is_member(path) and not sides.is_filled(path):
        sides.local[path] = stands
    if row in WRITES or row in (Row.DROPPED, Row.LET_GO, Row.FORGOTTEN):
        sides.differs(path, row, values)
    if row in WRITES or row is Row.DROPPED:
        sides.edits[path] = REMOVED if wanted is ABSENT else wanted
    if row is Row.FOUND:
        sides.found.add(path)
    elif row in WRITES or wanted is ABSENT:
        sides.found.discard(path)


def _emptied(sides: _Sides, path: str) -> None:
    """Somebody's value on an object of which the package describes all: it goes, once that is allowed."""
    if is_member(path):
        sides.settled.add(path)
    sides.differs(path, Row.TAKEOVER, (ABSENT, ABSENT, sides.live[path]))
    sides.edits[path] = REMOVED


def _row(sides: _Sides, path: str, values: tuple[Any, Any, Any]) -> Row:
    """The row of the table, but: what was found is let go, and a child edited by hand is a conflict."""
    row = decide(*values)
    if row is Row.DROPPED and (path in sides.found or path in sides.claim.released):
        return Row.LET_GO
    if row is Row.DROPPED and is_member(path):
        inner = [each for each in sides.base if each.startswith(f"{path}.")]
        if any(sides.base[each] != sides.live.get(each) for each in inner):
            return Row.CONFLICT
    return row


def _moved_on(sides: _Sides, path: str, row: Row) -> Row:
    """A child taken out by hand while the package changed what it holds: both moved (design §6, `ab-`)."""
    fields = [each for each in sides.desired if each.startswith(f"{path}.")]
    moved = any(sides.base.get(each, ABSENT) != sides.desired[each] for each in fields)
    return Row.CONFLICT if row is Row.RESTORE and moved else row


def _order(sides: _Sides, path: str) -> None:
    """One ordered list: moves among members that stand already, and the sequence that results."""
    wanted, stands = tuple(sides.desired[path]), tuple(sides.live.get(path, ()))
    collection = path.removesuffix(paths.ORDER)
    gone = {key for key in stands if sides.edits.get(paths.member(collection, key)) is REMOVED}
    last = sides.base.get(path, ABSENT)
    common = sequences.restricted(wanted, stands)
    if last is not ABSENT:
        common = sequences.restricted(common, last)
        last = sequences.restricted(last, common)
    row = decide(last, common, sequences.restricted(stands, common))
    if row in WRITES:
        sides.differs(path, row, (last, common, sequences.restricted(stands, common)))
    result = sequences.merged(wanted, stands, gone)
    if result != tuple(key for key in stands if key not in gone):
        sides.edits[path] = result
