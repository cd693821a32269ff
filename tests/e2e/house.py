"""A workspace, embedded servers in process, and the program run through its error boundary."""

import io
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from starlette.types import ASGIApp

from dhis2cfg.cli.app import run
from dhis2cfg.cli.world import World, for_reading, for_writing
from dhis2cfg.model.fleet import Target
from dhis2cfg.model.http import Request, Response
from dhis2cfg.ports import Transport
from dhis2cfg.sandbox.app import make_app
from dhis2cfg.sandbox.bridge import SandboxTransport
from dhis2cfg.sandbox.seed import SANDBOX_TOKEN, make_instance
from dhis2cfg.sandbox.store.instance import Instance

URL = "http://127.0.0.1:8081"
COMMIT = "importMode=COMMIT"

Spoiler = Callable[[Request, Callable[[Request], Response]], Response]
"""Sits between the program and a server: may fail, change what is sent, or look on."""


class FakeClock:
    """Time that goes forward only when somebody pauses."""

    def __init__(self) -> None:
        self.time = 1000.0

    def seconds(self) -> float:
        """The time."""
        return self.time

    def pause(self, seconds: float) -> None:
        """Go forward at once."""
        self.time += seconds


@dataclass(kw_only=True)
class Server:
    """One embedded server in process; `requests` is what the program sent it."""

    instance: Instance
    app: ASGIApp
    url: str
    requests: list[Request] = field(default_factory=list)
    spoiler: Spoiler | None = None

    def send(self, request: Request) -> Response:
        """One exchange of the program's."""
        self.requests.append(request)
        onwards = SandboxTransport(self.app, self.url).send
        return self.spoiler(request, onwards) if self.spoiler else onwards(request)

    def call(self, method: str, path: str, body: Any = None, token: str = SANDBOX_TOKEN) -> Any:
        """What somebody does by hand: JSON in and out, success or an AssertionError."""
        headers = {
            "Authorization": f"ApiToken {token}",
            "Content-Type": "application/json",
            "X-Requested-With": "XMLHttpRequest",
        }
        content = b"" if body is None else json.dumps(body).encode()
        answer = SandboxTransport(self.app, self.url).send(
            Request(method=method, path=path, headers=headers, body=content)
        )
        assert answer.status < 300, (method, path, answer.status, answer.body)
        return json.loads(answer.body or b"null")

    def found(self, type_name: str, code: str) -> dict[str, Any]:
        """The one object of a code or, for types without one, of a name; whole."""
        for by in ("code", "name"):
            several = self.call("GET", f"/api/{type_name}?fields=:owner&filter={by}:eq:{code}")[type_name]
            if several:
                return dict(several[0])
        raise AssertionError(f"no {type_name} {code}")

    def edit(self, type_name: str, code: str, **values: Any) -> None:
        """Change an object by hand, as the maintenance app does."""
        live = self.found(type_name, code)
        self.call("PUT", f"/api/{type_name}/{live['id']}?mergeMode=REPLACE", {**live, **values})

    def send_metadata(self, **objects: Any) -> None:
        """Import objects by hand."""
        self.call("POST", "/api/metadata", objects)

    def everything(self) -> dict[str, Any]:
        """All metadata and the tool's own keys but locks, to see that nothing was written."""
        metadata = self.call("GET", "/api/metadata")
        metadata.pop("system", None)
        keys = self.call("GET", "/api/dataStore/dhis2cfg") if self.has_keys() else []
        values = {key: self.call("GET", f"/api/dataStore/dhis2cfg/{key}") for key in keys}
        return {"metadata": metadata, "keys": values}

    def has_keys(self) -> bool:
        """Whether the tool has written anything into the data store."""
        return "dhis2cfg" in self.call("GET", "/api/dataStore")

    def kept(self, key: str) -> Any:
        """What stands in a key of the tool."""
        return self.call("GET", f"/api/dataStore/dhis2cfg/{key}")


