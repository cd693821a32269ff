"""Rows, risks and access as Markdown: what `diff` and `plan` say alike in a pull request."""

from collections.abc import Sequence
from dataclasses import replace

from dhis2cfg.report.diffs.access import AccessRow
from dhis2cfg.report.diffs.rows import Row, merged
from dhis2cfg.report.diffs.sections import Section
from dhis2cfg.report.diffs.text import values_note
from dhis2cfg.report.pull_requests.markdown import as_markdown, code, escaped
from dhis2cfg.report.pull_requests.paper import Paper, length
from dhis2cfg.report.sentences.spans import cut

HEADS = ("", "what changes for those who use it", "for", "where")
ACCESS = ("who", "", "what", "on what")
LONGEST = 1_000
"""A sentence of more characters is cut: one long text must not take the room of all others."""
FIRST = "**Look at these first**"


def risk_lines(rows: Sequence[Row], room: int, heading: Sequence[str] = (FIRST, "")) -> list[str]:
    """All risks: one by one, of a kind together where they are too many, else counted."""
    if not rows:
        return []
    told = [*heading, *map(_risk, rows), ""]
    if length(told) > room:
        told = [*heading, *(_risk(replace(row, phrase=cut(row.short, LONGEST))) for row in rows), ""]
    if length(told) > room:
        told = [*heading, *map(_risk, merged(rows)), ""]
    return told if length(told) <= room else [*heading, *_counts(rows), ""]


def _risk(row: Row) -> str:
    notes = [*map(escaped, row.aside), *map(escaped, values_note(row))]
    told_notes = f" ({'; '.join(notes)})" if notes else ""
    place = f" {code(row.place)}" if row.place else ""
    return f"- **{row.risk}**: {as_markdown(row.phrase)}{told_notes}, for {as_markdown(row.whom)}{place}"


def _counts(rows: Sequence[Row]) -> list[str]:
    """Where even names have no room: each kind of risk with its number."""
    counts: dict[tuple[str, str, str], int] = {}
    for row in rows:
        counts[row.key] = counts.get(row.key, 0) + len(row.changes)
    return [
        f"- **{risk}**: {count} × {escaped(type_name)}{' ' + escaped(field) if field else ''}"
        for (risk, type_name, field), count in counts.items()
    ]


def add_section(section: Section, paper: Paper) -> None:
    """The lines of one object as a table."""
    heading = [as_markdown(section.heading), ""] if section.heading else []
    paper.add_table(heading, HEADS, [_cells(row) for row in section.rows])


def _cells(row: Row) -> tuple[str, ...]:
    notes = "".join(f"; {escaped(note)}" for note in (*row.aside, *values_note(row)))
    place = code(row.place) if row.place else ""
    return (row.sign, f"{as_markdown(cut(row.short, LONGEST))}{notes}", as_markdown(row.whom), place)


def add_access(rows: Sequence[AccessRow], paper: Paper) -> None:
    """Who may do more, who less."""
    paper.add_rows("Who may do more, who less", ACCESS, [_access(row) for row in rows])


def _access(row: AccessRow) -> tuple[str, ...]:
    verb = "may now" if row.more else "may no longer"
    return (as_markdown(row.who), verb, as_markdown(row.what), as_markdown(row.on))
