"""One run of one scenario: a workspace of its own, a server, the program between them, and hands."""

import io
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dhis2cfg.cli.app import run
from dhis2cfg.cli.world import World
from dhis2cfg.errors import Exit
from dhis2cfg.fleet.connections import Connector
from dhis2cfg.fleet.selection import Selection, choose
from dhis2cfg.fleet.work import tasks
from dhis2cfg.model.findings import has_errors
from dhis2cfg.model.plan import Change, Plan
from dhis2cfg.model.run import Outcome, Result
from dhis2cfg.pipeline.apply_one import apply_one
from dhis2cfg.pipeline.plan_one import plan_one
from dhis2cfg.pipeline.reading import read, resolved
from dhis2cfg.pipeline.tasks import Ports, Task, Terms
from tests.live.package import Tree, manifest, small_package, tagged
from tests.live.server import Server

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def random_letters(count: int) -> str:
    """Capital letters that nobody else has."""
    return "".join(secrets.choice(LETTERS) for _ in range(count))


def random_uid() -> str:
    """A UID for what hands make."""
    return random_letters(1) + secrets.token_hex(5)


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What came of one command."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """All it printed, for messages of assertions."""
        return f"exit {self.code}\n{self.out}\n{self.err}"


@dataclass(kw_only=True)
class Stage:
    """The package as a tree that a scenario changes, and what plan and apply make of it.

    `p` is the prefix of every key, code and name; `name` that of fleet and package; `unit` the UID of the
    organisation unit that hands have made for it.
    """

    server: Server
    folder: Path
    p: str
    unit: str
    package: Tree = field(default_factory=dict)
    manifest: Tree = field(default_factory=dict)
    municipality: Tree = field(default_factory=dict)
    environ: Mapping[str, str] | None = None
    settings: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.package = small_package(self.p)
        self.manifest = manifest(self.name, self.p)
        self.municipality = {
            "number": "0001",
            "name": f"{self.p}By",
            "servers": {"prod": {"url": self.server.url}},
            "organisationUnit": {"id": self.unit},
            "packages": {self.name: {"version": ">=1.0"}},
        }

    @property
    def name(self) -> str:
        """What the fleet and its only package are called."""
        return "zt-" + self.p.rstrip("_").lower()

    # What stands in the package

    @property
    def program(self) -> Tree:
        """The package's program."""
        program: Tree = self.package["programs"][f"{self.p}INDEKS"]
        return program

    @property
    def path(self) -> str:
        """The key of the program."""
        return f"{self.p}INDEKS"

    def uid(self, type_name: str, path: str) -> str:
        """The UID that an object of the package has in its lock."""
        return self.locked()[f"{type_name}/{path}"]

    def locked(self) -> dict[str, str]:
        """Every line of the package's lock; empty before it is written."""
        lock = self.folder / f"packages/{self.name}/uids.lock"
        lines = lock.read_text().splitlines() if lock.exists() else []
        pairs = (line.rpartition(":") for line in lines if line and not line.startswith("#"))
        return {name.strip(): uid.strip() for name, _, uid in pairs}

    def live(self, type_name: str, path: str) -> dict[str, Any]:
        """An object of the package as it stands on the server."""
        return self.server.live(type_name, self.uid(type_name, path))

    def edit(self, type_name: str, path: str, **values: Any) -> None:
        """Change an object of the package by hand."""
        self.server.edit(type_name, self.uid(type_name, path), **values)

    def forget(self, name: str) -> None:
        """Take a line out of the package's lock, as if its object had gone a release ago."""
        lock = self.folder / f"packages/{self.name}/uids.lock"
        lines = lock.read_text().splitlines(keepends=True)
        lock.write_text("".join(line for line in lines if not line.startswith(f"{name}:")))

    def will_put_back(self, setting: str) -> None:
        """Remember a system setting as it stands."""
        self.settings |= self.server.call("GET", f"/api/systemSettings?key={setting}")

    def put_back(self) -> None:
        """The remembered settings as they stood; one that nobody had set has its default again."""
        for name, value in self.settings.items():
            self.server.ask("DELETE", f"/api/systemSettings/{name}")
            if self.server.call("GET", f"/api/systemSettings?key={name}") != {name: value}:
                self.server.call("POST", f"/api/systemSettings/{name}?value={value}")

    # The program at work

    def write(self) -> None:
        """The workspace as files; its lock as `dhis2cfg lock` writes it."""
        package = self.folder / "packages" / self.name
        (self.folder / "municipalities").mkdir(parents=True, exist_ok=True)
        package.mkdir(parents=True, exist_ok=True)
        fleet = {
            "name": self.name,
            "packages": "packages/*",
            "municipalities": "municipalities/*.yaml",
        }
        for path, tree in (
            (self.folder / "fleet.yaml", fleet),
            (self.folder / "municipalities/by.yaml", self.municipality),
            (package / "package.yaml", self.manifest),
            (package / "all.yaml", self.package),
        ):
            path.write_text(tagged(json.dumps(tree, ensure_ascii=False, indent=1)) + "\n", encoding="utf-8")
        locked = self.run("lock")
        assert locked.code == Exit.FINE, locked.said

    def run(self, *arguments: str) -> Ran:
        """One command in the workspace, through the program's own door."""
        out, err = io.StringIO(), io.StringIO()
        world = World(
            transport=self.server.transport,
            environ=self.environ or self.server.environ,
            is_terminal=lambda: False,
        )
        with redirect_stdout(out), redirect_stderr(err):
            code = run(["-C", str(self.folder), *arguments], world)
        return Ran(code=code, out=out.getvalue(), err=err.getvalue())

    @contextmanager
    def opened(self) -> Iterator[tuple[Task, Ports]]:
        """The task of the workspace as it is now, and the ports of its server."""
        self.write()
        files = read(self.folder)
        states = resolved(files)
        assert not has_errors(states.findings), [str(each) for each in states.findings]
        chosen = choose(files.fleet, Selection(), all_is_default=True)
        ((_, task),) = tasks(files.fleet, chosen, states.shared, "0", dry_run=True)
        connector = Connector(
            fleet=files.fleet,
            environ=self.environ or self.server.environ,
            transport=self.server.transport,
        )
        with connector.ports(task.target, planning=False) as ports:
            yield task, ports

    def plan(self) -> Plan:
        """What would change now."""
        with self.opened() as (task, ports):
            return plan_one(task, ports).plan

    def apply(self, *allowed: str) -> tuple[Plan, Outcome]:
        """Plan and apply, allowing these words."""
        with self.opened() as (task, ports):
            plan = plan_one(task, ports).plan
            return plan, apply_one(
                task, ports, plan, Terms(run_id=random_letters(4), allowed=frozenset(allowed))
            )

    def applied(self, *allowed: str) -> Plan:
        """The plan of an apply that was done as planned and after which nothing is left to do."""
        plan, outcome = self.apply(*allowed)
        told = (outcome.message, outcome.details, plan.refusals, plan.trial)
        assert outcome.result is Result.CHANGED, told
        self.rests()
        return plan

    def rests(self) -> None:
        """The plan of now is empty."""
        plan = self.plan()
        assert plan.is_empty, [told(each) for each in plan.changes]

    def refused(self, *allowed: str) -> str:
        """What apply said when it refused; nothing of ours on the server may have changed."""
        last = self.locked()
        self.write()
        names = {**last, **self.locked()}
        before = self.standing(names)
        _, outcome = self.apply(*allowed)
        assert outcome.result is Result.REFUSED, (outcome.result, outcome.message, outcome.details)
        assert self.standing(names) == before
        return "\n".join((outcome.message, *outcome.details))

    def standing(self, names: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Everything of the package that stands, as the server tells it; by the lock's lines."""
        named = self.locked() if names is None else names
        keys = {(name.partition("/")[0], uid): name for name, uid in named.items()}
        return {keys[key]: without_times(live) for key, live in self.server.lives(keys).items()}


def without_times(value: Any) -> Any:
    """An object without what reading and saving alone may move, its sets in order."""
    if isinstance(value, dict):
        return {name: without_times(inner) for name, inner in value.items() if name != "lastUpdated"}
    if isinstance(value, list):
        return sorted(
            (without_times(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True)
        )
    return value


def told(change: Change) -> tuple[Any, ...]:
    """A change in short: what, from what to what, why."""
    return (change.type, change.path, change.field, change.reason.name, change.before, change.after)


def fields(plan: Plan) -> set[tuple[str, str, str]]:
    """What a plan changes: type, path, field."""
    return {each.identity for each in plan.changes}


def kept(plan: Plan) -> set[tuple[str, str, str]]:
    """What a plan lists as the municipality's own: type, path, field."""
    return {(each.type, each.path, each.field) for each in plan.local}


Scenario = Callable[[Stage], None]
