"""From the name of a run to what came of undoing it: looked at, shown, asked, done one after another."""

from collections.abc import Sequence
from dataclasses import dataclass

from dhis2cfg.cli.desk import Desk, open_desk
from dhis2cfg.cli.options import Format
from dhis2cfg.cli.reports import Wanted, write_reports
from dhis2cfg.cli.settings import Settings, width, write_err, write_out
from dhis2cfg.cli.work.applying import allowed_words, outcome_or_error, seconds, stopping
from dhis2cfg.errors import Dhis2cfgError, Exit, UsageError
from dhis2cfg.fleet.exits import common_exit
from dhis2cfg.fleet.rolling_back import look_all, roll_back_all
from dhis2cfg.fleet.selection import Chosen, Selection, refuse_partial
from dhis2cfg.model.run import Outcome
from dhis2cfg.pipeline.rollback_one import Rollback, refused_rollback
from dhis2cfg.pipeline.tasks import Terms
from dhis2cfg.pipeline.undoing.steps_back import name_of
from dhis2cfg.report.documents import outcome_document
from dhis2cfg.report.outcomes import outcome_of, outcomes_text
from dhis2cfg.report.rollbacks import RollbackView, rollbacks_text


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackRequest:
    """What `rollback` was asked for."""

    run: str
    selection: Selection
    server: str = ""
    allow: tuple[str, ...] = ()
    yes: bool = False
    lock_timeout: str = "0s"
    output: Format = Format.TEXT
    reports: Wanted = ()


def rollback_command(settings: Settings, request: RollbackRequest) -> int:
    """Look at every target, show, ask, undo; the exit code."""
    terms = Terms(run_id=request.run, allowed=allowed_words(request.allow))
    wait = seconds(request.lock_timeout)
    desk = open_desk(settings, request.server)
    chosen = desk.chosen(request.selection, all_is_default=True)
    refuse_partial(chosen)
    early, found = _looked_at(desk, chosen, request)
    write_err(rollbacks_text([_view(each) for each in found], width()))
    for each in found:
        refused = refused_rollback(each, terms.allowed)
        early += [refused] if refused else []
    ready = [each for each in found if not any(outcome.target == each.target for outcome in early)]
    if not _agreed(settings, request, ready):
        write_err("Nothing was written.\n")
        return Exit.FINE
    names = {each.target for each in ready}
    work = [each for each in chosen if each.target.name in names]
    with stopping() as stop:
        done = roll_back_all(
            desk.connector(),
            desk.fleet.name,
            work,
            terms,
            wait,
            lines=desk.lines,
            details=desk.details,
            stop=stop,
        )
    outcomes = [*early, *(outcome_or_error(each) for each in done)]
    reached = {each.target for each in outcomes}
    untouched = [name for name in sorted(names) if name not in reached]
    _tell(desk, outcomes, untouched, request)
    codes = [each.exit for each in outcomes]
    return common_exit([*codes, Exit.INTERRUPTED] if untouched else codes)


def _looked_at(
    desk: Desk, chosen: Sequence[Chosen], request: RollbackRequest
) -> tuple[list[Outcome], list[Rollback]]:
    """What is clear already, and what may be undone; without a choice only servers that keep it count."""
    early: list[Outcome] = []
    found: list[Rollback] = []
    every = look_all(desk.connector(), desk.fleet.name, chosen, request.run)
    for each in every:
        if isinstance(each.value, Rollback):
            found.append(each.value)
        else:
            error = each.error or Dhis2cfgError("nothing came of it")
            early.append(each.value or outcome_of(each.name, error))
    known = {each.run for each in early} | {each.run.id for each in found}
    if request.selection.is_empty and request.run in known:
        early = [each for each in early if each.run == request.run or each.exit == Exit.UNREACHABLE]
    return early, found


def _view(found: Rollback) -> RollbackView:
    return RollbackView(
        target=found.target,
        run=found.run,
        restored=tuple(f"{key[0]}/{name_of(found.snapshot, key)}" for key in found.plan.restored),
        made=tuple(f"{key[0]}/{name_of(found.snapshot, key)}" for key in found.plan.made),
    )


def _agreed(settings: Settings, request: RollbackRequest, ready: Sequence[Rollback]) -> bool:
    """Whether somebody said yes: by --yes, or by typing the number of targets."""
    if request.yes or not ready:
        return True
    if not settings.is_terminal:
        raise UsageError(
            "rollback asks before it writes, and nobody is there to answer",
            following=("say --yes in a pipeline",),
        )
    targets = "1 target" if len(ready) == 1 else f"{len(ready)} targets"
    write_err(f"{targets} to roll back. Go on? Type {len(ready)}: ")
    return settings.world.answer().strip() == str(len(ready))


def _tell(
    desk: Desk, outcomes: Sequence[Outcome], untouched: Sequence[str], request: RollbackRequest
) -> None:
    def text(name: str) -> str:
        if name == Format.JSON.value:
            return outcome_document(outcomes, request.run)
        return outcomes_text(outcomes, request.run, untouched, width())

    write_out(text(request.output.value))
    write_reports(request.reports, text, desk.save)
