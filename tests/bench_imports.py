"""An embedded server of 20,000 objects imported whole, and its plan: times and memory."""

import io
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from dhis2cfg.cli.app import run
from dhis2cfg.cli.world import World
from dhis2cfg.sandbox.app import make_app
from dhis2cfg.sandbox.bridge import SandboxTransport
from dhis2cfg.sandbox.rehearsal import Brought, rehearsal

URL = "http://127.0.0.1:8081"
OBJECTS = 20_000
SHARED = {"public": "r-------", "userGroups": {}, "users": {}}


def generated(count: int) -> dict[str, list[dict[str, Any]]]:
    """Data elements, option sets of twenty options, indicators that count them, groups of fifty."""
    elements = [_named("E", number, "Element") for number in range(count // 2)]
    for number, each in enumerate(elements):
        each |= {
            "valueType": "TEXT",
            "domainType": "AGGREGATE",
            "aggregationType": "NONE",
            "zeroIsSignificant": False,
        }
        each["optionSet"] = {"id": _uid("S", number % (count // 50))}
    sets = [
        {**_named("S", number, "Set"), "valueType": "TEXT",
         "options": [{"id": _uid("O", number * 20 + at)} for at in range(20)]}
        for number in range(count // 50)
    ]  # fmt: skip
    options = [
        {"id": _uid("O", number), "code": f"O{number}", "name": f"Option {number}", "sortOrder": number % 20,
         "optionSet": {"id": _uid("S", number // 20)}}
        for number in range(len(sets) * 20)
    ]  # fmt: skip
    kinds = [{"id": _uid("T", 0), "name": "Number", "factor": 1, "number": True}]
    indicators = [
        {**_named("I", number, "Indicator"), "numerator": f"#{{{_uid('E', number)}}}", "denominator": "1",
         "numeratorDescription": "n", "denominatorDescription": "d", "annualized": False,
         "indicatorType": {"id": _uid("T", 0)}}
        for number in range(count - len(elements) - len(sets) - len(options) - 1)
    ]  # fmt: skip
    return {
        "dataElements": elements,
        "optionSets": sets,
        "options": options,
        "indicatorTypes": kinds,
        "indicators": indicators,
    }


def _uid(letter: str, number: int) -> str:
    return f"{letter}{number:010}"


def _named(letter: str, number: int, word: str) -> dict[str, Any]:
    name = f"{word} {number}"
    return {
        "id": _uid(letter, number),
        "code": f"{letter}_{number}",
        "name": name,
        "shortName": name,
        "sharing": SHARED,
    }


def timed(words: str, act: Callable[[], str]) -> str:
    """Say how long something took, and how much memory this process has needed so far."""
    began = time.perf_counter()
    said = act()
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{words}: {seconds:.1f} s, peak {peak:.0f} MB so far\n")
    return said


def main() -> int:
    """Import everything, check it, plan it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "municipalities").mkdir()
        fleet = "name: many\npackages: packages/*\nmunicipalities: municipalities/*.yaml\n"
        (folder / "fleet.yaml").write_text(fleet, encoding="utf-8")
        place = folder / "municipalities" / "many.yaml"
        place.write_text(f"name: Many\nserver: {{url: {URL}, sandbox: true}}\n", encoding="utf-8")
        instance = rehearsal("2.42", Brought(export=generated(OBJECTS)), url=URL)
        app = make_app(instance)
        world = World(transport=lambda _: SandboxTransport(app, URL), environ={})

        def command(*arguments: str) -> str:
            out, err = io.StringIO(), io.StringIO()
            with redirect_stdout(out), redirect_stderr(err):
                code = run(["-C", str(folder), *arguments], world)
            if code:
                raise SystemExit(f"exit {code}: {err.getvalue()[-2000:]}")
            return out.getvalue()

        told = timed(
            f"import of {OBJECTS} objects from a server",
            lambda: command("import", "--from", "many", "--all", "-o", "packages/whole"),
        )
        sys.stdout.write(f"  {told.splitlines()[1].strip()}\n")
        place.write_text(place.read_text(encoding="utf-8") + "packages: {whole: {}}\n", encoding="utf-8")
        plan = timed("its plan against that server", lambda: command("plan", "--no-dry-run"))
        sys.stdout.write(f"  {plan.strip().splitlines()[0]}\n")
        return 0 if "no changes" in plan else 1


if __name__ == "__main__":
    sys.exit(main())
