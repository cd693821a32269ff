"""Which function of `report` makes which format, and further reports into files (`--report FORMAT=PATH`)."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import TypeAlias

from dhis2cfg.cli.settings import width
from dhis2cfg.errors import UsageError
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.tree import Document
from dhis2cfg.report.annotations import github_text, junit_text, sarif_text
from dhis2cfg.report.documents import finding_document
from dhis2cfg.report.findings import count_text, findings_text

Wanted: TypeAlias = tuple[tuple[str, Path], ...]
"""Further reports: a format, and the file it goes to."""


def findings_as(
    name: str, findings: Sequence[Finding], documents: Mapping[str, Document], objects: int
) -> str:
    """Findings in one format."""
    files = len(documents)
    match name:
        case "text":
            return findings_text(findings, documents, width()) + count_text(findings, files, objects)
        case "json":
            return finding_document(findings, files, objects)
        case "github":
            return github_text(findings)
        case "sarif":
            return sarif_text(findings)
        case _:
            return junit_text(findings, files)


def read_reports(wanted: Sequence[str] | None, formats: type[Enum]) -> Wanted:
    """`FORMAT=PATH` each, read before anything is done: a slip must not be found after an apply."""
    known = [each.value for each in formats]
    read = []
    for each in wanted or ():
        name, equals, path = each.partition("=")
        if not equals or not path:
            raise UsageError(f"--report wants FORMAT=PATH, not {each}")
        if name not in known:
            raise UsageError(f"there is no format {name} here", details=(f"formats: {', '.join(known)}",))
        read.append((name, Path(path)))
    return tuple(read)


def write_reports(wanted: Wanted, make: Callable[[str], str], save: Callable[[Path, str], None]) -> None:
    """Each further report into its file."""
    for name, path in wanted:
        save(path, make(name))
