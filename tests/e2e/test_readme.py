"""README tells the truth: its first minute runs, its commands and exit codes are the program's."""

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

from dhis2cfg.errors import Exit
from tests.serving import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def first_minute() -> list[str]:
    """The commands of the section, in order."""
    section = README.split("## The first minute")[1].split("## ")[0]
    return re.findall(r"^\$ (.+)$", section, re.MULTILINE)


def answering(port: int) -> bool:
    """Whether somebody listens, waited for at most twenty seconds."""
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.1)
    return False


def test_first_minute(tmp_path: Path) -> None:
    """The five commands of the first minute end well, the second plan without a change."""
    port = free_port()
    program = f"{sys.executable} -m dhis2cfg"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DHIS2CFG_YES": "1", "DHIS2CFG_PORT": str(port)}
    began, served, planned, applied, again = first_minute()
    folder = tmp_path / "smittevern"

    def run(line: str, cwd: Path) -> str:
        done = subprocess.run(  # noqa: S602 - lines of our own README
            line.replace("dhis2cfg", program),
            shell=True,
            cwd=cwd,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert "no finding" in run(began, tmp_path)
    municipality = folder / "municipalities" / "example.yaml"
    municipality.write_text(
        municipality.read_text(encoding="utf-8").replace("8081", str(port)), encoding="utf-8"
    )
    assert served == "dhis2cfg sandbox &"
    server = subprocess.Popen(
        [sys.executable, "-m", "dhis2cfg", "sandbox"], env=environment, stderr=subprocess.DEVNULL
    )
    try:
        assert answering(port)
        assert "create" in run(planned, folder)
        assert "read back: as planned" in run(applied, folder)
        assert "no changes" in run(again, folder)
    finally:
        server.terminate()
        server.wait(timeout=10)


def test_exit_codes() -> None:
    """The table of exit codes is the enum, each code once."""
    told = [int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)]
    assert told == sorted(Exit)


def test_commands() -> None:
    """The commands that README names are those that --help lists."""
    line = README.split("## Commands")[1].split(";")[0]
    told = {name.split()[0] for name in re.findall(r"`([^`]+)`", line)}
    shown = subprocess.run(
        [sys.executable, "-m", "dhis2cfg", "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    listed = set(re.findall(r"^  (\w+)  ", shown.split("Commands:")[1], re.MULTILINE))
    assert told == listed
