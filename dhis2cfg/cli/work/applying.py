"""From a plan that was shown to what came of it: the question, the run, the last lines."""

import re
import secrets
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType

from dhis2cfg.cli.desk import Desk, open_desk
from dhis2cfg.cli.options import Format
from dhis2cfg.cli.reports import Wanted, write_reports
from dhis2cfg.cli.settings import Settings, width, write_err, write_out
from dhis2cfg.cli.work.planning import NO_WISHES, Plans, Wishes, by_target, make_plans
from dhis2cfg.cli.work.resuming import still_to_finish
from dhis2cfg.cli.work.saved import read_plans
from dhis2cfg.errors import Dhis2cfgError, Exit, StalePlan, UsageError
from dhis2cfg.fleet.exits import common_exit
from dhis2cfg.fleet.many import Done
from dhis2cfg.fleet.selection import Selection, refuse_partial
from dhis2cfg.fleet.work import Orders, apply_all
from dhis2cfg.model.plan import Plan
from dhis2cfg.model.run import Outcome
from dhis2cfg.pipeline.apply_one import must_be_as_shown, refuse
from dhis2cfg.pipeline.tasks import Terms
from dhis2cfg.pipeline.unfinished import AGAIN
from dhis2cfg.plan.tags.secrets import renews
from dhis2cfg.ports import Journal
from dhis2cfg.report.documents import outcome_document
from dhis2cfg.report.outcomes import outcome_of, outcomes_text
from dhis2cfg.report.plans import PlanView, plans_text, question
from dhis2cfg.workspace.journal import open_journal

WORDS = ("access", "breaking", "destructive", "irreversible", "takeover", "conflict")
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Of run names: nothing that reads like something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyRequest:
    """What `apply` was asked for.

    `resume` names a run that is to be finished or tried again; `again`: what was rolled back may be applied
    once more; `accept_residual`: what does not stand as planned in the end is kept.
    """

    selection: Selection
    server: str = ""
    file: Path | None = None
    allow: tuple[str, ...] = ()
    yes: bool = False
    lock_timeout: str = "0s"
    output: Format = Format.TEXT
    reports: Wanted = ()
    full: bool = False
    wishes: Wishes = NO_WISHES
    resume: str = ""
    again: bool = False
    accept_residual: bool = False


class Stopping:
    """A flag that Ctrl-C and SIGTERM set; looked at between steps."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def requested(self) -> bool:
        """Whether somebody asked to stop."""
        return self._asked.is_set()

    def ask(self, signal_number: int, frame: FrameType | None) -> None:
        """A signal came: stop after this step; a second one ends the program at once."""
        del signal_number, frame
        if self._asked.is_set():
            raise KeyboardInterrupt
        self._asked.set()
        write_err("Stopping after this step. Once more to stop at once.\n")


@contextmanager
def stopping() -> Iterator[Stopping]:
    """Signals set the flag while this lasts."""
    flag = Stopping()
    before = {each: signal.signal(each, flag.ask) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield flag
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def apply_command(settings: Settings, request: ApplyRequest) -> int:
    """Plan, compare with a saved plan, ask, apply, say what came of it; the exit code."""
    allowed = allowed_words(request.allow) | (frozenset({AGAIN}) if request.again else frozenset())
    wait = seconds(request.lock_timeout)
    desk = open_desk(settings, request.server)
    saved = read_plans(request.file, settings.world.opener) if request.file else None
    selection = _selection(request, saved)
    if request.resume:
        selection = still_to_finish(desk, selection, request.resume)
    refuse_partial(desk.chosen(selection, all_is_default=False))
    prune = request.wishes.prune or any(plan.prune for plan in saved or ())
    renew = request.wishes.renew_secrets or any(map(renews, saved or ()))
    wishes = replace(request.wishes, prune=prune, renew_secrets=renew)
    plans = make_plans(desk, selection, all_is_default=False, dry_run=True, wishes=wishes)
    _show(plans, request)
    early, ready = _judged(plans, saved, allowed)
    if not _agreed(settings, request, [plan for plan in ready.values() if not plan.is_empty]):
        write_err("Nothing was written.\n")
        return Exit.FINE
    run_id = request.resume or "".join(secrets.choice(LETTERS) for _ in range(4))
    outcomes, untouched = _apply(
        desk,
        plans,
        Orders(
            shown=ready,
            terms=Terms(
                run_id=run_id,
                allowed=allowed,
                resume=bool(request.resume),
                accept_residual=request.accept_residual,
            ),
            wait_seconds=wait,
            journal=_journal(desk, run_id),
        ),
    )
    order = [name for name, _ in plans.work]
    every = sorted([*early, *outcomes], key=lambda outcome: order.index(outcome.target))
    _tell(desk, every, untouched, run_id, request)
    codes = [each.exit for each in every]
    return common_exit([*codes, Exit.INTERRUPTED] if untouched else codes)


def _judged(
    plans: Plans, saved: Sequence[Plan] | None, allowed: frozenset[str]
) -> tuple[list[Outcome], dict[str, Plan]]:
    """What is clear before anybody is asked and anything is locked, and the plans that may be applied."""
    early = [outcome_of(name, error) for name, error in plans.failed.items()]
    ready: dict[str, Plan] = {}
    known = by_target(saved if saved is not None else plans.plans)
    for plan in plans.plans:
        if plan.target not in known:
            raise UsageError(
                f"the saved plan has none for {plan.target}",
                details=(f"it is for {', '.join(known)}",),
                following=("leave the selection out, or make a new plan",),
            )
        try:
            must_be_as_shown(known[plan.target], plan)
        except StalePlan as error:
            early.append(outcome_of(plan.target, error))
            continue
        refused = refuse(plan, allowed)
        if refused is None:
            ready[plan.target] = plan
        else:
            early.append(refused)
    return early, ready


def _journal(desk: Desk, run_id: str) -> Callable[[str], AbstractContextManager[Journal]]:
    """Opens the copy on disk of one target's run; that it broke is said, and stops nothing."""

    @contextmanager
    def opened(name: str) -> Iterator[Journal]:
        journal = open_journal(f"{name}-{run_id}")
        try:
            yield journal
        finally:
            journal.close()
            if journal.lost:
                desk.lines.tell(name, f"the journal on this machine broke off: {journal.lost}")

    return opened


