"""What a reader needs beside the changes: what is let go, orphans, what the server does along the way."""

from collections.abc import Iterator, Sequence

from dhis2cfg.catalogue import oddities
from dhis2cfg.plan.merge import Row
from dhis2cfg.plan.recording import stays_recorded
from dhis2cfg.plan.steps.bodies import Write
from dhis2cfg.plan.survey import Dropped, Survey
from dhis2cfg.plan.telling.naming import Names

VERSIONED = {"programs": "program", "optionSets": "option set", "dataSets": "data set"}
"""Types whose version DHIS2 counts up at an update, so that phones download them again (facts §19.13)."""

TOLD = {
    Row.LET_GO: "no longer managed: {path}, which stays as it is",
    Row.FORGOTTEN: "forgotten: {path} is gone from the server and from the package",
}


def notes_of(known: Survey, names: Names, writes: Sequence[Write]) -> Iterator[str]:
    """The notes, each a sentence; those that begin with `forgotten:` are for who wants everything."""
    account = known.given.facts.account
    if not account.may_everything:
        yield f"seen as {account.username}, who may not see everything"
    standing = sum(known.live_of(ref) is not None for ref in known.comparisons)
    if known.given.record is None and standing:
        yield (
            f"no record of the fleet {known.given.fleet} on this server, where {standing} of these objects "
            "stand: what differs is somebody's, and is shown as a takeover"
        )
    for ref, comparison in known.comparisons.items():
        for each in comparison.differences:
            if each.row in TOLD:
                yield TOLD[each.row].format(path=f"{ref}.{names.path(ref.type, each.path)}")
    for dropped in known.dropped:
        yield from _dropped(dropped)
    yield from _along_the_way(known, names, writes)


def _dropped(dropped: Dropped) -> Iterator[str]:
    name = f"{dropped.type}/{dropped.recorded.path}"
    if dropped.hidden:
        yield f"unknown: {name} is no longer in the package, and this account may not see it"
    elif dropped.live is None:
        yield f"forgotten: {name} is gone from the server and from the package"
    elif "" in dropped.recorded.found:
        yield f"let go: {name} stood there before us and stays"
    elif stays_recorded(dropped):
        yield f"orphan: {name} is no longer in the package and stays on the server"
    elif dropped.type in oddities.PARTS:
        yield f"goes with its parent: {name}"


def _along_the_way(known: Survey, names: Names, writes: Sequence[Write]) -> Iterator[str]:
    """Versions that the server counts up, and numbers of others that make room in an order."""
    updated = [each for each in writes if each.type in VERSIONED and not each.is_new]
    if updated:
        named = ", ".join(sorted(f"{VERSIONED[each.type]} {each.path}" for each in updated))
        yield f"along the way: version of {named} +1, phones download them again"
    changed = {(ref.type, known.uid(ref)) for ref, each in known.comparisons.items() if each.differences}
    moved = [each for each in writes if each.key not in changed]
    if moved:
        named = ", ".join(sorted(names.title(each.uid) for each in moved))
        yield f"along the way: new numbers for the order of {named}"
