"""A diff as Markdown for a pull request: whole where it fits, never without a risk."""

from collections.abc import Sequence

from dhis2cfg.report.diffs.access import AccessRow
from dhis2cfg.report.diffs.rows import Row, merged
from dhis2cfg.report.diffs.sections import Section, Told, told
from dhis2cfg.report.diffs.text import nothing, values_note
from dhis2cfg.report.diffs.view import Detail, DiffView
from dhis2cfg.report.markdown import as_markdown, code, escaped, fenced, folded, table
from dhis2cfg.report.signs import number

MARKER = "<!-- dhis2cfg: diff -->"
"""By this line the comment is found again, and replaced instead of repeated."""
SPARE = 1_500
"""Characters that are kept free for what says that something was left out."""
HEADS = ("", "what changes for those who use it", "for", "where")


def diff_markdown(view: DiffView) -> str:
    """A comment of fewer characters than the view's limit."""
    parts = told(view.diff, full=view.full)
    paper = _Paper(view.limit - SPARE)
    paper.add([MARKER, *_wrong(view)])
    if not parts:
        paper.add([nothing(view.diff)])
        return paper.text()
    paper.add([line for part in parts for line in (f"### {as_markdown(part.head)}", "")])
    risks = [row for part in parts for row in part.risks]
    paper.add(_risks(risks, paper.room))
    access = [row for part in parts for row in part.access]
    if view.detail is not Detail.SUMMARY:
        for part in parts:
            _sections(part, paper)
    paper.add_rows("Who may do more, who less", ("who", "", "what", "on what"), list(map(_access, access)))
    if view.detail is not Detail.SUMMARY:
        _files(view, paper)
    paper.end(view.command)
    return paper.text()


class _Paper:
    """Lines within a limit; what does not fit is counted."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lines: list[str] = []
        self._length = 0
        self._left = 0

    @property
    def room(self) -> int:
        """How many characters are left."""
        return self._limit - self._length

    def add(self, lines: Sequence[str]) -> None:
        """Lines that must stand there."""
        self._lines += lines
        self._length += _length(lines)

    def fits(self, lines: Sequence[str]) -> bool:
        """Whether there is room for more lines."""
        return _length(lines) <= self.room

    def add_rows(self, summary: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
        """As many rows of a folded table as fit."""
        shown = self._shown(heads, rows, _length(folded(summary, [])))
        if shown:
            self.add([*folded(summary, table(heads, shown)), ""])

    def add_table(
        self, heading: Sequence[str], heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]
    ) -> None:
        """As many rows of a table as fit, below a heading."""
        shown = self._shown(heads, rows, _length(heading) + 2)
        if shown:
            self.add([*heading, *table(heads, shown), ""])

    def _shown(
        self, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], around: int
    ) -> list[tuple[str, ...]]:
        """The first rows that fit; the others are counted."""
        room = self.room - around - _length(table(heads, []))
        shown: list[tuple[str, ...]] = []
        for row in rows:
            room -= _length(table((), [row])[2:])
            if room < 0:
                break
            shown.append(row)
        self._left += len(rows) - len(shown)
        return shown

    def end(self, command: str) -> None:
        """What was left out, and how to see it."""
        if self._left:
            self.add([f"{number(self._left, 'more line')} had no room here."])
        if command:
            self.add([f"All of it: {code(command)}"])

    def text(self) -> str:
        """What stands on the paper."""
        return "\n".join(self._lines).rstrip("\n") + "\n"


def _length(lines: Sequence[str]) -> int:
    return sum(len(line) + 1 for line in lines)


def _wrong(view: DiffView) -> list[str]:
    if not view.diff.errors:
        return []
    told_errors = number(view.diff.errors, "error")
    return [f"> {told_errors} in the files: what is told may not be all (`dhis2cfg validate`).", ""]


def _risks(rows: Sequence[Row], room: int) -> list[str]:
    """All risks: one by one, or of a kind together where there are too many of them."""
    if not rows:
        return []
    several = list(rows)
    lines = _risk_lines(several)
    if _length(lines) > room * 2 // 3:
        lines = _risk_lines(list(merged(several)))
    if _length(lines) > room * 2 // 3:
        lines = _risk_counts(several)
    return lines


def _risk_lines(rows: Sequence[Row]) -> list[str]:
    lines = [_risk(row) for row in rows]
    return ["**Look at these first**", "", *lines, ""]


def _risk(row: Row) -> str:
    notes = [*map(escaped, row.aside), *values_note(row)]
    told_notes = f" ({'; '.join(notes)})" if notes else ""
    place = f" {code(row.place)}" if row.place else ""
    return f"- **{row.risk}**: {as_markdown(row.phrase)}{told_notes}, for {as_markdown(row.whom)}{place}"


def _risk_counts(rows: Sequence[Row]) -> list[str]:
    """Where even names have no room: each kind of risk with its number."""
    counts: dict[tuple[str, str, str], int] = {}
    for row in rows:
        counts[row.key] = counts.get(row.key, 0) + len(row.changes)
    lines = [
        f"- **{risk}**: {count} × {escaped(type_name)}{' ' + escaped(field) if field else ''}"
        for (risk, type_name, field), count in counts.items()
    ]
    return ["**Look at these first**", "", *lines, ""]


def _sections(part: Told, paper: _Paper) -> None:
    for section in part.sections:
        paper.add_table(_heading(section), HEADS, [_cells(row) for row in section.rows])


def _heading(section: Section) -> list[str]:
    return [as_markdown(section.heading), ""] if section.heading else []


def _cells(row: Row) -> tuple[str, ...]:
    notes = "".join(f"; {escaped(note)}" for note in row.aside)
    place = code(row.place) if row.place else ""
    return (row.sign, f"{as_markdown(row.phrase)}{notes}", as_markdown(row.whom), place)


def _access(row: AccessRow) -> tuple[str, ...]:
    verb = "may now" if row.more else "may no longer"
    return (as_markdown(row.who), verb, as_markdown(row.what), as_markdown(row.on))


def _files(view: DiffView, paper: _Paper) -> None:
    """How the files differ, where there is room for it."""
    if not view.lines:
        return
    lines = folded(f"As YAML sees it ({number(len(view.lines), 'line')})", fenced(list(view.lines), "diff"))
    if paper.fits(lines):
        paper.add([*lines, ""])
