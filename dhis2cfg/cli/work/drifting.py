"""What `drift` shows, narrowed to what was asked for; with `--write`, edits find their way into the files."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dhis2cfg.cli.desk import Desk, open_desk
from dhis2cfg.cli.options import Format
from dhis2cfg.cli.settings import Settings, width, write_out
from dhis2cfg.cli.work.keeping import keep_or_not
from dhis2cfg.cli.work.planning import Plans, make_plans
from dhis2cfg.errors import UsageError
from dhis2cfg.fleet.exits import reading_exit
from dhis2cfg.fleet.selection import Selection
from dhis2cfg.model.plan import Change, Plan
from dhis2cfg.report.documents import drift_document
from dhis2cfg.report.drifts import drift_of, drift_text


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftRequest:
    """What `drift` was asked for; `what` narrows it to objects or fields."""

    selection: Selection
    server: str = ""
    what: tuple[str, ...] = ()
    write: bool = False
    output: Format = Format.TEXT
    exit_code: bool = False


def drift_command(settings: Settings, request: DriftRequest) -> int:
    """Show what was changed by hand, perhaps write some of it into files; the exit code."""
    if request.write and not settings.is_terminal:
        raise UsageError("drift --write asks for each edit, and nobody is there to answer")
    desk = open_desk(settings, request.server)
    made = make_plans(desk, request.selection, all_is_default=True, dry_run=False)
    known = {str(ref) for _, task in made.work for ref in task.state.objects}
    _must_be_known(request.what, known)
    plans = [_drift(plan, request.what) for plan in made.plans]
    if request.output is Format.JSON:
        write_out(drift_document(plans, made.failed))
    else:
        write_out(drift_text(plans, made.failed, width()))
    if request.write:
        _written(desk, made, plans)
    return reading_exit(
        [error.exit for error in made.failed.values()],
        answered=len(plans),
        has_changes=any(plan.changes for plan in plans),
        exit_code=request.exit_code,
    )


def _drift(plan: Plan, what: Sequence[str]) -> Plan:
    changes = tuple(each for each in drift_of(plan) if not what or any(_is_meant(each, one) for one in what))
    return replace(plan, changes=changes)


def _is_meant(change: Change, what: str) -> bool:
    """Whether `TYPE/KEY` or `TYPE/KEY.FIELD` names this edit."""
    name = f"{change.type}/{change.path}"
    return what in {name, f"{name}.{change.field}"} or f"{name}.{change.field}".startswith(f"{what}[")


def _must_be_known(what: Sequence[str], known: set[str]) -> None:
    for each in what:
        if not any(each == name or each.startswith((f"{name}.", f"{name}/")) for name in known):
            raise UsageError(
                f"there is no {each} in the packages",
                following=("write TYPE/KEY or TYPE/KEY.FIELD, as in dataElements/MY_ELEMENT.formName",),
            )


def _written(desk: Desk, made: Plans, plans: Sequence[Plan]) -> None:
    states = {name: task.state for name, task in made.work}
    for plan in plans:
        for each in plan.changes:
            if not keep_or_not(desk, plan, each, states[plan.target]):
                return
    write_out("Nothing of this was sent: dhis2cfg plan shows what apply would do now.\n")
