"""The municipality's limits of what one apply may do: how much may go, how much may change (design §6)."""

from collections.abc import Iterator, Sequence

from dhis2cfg.model.plan import Change, Kind, Reason, Refusal
from dhis2cfg.plan.survey import Survey

WOULD = {"max_delete": "lose something or go", "max_update": "change"}


def over_thresholds(known: Survey, changes: Sequence[Change]) -> Iterator[Refusal]:
    """A refusal for each limit that the plan exceeds; its word is the limit's name.

    `max_delete` counts what goes: objects, parts, members and children; `max_update` the objects that change.
    Their `_percent` are shares of our objects that stand on the server, so a first apply exceeds none.
    """
    gone = [each for each in changes if each.kind is Kind.DELETE and each.reason is not Reason.DEAD]
    changed = [each for each in changes if each.field or each.kind is not Kind.CREATE]
    stands = sum(known.live_of(ref) is not None for ref in known.comparisons)
    for name, limit in sorted(known.given.thresholds.items()):
        kind = name.removesuffix("_percent")
        these = {"max_delete": gone, "max_update": changed}.get(kind)
        if not these:
            continue
        objects = len({(each.type, each.path) for each in these})
        count = len(these) if name == "max_delete" else objects
        told = (
            f"{count} things would go" if name == "max_delete" else f"{objects} objects would {WOULD[kind]}"
        )
        if name != kind:
            count = -(-100 * objects // max(stands, 1))
            told = f"{objects} of {stands} objects ({count} %) would {WOULD[kind]}"
        if count > limit:
            yield Refusal(
                word=name,
                message=f"{told}, and {name} is {limit}",
                place=these[0].place,
                following=f"apply less at a time, or raise {name} in the municipality's thresholds"
                + (f"; this once: --max-delete {count}" if name == "max_delete" else ""),
                changes=tuple(each.identity for each in these),
            )