class Wire:
    """The transport port over a `Server`; `base` is the address that the program was given."""

    def __init__(self, server: Server, base: str) -> None:
        self._server = server
        self._base = base

    @property
    def url(self) -> str:
        """The base URL."""
        return self._base

    def send(self, request: Request) -> Response:
        """One exchange."""
        return self._server.send(request)

    def close(self) -> None:
        """Nothing is held."""


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What came of one command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its stdout, as JSON."""
        return json.loads(self.out)

    @property
    def flat(self) -> str:
        """All it printed, without line breaks and indentation."""
        return " ".join(f"{self.out} {self.err}".split())

    @property
    def said(self) -> str:
        """All it printed, for messages of assertions."""
        return f"exit {self.code}\n{self.out}\n{self.err}"


@dataclass(kw_only=True)
class House:
    """One workspace and its servers by address."""

    folder: Path
    servers: dict[str, Server] = field(default_factory=dict)
    environ: dict[str, str] = field(default_factory=dict)
    typed: str = ""
    answers: Callable[[], str] | None = None
    is_terminal: bool = False
    clock: FakeClock = field(default_factory=FakeClock)
    opener: Callable[[Path], BinaryIO] = for_reading
    writer: Callable[[Path], BinaryIO] = for_writing
    today: str = "2026-11-25"

    def run(self, *arguments: str, inside: bool = True) -> Ran:
        """One command, in the workspace; exit code and both streams."""
        out, err = io.StringIO(), io.StringIO()
        where = ("-C", str(self.folder)) if inside else ()
        with redirect_stdout(out), redirect_stderr(err):
            code = run([*where, *arguments], self.world)
        return Ran(code=code, out=out.getvalue(), err=err.getvalue())

    def fine(self, *arguments: str) -> Ran:
        """One command that must end with 0."""
        ran = self.run(*arguments)
        assert ran.code == 0, ran.said
        return ran

    @property
    def world(self) -> World:
        """What the program meets outside."""
        return World(
            transport=self.transport,
            environ=self.environ,
            clock=self.clock,
            opener=self.opener,
            writer=self.writer,
            today=lambda: self.today,
            is_terminal=lambda: self.is_terminal,
            answer=self.answers or (lambda: self.typed),
        )

    def transport(self, target: Target) -> Transport | None:
        """The server of an address; nobody else is ever asked."""
        return Wire(self.servers[target.url], target.url)

    def serve(self, url: str = URL, version: str = "2.42", like: Instance | None = None) -> Server:
        """An embedded server at an address: fresh, or with a copy of another one's content."""
        instance = make_instance(version, url=url)
        if like is not None:
            instance = Instance(world=like.world, database=like.database.copy(), url=url)
        server = Server(instance=instance, app=make_app(instance), url=url)
        self.servers[url] = server
        return server

    @property
    def server(self) -> Server:
        """The only server there is."""
        (server,) = self.servers.values()
        return server

    def write(self, name: str, text: str) -> None:
        """A file of the workspace."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def read(self, name: str) -> str:
        """A file of the workspace."""
        return (self.folder / name).read_text(encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        """A passage of a file of the workspace, which must stand there once."""
        text = self.read(name)
        assert text.count(old) == 1, (name, old, text.count(old))
        self.write(name, text.replace(old, new))

    def municipality(self, name: str, url: str, number: str) -> None:
        """One more municipality like the first, on a server of its own."""
        text = self.read("municipalities/example.yaml").replace(URL, url).replace('"0001"', f'"{number}"')
        self.write(f"municipalities/{name}.yaml", text.replace("name: Example\n", f"name: {name.title()}\n"))

    def plan(self, *arguments: str) -> dict[str, Any]:
        """The plan of the only target, as JSON."""
        (plan,) = self.fine("plan", "--format", "json", *arguments).json["plans"]
        return dict(plan)


STAMPS = frozenset({"lastUpdated", "lastUpdatedBy", "version"})
"""What every save moves."""


def without_stamps(value: Any) -> Any:
    """JSON without what every save moves, and its lists of objects in one order."""
    if isinstance(value, dict):
        return {name: without_stamps(inner) for name, inner in value.items() if name not in STAMPS}
    if isinstance(value, list):
        return sorted(
            (without_stamps(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True)
        )
    return value


def changes_of(plan: Mapping[str, Any]) -> set[tuple[str, str, str]]:
    """What a plan changes: type, key path, field."""
    return {(each["type"], each["path"], each["field"]) for each in plan["changes"]}


def locals_of(plan: Mapping[str, Any]) -> set[tuple[str, str, str]]:
    """What a plan keeps as the municipality's own."""
    return {(each["type"], each["path"], each["field"]) for each in plan["local"]}


def new_house(folder: Path, made: Path) -> House:
    """A house with a copy of a workspace that `init` made."""
    shutil.copytree(made, folder / "workspace")
    return House(folder=folder / "workspace")


@contextmanager
def spoilt(server: Server, spoiler: Spoiler) -> Iterator[None]:
    """While it lasts, something sits between the program and the server."""
    server.spoiler = spoiler
    try:
        yield
    finally:
        server.spoiler = None
