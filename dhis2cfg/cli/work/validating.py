"""What is wrong in the files: everything, or what stands in those that were named."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from dhis2cfg.cli.desk import Desk, open_desk
from dhis2cfg.cli.options import FindingsFormat
from dhis2cfg.cli.reports import findings_as, read_reports, write_reports
from dhis2cfg.cli.settings import Settings, write_out
from dhis2cfg.errors import Exit, UsageError
from dhis2cfg.model.findings import has_errors
from dhis2cfg.model.tree import Document
from dhis2cfg.pipeline.reading import resolved


def validate_command(
    settings: Settings, names: Sequence[str], output: FindingsFormat, report: list[str] | None
) -> int:
    """Tell it, in every form that was asked for; the exit code."""
    reports = read_reports(report, FindingsFormat)
    desk = open_desk(settings)
    documents = _chosen(desk, names)
    result = resolved(desk.files, today=settings.world.today())
    findings = [each for each in result.findings if not names or each.place.file in documents]
    objects = sum(
        each.place.file in documents
        for package in result.packages.values()
        for each in package.objects.values()
    )

    def text(name: str) -> str:
        return findings_as(name, findings, documents, objects)

    write_out(text(output.value))
    write_reports(reports, text, desk.save)
    return Exit.FILES if has_errors(findings) else Exit.FINE


def _chosen(desk: Desk, names: Sequence[str]) -> Mapping[str, Document]:
    """The files that were named, by themselves or by a folder; without a name all of them."""
    known = desk.files.documents
    if not names:
        return known
    root, here = desk.files.root.resolve(), desk.settings.folder or Path.cwd()
    meant: dict[str, Document] = {}
    for name in names:
        path = (here / name).resolve()
        inside = path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
        found = {file: each for file, each in known.items() if f"{file}/".startswith(f"{inside}/")}
        if not found and path != root:
            raise UsageError(
                f"{name} holds no file of this workspace",
                following=("dhis2cfg validate    without a name looks at all of them",),
            )
        meant |= found or known
    return meant
