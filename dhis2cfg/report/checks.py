"""What `doctor` found, one line a check, and what to do where one is not well."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dhis2cfg.report.layout import folded
from dhis2cfg.report.signs import clean, number

OK, FAIL = "ok", "fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One check: `level` is ok, warn or fail; `following` what to do where it is not ok."""

    level: str
    text: str
    following: str = ""


def checks_text(results: Mapping[str, Sequence[CheckRow]], width: int) -> str:
    """The checks of every target, below its name where there are several, and then the sum."""
    lines: list[str] = []
    for name, rows in results.items():
        lines += [clean(name)] if len(results) > 1 else []
        for row in rows:
            lines += folded(f"{clean(row.level):<4}  {clean(row.text)}", width, 2, 6)
            if row.following and row.level != OK:
                lines += folded(clean(row.following), width, 8)
    if len(results) > 1:
        failing = [clean(name) for name, rows in results.items() if any(each.level == FAIL for each in rows)]
        told = f"a check fails on {', '.join(failing)}" if failing else "no check fails"
        lines += ["", *folded(f"{number(len(results), 'target')}: {told}.", width)]
    return "\n".join(lines) + "\n"
