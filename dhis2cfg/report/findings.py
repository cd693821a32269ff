"""Findings as a person reads them: the sentence, the place, the line with a caret, what next."""

import unicodedata
from collections.abc import Mapping, Sequence

from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.places import Place
from dhis2cfg.model.tree import Document
from dhis2cfg.report.layout import folded
from dhis2cfg.report.signs import clean, number, shortened, steadied, tamed


def findings_text(findings: Sequence[Finding], documents: Mapping[str, Document], width: int) -> str:
    """Every finding, a blank line after each."""
    return steadied("".join(f"{_one(each, documents, width)}\n" for each in findings))


def _one(finding: Finding, documents: Mapping[str, Document], width: int) -> str:
    told = tamed(finding)
    lines = folded(f"{told.severity.value}[{told.rule}] {told.message}", width)
    lines.append(f"  {told.place}")
    lines += _quoted(finding.place, told.label, documents, width)
    for each in told.related:
        lines += folded(f"= {each.message}: {each.place}", width, 6)
    if told.following:
        lines += folded(f"= {told.following}", width, 6)
    return "\n".join(lines) + "\n"


def _quoted(place: Place, label: str, documents: Mapping[str, Document], width: int) -> list[str]:
    """The line before and the line itself, with carets under what is meant."""
    document = documents.get(place.file)
    text = document.text.split("\n") if document else []
    if not 0 < place.line <= len(text):
        return folded(f"= {label}", width, 6) if label else []
    numbers = len(str(place.line))
    room = max(20, width - numbers - 5)
    line = clean(text[place.line - 1].rstrip("\r"))
    length = max(1, min(place.length, len(line) - place.column + 1, room - 2))
    start = _start(place.column - 1, length, room)
    lines = []
    before = clean(text[place.line - 2].rstrip("\r")) if place.line > 1 else ""
    if before[start:].strip():
        lines.append(f"  {place.line - 1:>{numbers}} │ {_window(before, start, room)}")
    window = _window(line, start, room)
    lines.append(f"  {place.line:>{numbers}} │ {window}")
    at = place.column - 1 - start
    caret = " " * cells(window[:at]) + "^" * max(cells(window[at : at + length]), 1)
    return [*lines, *_labelled(f"  {'':>{numbers}} │ ", caret, label, width)]


def _start(column: int, length: int, room: int) -> int:
    """From where a line is shown, so that all that is meant can be seen."""
    return 0 if column + length <= room - 1 else column - max((room - length) // 2, 1)


def _window(line: str, start: int, room: int) -> str:
    """The part of a line that fits, with an ellipsis where some of it is left out."""
    shown = f"…{line[start + 1 :]}" if start else line
    return shortened(shown, room).rstrip()


def _labelled(margin: str, caret: str, label: str, width: int) -> list[str]:
    """The carets with their label beside them, or below where it does not fit."""
    whole = f"{margin}{caret} {label}".rstrip()
    if len(whole) <= width:
        return [whole]
    return [margin + caret, *(margin + line for line in folded(label, width - len(margin), 2, 0))]


def cells(text: str) -> int:
    """How many columns a text takes: some letters take two, marks that sit on a letter none."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide - sum(unicodedata.combining(sign) != 0 for sign in text)


def count_text(findings: Sequence[Finding], files: int, objects: int) -> str:
    """The last line: how many of each, in how many files."""
    if not findings:
        return f"{number(files, 'file')}, {number(objects, 'object')}: no finding.\n"
    counted = [
        number(count, severity.value, severity.value if severity is Severity.INFO else "")
        for severity in Severity
        if (count := sum(each.severity is severity for each in findings))
    ]
    worst = min(findings, key=lambda each: list(Severity).index(each.severity))
    more = f"More on a rule: dhis2cfg explain {clean(worst.rule)}"
    return f"{', '.join(counted)} in {number(files, 'file')}. {more}\n"
