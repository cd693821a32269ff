"""The order of lists that the children's own numbers say, some of them lists that only the children tell."""

from collections.abc import Iterator, Mapping

from dhis2cfg.catalogue import oddities
from dhis2cfg.catalogue.oddities import NestedList
from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.questions import Answers, Live
from dhis2cfg.model.state import State
from dhis2cfg.wire import paths
from dhis2cfg.wire.flatten import by_number, uid_of

Standing = Mapping[tuple[str, Uid], Live]


def sort_order(live: Standing, child: str, uid: str) -> float | None:
    """The number of a child on the server, where it was read."""
    stands = live.get((child, Uid(uid)))
    number = stands.get("sortOrder") if stands else None
    return None if number is None else float(number)


def neighbours(uids: Mapping[Ref, Uid], live: Standing) -> dict[str, set[Uid]]:
    """Local children whose numbers say the order of a list of ours: type → UIDs to be read as well."""
    wanted: dict[str, set[Uid]] = {}
    for ref, uid in uids.items():
        stands = live.get((ref.type, uid), {})
        for row in oddities.NESTED:
            if row.parent == ref.type and row.order == "sortOrder" and row.listed:
                members = {Uid(each["id"]) for each in stands.get(row.collection) or ()}
                wanted.setdefault(row.child, set()).update(members)
    return wanted


def lists_of_members(state: State) -> Iterator[tuple[Ref, NestedList, tuple[Ref, ...]]]:
    """Ordered lists that stand in no body: the members point back and carry a number (sections)."""
    for ref, each in state.objects.items():
        for row in oddities.NESTED:
            written = each.fields.get(row.collection)
            if row.parent == ref.type and row.order and not row.listed and written is not None:
                value = written.value if isinstance(written.value, tuple) else ()
                members = tuple(item for item in value if isinstance(item, Ref))
                if len(members) > 1:
                    yield ref, row, members


def who_points_here(
    state: State, uids: Mapping[Ref, Uid], live: Standing, answers: Answers
) -> dict[tuple[str, str], tuple[str, ...]]:
    """(child type, path of the reference) → UIDs of parents whose members are not known yet."""
    wanted: dict[tuple[str, str], list[str]] = {}
    for ref, row, _ in lists_of_members(state):
        path, uid = f"{row.back}.id", uids[ref]
        if (ref.type, uid) in live and (row.child, path, uid) not in answers.by:
            wanted.setdefault((row.child, path), []).append(uid)
    return {key: tuple(several) for key, several in wanted.items()}


def desired_orders(state: State, uids: Mapping[Ref, Uid]) -> dict[Ref, dict[str, tuple[str, ...]]]:
    """By parent, the sequence that the package wants of each list of this kind."""
    return {
        ref: {paths.order(row.collection): tuple(uids[member] for member in members)}
        for ref, row, members in lists_of_members(state)
    }


def live_orders(
    state: State, uids: Mapping[Ref, Uid], live: Standing, like: Mapping[Ref, Mapping[str, tuple[str, ...]]]
) -> dict[Ref, dict[str, tuple[str, ...]]]:
    """By parent, the sequence that stands; equal numbers follow the one last written."""
    return {
        ref: {
            path: by_number(
                row.child,
                members_of(live, row, uids[ref]),
                lambda child, uid: sort_order(live, child, uid),
                like.get(ref, {}).get(path, ()),
            )
        }
        for ref, row, _ in lists_of_members(state)
        for path in (paths.order(row.collection),)
    }


def members_of(live: Standing, row: NestedList, parent: Uid) -> list[str]:
    """The children that point at a parent, of all that were read."""
    return [
        uid
        for (name, uid), each in live.items()
        if name == row.child and uid_of(each.get(row.back)) == parent
    ]
