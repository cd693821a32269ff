"""What `plan`, `show` and `apply` share: plans of the chosen targets, shown and saved."""

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dhis2cfg.cli.desk import Desk, open_desk
from dhis2cfg.cli.options import PlanFormat
from dhis2cfg.cli.reports import Wanted, write_reports
from dhis2cfg.cli.settings import Settings, width, write_out
from dhis2cfg.errors import Dhis2cfgError, Exit
from dhis2cfg.fleet.exits import reading_exit
from dhis2cfg.fleet.gates import gated
from dhis2cfg.fleet.selection import Chosen, Selection
from dhis2cfg.fleet.work import plan_all
from dhis2cfg.model.plan import Plan
from dhis2cfg.pipeline.diffing import as_diff
from dhis2cfg.pipeline.tasks import Task
from dhis2cfg.report.documents import plan_document
from dhis2cfg.report.plans import PlanView, narrowed, plans_text
from dhis2cfg.report.pull_requests import notes_markdown, plans_markdown
from dhis2cfg.workspace.git import revision


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What plans are made with beside the files.

    `claim` names the fleet whose record counts as ours; `prune`: orphans are to be deleted; `max_delete` is
    the limit of this once; `renew_secrets`: secrets are to be sent again; `locale`: the language of names.
    """

    claim: str = ""
    prune: bool = False
    max_delete: int | None = None
    renew_secrets: bool = False
    locale: str = ""

    def of(self, task: Task) -> Task:
        """A target's task with these wishes."""
        limits = {} if self.max_delete is None else {"max_delete": self.max_delete}
        return replace(
            task,
            claim=self.claim,
            prune=self.prune,
            renew_secrets=self.renew_secrets,
            locale=self.locale,
            thresholds={**task.thresholds, **limits},
        )


NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest:
    """What `plan` was asked for."""

    selection: Selection
    server: str = ""
    out: Path | None = None
    output: PlanFormat = PlanFormat.TEXT
    reports: Wanted = ()
    full: bool = False
    summary: bool = False
    exit_code: bool = False
    gate: bool = False
    dry_run: bool = True
    who: bool = False
    wishes: Wishes = NO_WISHES


@dataclass(frozen=True, slots=True, kw_only=True)
class Plans:
    """Plans of the chosen targets, the targets that have none, and the tasks they were made for.

    `others` are by target the municipalities that share it and were not chosen, each with its file.
    """

    plans: tuple[Plan, ...]
    failed: Mapping[str, Dhis2cfgError]
    work: tuple[tuple[str, Task], ...]
    others: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def plan_command(settings: Settings, request: PlanRequest) -> int:
    """Plan, show, save; the exit code."""
    desk = open_desk(settings, request.server)
    plans = make_plans(
        desk, request.selection, all_is_default=True, dry_run=request.dry_run, wishes=request.wishes
    )
    if request.out is not None:
        desk.save(request.out, plan_document(plans.plans, plans.failed))
    revised = revision(desk.files.root)
    commit = f"{revised.short}{' and changes' if revised.dirty else ''}" if revised else ""
    show_plans(plans, request, desk.save, commit)
    return plan_exit(plans, exit_code=request.exit_code, gate=request.gate)


def make_plans(
    desk: Desk, selection: Selection, *, all_is_default: bool, dry_run: bool, wishes: Wishes = NO_WISHES
) -> Plans:
    """The plan of every chosen target."""
    chosen = desk.chosen(selection, all_is_default=all_is_default)
    tasks = desk.tasks(chosen, desk.resolved(chosen), dry_run=dry_run)
    work = tuple((name, wishes.of(task)) for name, task in tasks)
    connector = desk.connector()
    done = gated(connector, desk.fleet, chosen, plan_all(connector, work, desk.details))
    return Plans(
        plans=tuple(each.value.plan for each in done if each.value is not None),
        failed={each.name: each.error for each in done if each.error is not None},
        work=work,
        others={each.target.name: _others(each) for each in chosen},
    )


def _others(each: Chosen) -> dict[str, str]:
    return {one.name: one.place.file for one in each.municipalities if one.name in each.left_out}


def show_plans(
    plans: Plans, request: PlanRequest, save: Callable[[Path, str], None], commit: str = ""
) -> None:
    """The plans on stdout, and in further files."""

    def text(name: str) -> str:
        if name == PlanFormat.JSON.value:
            return plan_document(plans.plans, plans.failed)
        if name == PlanFormat.NOTES.value:
            states = {task.target.name: task.state for _, task in plans.work}
            return notes_markdown(as_diff(plans.plans, states, request.wishes.locale))
        view = PlanView(
            plans=tuple(narrowed(plan, plans.others.get(plan.target, {})) for plan in plans.plans),
            failed=plans.failed,
            width=width(),
            full=request.full,
            summary=request.summary,
            commit=commit,
            saved=str(request.out or ""),
            selection=selection_words(request),
        )
        if name == PlanFormat.MARKDOWN.value:
            return plans_markdown(view, who=request.who)
        return plans_text(view)

    write_out(text(request.output.value))
    write_reports(request.reports, text, save)


def selection_words(request: PlanRequest) -> str:
    """The options that choose the same targets again, and ask for the same of them."""
    meant, prune = request.selection, ["--prune"] if request.wishes.prune else []
    if request.server:
        return shlex.join(["--server", request.server, *prune])
    words = [word for name in meant.municipalities for word in ("-m", name)]
    words += ["--wave", meant.wave] if meant.wave else []
    words += [word for name in meant.exclude for word in ("--exclude", name)]
    words += ["--env", meant.environment] if meant.environment else []
    return shlex.join([*(words if meant.municipalities or meant.wave else ["--all", *words]), *prune])


def plan_exit(plans: Plans, *, exit_code: bool, gate: bool) -> int:
    """0, or 2 with --exit-code; 1 where a dry run was refused, 4 with --gate, 5 and 8 as design §8 says."""
    codes: list[int] = [error.exit for error in plans.failed.values()]
    codes += [_code(plan, gate=gate) for plan in plans.plans]
    return reading_exit(
        codes,
        answered=len(plans.plans),
        has_changes=any(not plan.is_empty for plan in plans.plans),
        exit_code=exit_code,
    )


def _code(plan: Plan, *, gate: bool) -> int:
    """What one plan asks for: as apply would, where the gate is wanted; a dry run that was refused is 1."""
    if gate and plan.refusals:
        return Exit.UNSAFE
    return Exit.FAILED if plan.trial else Exit.FINE


def by_target(plans: Sequence[Plan]) -> dict[str, Plan]:
    """Plans by the name of their target."""
    return {plan.target: plan for plan in plans}
