"""From a file, or a server, to the folder of a package: read, mended, written beside, checked, renamed."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from dhis2cfg.catalogue import shipped
from dhis2cfg.cli.settings import Settings, width, write_err, write_out
from dhis2cfg.cli.work.adopting import adopt
from dhis2cfg.cli.work.taking import Choice, ask
from dhis2cfg.errors import Exit, UsageError
from dhis2cfg.interchange import Source, Taken, Wanted, read_source, take, too_large
from dhis2cfg.interchange.sources import LARGEST
from dhis2cfg.load import read_bytes
from dhis2cfg.model.findings import Finding, Severity, has_errors
from dhis2cfg.pipeline.reading import read, resolved
from dhis2cfg.report.imports import ImportView, import_findings_text, import_text
from dhis2cfg.validate import RULES
from dhis2cfg.workspace.folders import inside, must_be_free, staged
from dhis2cfg.workspace.printing import printed
from dhis2cfg.workspace.writing import atomic_write

NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """What `import` was asked for."""

    file: Path | None
    out: Path | None
    source: str = ""
    programs: tuple[str, ...] = ()
    data_sets: tuple[str, ...] = ()
    everything: bool = False
    environment: str = ""
    adopt: bool = False
    mend: bool = True
    dry_run: bool = False
    replace: bool = False


def import_command(settings: Settings, request: ImportRequest) -> int:
    """A package made of a file; the exit code."""
    folder = _folder(settings, request)
    if (request.file is None) is not bool(request.source):
        raise UsageError(
            "import wants a file, or a server to read",
            following=(
                "dhis2cfg import FILE.json -o packages/NAME",
                "dhis2cfg import --from MUNICIPALITY --program CODE -o packages/NAME",
            ),
        )
    if request.file is None:
        return _from_server(settings, request, folder)
    if request.adopt:
        raise UsageError("--adopt goes with --from: a file says nothing of what stands on a server")
    source = _read(settings, request.file)
    if isinstance(source, Finding):
        return _refused(settings, (source,))
    return take_in(settings, request, source, folder)


def _from_server(settings: Settings, request: ImportRequest, folder: Path) -> int:
    """A package of what stands on a server; `--adopt` makes it ours at once."""
    choice = Choice(
        source=request.source,
        environment=request.environment,
        programs=request.programs,
        data_sets=request.data_sets,
        everything=request.everything,
    )
    asked = ask(settings, choice)
    write_err(import_findings_text(asked.findings, width(), full=settings.verbose))
    code = take_in(settings, request, asked.source, folder)
    if request.adopt and not request.dry_run and code == Exit.FINE:
        return adopt(settings, asked, folder)
    return code


def _folder(settings: Settings, request: ImportRequest) -> Path:
    """The folder to be written, checked before anything is read."""
    if request.out is None:
        raise UsageError("where to? -o names the package's folder", following=("-o packages/NAME",))
    folder = (settings.folder or Path()) / request.out
    if not NAME.fullmatch(folder.resolve().name):
        raise UsageError(
            f"{folder.name} is no name of a package",
            details=("the folder's name is the package's: small letters, digits, -",),
        )
    if not request.dry_run:
        must_be_free(folder, replace=request.replace)
    return folder


def _read(settings: Settings, file: Path) -> Source | Finding:
    path = (settings.folder or Path()) / file
    if path.is_file() and path.stat().st_size > LARGEST:
        return too_large(file.name, path.stat().st_size)
    content = read_bytes(path, str(file), opener=settings.world.opener)
    return content if isinstance(content, Finding) else read_source(file.name, content)


def take_in(
    settings: Settings,
    request: ImportRequest,
    source: Source,
    folder: Path,
    foreign: frozenset[str] = frozenset(),
) -> int:
    """The package of a document: written, checked as `validate` does, and told."""
    wanted = Wanted(name=folder.resolve().name, foreign=foreign)
    taken = take(source, shipped.united(shipped.VERSIONS), wanted)
    if has_errors(taken.findings):
        return _refused(settings, taken.findings)
    if not request.mend:
        refused = [each for each in taken.findings if each.rule.startswith("mend-")]
        if refused:
            return _refused(settings, [replace(each, severity=Severity.ERROR) for each in refused])
    view = _view(taken, source, folder)
    if request.dry_run:
        write_err(import_findings_text(taken.findings, width(), full=settings.verbose))
        write_out(import_text(replace(view, written=False), width()))
        return Exit.FINE
    with staged(folder) as stage:
        lowered, findings = _written(settings, stage, source, wanted, taken)
    told = (*taken.findings, *findings)
    write_err(import_findings_text(told, width(), full=settings.verbose))
    write_out(import_text(replace(view, lowered=lowered), width()))
    return Exit.FILES if has_errors(findings) else Exit.FINE


def _written(
    settings: Settings, stage: Path, source: Source, wanted: Wanted, taken: Taken
) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """The pages on disk; rules that the source breaks only warn here. What is wrong all the same."""
    _put(settings, stage, taken)
    broken = {each.rule for each in _errors(settings, stage)}
    judged = sorted(broken & {rule.page.rule for rule in RULES})
    if judged:
        again = take(source, shipped.united(shipped.VERSIONS), _lowered(wanted, judged))
        _put(settings, stage, replace(again, pages=again.pages[:1]))
    left = _errors(settings, stage) if broken else ()
    return tuple(judged), left


def _lowered(wanted: Wanted, rules: list[str]) -> Wanted:
    return replace(wanted, severity=dict.fromkeys(rules, Severity.WARNING.value))


def _put(settings: Settings, stage: Path, taken: Taken) -> None:
    for page in taken.pages:
        atomic_write(inside(stage, page.file), printed(page), opener=settings.world.writer)


def _errors(settings: Settings, stage: Path) -> tuple[Finding, ...]:
    found = resolved(read(stage, settings.world.opener), today=settings.world.today()).findings
    return tuple(each for each in found if each.severity is Severity.ERROR)


def _view(taken: Taken, source: Source, folder: Path) -> ImportView:
    account = taken.account
    return ImportView(
        source=source.file,
        folder=str(folder),
        objects=account.objects,
        taken_objects=account.taken_objects,
        properties=account.properties,
        taken=account.taken,
        mended=account.mended,
        left=account.left,
        left_objects=account.left_objects,
        left_parts=account.left_parts,
        files=len(taken.pages),
    )


def _refused(settings: Settings, findings: "tuple[Finding, ...] | list[Finding]") -> int:
    """Findings that end an import; nothing was written."""
    write_err(import_findings_text(findings, width(), full=settings.verbose))
    write_err("nothing was written\n")
    return Exit.FILES
