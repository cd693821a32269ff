"""Planning one target, as a table of contents."""

from dataclasses import replace

from dhis2cfg.catalogue import shipped
from dhis2cfg.model.record import Record
from dhis2cfg.pipeline.learning import learn
from dhis2cfg.pipeline.tasks import Planned, Ports, Task
from dhis2cfg.pipeline.trial import tried
from dhis2cfg.plan.build import build
from dhis2cfg.plan.survey import Given


def plan_one(task: Task, ports: Ports) -> Planned:
    """Read the record, learn what stands, build the plan, and let the server try it."""
    record = ports.store.record(task.fleet)
    planned = plan_against(task, ports, record)
    if not task.dry_run or planned.plan.is_empty:
        return planned
    ports.progress.tell(task.target.name, "the server tries the plan")
    return replace(planned, plan=tried(planned.plan, ports.server))


def plan_against(task: Task, ports: Ports, record: Record | None) -> Planned:
    """The plan on the base of a given record, without a trial."""
    facts = ports.server.facts()
    catalogue = shipped.for_server(facts.version)
    given = Given(
        state=task.state,
        record=record,
        facts=facts,
        catalogue=catalogue,
        fleet=task.fleet,
        environment=task.target.environment,
    )
    answers = learn(given, ports.server, ports.counter)
    plan, after = build(given, answers, task.target, task.tool)
    return Planned(
        plan=plan,
        before=record,
        after=after,
        answers=answers,
        catalogue=catalogue,
        server_time=facts.time,
        account=facts.account.username,
    )
