"""What another fleet wrote on this server: never changed without a word (design §5)."""

from collections.abc import Iterator, Sequence

from dhis2cfg.model.plan import Change, Kind, Refusal
from dhis2cfg.plan.survey import Survey


def foreign_changes(known: Survey, changes: Sequence[Change]) -> Iterator[Refusal]:
    """One refusal a fleet, for all changes of objects that its record holds and ours does not."""
    theirs: dict[str, list[Change]] = {}
    for each in changes:
        fleet = known.given.foreign.get((each.type, each.uid))
        ours = known.given.record.get(each.type, each.uid) if known.given.record else None
        is_ours = ours is not None and "" not in ours.found
        if fleet is not None and not is_ours and each.kind is not Kind.ADOPT:
            theirs.setdefault(fleet, []).append(each)
    for fleet, several in theirs.items():
        names = dict.fromkeys(f"{each.type}/{each.path}" for each in several)
        count = f"{len(several)} values" if len(several) > 1 else "1 value"
        yield Refusal(
            word="takeover",
            message=f"{count} of what the fleet {fleet} wrote would change: {', '.join(names)}",
            place=several[0].place,
            following="agree with them who keeps it, leave it out here, or take it over: --allow takeover",
            changes=tuple(each.identity for each in several),
        )
