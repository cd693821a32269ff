"""A diff as text for a terminal."""

from collections.abc import Iterable, Iterator

from dhis2cfg.model.diff import Diff
from dhis2cfg.model.plan import Risk
from dhis2cfg.report.diffs.access import AccessRow
from dhis2cfg.report.diffs.rows import Row
from dhis2cfg.report.diffs.sections import Told, told
from dhis2cfg.report.diffs.sentences import SETTINGS
from dhis2cfg.report.diffs.view import Detail, DiffView
from dhis2cfg.report.layout import folded
from dhis2cfg.report.sentences.spans import as_text
from dhis2cfg.report.signs import clean, number, steadied

SIGNS = "  + comes  ~ changes  - goes  ! look at this first"
NOTHING = "No change in what is configured"
VALUES = "how many registered values it touches is unknown"
HANG = 6


def nothing(diff: Diff) -> str:
    """The sentence for a change of files that configures nothing."""
    if not diff.files:
        return "No change: both sides hold the same files."
    return f"{NOTHING} ({number(diff.files, 'file')} moved)."


def diff_text(view: DiffView) -> str:
    """Everything a reviewer reads, as lines that fit the view's width."""
    diff = view.diff
    parts = told(diff, full=view.full)
    lines = _wrong(view)
    if not parts:
        return "\n".join([*lines, nothing(diff)]) + "\n"
    for part in parts:
        lines += folded(as_text(part.head), view.width)
    sides = clean(f"{diff.before} → {diff.after}")
    compared = f"{sides}, {number(diff.compared, 'object')} compared"
    lines += [*folded(f"{SIGNS}    {compared}", view.width, 2, 0), ""]
    risks = [row for part in parts for row in part.risks]
    if risks:
        lines += ["Look at these first", *_risks(risks, view), ""]
    if view.detail is not Detail.SUMMARY:
        for part in parts:
            lines += _sections(part, view)
    access = [row for part in parts for row in part.access]
    if access:
        lines += ["Who may do more, who less", *_access(access, view), ""]
    return steadied("\n".join(lines).rstrip("\n") + "\n")


def _wrong(view: DiffView) -> list[str]:
    """What is not all that could be told."""
    if not view.diff.errors:
        return []
    text = (
        f"{number(view.diff.errors, 'error')} in the files: what is told may not be all (dhis2cfg validate)"
    )
    return [*folded(text, view.width), ""]


def _risks(rows: Iterable[Row], view: DiffView) -> Iterator[str]:
    for row in rows:
        yield from _row(row, view, f"! {row.risk}: ")
        for note in values_note(row):
            yield from folded(note, view.width, HANG, 0)


def values_note(row: Row) -> tuple[str, ...]:
    """Of a change that touches registered values, that nobody knows how many."""
    first = row.changes[0]
    touches = row.rank >= Risk.BREAKING.rank and first.type not in SETTINGS and first.touched is None
    return (VALUES,) if touches else ()


def _sections(part: Told, view: DiffView) -> Iterator[str]:
    for section in part.sections:
        if section.heading:
            yield from folded(as_text(section.heading), view.width)
        for row in section.rows:
            yield from _row(row, view, f"  {row.sign} ")
        yield ""


def _row(row: Row, view: DiffView, prefix: str) -> Iterator[str]:
    indent = len(prefix) - len(prefix.lstrip())
    yield from folded(prefix + as_text(row.phrase), view.width, indent, HANG - indent)
    for note in row.aside:
        yield from folded(clean(note), view.width, HANG, 0)
    whom = f"for {as_text(row.whom)}"
    place = clean(row.place)
    whole = f"{'':<{HANG}}{whom}    {place}".rstrip()
    if len(whole) <= view.width:
        yield whole
    else:
        yield from folded(whom, view.width, HANG)
        yield f"{'':<{HANG}}{place}"


def _access(rows: Iterable[AccessRow], view: DiffView) -> Iterator[str]:
    for row in rows:
        verb = "may now" if row.more else "may no longer"
        on = f" on {as_text(row.on)}" if row.on else ""
        text = f"{'+' if row.more else '-'} {as_text(row.who)} {verb} {as_text(row.what)}{on}"
        yield from folded(text, view.width, 2, 4)
