"""From a folder to desired states: load, resolve, validate, for the whole workspace."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dhis2cfg import load
from dhis2cfg.catalogue import shipped, versions
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.errors import UsageError
from dhis2cfg.load.text.opening import open_binary
from dhis2cfg.model.findings import Finding, in_order
from dhis2cfg.model.fleet import Fleet, Municipality
from dhis2cfg.model.sources import FleetSource, PackageSource
from dhis2cfg.model.state import State
from dhis2cfg.model.tree import Document, Scalar
from dhis2cfg.resolve import Memory, ResolvedPackage, read_fleet, resolve, resolve_package, together
from dhis2cfg.validate import Package, verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A workspace as read: its fleet, its packages by name, the catalogues they are read by, and findings.

    `documents` holds every file's text by its name, tables and locks too, so that findings can quote it.
    `catalogue` is what any of the claimed versions accepts.
    """

    root: Path
    fleet: Fleet
    source: FleetSource
    packages: Mapping[str, PackageSource]
    catalogues: tuple[Catalogue, ...]
    catalogue: Catalogue
    documents: Mapping[str, Document]
    findings: tuple[Finding, ...]


def read(root: Path, opener: load.Opener = open_binary) -> Read:
    """Every file of the workspace, form only; what the values mean is for `resolved`."""
    source, findings = load.load_fleet(root, opener=opener)
    folders, more = load.package_folders(root, source)
    found = [*findings, *more]
    packages: dict[str, PackageSource] = {}
    claimed: set[str] = set()
    for folder in folders:
        accepted = _claimed(root, folder, opener)
        claimed.update(accepted)
        package, unfit = load.load_package(root, folder, shipped.united(accepted), opener=opener)
        found += unfit
        if package is not None:
            packages[_name_of(package)] = package
    fleet, unfit = read_fleet(source)
    found += unfit
    accepted = tuple(version for version in shipped.VERSIONS if version in claimed) or shipped.VERSIONS
    return Read(
        root=root,
        fleet=fleet,
        source=source,
        packages=packages,
        catalogues=tuple(shipped.load(version) for version in accepted),
        catalogue=shipped.united(accepted),
        documents=_documents(source, packages.values()),
        findings=in_order(found),
    )


def _claimed(root: Path, folder: str, opener: load.Opener) -> tuple[str, ...]:
    """The versions that a package claims; all shipped ones where it does not say."""
    manifest, _ = load.read_manifest(root, folder, opener=opener)
    wanted = manifest.root.get("dhis2") if manifest and manifest.root else None
    return _versions(wanted.text) if isinstance(wanted, Scalar) else shipped.VERSIONS


def _versions(requirement: str) -> tuple[str, ...]:
    """The shipped versions that a requirement means; all where it means none, which is said elsewhere."""
    try:
        return versions.claimed(requirement) or shipped.VERSIONS
    except UsageError:
        return shipped.VERSIONS


def _name_of(package: PackageSource) -> str:
    name = package.manifest.root.get("name") if package.manifest.root else None
    return name.text if isinstance(name, Scalar) else package.folder


def _documents(source: FleetSource, packages: Iterable[PackageSource]) -> dict[str, Document]:
    documents = [each for each in (source.fleet, *source.municipalities.values()) if each is not None]
    texts = dict(source.texts)
    for package in packages:
        documents += [package.manifest, *package.documents, *package.translations.values()]
        texts |= package.texts
    tables = {file: Document(file=file, root=None, text=text) for file, text in texts.items()}
    return tables | {each.file: each for each in documents}


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """Desired states by municipality, packages as they are by themselves, and every finding so far.

    `shared` holds the state of each server, by the names of all municipalities that contribute to it.
    """

    states: Mapping[str, State]
    shared: Mapping[tuple[str, ...], State]
    packages: Mapping[str, ResolvedPackage]
    findings: tuple[Finding, ...]


def resolved(files: Read, meant: Iterable[Municipality] | None = None, *, today: str = "") -> Resolved:
    """The desired state of each municipality (of those meant, else of all), and of each package alone.

    `today` (ISO) lets permissions of municipalities expire.
    """
    catalogue = files.catalogue
    findings: list[Finding] = []
    packages: dict[str, ResolvedPackage] = {}
    for name, source in files.packages.items():
        others = [each for other, each in files.packages.items() if other != name]
        packages[name], unfit = resolve_package(source, catalogue, required=others)
        findings += unfit
    alone = [
        State(municipality="", packages=(), objects=each.objects, settings=each.settings)
        for each in packages.values()
    ]
    memory = Memory()

    def state_of(each: Municipality) -> State:
        state, unfit = resolve(
            files.fleet, each, files.packages, catalogue, lock=files.source.lock, today=today, memory=memory
        )
        findings.extend(unfit)
        return state

    every = files.fleet.municipalities if meant is None else meant
    states = {each.name: state_of(each) for each in every}
    elsewhere = [state_of(each) for each in _in_environments(files.fleet)] if meant is None else []
    shared = _shared(files.fleet, states, findings)
    catalogues = {each.version: each for each in files.catalogues}
    findings += [found for each in files.packages.values() if (found := _unknown_versions(each))]
    judged = {name: _judged(each, files) for name, each in packages.items()}
    told = verdict(
        files.findings,
        findings,
        [*alone, *states.values(), *elsewhere],
        judged,
        catalogues,
        files.documents,
    )
    if meant is not None:
        told = tuple(each for each in told if each.rule != "silence-effect")
    return Resolved(states=states, shared=shared, packages=packages, findings=told)


def _in_environments(fleet: Fleet) -> Iterator[Municipality]:
    """Municipalities as they are in each environment in which they are otherwise."""
    for each in fleet.municipalities:
        for environment in each.servers:
            there = fleet.in_environment(each, environment)
            if there is not each:
                yield there


def _shared(
    fleet: Fleet, states: Mapping[str, State], findings: list[Finding]
) -> dict[tuple[str, ...], State]:
    """The state of each server whose municipalities were all resolved."""
    known = [target for each in fleet.municipalities for target in each.servers.values()]
    shared: dict[tuple[str, ...], State] = {(name,): state for name, state in states.items()}
    for names in dict.fromkeys(target.municipalities for target in known):
        if len(names) > 1 and all(name in states for name in names):
            shared[names], found = together([states[name] for name in names])
            findings += found
    return shared


def _unknown_versions(package: PackageSource) -> Finding | None:
    """A package that is only for versions of DHIS2 whose catalogue is not here."""
    wanted = package.manifest.root.get("dhis2") if package.manifest.root else None
    if not isinstance(wanted, Scalar):
        return None
    try:
        known = versions.claimed(wanted.text)
    except UsageError:
        return None
    if known:
        return None
    return Finding(
        rule="unknown-version",
        message=f"{_name_of(package)} is for DHIS2 {wanted.text}, of which no catalogue is here",
        place=wanted.place,
        label=f"known are {', '.join(shipped.VERSIONS)}",
        following="claim one of them, or read another one: dhis2cfg schema pull",
    )


def _judged(package: ResolvedPackage, files: Read) -> Package:
    """What rules must know of a package: where it stands, which versions it claims, how heavy rules weigh."""
    manifest = package.manifest
    return Package(
        name=manifest.name,
        versions=_versions(manifest.dhis2),
        folder=files.packages[manifest.name].folder,
        severity=manifest.severity,
        privacy=manifest.privacy,
    )
