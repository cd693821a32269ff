"""A release with every kind of step, an embedded server on which the one before it stands, and cuts."""

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from dhis2cfg.catalogue import shipped
from dhis2cfg.cli.app import run
from dhis2cfg.fleet.connections import Connector
from dhis2cfg.fleet.selection import Selection, choose
from dhis2cfg.fleet.work import tasks
from dhis2cfg.model.fleet import Fleet, Target
from dhis2cfg.model.http import Request, Response
from dhis2cfg.model.places import Place
from dhis2cfg.model.plan import Plan
from dhis2cfg.model.run import Outcome
from dhis2cfg.pipeline.apply_one import apply_one
from dhis2cfg.pipeline.plan_one import plan_one
from dhis2cfg.pipeline.reading import read, resolved
from dhis2cfg.pipeline.rollback_one import rollback_one
from dhis2cfg.pipeline.tasks import Ports, Task, Terms
from dhis2cfg.ports import Transport
from dhis2cfg.sandbox.app import make_app
from dhis2cfg.sandbox.bridge import SandboxTransport
from dhis2cfg.sandbox.seed import SANDBOX_TOKEN, make_instance
from dhis2cfg.sandbox.store.instance import Instance
from dhis2cfg.wire.settling import settled
from tests.e2e.house import URL, FakeClock

WORDS = frozenset({"access", "breaking", "destructive", "irreversible", "takeover", "conflict"})
STAMPS = frozenset({"lastUpdated", "lastUpdatedBy", "version"})
"""What every save moves (design §7)."""

OLD_RULE = """\
      EX_R_OLD:
        name: An old rule
        programStage: EX_TEST
        condition: "!d2:hasValue(#{test_date})"
        programRuleActions: [{programRuleActionType: HIDEFIELD, dataElement: EX_LAST_DAY}]
      EX_R_LAST_DAY:
"""
NEW_RULE = """\
      EX_R_HIDE_REASON:
        name: Hide the reason
        programStage: EX_TEST
        condition: "!d2:hasValue(#{test_date})"
        programRuleActions: [{programRuleActionType: HIDEFIELD, dataElement: EX_REASON}]
      EX_R_LAST_DAY:
"""
BESIDE = """\
systemSettings:
  applicationTitle: Infection control
dataStore:
  tracing/layout: {columns: 3}
"""
OWNER = "ChaosOwner1"
KARI = "Basic " + base64.b64encode(b"kari:Kari-2026-xyz").decode()
DICTIONARY, PROGRAM = "packages/example/dictionary.yaml", "packages/example/program.yaml"


RUN = "CUTS"


class Killed(BaseException):
    """The machine is gone: nothing catches this, and nothing more is sent."""


@dataclass(kw_only=True)
class Wire:
    """The transport over one server. `deed` sits between; `late` moves the server's clock on, in minutes."""

    instance: Instance
    count: int = 0
    deed: Callable[["Wire", Request], Response] | None = None
    late: int = 0
    inner: SandboxTransport = field(init=False)

    def __post_init__(self) -> None:
        self.inner = SandboxTransport(make_app(self.instance), URL)

    @property
    def url(self) -> str:
        """The base URL."""
        return URL

    def send(self, request: Request) -> Response:
        """One exchange of the program's, counted."""
        self.count += 1
        return self.deed(self, request) if self.deed else self.onwards(request)

    def onwards(self, request: Request) -> Response:
        """What the server does and says."""
        answer = self.inner.send(request)
        if self.late and request.path.startswith("/api/system/info"):
            info = json.loads(answer.body)
            later = datetime.fromisoformat(info["serverDate"]) + timedelta(minutes=self.late)
            body = json.dumps({**info, "serverDate": later.isoformat(timespec="milliseconds")}).encode()
            return replace(answer, headers={**answer.headers, "content-length": str(len(body))}, body=body)
        return answer

    def close(self) -> None:
        """Nothing is held."""

    def call(self, method: str, path: str, body: Any = None, by: str = f"ApiToken {SANDBOX_TOKEN}") -> Any:
        """What somebody does by hand; a refusal fails the test."""
        headers = {
            "Authorization": by,
            "Content-Type": "application/json",
            "X-Requested-With": "XMLHttpRequest",
        }
        content = b"" if body is None else json.dumps(body).encode()
        answer = self.inner.send(Request(method=method, path=path, headers=headers, body=content))
        assert answer.status < 300, (method, path, answer.status, answer.body)
        return json.loads(answer.body or b"null")


