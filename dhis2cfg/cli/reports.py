"""Which function of `report` makes which format, and further reports into files (`--report FORMAT=PATH`)."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from dhis2cfg.cli.settings import width
from dhis2cfg.errors import UsageError
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.tree import Document
from dhis2cfg.report.annotations import github_text, junit_text, sarif_text
from dhis2cfg.report.documents import finding_document
from dhis2cfg.report.findings import count_text, findings_text


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
        case "junit":
            return junit_text(findings, files)
        case _:
            raise _unknown(name, "text, json, github, sarif, junit")


def write_reports(
    wanted: Sequence[str] | None, make: Callable[[str], str], save: Callable[[Path, str], None]
) -> None:
    """Each further report into its file."""
    for each in wanted or ():
        name, equals, path = each.partition("=")
        if not equals or not path:
            raise UsageError(f"--report wants FORMAT=PATH, not {each}")
        save(Path(path), make(name))


def _unknown(name: str, known: str) -> UsageError:
    return UsageError(f"there is no format {name} here", details=(f"formats: {known}",))


def refuse_format(name: str, known: str) -> str:
    """For `make` functions that know few formats: never returns."""
    raise _unknown(name, known)
