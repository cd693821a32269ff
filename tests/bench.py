"""Benchmarks as ratios, measured in one run; nothing here is judged (`make bench`)."""

import io
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

import yaml

from dhis2cfg.cli.app import run
from dhis2cfg.cli.world import World
from dhis2cfg.fleet.connections import Connector
from dhis2cfg.fleet.selection import Selection, choose
from dhis2cfg.fleet.work import tasks
from dhis2cfg.model.fleet import Target
from dhis2cfg.model.http import Request, Response
from dhis2cfg.pipeline.plan_one import plan_against
from dhis2cfg.pipeline.reading import read, resolved
from dhis2cfg.ports import Transport
from dhis2cfg.sandbox.app import make_app
from dhis2cfg.sandbox.bridge import SandboxTransport
from dhis2cfg.sandbox.seed import SANDBOX_TOKEN, make_instance
from dhis2cfg.sandbox.store.instance import Instance

ROOT = Path(__file__).resolve().parent.parent
HELLO = """\
import typer
app = typer.Typer()

@app.command()
def hello() -> None:
    pass

app()
"""


def best(work: Callable[[], object], times: int = 3) -> float:
    """The shortest of several runs, in seconds."""
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return min(spent)


def say(name: str, seconds: float, than: str, other: float) -> None:
    """One line: what, how long, and how much that is of something else."""
    ratio = seconds / other if other else 0.0
    sys.stdout.write(f"{name:<34} {seconds:8.3f} s   {ratio:6.2f} × {than}\n")


def program(*arguments: str) -> None:
    """One program of ours or Python's, run to its end."""
    subprocess.run([sys.executable, *arguments], capture_output=True, check=True)  # noqa: S603 - our own


def help_beside_hello() -> None:
    """`dhis2cfg --help` beside a Typer program that does nothing."""
    with tempfile.TemporaryDirectory() as folder:
        hello = Path(folder) / "hello.py"
        hello.write_text(HELLO, encoding="utf-8")
        bare = best(lambda: program(str(hello), "--help"))
    say(
        "dhis2cfg --help",
        best(lambda: program("-m", "dhis2cfg", "--help")),
        "a bare typer hello --help",
        bare,
    )


def reading_beside_yaml() -> None:
    """The whole workspace read, typed, resolved and judged, beside PyYAML's fastest loader on its files."""
    files = [path.read_text(encoding="utf-8") for path in (ROOT / "packages").rglob("*.yaml")]

    def plain() -> None:
        for text in files:
            for _ in yaml.parse(text, Loader=yaml.CSafeLoader):
                pass

    base = best(plain)
    say("load", best(lambda: read(ROOT)), "yaml events of the same files", base)
    source = read(ROOT)
    say("load, resolve, validate", best(lambda: resolved(read(ROOT))), "yaml events of the same files", base)
    say("resolve and validate", best(lambda: resolved(source)), "yaml events of the same files", base)


