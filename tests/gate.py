"""All gates, one after another: linters, types, contracts, tests, coverage; times and skips told."""

import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One gate: a name and the command that judges it."""

    name: str
    command: tuple[str, ...]


SUITE = "not live and not chaos and not packages"
PYTEST = ("pytest", "-n", "2", "--dist", "worksteal", "-q", "-m", SUITE)
UNTRACED = tuple(
    f"tests/{each}" for each in ("browser", "ci", "covid_no", "editor", "page_examples", "scenarios")
)
"""Long suites that reach no line of the program first: without tracing they are far faster."""

PARTS = (
    Part(name="lint", command=("ruff", "check", "--quiet", ".")),
    Part(name="format", command=("ruff", "format", "--check", "--quiet", ".")),
    Part(name="types", command=("mypy",)),
    Part(name="contracts", command=("lint-imports",)),
    Part(
        name="tests",
        command=("coverage", "run", "-m", *PYTEST, "tests", *(f"--ignore={each}" for each in UNTRACED)),
    ),
    Part(name="long tests", command=(*PYTEST, *UNTRACED)),
    Part(name="combine", command=("coverage", "combine", "--quiet")),
    Part(name="coverage", command=("coverage", "report")),
)
COUNT = re.compile(r"(\d+) (passed|failed|skipped|error)s?\b")
END = re.compile(r"^.* in \d[\d.]*s(?: .*)?$", re.MULTILINE)


def run(part: Part) -> tuple[int, float, str]:
    """Exit code, seconds and output of one gate; its output is shown as it comes."""
    began = time.monotonic()
    lines: list[str] = []
    command = (str(BIN / part.command[0]), *part.command[1:])
    with subprocess.Popen(  # noqa: S603 - our own tools
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            sys.stdout.write(line)
            lines.append(line)
    return process.returncode, time.monotonic() - began, "".join(lines)


def main(parts: Sequence[Part] = PARTS) -> int:
    """Every gate is tried, so that one run tells all; the first failure is the exit code."""
    failed: list[str] = []
    counts = {"passed": 0, "failed": 0, "skipped": 0, "error": 0}
    times = []
    for old in ROOT.glob(".coverage.*"):
        old.unlink()
    for part in parts:
        code, seconds, output = run(part)
        times.append(f"{part.name} {seconds:.0f} s")
        if code:
            failed.append(part.name)
        if "tests" in part.name:
            for number, word in COUNT.findall((END.findall(output) or [""])[-1]):
                counts[word] += int(number)
    sys.stdout.write(f"\n{' · '.join(times)}\n")
    sys.stdout.write(f"failed gates: {', '.join(failed) or 'none'}\n")
    broken = counts["failed"] + counts["error"]
    sys.stdout.write(f"{counts['passed']} passed, {broken} failed, {counts['skipped']} skipped\n")
    return 1 if failed or not counts["passed"] else 0


if __name__ == "__main__":
    sys.exit(main())
