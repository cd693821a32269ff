"""Two applies at once: never two writers; the second is told so, or waits and sees that its plan is stale."""

import threading
from collections.abc import Callable
from pathlib import Path

from dhis2cfg.model.http import Request, Response
from tests.e2e.house import COMMIT, House, spoilt
from tests.e2e.test_program import environment, sandbox, started
from tests.serving import free_port


def test_the_one_that_was_asked_too_long_is_stale(house: House) -> None:
    """While somebody thinks about the question another run does the same: exit 6, and nothing is written."""
    second = House(folder=house.folder, servers=house.servers)

    def think() -> str:
        assert second.fine("apply", "--yes").out
        house.server.requests.clear()
        return "1"

    house.is_terminal, house.answers = True, think
    ran = house.run("apply")
    assert ran.code == 6, ran.said
    assert "changed since the plan was made; nothing was written" in ran.flat
    assert not [each for each in house.server.requests if COMMIT in each.path]


def test_the_one_that_comes_in_between_is_locked_out(house: House) -> None:
    """While the first call is on its way another run sees the lock: exit 7."""
    second = House(folder=house.folder, servers=house.servers)
    codes: list[int] = []

    def meanwhile(request: Request, onwards: Callable[[Request], Response]) -> Response:
        if COMMIT in request.path and not codes:
            codes.append(0)
            codes[0] = second.run("apply", "--yes").code
        return onwards(request)

    with spoilt(house.server, meanwhile):
        house.fine("apply", "--yes")
    assert codes == [7]
    assert house.plan()["changes"] == []


def test_two_processes_at_once(tmp_path: Path) -> None:
    """One writes; the other finds all done, or a stale plan; afterwards everything stands as planned."""
    env = environment(XDG_STATE_HOME=str(tmp_path / "state"))
    assert started("init", "x", cwd=tmp_path, env=env).returncode == 0
    port = free_port()
    workspace = tmp_path / "x"
    file = workspace / "municipalities" / "example.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("8081", str(port)), encoding="utf-8")
    codes: list[int] = []

    def apply() -> None:
        done = started("apply", "--yes", "--lock-timeout", "60s", cwd=workspace, env=env)
        codes.append(done.returncode)

    with sandbox(port, tmp_path, env):
        threads = [threading.Thread(target=apply) for _ in range(2)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert sorted(codes) in ([0, 0], [0, 6]), codes
        assert started("plan", "--exit-code", cwd=workspace, env=env).returncode == 0
