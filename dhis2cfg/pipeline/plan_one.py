"""Planning one target, as a table of contents."""

from dataclasses import replace

from dhis2cfg.catalogue import shipped, versions
from dhis2cfg.errors import Unsafe
from dhis2cfg.model.names import Uid
from dhis2cfg.model.record import Record
from dhis2cfg.pipeline.allowing import with_allowances
from dhis2cfg.pipeline.claiming import must_be_ours
from dhis2cfg.pipeline.learning import learn
from dhis2cfg.pipeline.tasks import Planned, Ports, Task
from dhis2cfg.pipeline.trial import may_try, not_tried, tried
from dhis2cfg.pipeline.unfinished import begun_before, once_more, with_run
from dhis2cfg.plan.build import build
from dhis2cfg.plan.given import Given
from dhis2cfg.plan.tags.secrets import to_renew
from dhis2cfg.ports import StateStore
from dhis2cfg.wire.renewing import renewed


def plan_one(task: Task, ports: Ports) -> Planned:
    """Read record and run, learn what stands, build the plan, and let the server try it."""
    must_be_claimed(task, ports)
    run, record = ports.store.run(task.fleet), ports.store.record(task.fleet)
    must_be_ours(task, record)
    if record is not None and record.tool != task.tool:
        record = renewed(shipped.for_server(ports.server.facts().version), record)
    record = to_renew(record) if task.renew_secrets else record
    planned = plan_against(task, ports, record)
    base = begun_before(planned, run)
    if base is not None:
        planned = plan_against(task, ports, base)
    planned = once_more(replace(planned, kept=record))
    planned = with_allowances(with_run(planned, run), task.allow)
    if not task.dry_run or planned.plan.is_empty:
        return planned
    if not may_try(ports.server.facts().account):
        return replace(planned, plan=not_tried(planned.plan))
    ports.progress.tell(task.target.name, "the server tries the plan")
    return replace(planned, plan=tried(planned.plan, ports.server))


def plan_against(task: Task, ports: Ports, record: Record | None) -> Planned:
    """The plan on the base of a given record, without a trial."""
    facts = ports.server.facts()
    given = Given(
        state=task.state,
        record=record,
        facts=facts,
        catalogue=shipped.for_server(facts.version),
        fleet=task.fleet,
        environment=task.target.environment,
        thresholds=task.thresholds,
        foreign=foreign(task.fleet, ports.store),
        prune=task.prune,
    )
    answers = learn(given, ports.server, ports.counter)
    plan, after = build(given, answers, task.target, task.tool, task.locale)
    return Planned(
        plan=plan,
        before=record,
        after=after,
        answers=answers,
        server_time=facts.time,
        account=facts.account.username,
    )


def must_be_claimed(task: Task, ports: Ports) -> None:
    """A package is for the versions of DHIS2 that it claims, and for no other."""
    version = ports.server.facts().version
    for package in task.state.packages:
        if not versions.accepts(package.dhis2, version):
            raise Unsafe(
                f"{package.name} {package.version} is for DHIS2 {package.dhis2}, and this is {version}",
                details=("nothing was written",),
                following=("try the package on this version, then claim it: `dhis2:` in package.yaml",),
            )


def foreign(fleet: str, store: StateStore) -> dict[tuple[str, Uid], str]:
    """What other fleets wrote on this server, by type and UID (or name of a setting), with whose it is."""
    theirs: dict[tuple[str, Uid], str] = {}
    for name in store.fleets(besides=fleet):
        record = store.record(name)
        for type_name, objects in record.objects.items() if record else ():
            theirs.update(((type_name, uid), name) for uid, each in objects.items() if "" not in each.found)
        for type_name, settings in record.settings.items() if record else ():
            theirs.update(((type_name, Uid(path)), name) for path in settings)
    return theirs
