"""Every YAML file of the workspace as it should be written, or which ones are not."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from dhis2cfg.cli.desk import saver
from dhis2cfg.cli.settings import Settings, write_err, write_out
from dhis2cfg.cli.world import Opener
from dhis2cfg.errors import Exit, UsageError
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.tree import Document
from dhis2cfg.pipeline.reading import Read, read
from dhis2cfg.pipeline.renaming import overlaid, with_keys
from dhis2cfg.report.findings import findings_text
from dhis2cfg.report.signs import clean, number
from dhis2cfg.resolve import read_manifest
from dhis2cfg.workspace.formatting import Style, formatted, normalised
from dhis2cfg.workspace.root import find_root


def fmt_command(settings: Settings, names: Sequence[str], *, check: bool) -> int:
    """Write what is not as it should be, or only name it; the exit code."""
    root = find_root(settings.folder or Path.cwd()).root
    opener = _without_marks(settings.world.opener)
    files = read(root, opener)
    spelled = with_keys(files, opener)
    if spelled:
        files = read(root, overlaid(root, spelled, opener))
    chosen = _chosen(dict(_documents(files)), root, settings.folder or Path.cwd(), names)
    broken = [each for each in files.findings if _is_broken(each, chosen)]
    changed = {}
    for name, (document, style) in chosen.items():
        text = formatted(document, style)
        with settings.world.opener(root / name) as file:
            stands = file.read()
        if stands != text.encode():
            changed[name] = text
    if not check:
        for name, text in changed.items():
            saver(settings)(root / name, text)
    write_out("".join(f"{clean(name)}\n" for name in sorted(changed)))
    if changed:
        told = number(len(changed), "file")
        write_err(f"{told} to be written otherwise: dhis2cfg fmt\n" if check else f"wrote {told}\n")
    if broken:
        write_err(findings_text(broken, files.documents, 100))
        return Exit.FILES
    return Exit.CHANGES if check and changed else Exit.FINE


def _without_marks(opener: Opener) -> Opener:
    """Files without byte order mark and carriage returns, as they will be written."""

    def opened(path: Path) -> BinaryIO:
        with opener(path) as file:
            return io.BytesIO(normalised(file.read()))

    return opened


def _documents(files: Read) -> Iterator[tuple[str, tuple[Document, Style]]]:
    """Every YAML file by its name, and by what it is written."""
    for each in (files.source.fleet, *files.source.municipalities.values()):
        if each is not None:
            yield each.file, (each, Style())
    for package in files.packages.values():
        manifest, _ = read_manifest(package.manifest)
        style = Style(catalogue=files.catalogue, locale=manifest.locale)
        yield package.manifest.file, (package.manifest, Style())
        for each in (*package.documents, *package.translations.values()):
            yield each.file, (each, style)


def _chosen(
    known: dict[str, tuple[Document, Style]], root: Path, here: Path, names: Sequence[str]
) -> dict[str, tuple[Document, Style]]:
    """The files that were named, or all of them."""
    if not names:
        return known
    meant = {}
    for name in names:
        path = (here / name).resolve()
        inside = path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
        found = {
            each: value for each, value in known.items() if each == inside or each.startswith(f"{inside}/")
        }
        if not found:
            raise UsageError(
                f"{name} is no YAML file of this workspace",
                following=("dhis2cfg fmt    without a name writes all of them",),
            )
        meant.update(found)
    return meant


def _is_broken(finding: Finding, chosen: dict[str, tuple[Document, Style]]) -> bool:
    """Whether a file could not be read as YAML, so that it stays as it is."""
    document = chosen.get(finding.place.file)
    return document is not None and document[0].root is None and bool(document[0].text.strip())
