"""The tutorial's blocks run as they stand, one after another, in an empty folder."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.e2e.test_program import environment
from tests.serving import free_port

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
PRELUDE = """\
set -euo pipefail
if ! command -v curl > /dev/null; then
  curl() { "$PYTHON" "$CURL" "$@"; }
fi
trap 'kill $(jobs -p) 2> /dev/null || true' EXIT
"""
CURL = """\
import base64, sys, urllib.request
given = dict(zip(sys.argv[1:], sys.argv[2:]))
url = next(each for each in sys.argv if each.startswith("http"))
request = urllib.request.Request(url, data=given["--data"].encode(), method=given["--request"])
request.add_header("Authorization", "Basic " + base64.b64encode(given["--user"].encode()).decode())
request.add_header(*given["--header"].split(": "))
print(urllib.request.urlopen(request).read().decode())
"""


def script() -> str:
    """All commands, in order, without the sign before each."""
    blocks = re.findall(r"^```console\n(.*?)^```", TUTORIAL, re.MULTILINE | re.DOTALL)
    lines = [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]
    return PRELUDE + "\n".join(f"{line}" for line in lines) + "\n"


def test_the_tutorial(tmp_path: Path) -> None:
    """It ends well, and each promise of its text holds."""
    first, second = free_port(), free_port()
    text = script().replace("sandbox --port 8082", f"sandbox --port {second}").replace("8082", str(second))
    text = text.replace("dhis2cfg sandbox &", f"dhis2cfg sandbox --port {first} &").replace(
        "8081", str(first)
    )
    text = text.replace(
        "cd smittevern\n", f"cd smittevern\nsed -i 's/8081/{first}/' municipalities/example.yaml\n", 1
    )
    (tmp_path / "curl.py").write_text(CURL, encoding="utf-8")
    program = tmp_path / "bin" / "dhis2cfg"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dhis2cfg "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    done = subprocess.run(  # noqa: S603 - the lines of our own tutorial
        ["bash", "-c", text],  # noqa: S607
        cwd=tmp_path,
        env=environment(
            PATH=f"{program.parent}:{os.environ['PATH']}",
            PYTHON=sys.executable,
            CURL=str(tmp_path / "curl.py"),
            XDG_STATE_HOME=str(tmp_path / "state"),
            HOME=os.environ.get("HOME", str(tmp_path)),
        ),
        capture_output=True,
        text=True,
        check=False,
        timeout=1200,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    for promised in (
        "no finding",
        "no changes",
        "stale-lock",
        "Fever",
        "1 thing changed by hand",
        "Fever today",
        "as applied",
        "north",
        "rolled back",
    ):
        assert promised in said, promised
    assert "Traceback" not in said
