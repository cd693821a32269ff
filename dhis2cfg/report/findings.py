"""Findings as a person reads them: the sentence, the place, the line with a caret, what next."""

from collections.abc import Mapping, Sequence

from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.places import Place
from dhis2cfg.model.tree import Document
from dhis2cfg.report.signs import clean, shortened


def findings_text(findings: Sequence[Finding], documents: Mapping[str, Document], width: int) -> str:
    """Every finding, a blank line after each."""
    return "".join(f"{_one(each, documents, width)}\n" for each in findings)


def _one(finding: Finding, documents: Mapping[str, Document], width: int) -> str:
    place = finding.place
    lines = [f"{finding.severity.value}[{finding.rule}] {clean(finding.message)}", f"  {clean(str(place))}"]
    lines += _quoted(place, finding.label, documents, width)
    lines += [f"      = {clean(each.message)}: {clean(str(each.place))}" for each in finding.related]
    if finding.following:
        lines.append(f"      = {clean(finding.following)}")
    return "\n".join(lines) + "\n"


def _quoted(place: Place, label: str, documents: Mapping[str, Document], width: int) -> list[str]:
    """The line before and the line itself, with carets under what is meant."""
    document = documents.get(place.file)
    text = document.text.split("\n") if document else []
    if not 0 < place.line <= len(text):
        return [f"      = {clean(label)}"] if label else []
    numbers = len(str(place.line))
    room = max(20, width - numbers - 8)
    line = text[place.line - 1]
    start = max(0, place.column - 1 - (room * 2 // 3)) if place.column - 1 > room else 0
    shown = []
    before = text[place.line - 2] if place.line > 1 else ""
    if before.strip():
        shown.append(f"  {place.line - 1:>{numbers}} │ {shortened(clean(before), room)}")
    shown.append(f"  {place.line:>{numbers}} │ {shortened(clean(line)[start:], room)}")
    length = max(1, min(place.length, len(line) - place.column + 1, room))
    caret = " " * (place.column - 1 - start) + "^" * length
    shown.append(f"  {'':>{numbers}} │ {caret} {clean(label)}".rstrip())
    return shown


def count_text(findings: Sequence[Finding], files: int, objects: int) -> str:
    """The last line: how many of each, in how many files."""
    if not findings:
        return f"{_files(files)}, {_number(objects, 'object')}: no finding.\n"
    counted = [
        _number(count, severity.value)
        for severity in Severity
        if (count := sum(1 for each in findings if each.severity is severity))
    ]
    rule = findings[0].rule
    return f"{', '.join(counted)} in {_files(files)}. More on a rule: dhis2cfg explain {rule}\n"


def _files(count: int) -> str:
    return _number(count, "file")


def _number(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 or word == "info" else f"{count} {word}s"
