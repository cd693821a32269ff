"""What is printed as JSON: findings, plans, outcomes, states and checks, each with a schema in `schemas/`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.diff import Diff
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.plan import Change, Plan
from dhis2cfg.model.run import Outcome, Run
from dhis2cfg.model.status import Status
from dhis2cfg.report.checks import CheckRow
from dhis2cfg.report.statuses import StatusRow
from dhis2cfg.wire.canonical import pretty

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A target that has no answer: what failed, where, what next; `exit` is the code it asks for."""

    target: str
    exit: int
    what: str
    details: tuple[str, ...]
    following: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDocument:
    """The plans of the chosen targets, and the targets that have none."""

    plans: tuple[Plan, ...]
    failed: tuple[Failure, ...]
    format: int = FORMAT


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeDocument:
    """How an apply went: one outcome a target."""

    run: str
    outcomes: tuple[Outcome, ...]
    format: int = FORMAT


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingDocument:
    """Every finding in the files, in order."""

    files: int
    objects: int
    findings: tuple[Finding, ...]
    format: int = FORMAT


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusTarget:
    """Where one target stands, or the sentence why that is not known."""

    target: str
    number: str
    status: Status | None
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusDocument:
    """Where every chosen target stands."""

    targets: tuple[StatusTarget, ...]
    format: int = FORMAT


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftTarget:
    """What was changed by hand on one target: each from what was applied (`before`) to what stands."""

    target: str
    environment: str
    applied: Mapping[str, str]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftDocument:
    """What was changed by hand on the chosen targets, and the targets of which that is not known."""

    targets: tuple[DriftTarget, ...]
    failed: tuple[Failure, ...]
    format: int = FORMAT


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryDocument:
    """The runs that the chosen targets keep, newest first, by target; and targets that did not say."""

    targets: Mapping[str, tuple[Run, ...]]
    failed: tuple[Failure, ...]
    format: int = FORMAT


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorDocument:
    """What was checked on every chosen target, by its name."""

    targets: Mapping[str, tuple[CheckRow, ...]]
    format: int = FORMAT


def plan_document(plans: Sequence[Plan], failed: Mapping[str, Dhis2cfgError]) -> str:
    """`schemas/plan.schema.json`: the plans, and the targets that have none."""
    return _printed(PlanDocument(plans=tuple(plans), failed=_failures(failed)))


def drift_document(plans: Sequence[Plan], failed: Mapping[str, Dhis2cfgError]) -> str:
    """`schemas/drift.schema.json`: the plans hold nothing but what was changed by hand."""
    targets = tuple(
        DriftTarget(
            target=plan.target, environment=plan.environment, applied=plan.applied, changes=plan.changes
        )
        for plan in plans
    )
    return _printed(DriftDocument(targets=targets, failed=_failures(failed)))


def history_document(runs: Mapping[str, Sequence[Run]], failed: Mapping[str, Dhis2cfgError]) -> str:
    """`schemas/history.schema.json`: the runs of every target, newest first."""
    targets = {name: tuple(several) for name, several in runs.items()}
    return _printed(HistoryDocument(targets=targets, failed=_failures(failed)))


def _failures(failed: Mapping[str, Dhis2cfgError]) -> tuple[Failure, ...]:
    return tuple(
        Failure(
            target=name, exit=int(each.exit), what=each.what, details=each.details, following=each.following
        )
        for name, each in failed.items()
    )


def outcome_document(outcomes: Sequence[Outcome], run_id: str) -> str:
    """`schemas/outcome.schema.json`: one outcome a target."""
    return _printed(OutcomeDocument(run=run_id, outcomes=tuple(outcomes)))


def finding_document(findings: Sequence[Finding], files: int, objects: int) -> str:
    """`schemas/finding.schema.json`: every finding, in order."""
    return _printed(FindingDocument(files=files, objects=objects, findings=tuple(findings)))


def status_document(rows: Sequence[StatusRow]) -> str:
    """`schemas/status.schema.json`: where every target stands."""
    targets = tuple(
        StatusTarget(
            target=row.target,
            number=row.number,
            status=row.status,
            error=row.error.what if row.error else None,
        )
        for row in rows
    )
    return _printed(StatusDocument(targets=targets))


def checks_document(results: Mapping[str, Sequence[CheckRow]]) -> str:
    """`schemas/doctor.schema.json`: the checks of every target."""
    return _printed(DoctorDocument(targets={name: tuple(rows) for name, rows in results.items()}))


def diff_document(diff: Diff) -> str:
    """`schemas/diff.schema.json`: what two states of a workspace differ in."""
    return _printed(diff)


def _printed(document: object) -> str:
    """JSON in which every sign that could steer a terminal is escaped; it says the same."""
    text = re.sub(r"[^\x20-\x7e\n]", _escaped, pretty(document))
    return text.replace("##[", "#\\u0023[")


def _escaped(match: re.Match[str]) -> str:
    sign = match[0]
    if sign.isprintable():
        return sign
    units = sign.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