def many_municipalities_beside_one() -> None:
    """As many municipalities as Norway has, some with parameters or a patch of their own, beside one."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(ROOT / "packages", root / "packages")
        (root / "municipalities").mkdir()
        (root / "fleet.yaml").write_text("name: bench\n", encoding="utf-8")
        for number in range(357):
            text = (
                f'number: "{number}"\nserver: {{url: "https://k{number}.example.org"}}\n'
                f'organisationUnit: {{code: "{number}"}}\n'
                f"packages: {{covid-no: {{parameters: {{isolasjon_dager: {4 + number % 4}}}}}}}\n"
            )
            patch = f"patches: {{dataElements/NO_KOMMENTAR: {{description: In {number}}}}}\n"
            path = root / "municipalities" / f"k{number}.yaml"
            path.write_text(text + (patch if number % 10 == 0 else ""), encoding="utf-8")
        source = read(root)
        one = source.fleet.municipalities[:1]
        base = best(lambda: resolved(source, one), times=1)
        say("357 municipalities resolved, judged", best(lambda: resolved(source), times=1), "one", base)


def planning_beside_reading() -> None:
    """A first plan on an empty embedded server, beside the reading of the files."""
    source = read(ROOT)
    states = resolved(source)
    apps: dict[str, SandboxTransport] = {}

    def transport(target: Target) -> Transport:
        if target.url not in apps:
            app = make_app(make_instance("2.42", url=target.url))
            apps[target.url] = SandboxTransport(app, target.url)
        return apps[target.url]

    connector = Connector(fleet=source.fleet, sandbox_token=SANDBOX_TOKEN, transport=transport)
    chosen = choose(source.fleet, Selection(), all_is_default=True)
    _, task = tasks(source.fleet, chosen, states.shared, "bench", dry_run=False)[0]
    base = best(lambda: resolved(read(ROOT)), times=1)

    def plan() -> None:
        with connector.ports(task.target, planning=True) as ports:
            plan_against(task, ports, None)

    say("plan of covid-no, empty server", best(plan), "load, resolve, validate", base)


def instances() -> None:
    """Embedded servers in one process: time, and what the process grew by (its high-water mark)."""
    make_instance("2.42")
    one = best(lambda: make_instance("2.42"))
    for count in (60, 357):
        before = _megabytes()
        began = time.perf_counter()
        held = [make_instance("2.42") for _ in range(count)]
        seconds = time.perf_counter() - began
        say(f"start of {len(held)} embedded servers", seconds, "one", one)
        sys.stdout.write(f"{'':<34} {_megabytes() - before:8.1f} MB more memory\n")


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


REAL = {"commit": 6.7, "read back": 2.0, "elements": 0.83, "export": 0.254}
"""Seconds that a real 2.42.5.2 took, one core busy: C19_CS sent, read back, 4,103 data elements, 1,015
objects of 25 types in one GET (facts §16, §17)."""


def asked(instance: Instance, method: str, path: str, body: object = None) -> Response:
    """One exchange of the administrator with an embedded server."""
    headers = {"Authorization": f"ApiToken {SANDBOX_TOKEN}", "X-Requested-With": "XMLHttpRequest"}
    content = b"" if body is None else json.dumps(body).encode()
    sent = Request(method=method, path=path, headers=headers, body=content)
    answer = SandboxTransport(make_app(instance)).send(sent)
    assert answer.status == 200, answer.body[:500]
    return answer


def beside_real(name: str, work: Callable[[], object], real: str, times: int = 3) -> None:
    """A line whose ratio is to what a real server took."""
    say(name, best(work, times), "a real 2.42.5.2", REAL[real])


def covid_no() -> None:
    """The metadata of covid-no, applied to an embedded server, read whole in one GET."""
    instance = make_instance("2.42", url="http://127.0.0.1:8083")
    wire = SandboxTransport(make_app(instance), instance.url)
    with tempfile.TemporaryDirectory() as state, redirect_stdout(io.StringIO()):
        world = World(transport=lambda _target: wire, environ={"XDG_STATE_HOME": state})
        code = run(["-C", str(ROOT), "--quiet", "apply", "-m", "amot", "--yes"], world)
    assert code == 0, "covid-no was not applied"
    size = len(asked(instance, "GET", "/api/metadata").body) / 1e6
    name = f"GET of covid-no whole, {size:.2f} MB"
    beside_real(name, lambda: asked(instance, "GET", "/api/metadata"), "export")


def recorded_package() -> None:
    """C19_CS, a large package, sent to an embedded server as it was to a real one, and read back."""
    folder = Path(os.environ.get("DHIS2CFG_RECORDED", str(ROOT.parent / "shared")))
    file = next((folder / "dhis2" / "imports" / "2.42.5.2").glob("C19_CS_COMPLETE*.json"), None)
    if file is None:
        sys.stdout.write("import of C19_CS: left out, no recorded imports are at hand\n")
        return
    sent = json.loads(file.read_text(encoding="utf-8"))["sent"]
    lists = {name: rows for name, rows in sent.items() if isinstance(rows, list)}
    instance = make_instance("2.42")
    name = f"import of C19_CS, {sum(map(len, lists.values()))} objects"
    beside_real(name, lambda: asked(instance, "POST", "/api/metadata", sent), "commit", times=1)
    path = "/api/metadata?" + "&".join(f"{name}=true" for name in lists)
    beside_real("C19_CS read back", lambda: asked(instance, "GET", path), "read back")


def many_elements() -> None:
    """As many data elements as were once read from a real server."""
    instance = make_instance("2.42")
    base = {"domainType": "TRACKER", "valueType": "TEXT", "aggregationType": "NONE"}
    rows = [base | {"id": f"E{n:010}", "name": f"E{n}", "shortName": f"E{n}"} for n in range(4103)]
    asked(instance, "POST", "/api/metadata", {"dataElements": rows})
    path = "/api/metadata?dataElements=true"
    beside_real("GET of 4,103 data elements", lambda: asked(instance, "GET", path), "elements")


def diff_of_many() -> None:
    """A diff that changes 5,000 objects, 40 of them risks, as Markdown: time, memory, characters."""
    with tempfile.TemporaryDirectory() as name:
        sides = [Path(name) / side for side in ("before", "after")]
        for side, risky in zip(sides, ("TEXT", "NUMBER"), strict=True):
            _many_elements_in(side, risky)
        whole = best(lambda: _told(sides), times=1)
        alone = best(lambda: [resolved(read(side), ()) for side in sides], times=1)
        text = _told(sides)
    say("diff of a change of 5,000 objects", whole, "both sides read", alone)
    risks = sum(f"*after {n}*" in text for n in range(40))
    sys.stdout.write(f"  {len(text)} characters of Markdown, {risks} of 40 risks, {_megabytes():.0f} MB\n")


def _many_elements_in(folder: Path, risky: str) -> None:
    """A package of 5,000 data elements, whose names say which side they are of."""
    folder.mkdir()
    manifest = 'name: many\nversion: 1.0.0\ntitle: Many\ndhis2: ">=2.41"\nlocale: nb\n'
    (folder / "package.yaml").write_text(manifest, encoding="utf-8")
    lines = [
        f"  E{n}: {{id: E{n:010}, name: {folder.name} {n}, domainType: TRACKER, aggregationType: NONE, "
        f"valueType: {risky if n < 40 else 'TEXT'}}}"
        for n in range(5_000)
    ]
    (folder / "elements.yaml").write_text("\n".join(["dataElements:", *lines, ""]), encoding="utf-8")


def _told(sides: list[Path]) -> str:
    """What `diff` tells of two folders, as Markdown."""
    out = io.StringIO()
    with redirect_stdout(out):
        run(["-C", str(sides[0]), "diff", *map(str, sides), "--format", "markdown"])
    return out.getvalue()


if __name__ == "__main__":
    help_beside_hello()
    reading_beside_yaml()
    many_municipalities_beside_one()
    planning_beside_reading()
    instances()
    covid_no()
    recorded_package()
    many_elements()
    diff_of_many()
