"""DHIS2's own expression libraries, by name from their registries: fetched into `build/oracle`, never kept.

`at_hand` says where one is; None, with the reason, where its tools or its registry are missing.
"""

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FRONTS = ROOT / "tests" / "oracle"
KEPT = ROOT / "build" / "oracle"
NPM = "@dhis2/expression-parser@1.1.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """One official library, ready to answer: the command that reads expressions on stdin."""

    name: str
    command: tuple[str, ...]

    def answers(self, texts: Sequence[str]) -> list[str]:
        """One answer a text: how it groups, or for `npm` what it comes to."""
        is_list = self.name == "npm"
        given = json.dumps(list(texts)) if is_list else "".join(f"{text}\n" for text in texts)
        run = subprocess.run(self.command, input=given, capture_output=True, text=True, check=True)  # noqa: S603 - ours
        return list(json.loads(run.stdout)) if is_list else run.stdout.split("\n")[:-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A library that cannot be asked, and why."""

    name: str
    reason: str


def at_hand(name: str, *, fetch: bool = True) -> Library | Missing:
    """`rules` and `server` (Java, Maven), `npm` (Node); fetched where it is allowed and not there yet."""
    tools = ("node", "npm") if name == "npm" else ("java", "mvn")
    lacking = [tool for tool in tools if shutil.which(tool) is None]
    if lacking:
        return Missing(name=name, reason=f"{' and '.join(lacking)} missing")
    folder = KEPT / name
    if not (folder / "complete").exists():
        if not fetch:
            return Missing(name=name, reason="make oracle fetches it")
        failed = _fetch(name, folder)
        if failed:
            return Missing(name=name, reason=failed)
    if name == "npm":
        parser = next(folder.glob("node_modules/@dhis2/expression-parser/expression-parser.mjs"))
        return Library(
            name=name, command=(_tool("node"), str(FRONTS / "values.mjs"), parser.resolve().as_uri())
        )
    front = FRONTS / f"{name.capitalize()}.java"
    options = ("-Xss8m", "-XX:TieredStopAtLevel=1", "-cp", str(folder / "*"))
    return Library(name=name, command=(_tool("java"), *options, str(front)))


def _fetch(name: str, folder: Path) -> str:
    """Install the library into a folder; why that failed, empty where it did not."""
    folder.mkdir(parents=True, exist_ok=True)
    pom, out = str(FRONTS / f"{name}.xml"), f"-DoutputDirectory={folder}"
    command = [_tool("mvn"), "-q", "-f", pom, "dependency:copy-dependencies", out]
    if name == "npm":
        command = [_tool("npm"), "install", "--no-audit", "--no-fund", "--prefix", str(folder), NPM]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if run.returncode:
        lines = (run.stderr or run.stdout).strip().splitlines() or ["no reason given"]
        return f"its registry did not give it: {lines[0][:100]}"
    (folder / "complete").touch()
    return ""


def _tool(name: str) -> str:
    return shutil.which(name) or name
