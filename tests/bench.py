"""Benchmarks as ratios, measured in one run; nothing here is judged (`make bench`)."""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from dhis2cfg.fleet.connections import Connector
from dhis2cfg.fleet.selection import Selection, choose
from dhis2cfg.fleet.work import tasks
from dhis2cfg.model.fleet import Target
from dhis2cfg.pipeline.plan_one import plan_against
from dhis2cfg.pipeline.reading import read, resolved
from dhis2cfg.ports import Transport
from dhis2cfg.sandbox.app import make_app
from dhis2cfg.sandbox.bridge import SandboxTransport
from dhis2cfg.sandbox.seed import SANDBOX_TOKEN, make_instance

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
    _, task = tasks(source.fleet, chosen, states.states, "bench", dry_run=False)[0]
    base = best(lambda: resolved(read(ROOT)), times=1)

    def plan() -> None:
        with connector.ports(task.target, planning=True) as ports:
            plan_against(task, ports, None)

    say("plan of covid-no, empty server", best(plan), "load, resolve, validate", base)


def instances() -> None:
    """Embedded servers in one process."""
    make_instance("2.42")
    one = best(lambda: make_instance("2.42"))
    say(
        "start of 60 embedded servers",
        best(lambda: [make_instance("2.42") for _ in range(60)], 1),
        "one",
        one,
    )


if __name__ == "__main__":
    help_beside_hello()
    reading_beside_yaml()
    many_municipalities_beside_one()
    planning_beside_reading()
    instances()
