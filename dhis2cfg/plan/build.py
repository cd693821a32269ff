"""All that was learnt, made into a plan: changes, steps, what is kept, what is refused, and the digests."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dhis2cfg.catalogue import oddities
from dhis2cfg.model.fleet import Target
from dhis2cfg.model.plan import Change, Digests, Plan, Step
from dhis2cfg.model.questions import Answers
from dhis2cfg.model.record import Record
from dhis2cfg.plan.bodies import writes_of
from dhis2cfg.plan.changes import changes_of, locals_of
from dhis2cfg.plan.cut import cut
from dhis2cfg.plan.merge import Row
from dhis2cfg.plan.naming import Names, names_of
from dhis2cfg.plan.recording import record_of, stays_recorded
from dhis2cfg.plan.refusals import refusals_of
from dhis2cfg.plan.survey import Given, Survey, survey
from dhis2cfg.wire.canonical import digest
from dhis2cfg.wire.flatten import flatten


def build(given: Given, answers: Answers, target: Target, tool: str) -> tuple[Plan, Record]:
    """The plan of one target, and the record that stands once it is applied."""
    known = survey(given, answers)
    names = names_of(known, answers.users)
    changes = tuple(changes_of(known, names))
    writes = writes_of(known)
    steps = cut(known, writes)
    files = digest([[each.name, each.version, each.digest] for each in given.state.packages])
    record = record_of(known, files)
    plan = Plan(
        target=target.name,
        environment=target.environment,
        url=target.url,
        municipalities=target.municipalities,
        fleet=given.fleet,
        packages={each.name: each.version for each in given.state.packages},
        applied=given.record.packages if given.record else {},
        server_version=given.facts.version,
        compared=len(known.comparisons),
        changes=changes,
        steps=steps,
        local=tuple(locals_of(known, names)),
        refusals=refusals_of(known, answers, changes, writes),
        findings=(),
        notes=tuple(_notes(known, names, steps)),
        digests=Digests(
            files=files,
            record=digest(given.record) if given.record else "",
            catalogue=given.catalogue.digest,
            live=_live_digest(known),
            changes=digest([changes, [step.body for step in steps]]),
        ),
        group=_group(changes, steps, given),
        tool=tool,
    )
    return plan, record


def _live_digest(known: Survey) -> str:
    """Everything that stands of what we look at, without what the server changes by itself."""
    flats: dict[str, Any] = {
        f"{type_name}/{uid}": flatten(known.given.catalogue, type_name, live)
        for (type_name, uid), live in known.live.items()
        if type_name in known.given.catalogue.types
    }
    return digest(flats)


def _group(changes: Sequence[Change], steps: Sequence[Step], given: Given) -> str:
    """Equal for plans that differ in their server only: UIDs, authors and places left out."""
    told = [
        [each.type, each.path, each.field, each.kind, each.reason, each.risk, each.before, each.after]
        for each in changes
        if each.type != "organisationUnits" and "organisationUnits[" not in each.field
    ]
    versions = {each.name: each.version for each in given.state.packages}
    return digest([told, [step.reason for step in steps], versions])


def _notes(known: Survey, names: Names, steps: Sequence[Step]) -> Iterator[str]:
    """What a reader needs beside the changes: what is let go, orphans, what the server does along the way."""
    account = known.given.facts.account
    if not account.may_everything:
        yield f"seen as {account.username}, who may not see everything"
    for ref, comparison in known.comparisons.items():
        for difference in comparison.differences:
            if difference.row is Row.LET_GO:
                path = names.path(ref.type, difference.path)
                yield f"no longer managed: {ref}.{path}, which stays as it is"
    yield from _dropped_notes(known)
    yield from _along_the_way(steps, known)


def _dropped_notes(known: Survey) -> Iterator[str]:
    for dropped in known.dropped:
        name = f"{dropped.type}/{dropped.recorded.path}"
        if dropped.live is None:
            yield f"forgotten: {name} is gone from the server and from the package"
        elif "" in dropped.recorded.found:
            yield f"let go: {name} stood there before us and stays"
        elif stays_recorded(dropped):
            yield f"orphan: {name} is no longer in the package and stays on the server"
        elif dropped.type in oddities.PARTS:
            yield f"goes with its parent: {name}"


VERSIONED = {"programs": "program", "optionSets": "option set", "dataSets": "data set"}
"""Types whose version DHIS2 counts up at an update, so that phones download them again (facts §19.13)."""


def _along_the_way(steps: Sequence[Step], known: Survey) -> Iterator[str]:
    updated: Mapping[str, str] = {
        name: type_name
        for step in steps
        for type_name, name in step.objects
        if type_name in VERSIONED
        and any(
            ref.type == type_name and ref.path == name and known.live_of(ref) is not None
            for ref in known.comparisons
        )
    }
    if updated:
        named = ", ".join(f"{VERSIONED[type_name]} {name}" for name, type_name in sorted(updated.items()))
        yield f"along the way: version of {named} +1, phones download them again"
