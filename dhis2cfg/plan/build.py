"""All that was learnt, made into a plan: changes, steps, what is kept, what is refused, and the digests."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dhis2cfg.catalogue.settings.keys import DATA_STORE, SYSTEM_SETTINGS
from dhis2cfg.model.fleet import Target
from dhis2cfg.model.plan import Change, Digests, Plan, Step
from dhis2cfg.model.questions import Answers
from dhis2cfg.model.record import Record
from dhis2cfg.plan.given import Given
from dhis2cfg.plan.recording import record_of
from dhis2cfg.plan.refusing.refusals import refusals_of
from dhis2cfg.plan.refusing.secrets import secret_refusals
from dhis2cfg.plan.settings.comparing import SettingComparison, compare_settings
from dhis2cfg.plan.settings.telling import setting_changes, setting_notes, untold_settings
from dhis2cfg.plan.settings.writing import recorded_settings, settings_step
from dhis2cfg.plan.steps.bodies import Write, writes_of
from dhis2cfg.plan.steps.handing import Handing, freeing, handing
from dhis2cfg.plan.steps.order import in_turn
from dhis2cfg.plan.steps.removing import deletes
from dhis2cfg.plan.steps.shared import repaired, settled_sharing
from dhis2cfg.plan.steps.upkeep import upkeep
from dhis2cfg.plan.steps.waiting import cut_by_combinations
from dhis2cfg.plan.survey import Survey, survey
from dhis2cfg.plan.tags.secrets import as_sent, secret_notes
from dhis2cfg.plan.telling.access import access_findings
from dhis2cfg.plan.telling.changes import changes_of, locals_of
from dhis2cfg.plan.telling.counting import counts_of, touched
from dhis2cfg.plan.telling.deletions import dead_entries, deletions_of
from dhis2cfg.plan.telling.languages import language_notes
from dhis2cfg.plan.telling.naming import Names, names_of
from dhis2cfg.plan.telling.notes import notes_of
from dhis2cfg.wire.canonical import digest


def build(given: Given, answers: Answers, target: Target, tool: str, locale: str = "") -> tuple[Plan, Record]:
    """The plan of one target, and the record that stands once it is applied.

    Names are told in `locale`; the digests are those of a plan in each package's own language.
    """
    known = survey(given, answers)
    names = names_of(known, answers.users, locale)
    beside = compare_settings(given.state, given.record, answers)
    changes = tuple(_changes(known, names, answers, beside))
    usual = changes
    if locale:
        usual = tuple(_changes(known, names_of(known, answers.users), answers, beside))
    writes = writes_of(known)
    handed = handing(known, writes)
    steps = _steps(known, writes, handed, beside)
    files = digest([[each.name, each.version, each.digest] for each in given.state.packages])
    plan = Plan(
        target=target.name,
        environment=target.environment,
        url=target.url,
        municipalities=target.municipalities,
        fleet=given.fleet,
        packages={each.name: each.version for each in given.state.packages},
        applied=_applied(given),
        server_version=given.facts.version,
        compared=len(known.comparisons) + len(given.state.settings),
        changes=changes,
        steps=steps,
        local=tuple(locals_of(known, names)),
        refusals=(
            *refusals_of(known, answers, changes, writes, target.name),
            *handed.refusals,
            *secret_refusals(known, writes, answers),
            *untold_settings(beside, answers.untold),
        ),
        findings=tuple(access_findings(known, names)),
        notes=(
            *notes_of(known, names, writes),
            *setting_notes(beside),
            *language_notes(given.state, given.facts),
            *secret_notes(given.state, given.record, answers),
        ),
        digests=_digests(known, files, _live_digest(known, beside), usual, steps),
        group=_group(changes, steps, given),
        tool=tool,
        prune=given.prune,
    )
    after = replace(record_of(known, files), settings=recorded_settings(beside))
    return plan, as_sent(after, ((each.type, each.body) for each in writes), answers)


def _applied(given: Given) -> dict[str, str]:
    """The package versions of the record, by the names that the packages have now."""
    now = {each.name for each in given.state.packages}
    names = {old: each.name for each in given.state.packages for old in each.was if old not in now}
    return {
        names.get(name, name): version
        for name, version in (given.record.packages if given.record else {}).items()
    }


def _changes(
    known: Survey, names: Names, answers: Answers, beside: Sequence[SettingComparison]
) -> Iterator[Change]:
    """Every difference, objects before settings."""
    counts = {place: touched(questions, answers) for place, questions in counts_of(known).items()}
    yield from changes_of(known, names, counts)
    yield from dead_entries(known, names)
    yield from deletions_of(known, names, answers)
    yield from setting_changes(beside)


def _steps(
    known: Survey, writes: Sequence[Write], handed: Handing, beside: Sequence[SettingComparison]
) -> tuple[Step, ...]:
    """What is done, in this order: settings first, data store and upkeep last."""
    calls = cut_by_combinations(known, writes)
    return in_turn(
        settings_step(SYSTEM_SETTINGS, beside),
        repaired(known),
        freeing(known, handed.passing),
        calls,
        settled_sharing(known, writes),
        deletes(known),
        settings_step(DATA_STORE, beside),
        upkeep(known, writes, calls),
    )


def _digests(
    known: Survey, files: str, live: str, changes: Sequence[Change], steps: Sequence[Step]
) -> Digests:
    """What the plan rests on; who saved an object last, and when, changes nothing of it."""
    return Digests(
        files=files,
        record=digest(known.given.record) if known.given.record else "",
        catalogue=known.given.catalogue.digest,
        live=live,
        changes=digest(
            [[replace(each, author=None) for each in changes], [_lasting(step.body) for step in steps]]
        ),
    )


STAMPS = frozenset({"lastUpdated", "lastUpdatedBy", "version"})
"""What a server changes with every save."""


def _lasting(body: Any) -> Any:
    """A body without its stamps, through all its parts."""
    if isinstance(body, Mapping):
        return {name: _lasting(value) for name, value in body.items() if name not in STAMPS}
    return [_lasting(each) for each in body] if isinstance(body, list) else body


def _live_digest(known: Survey, beside: Sequence[SettingComparison]) -> str:
    """What stands of our own objects and of those the package dropped; others may change as they like."""
    ours = {f"{ref.type}/{known.uid(ref)}": flat for ref, flat in known.live_flats.items()}
    dropped = {f"{each.type}/{each.uid}": each.flat for each in known.dropped}
    settings = {str(each.ref): each.standing for each in beside}
    return digest([ours, dropped, *([settings] if settings else [])])


def _group(changes: Sequence[Change], steps: Sequence[Step], given: Given) -> str:
    """Equal for plans that differ in their server only: UIDs, authors and places left out."""
    told = [
        [each.type, each.path, each.field, each.kind, each.reason, each.risk, each.before, each.after]
        for each in changes
        if each.type != "organisationUnits" and "organisationUnits[" not in each.field
    ]
    versions = {each.name: each.version for each in given.state.packages}
    return digest([told, [step.reason for step in steps], versions])
