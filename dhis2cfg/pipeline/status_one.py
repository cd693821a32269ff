"""Where one target stands: what was applied last, and what differs since."""

from dhis2cfg.model.plan import Reason
from dhis2cfg.model.status import Status
from dhis2cfg.pipeline.plan_one import plan_one
from dhis2cfg.pipeline.tasks import Ports, Task

BY_HAND = frozenset({Reason.DRIFT, Reason.CONFLICT, Reason.DEAD})


def status_one(task: Task, ports: Ports) -> Status:
    """Record and last run of a target, and the plan counted by reason."""
    planned = plan_one(task, ports)
    run = planned.run
    by_hand = sum(1 for each in planned.plan.changes if each.reason in BY_HAND)
    record = planned.before
    return Status(
        packages=record.packages if record else {},
        applied=record.applied if record else "",
        by=record.by if record else "",
        run=run.id if run else "",
        phase=run.phase if run else None,
        behind=len(planned.plan.changes) - by_hand,
        by_hand=by_hand,
        local=len(planned.plan.local),
        undone=record.undone.packages if record and record.undone else {},
    )
