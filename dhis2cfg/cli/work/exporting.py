"""From a package of the workspace to files for another program."""

from dataclasses import dataclass, replace
from pathlib import Path

from dhis2cfg.catalogue import shipped, versions
from dhis2cfg.cli.desk import Desk, open_desk
from dhis2cfg.cli.settings import Settings, write_err, write_out
from dhis2cfg.errors import Exit, UsageError
from dhis2cfg.fleet.selection import Selection
from dhis2cfg.interchange.exporting import export_pages
from dhis2cfg.model.state import PackageUse, State
from dhis2cfg.pipeline.exporting import steps_on_nothing
from dhis2cfg.pipeline.reading import Resolved, resolved
from dhis2cfg.resolve import ResolvedPackage


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """What `export` was asked for."""

    package: str
    version: str = ""
    municipality: str = ""
    out: Path | None = None


def export_command(settings: Settings, request: ExportRequest) -> int:
    """One file to stdout or into a folder; numbered ones into a folder alone."""
    desk = open_desk(settings)
    result = resolved(desk.files, (), today=settings.world.today())
    desk.refuse(result.findings)
    package = _package(desk, result, request.package)
    state = _of_municipality(desk, request) if request.municipality else _alone(package)
    version = _version(package, request.version)
    pages = export_pages(f"{request.package}-{version}", version, steps_on_nothing(state, version))
    if request.out is not None:
        for page in pages:
            desk.save((settings.folder or Path()) / request.out / page.file, page.text)
        write_err("".join(f"wrote {request.out / page.file}\n" for page in pages))
        return Exit.FINE
    if len(pages) > 1:
        raise UsageError(
            f"{request.package} needs more than one file on DHIS2 {version}",
            details=tuple(page.file for page in pages),
            following=("-o DIR names a folder for them",),
        )
    write_out(pages[0].text)
    return Exit.FINE


def _package(desk: Desk, result: Resolved, name: str) -> ResolvedPackage:
    if name not in result.packages:
        raise UsageError(
            f"there is no package {name} here",
            details=(f"packages: {', '.join(sorted(desk.files.packages)) or 'none'}",),
        )
    return result.packages[name]


def _alone(package: ResolvedPackage) -> State:
    """What a package asks for by itself."""
    manifest = package.manifest
    use = PackageUse(
        name=manifest.name,
        version=manifest.version,
        locale=manifest.locale,
        digest=package.digest,
        title=manifest.title,
        dhis2=manifest.dhis2,
    )
    return State(municipality="", packages=(use,), objects=package.objects, settings=package.settings)


def _of_municipality(desk: Desk, request: ExportRequest) -> State:
    """The package's objects as one municipality has them; what is only the municipality's stays out."""
    chosen = desk.chosen(Selection(municipalities=(request.municipality,)), all_is_default=False)
    state = desk.resolved(chosen).states[chosen[0].municipalities[0].name]
    ours = {ref: each for ref, each in state.objects.items() if request.package in each.owners}
    beside = {ref: each for ref, each in state.settings.items() if each.owner == request.package}
    uses = tuple(each for each in state.packages if each.name == request.package)
    return replace(state, objects=ours, settings=beside, packages=uses)


def _version(package: ResolvedPackage, wanted: str) -> str:
    """The version meant: as said, else the newest that the package claims."""
    claimed = versions.claimed(package.manifest.dhis2) if package.manifest.dhis2 else shipped.VERSIONS
    version = wanted or claimed[-1]
    if version not in claimed:
        raise UsageError(
            f"{package.manifest.name} is not for DHIS2 {version}",
            details=(f"it claims {', '.join(claimed)}",),
        )
    return version
