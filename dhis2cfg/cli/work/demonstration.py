"""The demo as a sequence: every step prints its command, then what the program itself prints."""

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dhis2cfg.cli.settings import Settings, write_out
from dhis2cfg.errors import Dhis2cfgError, Exit, UsageError
from dhis2cfg.sandbox.seed import SANDBOX_TOKEN
from dhis2cfg.workspace.root import find_root

TARGETS = ("tromso", "oslo", "amot")
PACKAGE = Path("packages") / "covid-no"
LOOKS = 900
"""How often it is looked, a tenth of a second apart, whether a sandbox answers."""
BY_HAND = "lokal.admin"
PASSWORD = "Demo-2026-by-hand"  # noqa: S105 - of a throw-away account on a throw-away server


def demonstrate(settings: Settings) -> int:
    """The whole demo; 0 when every step ended as it should."""
    root = find_root(settings.folder or Path.cwd()).root
    if not (root / PACKAGE).is_dir():
        raise UsageError(
            "the demo shows packages/covid-no, which is not here", following=("run it in a checkout",)
        )
    with tempfile.TemporaryDirectory(prefix="dhis2cfg-demo-") as folder:
        workspace, ports = _copied(root, Path(folder))
        with _servers(ports, Path(folder)):
            return _shown(workspace, ports)


def _copied(root: Path, folder: Path) -> tuple[Path, dict[str, int]]:
    """Three of the checkout's municipalities and their package in a folder apart, each on a free port."""
    workspace = folder / "workspace"
    shutil.copytree(root / PACKAGE, workspace / PACKAGE)
    (workspace / "municipalities").mkdir()
    shutil.copy(root / "fleet.yaml", workspace / "fleet.yaml")
    lines = (root / "uids.lock").read_text(encoding="utf-8").splitlines(keepends=True)
    theirs = [line for line in lines if line.partition("/")[0] in TARGETS]
    (workspace / "uids.lock").write_text("".join(theirs), encoding="utf-8")
    ports = dict(zip(TARGETS, free_ports(len(TARGETS)), strict=True))
    for name, port in ports.items():
        file = workspace / "municipalities" / f"{name}.yaml"
        written = (root / "municipalities" / file.name).read_text(encoding="utf-8")
        moved = [_moved(line, port) for line in written.split("\n")]
        file.write_text("\n".join(moved), encoding="utf-8")
    return workspace, ports


def _moved(line: str, port: int) -> str:
    head, found, tail = line.partition("http://127.0.0.1:")
    return head + found + (str(port) + tail.lstrip("0123456789") if found else "")


def free_ports(count: int) -> list[int]:
    """Ports of this machine that nobody listens on."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


@contextmanager
def _servers(ports: dict[str, int], folder: Path) -> Iterator[None]:
    """One sandbox a municipality, each a process of its own."""
    processes = []
    try:
        for name, port in ports.items():
            command = [sys.executable, "-m", "dhis2cfg", "sandbox", "--port", str(port)]
            with (folder / f"{name}.log").open("wb") as log:
                processes.append(subprocess.Popen(command, stdout=log, stderr=log))  # noqa: S603 - ours
        for port in ports.values():
            wait_for(port)
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=10)


def wait_for(port: int) -> None:
    """Until a sandbox listens."""
    for _ in range(LOOKS):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise Dhis2cfgError(f"the sandbox on port {port} did not start")


def _shown(workspace: Path, ports: dict[str, int]) -> int:
    _say("Three municipalities, one package. What would change?")
    run_shown(workspace, "plan", "--all")
    _say("Do it.")
    run_shown(workspace, "apply", "--all", "--yes")
    _say("Once more: is everything as the package wants it?")
    run_shown(workspace, "plan", "--all", "--exit-code")
    _say(f"In Oslo somebody changes a text by hand and adds an option of their own ({BY_HAND}).")
    _change_by_hand(ports["oslo"])
    _say("The change is set back, with who and when; the addition stays.")
    run_shown(workspace, "plan", "-m", "oslo")
    run_shown(workspace, "apply", "-m", "oslo", "--yes")
    run_shown(workspace, "plan", "--all", "--exit-code")
    return Exit.FINE


def _say(text: str) -> None:
    write_out(f"\n# {text}\n")


def run_shown(workspace: Path, *arguments: str) -> None:
    """One command of ours, printed and run; the demo ends where it does not end well."""
    write_out(f"$ dhis2cfg {' '.join(arguments)}\n")
    command = [sys.executable, "-m", "dhis2cfg", "-C", str(workspace), *arguments]
    code = subprocess.run(command, check=False).returncode  # noqa: S603 - our own program
    if code != Exit.FINE:
        raise Dhis2cfgError(f"the demo stopped: dhis2cfg {' '.join(arguments)} ended with {code}")


def _change_by_hand(port: int) -> None:
    """What a local administrator would do in the maintenance app."""
    admin = f"ApiToken {SANDBOX_TOKEN}"
    roles = _call(port, "GET", "/api/userRoles?fields=id&filter=name:eq:Superuser", admin)["userRoles"]
    user = {
        "username": BY_HAND,
        "firstName": "Lokal",
        "surname": "Administrator",
        "password": PASSWORD,
        "userRoles": roles,
    }
    _call(port, "POST", "/api/users", admin, user)
    by_hand = "Basic " + _basic(BY_HAND, PASSWORD)
    asked = "/api/dataElements?fields=:owner&filter=code:eq:PATCOURSE_DATEONSET"
    element = _call(port, "GET", asked, by_hand)["dataElements"][0]
    _call(port, "PUT", f"/api/dataElements/{element['id']}", by_hand, {**element, "formName": "Debut"})
    asked = "/api/optionSets?fields=:owner&filter=code:eq:NO_EKSPONERINGSSTED"
    option_set = _call(port, "GET", asked, by_hand)["optionSets"][0]
    option = {
        "id": "OsLoEgen001",
        "code": "OSLO_MARKA",
        "name": "Marka",
        "optionSet": {"id": option_set["id"]},
    }
    options = [*option_set["options"], {"id": option["id"]}]
    body = {"options": [option], "optionSets": [{**option_set, "options": options}]}
    _call(port, "POST", "/api/metadata", by_hand, body)


def _basic(username: str, password: str) -> str:
    import base64

    return base64.b64encode(f"{username}:{password}".encode()).decode()


def _call(port: int, method: str, path: str, authorization: str, body: Any = None) -> Any:
    headers = {
        "Authorization": authorization,
        "Content-Type": "application/json",
        "X-Requested-With": "XMLHttpRequest",
    }
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", data=data, headers=headers, method=method
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback only
        return json.loads(answer.read() or b"null")
