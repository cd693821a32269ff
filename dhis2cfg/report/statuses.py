"""The table of `status`: what stands where, since when, and how far the server is from it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.run import Phase
from dhis2cfg.model.status import Status
from dhis2cfg.report.layout import folded
from dhis2cfg.report.signs import clean, moment, number

HEAD = ("target", "number", "package", "applied", "by", "state")
GAPS = ("    ", "  ")
"""Between columns: wide where everything fits so, else narrow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRow:
    """One target: its status, or why there is none."""

    target: str
    number: str
    status: Status | None
    error: Dhis2cfgError | None


def status_text(rows: Sequence[StatusRow], width: int) -> str:
    """One line a target; where one does not fit, its state stands on a line of its own."""
    cells = [HEAD, *(tuple(clean(cell) for cell in _cells(row)) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEAD) - 1)]
    room = sum(widths) + max(len(row[-1]) for row in cells)
    gap = GAPS[0] if room + len(widths) * len(GAPS[0]) <= width else GAPS[1]
    lines = _row(HEAD, widths, gap, width)
    for row, shown in zip(cells[1:], rows, strict=True):
        lines += _row(row, widths, gap, width)
        if shown.error is not None:
            following = shown.error.following or (f"try it: dhis2cfg doctor -m {shown.target}",)
            for line in (*shown.error.details, *following):
                lines += folded(clean(line), width, 4)
    return "\n".join(lines) + "\n"


def _row(row: Sequence[str], widths: Sequence[int], gap: str, width: int) -> list[str]:
    """The columns and the state beside them, or below where it does not fit."""
    head = gap.join(f"{row[at]:<{room}}" for at, room in enumerate(widths))
    whole = f"{head}{gap}{row[-1]}"
    if len(whole) <= width:
        return [whole]
    columns = [head.rstrip()] if len(head.rstrip()) <= width else folded("  ".join(row[:-1]), width)
    return [*columns, *folded(row[-1], width, 4)]


def _cells(row: StatusRow) -> tuple[str, ...]:
    status = row.status
    if status is None:
        return (row.target, row.number, "?", "?", "?", row.error.what if row.error else "not known")
    packages = ", ".join(f"{name} {version}" for name, version in status.packages.items())
    applied = moment(status.applied)
    return (row.target, row.number, packages or "–", applied or "–", status.by or "–", state(row))


def state(row: StatusRow) -> str:
    """The last column, in words, with the command that mends it."""
    status = row.status or Status()
    parts = []
    if status.phase is not None and status.phase.is_unfinished:
        resume = f"dhis2cfg apply --resume {status.run}"
        how = (
            f"run {status.run} stands between"
            if status.phase is Phase.BETWEEN
            else f"unfinished run {status.run}"
        )
        parts.append(f"{how} ({resume})")
    if status.undone:
        undone = " and ".join(f"{name} {version}" for name, version in status.undone.items())
        parts.append(f"rolled back from {undone}")
    if not status.packages:
        parts.append("never applied")
    elif status.behind:
        parts.append(f"{number(status.behind, 'change')} behind")
    if status.by_hand:
        parts.append(f"{status.by_hand} changed by hand")
    return ", ".join(parts) or "as applied"
