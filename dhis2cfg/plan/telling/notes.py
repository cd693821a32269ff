"""What a reader needs beside the changes: what is let go, orphans, what the server does along the way."""

from collections.abc import Iterator, Sequence

from dhis2cfg.model.questions import Use
from dhis2cfg.plan.dropping.dropped import Dropped, Fate
from dhis2cfg.plan.merge import Row
from dhis2cfg.plan.steps.bodies import Write
from dhis2cfg.plan.survey import Survey
from dhis2cfg.plan.telling.naming import Names

VERSIONED = {"programs": "program", "optionSets": "option set", "dataSets": "data set"}
"""Types whose version DHIS2 counts up at an update, so that phones download them again (facts §19.13)."""

NAMED = 5
"""As many users of an orphan are named one by one."""

TOLD = {
    Row.LET_GO: "no longer managed: {path}, which stays as it is",
    Row.FORGOTTEN: "forgotten: {path} is gone from the server and from the package",
}


FATES = {
    Fate.HIDDEN: "unknown: {name} is no longer in the package, and this account may not see it",
    Fate.GONE: "forgotten: {name} is gone from the server and from the package",
    Fate.LET_GO: "let go: {name} {since} stays",
    Fate.ORPHAN: "orphan: {name} is no longer in the package and stays on the server{why}",
    Fate.WITH_PARENT: "goes with its parent: {name}",
}
"""What becomes of a dropped object; one that is deleted is told as a change."""

STARTS = "starting value: {path}: the package now starts with {wanted}, here it is {stands}"


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
    yield from _moved(known)
    for ref, comparison in known.comparisons.items():
        for each in comparison.differences:
            if each.row in TOLD:
                yield TOLD[each.row].format(path=f"{ref}.{names.path(ref.type, each.path)}")
        for path, wanted, stands in known.starts[ref].later if ref in known.starts else ():
            yield STARTS.format(
                path=f"{ref}.{names.path(ref.type, path)}",
                wanted=names.value(ref.type, path, wanted),
                stands=names.value(ref.type, path, stands),
            )
    for dropped in sorted(known.dropped, key=lambda each: each.follows):
        yield from _dropped(dropped)
    yield from _along_the_way(known, names, writes)


def _moved(known: Survey) -> Iterator[str]:
    """That the server has another version than when we last wrote; what it filled in since is its own."""
    last, now = known.given.record and known.given.record.server_version, known.given.facts.version
    if last and last != now:
        yield f"the server moved from DHIS2 {last} to {now} since the last apply"


def _dropped(dropped: Dropped) -> Iterator[str]:
    """What becomes of it, unless it is a change of its own."""
    sentence = FATES.get(dropped.fate)
    if sentence is not None:
        found = "" in dropped.recorded.found
        why = "; ".join(part for part in (dropped.why, used_by(dropped.users)) if part)
        yield sentence.format(
            name=f"{dropped.type}/{dropped.recorded.path}",
            since="stood there before us and" if found else "is no longer managed and",
            why=f": {why}" if why else "",
        )


def used_by(users: Sequence[Use]) -> str:
    """`used by dashboards (Smitte), 3 users`: who refers to it, by name where they are few."""
    told: dict[str, dict[str, None]] = {}
    for use in users:
        told.setdefault(use.type, {})[use.title or (f"id:{use.uid}" if use.uid else "")] = None
    parts = [_some(type_name, list(titles)) for type_name, titles in told.items()]
    return f"used by {', '.join(parts)}" if parts else ""


def _some(type_name: str, titles: Sequence[str]) -> str:
    if titles == [""]:
        return f"perhaps {type_name}, which this account may not read"
    if type_name == "users" or len(titles) > NAMED:
        return f"{len(titles)} {type_name}"
    return f"{type_name} ({', '.join(titles)})"


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