@dataclass(frozen=True, kw_only=True)
class Stage:
    """The release, and the server as it stood before it; `plant` may put other ports in their place."""

    task: Task
    before: Instance
    plant: Callable[[Ports], Ports] = lambda ports: ports

    def wire(self) -> Wire:
        """A server of its own on which the old release stands."""
        return Wire(instance=copied(self.before))

    def planned(self, wire: Wire) -> Plan:
        """The plan, made by somebody whose wire is not cut."""
        deed, wire.deed = wire.deed, None
        with ports_of(wire) as ports:
            plan = plan_one(self.task, self.plant(ports)).plan
        wire.deed, wire.count = deed, 0
        return plan

    def apply(self, wire: Wire, run_id: str, shown: Plan, *, resume: bool = False) -> Outcome:
        """Apply what was shown."""
        terms = Terms(run_id=run_id, allowed=WORDS, resume=resume)
        with ports_of(wire) as ports:
            return apply_one(self.task, self.plant(ports), shown, terms)

    def resume(self, wire: Wire, run_id: str) -> Outcome:
        """From another machine: plan anew, finish the run."""
        return self.apply(wire, run_id, self.planned(wire), resume=True)

    def rollback(self, wire: Wire, run_id: str) -> Outcome:
        """From another machine, without any package."""
        with ports_of(wire) as ports:
            return rollback_one(
                self.plant(ports), self.task.fleet, self.task.target.name, Terms(run_id=run_id)
            )


def copied(instance: Instance) -> Instance:
    """A server with the same content."""
    return Instance(world=instance.world, database=instance.database.copy(), url=instance.url)


@contextmanager
def ports_of(wire: Wire) -> Iterator[Ports]:
    """Everything of a fresh process: a connection and a clock that never waits."""
    target = Target(name="example", environment="prod", url=URL, municipalities=("example",), sandbox=True)
    fleet = Fleet(name="example", place=Place(file="fleet.yaml"), municipalities=())
    transport: Transport = wire
    connector = Connector(
        fleet=fleet,
        environ={},
        clock=FakeClock(),
        sandbox_token=SANDBOX_TOKEN,
        transport=lambda _: transport,
    )
    with connector.ports(target, planning=False) as ports:
        yield ports


