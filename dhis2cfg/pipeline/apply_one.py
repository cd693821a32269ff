"""Applying to one target, as a table of contents: what was shown is what happens, or nothing."""

from dhis2cfg.errors import Exit, StalePlan, Unsafe
from dhis2cfg.model.plan import Plan, Refusal
from dhis2cfg.model.run import Outcome, Result
from dhis2cfg.pipeline.course.ending import ended, told
from dhis2cfg.pipeline.course.running import settle, walk_plan
from dhis2cfg.pipeline.plan_one import plan_one
from dhis2cfg.pipeline.tasks import Planned, Ports, Task, Terms
from dhis2cfg.pipeline.undoing.left_over import with_left_over


def apply_one(task: Task, ports: Ports, shown: Plan, terms: Terms, wait_seconds: float = 0.0) -> Outcome:
    """Lock, read again, compare with what was shown, run the steps, read back, record, unlock.

    Anything the plan refuses beyond the words that were given ends it before any write; what breaks on the
    way is laid back.
    """
    with ports.store.lock(f"apply {terms.run_id}", wait_seconds=wait_seconds):
        planned = plan_one(task, ports)
        must_be_as_shown(shown, planned.plan)
        if terms.resume:
            must_be_run(planned, terms.run_id)
        refused = refuse(planned.plan, terms.allowed)
        if refused is not None:
            return refused
        planned = with_left_over(planned, ports)
        if planned.plan.is_empty and not planned.plan.steps:
            return settle(task, ports, planned, terms.run_id)
        return ended(walk_plan(task, ports, planned, terms))


def must_be_run(planned: Planned, run_id: str) -> None:
    """Only the last run of a target can be finished or tried again."""
    last = planned.run
    if last is None or last.id != run_id:
        raise Unsafe(
            f"{run_id} is not the last run of {planned.plan.target}"
            + (f": {last.id} is" if last else ": there was none"),
            details=("nothing was written",),
            following=(f"dhis2cfg apply -m {planned.plan.target}",),
        )


def must_be_as_shown(shown: Plan, fresh: Plan) -> None:
    """A plan whose files, record, catalogue or server moved on is stale, and nothing of it is done."""
    moved = {
        "the address of the server": shown.url != fresh.url,
        "the files of the packages or municipalities": shown.digests.files != fresh.digests.files,
        "the record on the server": shown.digests.record != fresh.digests.record,
        "the server's version": shown.digests.catalogue != fresh.digests.catalogue,
        "what stands on the server": shown.digests.live != fresh.digests.live,
    }
    what = [name for name, differs in moved.items() if differs]
    if not what and shown.digests.changes == fresh.digests.changes:
        return
    named = " and ".join(what or ["what the plan would do"])
    raise StalePlan(
        f"{named} changed since the plan was made; nothing was written",
        following=(f"dhis2cfg plan -m {fresh.target}    shows what would happen now",),
    )


def refused_still(plan: Plan, allowed: frozenset[str]) -> tuple[Refusal, ...]:
    """The refusals that no given word allows."""
    return tuple(each for each in plan.refusals if each.word not in allowed)


def refuse(plan: Plan, allowed: frozenset[str]) -> Outcome | None:
    """The outcome of a plan that may not be applied, or None."""
    left = refused_still(plan, allowed)
    if left:
        return Outcome(
            target=plan.target,
            result=Result.REFUSED,
            exit=Exit.UNSAFE,
            changes=len(plan.changes),
            message="refused as unsafe; nothing was written",
            details=tuple(each.message for each in left),
            following=tuple(dict.fromkeys(each.following for each in left if each.following)),
        )
    if plan.trial:
        return Outcome(
            target=plan.target,
            result=Result.REFUSED,
            exit=Exit.FAILED,
            changes=len(plan.changes),
            message="the server's dry run refuses the plan; nothing was written",
            details=tuple(told(each) for each in plan.trial),
            following=(f"dhis2cfg plan -m {plan.target}",),
        )
    return None
