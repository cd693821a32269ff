"""Verdicts of DHIS2's official rule engine on every case, written into `verdicts.json`.

npm install --prefix FOLDER @dhis2/rule-engine@3.3.9
python -m tests.covid_no.record FOLDER
"""

import json
import sys
from pathlib import Path
from typing import Any

from tests.covid_no.cases import cases
from tests.covid_no.engine import Case, Verdict, ask, digest, question
from tests.covid_no.numbers import number_cases

FILE = Path(__file__).with_name("verdicts.json")


def everything() -> dict[str, Case]:
    """Every case by name."""
    return {f"{each.program} {each.name}": each.case for each in cases()} | number_cases()


def recorded() -> tuple[str, dict[str, Verdict]]:
    """What stands in the file: the digest of what was asked, and the verdicts."""
    read = json.loads(FILE.read_text("utf-8"))
    rows = {
        name: Verdict(
            fired=frozenset(row["fired"]), sets=row.get("sets", {}), errors=frozenset(row.get("errors", []))
        )
        for name, row in read["verdicts"].items()
    }
    return read["asked"], rows


def record(folder: Path) -> None:
    """Ask the engine and write the file."""
    named = everything()
    questions = [question(case) for case in named.values()]
    verdicts = ask(folder, questions)
    rows = {name: _row(verdict) for name, verdict in zip(named, verdicts, strict=True)}
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(row)}" for name, row in rows.items())
    head = f'"engine": "@dhis2/rule-engine 3.3.9",\n"asked": "{digest(questions)}"'
    FILE.write_text(f'{{{head},\n"verdicts": {{\n{lines}\n}}}}\n', encoding="utf-8")


def _row(verdict: Verdict) -> dict[str, Any]:
    row: dict[str, Any] = {"fired": sorted(verdict.fired)}
    if verdict.sets:
        row["sets"] = dict(sorted(verdict.sets.items()))
    if verdict.errors:
        row["errors"] = sorted(verdict.errors)
    return row


if __name__ == "__main__":
    record(Path(sys.argv[1]))
