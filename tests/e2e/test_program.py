"""The program as its users start it: a process of its own, and the built wheel outside of the checkout."""

import os
import re
import socket
import subprocess
import sys
import time
import venv
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.serving import free_port

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "httpx",
    "httpcore",
    "jsonschema",
    "jsonschema_rs",
    "yaml",
    "starlette",
    "uvicorn",
    "rich",
    "jinja2",
    "deepdiff",
    "sqlite3",
    "asyncio",
)


def environment(**more: str) -> dict[str, str]:
    """Our own variables, without those of the program, and the checkout on the path."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DHIS2CFG_")}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def started(
    *arguments: str, cwd: Path = ROOT, env: Mapping[str, str] | None = None, python: str = sys.executable
) -> subprocess.CompletedProcess[str]:
    """One command in a process of its own."""
    return subprocess.run(  # noqa: S603 - our own program
        [python, "-m", "dhis2cfg", *arguments],
        cwd=cwd,
        env=dict(env or environment()),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


@pytest.mark.parametrize("arguments", [["--help"], ["plan", "--help"], ["apply", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    """`--help` pays for no HTTP, no YAML, no schemas, no server and no terminal library."""
    code = (
        "import sys, io\n"
        "before = set(sys.modules)\n"
        "sys.stdout = io.StringIO()\n"
        "from dhis2cfg.cli.app import run\n"
        f"code = run({arguments!r})\n"
        f"heavy = [name for name in {HEAVY!r} if name in set(sys.modules) - before]\n"
        "sys.stdout = sys.__stdout__\n"
        "print(code, heavy)\n"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", code], cwd=ROOT, env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout == "0 []\n", done.stdout + done.stderr


def test_the_exit_code_reaches_the_shell(tmp_path: Path) -> None:
    """The process ends with the code of the command, and help with 0."""
    assert started("--help").returncode == 0
    assert started("plan", "--bogus").returncode == 64
    assert started(cwd=tmp_path).returncode == 64
    nowhere = started("validate", cwd=tmp_path)
    assert nowhere.returncode == 64
    assert "neither fleet.yaml nor package.yaml" in nowhere.stderr


def test_a_pipe_that_nobody_reads_is_no_traceback(tmp_path: Path) -> None:
    """`dhis2cfg … | head` ends quietly."""
    code = f"{sys.executable} -m dhis2cfg schema write {tmp_path} | true"
    done = subprocess.run(  # noqa: S602 - the shell makes the pipe
        code, shell=True, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr


@contextmanager
def sandbox(port: int, cwd: Path, env: Mapping[str, str], python: str = sys.executable) -> Iterator[None]:
    """The embedded server as a process of its own."""
    with subprocess.Popen(  # noqa: S603 - our own program
        [python, "-m", "dhis2cfg", "sandbox", "--port", str(port)],
        cwd=cwd,
        env=dict(env),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            for _ in range(300):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield
        finally:
            process.terminate()


def first_minute(folder: Path, env: Mapping[str, str], python: str = sys.executable) -> None:
    """init, validate, sandbox, plan, apply, plan: as examples.md §7 promises."""
    made = started("init", "x", cwd=folder, env=env, python=python)
    assert made.returncode == 0, made.stderr
    workspace = folder / "x"
    port = free_port()
    municipality = workspace / "municipalities" / "example.yaml"
    text = municipality.read_text(encoding="utf-8").replace("127.0.0.1:8081", f"127.0.0.1:{port}")
    municipality.write_text(text, encoding="utf-8")
    checked = started("validate", cwd=workspace, env=env, python=python)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert re.search(r"^\d+ files, 16 objects: no finding\.$", checked.stdout, re.MULTILINE)
    with sandbox(port, folder, env, python):
        for arguments, code in (
            (["plan", "--exit-code"], 2),
            (["apply", "--yes"], 0),
            (["plan", "--exit-code"], 0),
            (["status", "--exit-code"], 0),
        ):
            done = started(*arguments, cwd=workspace, env=env, python=python)
            assert done.returncode == code, done.stdout + done.stderr
    gone = started("plan", cwd=workspace, env=env, python=python)
    assert gone.returncode == 8, gone.stdout + gone.stderr


def test_the_built_wheel_in_an_empty_environment(tmp_path: Path) -> None:
    """Outside the checkout, from the wheel alone: schemas and catalogues are inside it."""
    built = subprocess.run(  # noqa: S603 - our own build
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "dhis2cfg/schemas/catalogue/2.42.json" in names
    assert "dhis2cfg/schemas/plan.schema.json" in names
    assert "dhis2cfg/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "packages/", "municipalities/"))]
    venv.create(tmp_path / "venv", with_pip=False, symlinks=True)
    site = next((tmp_path / "venv").glob("lib/python*/site-packages"))
    dependencies = next(Path(path) for path in sys.path if path.endswith("site-packages"))
    python = str(tmp_path / "venv" / "bin" / "python")
    installed = subprocess.run(  # noqa: S603 - the pip of this environment, for the other one
        [
            sys.executable,
            "-m",
            "pip",
            "--python",
            python,
            "install",
            "--no-deps",
            "--no-index",
            "-q",
            str(wheel),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert installed.returncode == 0, installed.stderr
    (site / "dependencies.pth").write_text(f"{dependencies}\n", encoding="utf-8")
    env = {name: value for name, value in environment().items() if name != "PYTHONPATH"}
    where = subprocess.run(  # noqa: S603 - the other environment's Python
        [python, "-c", "import dhis2cfg; print(dhis2cfg.__file__)"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(site)), where.stdout
    script = subprocess.run(  # noqa: S603 - the installed script
        [str(tmp_path / "venv" / "bin" / "dhis2cfg"), "--version"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert script.stdout.startswith("dhis2cfg ")
    first_minute(tmp_path, env, python)