def made_stage(folder: Path) -> Stage:
    """The old release applied, an owner changed by hand, and the new release ready to be applied."""
    assert run(["--quiet", "init", str(folder)]) == 0
    unit = '\norganisationUnit: {code: "0001"'
    assert unit in (folder / "municipalities/example.yaml").read_text(encoding="utf-8")
    edit(folder, PROGRAM, "      EX_R_LAST_DAY:\n", OLD_RULE)
    wire = Wire(instance=make_instance("2.42", url=URL))
    old = Stage(task=task_of(folder), before=wire.instance)
    outcome = old.apply(wire, "OLDR", old.planned(wire))
    assert outcome.exit == 0, outcome
    _give_away(wire)
    edit(folder, PROGRAM, OLD_RULE, "      EX_R_LAST_DAY:\n")
    edit(folder, DICTIONARY, "  EX_LAST_DAY:", "  EX_REASON: {name: Reason, valueType: TEXT}\n  EX_LAST_DAY:")
    edit(folder, PROGRAM, "EX_TEST_RESULT: {},", "EX_TEST_RESULT: {}, EX_REASON: {},")
    edit(folder, PROGRAM, "      EX_R_LAST_DAY:\n", NEW_RULE)
    edit(folder, DICTIONARY, "name: Test result", "name: Result")
    (folder / "packages/example/beside.yaml").write_text(BESIDE, encoding="utf-8")
    assert run(["--quiet", "-C", str(folder), "lock"]) == 0
    return Stage(task=task_of(folder), before=wire.instance)


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """A passage of a file, which must stand there once."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (name, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def _give_away(wire: Wire) -> None:
    """The option set belongs to somebody else than who made it."""
    (role,) = wire.call("GET", "/api/userRoles?fields=id&filter=name:eq:Superuser")["userRoles"]
    person = {"id": OWNER, "username": "kari", "firstName": "Kari", "surname": "N", "userRoles": [role]}
    wire.call("POST", "/api/users", {**person, "password": "Kari-2026-xyz"})
    (found,) = wire.call("GET", "/api/optionSets?fields=id,sharing")["optionSets"]
    wire.call("PUT", f"/api/optionSets/{found['id']}/sharing", {**found["sharing"], "owner": OWNER})


def task_of(folder: Path) -> Task:
    """What the workspace asks for on its only target."""
    files = read(folder)
    chosen = choose(files.fleet, Selection(), all_is_default=True)
    states = resolved(files).shared
    ((_, task),) = tasks(files.fleet, chosen, states, "test", dry_run=True)
    return task


def everything(wire: Wire) -> dict[str, Any]:
    """All that is configured, object by object, but for what every save moves; sets in one order."""
    catalogue = shipped.load("2.42")
    found = wire.call("GET", "/api/metadata")
    told: dict[str, Any] = {
        f"{name}/{each['id']}": lasting(settled(catalogue, name, each))
        for name, objects in found.items()
        if isinstance(objects, list)
        for each in objects
    }
    told["settings"] = wire.call("GET", "/api/systemSettings")
    names = wire.call("GET", "/api/dataStore")
    told["layout"] = wire.call("GET", "/api/dataStore/tracing") if "tracing" in names else None
    return told


def lasting(value: Any) -> Any:
    """JSON without stamps, through all its parts."""
    if isinstance(value, dict):
        return {key: lasting(inner) for key, inner in value.items() if key not in STAMPS}
    return [lasting(each) for each in value] if isinstance(value, list) else value


def kept(wire: Wire, key: str) -> Any:
    """What stands in one of the tool's keys, None where there is none."""
    names = wire.call("GET", "/api/dataStore/dhis2cfg")
    return wire.call("GET", f"/api/dataStore/dhis2cfg/{key}") if key in names else None


def is_free(wire: Wire) -> bool:
    """Whether nobody holds the lock."""
    return bool(_last_lock(wire)["state"] == "released")


def is_expiring(wire: Wire) -> bool:
    """Whether the lock ends by itself within a quarter of an hour."""
    ends = datetime.fromisoformat(_last_lock(wire)["expires"])
    return ends <= datetime.now(tz=UTC) + timedelta(minutes=15)


def _last_lock(wire: Wire) -> dict[str, Any]:
    locks = [key for key in wire.call("GET", "/api/dataStore/dhis2cfg") if key.startswith("lock-")]
    return dict(kept(wire, max(locks, key=lambda key: int(key.removeprefix("lock-")))))


def told_of(record: Any) -> Any:
    """What a record says, but when and in which run it was written, and what was rolled back since."""
    return {key: record[key] for key in ("packages", "objects", "settings", "digest") if key in record}


def born_now(state: Any) -> Any:
    """A state in which objects were made at another moment."""
    if isinstance(state, dict):
        return {key: born_now(inner) for key, inner in state.items() if key != "created"}
    return [born_now(each) for each in state] if isinstance(state, list) else state


@dataclass(frozen=True, kw_only=True)
class Ends:
    """The server's old and new state, and what the record says of each; `requests` of a whole run."""

    shown: Plan
    old: Mapping[str, Any]
    new: Mapping[str, Any]
    old_record: Any
    new_record: Any
    requests: int


def undisturbed(stage: Stage) -> Ends:
    """What an apply that nobody disturbs begins and ends with."""
    wire = stage.wire()
    old, old_record = everything(wire), told_of(kept(wire, "record-example"))
    shown = stage.planned(wire)
    kinds = [step.kind.value for step in shown.steps]
    assert kinds == ["setting", "call", "call", "sharing", "delete", "setting"]
    outcome = stage.apply(wire, RUN, shown)
    assert outcome.exit == 0, outcome
    return Ends(
        shown=shown,
        old=old,
        new=born_now(everything(wire)),
        old_record=old_record,
        new_record=told_of(kept(wire, "record-example")),
        requests=wire.count,
    )
