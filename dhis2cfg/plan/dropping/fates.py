"""What becomes of each dropped object, of all together: who goes lets go of the others (design §6).

Logic goes where nobody else uses it; everything else stays an orphan until it is pruned. What stands in an
orphan stays with it, and what data or somebody else's object hold stays too, with the reason.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dhis2cfg.catalogue import oddities
from dhis2cfg.model.names import Uid
from dhis2cfg.model.plan import Touched
from dhis2cfg.model.questions import Use
from dhis2cfg.plan.dropping.dropped import Dropped, Fate, is_orphaned
from dhis2cfg.wire.flatten import uid_of

Key = tuple[str, Uid]

STAYS = "in which it stands, stays"

SHARING = "sharing"
"""An entry in the sharing of others holds nobody: it is taken out before."""

CASCADES = frozenset({"programRuleActions", "programStageSections", "programStages", "sections"})
"""Types that go along with the parent in which they stand (facts §6).

Sections of a program are not among them: whether the program goes or is saved without them, they stay, belong
to nothing, and hold its attributes (seen on 2.41).
"""

PARENTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    row.child: tuple((each.parent, each.back) for each in oddities.parent_lists(row.child) if each.back)
    for row in oddities.NESTED
}
"""Type → (parent type, reference to it): what stands in an orphan stays with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What decides beside the objects.

    `foreign` are objects of other fleets, `lists` by parent the lists that are let go of (`!keep`); `data`
    tells what hangs on an object, `holds_on` whether one that uses it goes on doing so.
    """

    prune: bool
    foreign: Mapping[Key, str]
    lists: Mapping[Key, frozenset[str]]
    data: Callable[[Dropped], Touched | None]
    holds_on: Callable[[Use, Dropped], bool]
    uses: Mapping[Key, tuple[Use, ...]]


def fated(dropped: Sequence[Dropped], asked: Asked) -> tuple[Dropped, ...]:
    """Each with its fate; a fixed point, for one that stays may hold another."""
    first = {each.key: replace(each, fate=_first(each, asked)) for each in dropped}
    going = {key for key, each in first.items() if each.fate in (Fate.DELETED, Fate.WITH_PARENT)}
    stays: dict[Key, tuple[str, tuple[Use, ...]]] = {}
    while True:
        held = {key: found for key in going if (found := _held(first[key], going, first, asked)) is not None}
        if not held:
            break
        stays |= held
        going -= set(held)
    return tuple(_settled(each, going, stays, first, asked) for each in first.values())


def _first(each: Dropped, asked: Asked) -> Fate:
    if each.hidden:
        return Fate.HIDDEN
    if each.live is None:
        return Fate.GONE
    if "" in each.recorded.found or _is_kept(each, asked.lists):
        return Fate.LET_GO
    if each.key in asked.foreign:
        return Fate.ORPHAN
    if each.type in oddities.PARTS & CASCADES:
        return Fate.WITH_PARENT
    return Fate.DELETED if asked.prune or not is_orphaned(each.type) else Fate.ORPHAN


def _held(
    each: Dropped, going: set[Key], all_of_them: Mapping[Key, Dropped], asked: Asked
) -> tuple[str, tuple[Use, ...]] | None:
    """Why it cannot go, and who uses it; None where nothing holds it."""
    for key in parents_of(each):
        if key in all_of_them and key not in going and all_of_them[key].live is not None:
            return (f"{key[0]}/{all_of_them[key].recorded.path}, {STAYS}", ())
    users = tuple(
        use
        for use in asked.uses.get(each.key, ())
        if (use.type, use.uid) not in going and use.by != SHARING and asked.holds_on(use, each)
    )
    if users:
        return ("", users)
    touched = asked.data(each) if is_orphaned(each.type) else None
    if touched is not None and touched.count:
        return (f"{touched.count} {touched.what} hold it", ())
    return None


def parents_of(each: Dropped) -> Iterator[Key]:
    """What an object stands in, by its own references."""
    for parent, back in PARENTS.get(each.type, ()):
        uid = uid_of((each.live or {}).get(back)) or each.recorded.fields.get(back)
        if uid:
            yield parent, Uid(str(uid))


def _is_stranger(use: Use, each: Dropped, dropped: Mapping[Key, Dropped], asked: Asked) -> bool:
    """Whether an orphan is used by somebody who is no orphan."""
    return (use.type, use.uid) not in dropped and asked.holds_on(use, each)


def _settled(
    each: Dropped,
    going: set[Key],
    stays: Mapping[Key, tuple[str, tuple[Use, ...]]],
    first: Mapping[Key, Dropped],
    asked: Asked,
) -> Dropped:
    if each.key in stays:
        why, users = stays[each.key]
        return replace(each, fate=Fate.ORPHAN, why=why, users=users, follows=why.endswith(STAYS))
    if each.fate is Fate.ORPHAN:
        users = tuple(use for use in asked.uses.get(each.key, ()) if _is_stranger(use, each, first, asked))
        fleet = asked.foreign.get(each.key)
        return replace(each, users=users, why=f"the fleet {fleet} has it too" if fleet else "")
    goes_along = any(key in going for key in parents_of(each))
    if each.fate is Fate.DELETED and each.type in CASCADES and goes_along:
        return replace(each, fate=Fate.WITH_PARENT)
    return replace(each, users=tuple(use for use in asked.uses.get(each.key, ()) if use.by == SHARING))


def _is_kept(each: Dropped, lists: Mapping[Key, frozenset[str]]) -> bool:
    """Whether a list in which it stands was let go of."""
    return any(
        row.collection in lists.get((row.parent, Uid(uid_of((each.live or {}).get(row.back)) or "")), ())
        for row in oddities.parent_lists(each.type)
        if row.back
    )