def _selection(request: ApplyRequest, saved: Sequence[Plan] | None) -> Selection:
    """A saved plan says whom it is for; one for several environments was made without naming one."""
    if saved is None or not request.selection.is_empty:
        return request.selection
    environments = {plan.environment for plan in saved}
    only = environments.pop() if len(environments) == 1 else ""
    return Selection(
        municipalities=tuple(name for plan in saved for name in plan.municipalities),
        environment=request.selection.environment or only,
    )


def allowed_words(words: Sequence[str]) -> frozenset[str]:
    """The words that were given, each one that means something."""
    for word in words:
        if word not in WORDS:
            raise UsageError(
                f"nothing is allowed by the word {word}", details=(f"words: {', '.join(WORDS)}",)
            )
    return frozenset(words)


def seconds(text: str) -> float:
    """`30s`, `5m`, `90` in seconds."""
    match = re.fullmatch(r"(\d+)\s*([smh]?)", text.strip())
    if match is None:
        raise UsageError(f"not a time: {text}", following=("write 30s, 5m or 1h",))
    return float(match[1]) * {"": 1, "s": 1, "m": 60, "h": 3600}[match[2]]


def _show(plans: Plans, request: ApplyRequest) -> None:
    view = PlanView(plans=plans.plans, failed=plans.failed, width=width(), full=request.full, commands=False)
    write_err(plans_text(view))


def _agreed(settings: Settings, request: ApplyRequest, changed: Sequence[Plan]) -> bool:
    """Whether somebody said yes: by --yes, or by typing the number of targets."""
    if request.yes or not changed:
        return True
    if not settings.is_terminal:
        raise UsageError(
            "apply asks before it writes, and nobody is there to answer",
            following=("say --yes in a pipeline",),
        )
    write_err(question(changed))
    return settings.world.answer().strip() == str(len(changed))


def _apply(desk: Desk, plans: Plans, orders: Orders) -> tuple[tuple[Outcome, ...], tuple[str, ...]]:
    """The outcomes of what was begun, and the names of what was not, because somebody stopped it."""
    work = [(name, task) for name, task in plans.work if name in orders.shown]
    with stopping() as stop:
        done = apply_all(desk.connector(), work, orders, lines=desk.lines, details=desk.details, stop=stop)
    outcomes = [outcome_or_error(each) for each in done]
    reached = {each.target for each in outcomes}
    return tuple(outcomes), tuple(name for name, _ in work if name not in reached)


def outcome_or_error(each: Done[Outcome]) -> Outcome:
    """What came of one target; an error is an outcome too."""
    if each.value is not None:
        return each.value
    return outcome_of(each.name, each.error or Dhis2cfgError("nothing came of it"))


def _tell(
    desk: Desk, outcomes: Sequence[Outcome], untouched: Sequence[str], run_id: str, request: ApplyRequest
) -> None:
    def text(name: str) -> str:
        if name == Format.JSON.value:
            return outcome_document(outcomes, run_id)
        return outcomes_text(outcomes, run_id, untouched, width())

    write_out(text(request.output.value))
    write_reports(request.reports, text, desk.save)
