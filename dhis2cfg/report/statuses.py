"""The table of `status`."""

from collections.abc import Sequence
from dataclasses import dataclass

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.run import Phase
from dhis2cfg.model.status import Status
from dhis2cfg.report.signs import clean
from dhis2cfg.wire.canonical import pretty, to_json

HEAD = ("target", "number", "package", "applied", "by", "state")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRow:
    """One target: its status, or why there is none."""

    target: str
    number: str
    status: Status | None
    error: Dhis2cfgError | None


def status_text(rows: Sequence[StatusRow], width: int) -> str:
    """One line a target; where the columns do not fit, the state moves to a line of its own."""
    cells = [HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEAD))]
    lines = []
    for row in cells:
        line = "  ".join(f"{cell:<{widths[column]}}" for column, cell in enumerate(row)).rstrip()
        if len(line) > width and row is not HEAD:
            head = "  ".join(f"{cell:<{widths[column]}}" for column, cell in enumerate(row[:-1])).rstrip()
            lines += [head, f"    {row[-1]}"]
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


def _cells(row: StatusRow) -> tuple[str, ...]:
    status = row.status
    if status is None:
        why = clean(row.error.what) if row.error else ""
        return (row.target, row.number, "?", "?", "?", why)
    packages = ", ".join(f"{name} {version}" for name, version in status.packages.items())
    applied = status.applied[:16].replace("T", " ")
    return (row.target, row.number, packages or "–", applied or "–", clean(status.by) or "–", state(status))


def state(status: Status) -> str:
    """The last column, in words."""
    parts = []
    if status.phase is Phase.RUNNING:
        parts.append(f"unfinished run {status.run}")
    if status.phase is Phase.BETWEEN:
        parts.append(f"stands between: run {status.run} (apply finishes it)")
    if not status.packages:
        parts.append("never applied")
    elif status.behind:
        parts.append(f"{status.behind} behind")
    if status.by_hand:
        parts.append(f"{status.by_hand} changed by hand")
    return ", ".join(parts) or "as applied"


def status_document(rows: Sequence[StatusRow]) -> str:
    """The same as JSON."""
    targets = [
        {
            "target": row.target,
            "number": row.number,
            "status": to_json(row.status),
            "error": row.error.what if row.error else None,
        }
        for row in rows
    ]
    return pretty({"format": 1, "targets": targets})
