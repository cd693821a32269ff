"""One municipality's desired state: its packages, its own units, assignments, members and patches."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding, Related, Severity, in_order
from dhis2cfg.model.fleet import Fleet, Municipality, PackageChoice
from dhis2cfg.model.mentions import Change
from dhis2cfg.model.names import Ref
from dhis2cfg.model.sources import LockFile, PackageSource
from dhis2cfg.model.state import DesiredObject, PackageUse, State
from dhis2cfg.resolve.manifest import read_manifest
from dhis2cfg.resolve.memory import Memory
from dhis2cfg.resolve.municipal.adopting import adopted
from dhis2cfg.resolve.municipal.assignment import with_assignments, with_members
from dhis2cfg.resolve.municipal.uniting import renamed, united
from dhis2cfg.resolve.municipal.units import own_units
from dhis2cfg.resolve.nodes import did_you_mean, entries_of, text_of
from dhis2cfg.resolve.objects.deciding import Deciding, read_deciding
from dhis2cfg.resolve.objects.patches import read_patches
from dhis2cfg.resolve.package import Parsed, Patching, ResolvedPackage, finish, parse, required_by
from dhis2cfg.resolve.requirements import known_otherwise
from dhis2cfg.resolve.settings.reading import is_beside
from dhis2cfg.resolve.settings.uniting import united_settings
from dhis2cfg.resolve.versions import is_package_version, satisfies


def resolve(  # noqa: PLR0913 - what a state depends on, each by its name
    fleet: Fleet,
    municipality: Municipality,
    sources: Mapping[str, PackageSource],
    catalogue: Catalogue,
    *,
    lock: LockFile | None = None,
    today: str = "",
    memory: Memory | None = None,
) -> tuple[State, tuple[Finding, ...]]:
    """What one municipality asks of its server, and all that is wrong with it.

    `sources` by the package's name; `lock` is the workspace's own; `today` (ISO) lets permissions expire;
    a `memory` shared by the municipalities of one workspace keeps what holds for several.
    """
    findings: list[Finding] = []
    chosen = tuple(_chosen(municipality, sources, findings))
    parsed = {each.name: parse(sources[each.name], catalogue, each, memory) for each in chosen}
    findings += [finding for each in parsed.values() for finding in each.findings]
    findings += _unused_requirements(municipality, parsed, sources)
    patching = _patching(fleet, municipality, parsed, findings)
    resolved = _resolved(parsed, catalogue, patching, findings, memory)
    deciding = read_deciding(municipality.shared, catalogue, sources, findings)
    is_plain = not any(patching.is_of(each) for each in parsed.values())
    objects, named = _united(resolved, catalogue, deciding, findings, memory if is_plain else None)
    units = own_units(municipality, resolved, catalogue, lock, findings)
    findings += _clashes(objects, units.objects)
    objects |= units.objects
    objects = with_assignments(objects, municipality, units, findings)
    objects = with_members(objects, municipality, findings)
    objects = renamed(objects, named) if named is not None else objects
    objects = adopted(objects, resolved, municipality, named, catalogue, findings)
    findings += _expired(municipality, today)
    state = State(
        municipality=municipality.name,
        packages=tuple(_use(each) for each in resolved),
        objects=objects,
        settings=united_settings((each.settings for each in resolved), deciding, findings),
    )
    return state, in_order(findings)


def choose(sources: Iterable[PackageSource]) -> Mapping[str, PackageSource]:
    """Package folders by the name that each package gives itself."""
    return {read_manifest(source.manifest)[0].name: source for source in sources}


def _use(each: ResolvedPackage) -> PackageUse:
    manifest = each.manifest
    return PackageUse(
        name=manifest.name,
        version=manifest.version,
        locale=manifest.locale,
        digest=each.digest,
        title=manifest.title,
        dhis2=manifest.dhis2,
        was=manifest.was,
    )


def _chosen(
    municipality: Municipality, sources: Mapping[str, PackageSource], findings: list[Finding]
) -> Iterator[PackageChoice]:
    """The packages that are there in a version that the municipality accepts."""
    for choice in municipality.packages:
        if choice.name not in sources:
            findings.append(_unknown_package(choice, sources))
            continue
        version = text_of(root.get("version") if (root := sources[choice.name].manifest.root) else None) or ""
        if is_package_version(version) and not satisfies(version, choice.version):
            findings.append(_wrong_version(choice, version))
        yield choice


def _unknown_package(choice: PackageChoice, sources: Mapping[str, PackageSource]) -> Finding:
    known = {name: read_manifest(source.manifest)[0] for name, source in sources.items()}
    return Finding(
        rule="unknown-package",
        message=f"package {choice.name} does not exist",
        place=choice.place,
        label="no package of this workspace has this name",
        following=known_otherwise(choice.name, known) or f"there is {', '.join(sources) or 'none'}",
    )


def _wrong_version(choice: PackageChoice, version: str) -> Finding:
    return Finding(
        rule="package-version",
        message=f"{choice.name} is {version} here, and {choice.version} is asked for",
        place=choice.place,
        label=f"the workspace holds {version}",
        following="take the version that is asked for into the workspace, or ask for another one",
    )


def _patching(
    fleet: Fleet, municipality: Municipality, parsed: Mapping[str, Parsed], findings: list[Finding]
) -> Patching:
    """What the municipality lays over objects and settings of its packages; strays are findings."""
    patches = read_patches(municipality.patches)
    known = {ref for each in parsed.values() for ref in (*each.entities.objects, *each.beside)}
    findings += _stray_patches(municipality, known)
    trees = {
        ref: entry.value
        for ref, entry in patches.items()
        if isinstance(entry.value, tree.Mapping) and not is_beside(ref)
    }
    return Patching(
        files=(fleet.place.file, municipality.place.file),
        patches=trees,
        settings={ref: entry.value for ref, entry in patches.items() if is_beside(ref)},
    )


def _resolved(
    parsed: Mapping[str, Parsed],
    catalogue: Catalogue,
    patching: Patching,
    findings: list[Finding],
    memory: Memory | None,
) -> list[ResolvedPackage]:
    """Each package with the municipality's patches laid over, seeing the packages that it requires."""
    resolved: list[ResolvedPackage] = []
    for each in parsed.values():
        required = tuple(required_by(each, parsed))
        beside = tuple(other.entities for other in parsed.values() if other is not each)
        laid = replace(patching, beside=beside)
        made, found = finish(each, catalogue, required=required, patching=laid, memory=memory)
        findings += found
        resolved.append(made)
    return resolved


def _united(
    resolved: Sequence[ResolvedPackage],
    catalogue: Catalogue,
    deciding: Deciding,
    findings: list[Finding],
    memory: Memory | None,
) -> tuple[dict[Ref, DesiredObject], Change | None]:
    """The objects of all packages as one set; with a memory, worked out once for the same packages."""

    def make() -> tuple[Sequence[ResolvedPackage], dict[Ref, DesiredObject], Change | None, list[Finding]]:
        found: list[Finding] = []
        return resolved, *united(resolved, catalogue, deciding, found), found

    key = ("united", tuple(id(each) for each in resolved), tuple(deciding.packages.items()))
    _, objects, named, found = memory.once(key, make) if memory else make()
    findings += found
    return dict(objects), named


def _unused_requirements(
    municipality: Municipality, parsed: Mapping[str, Parsed], sources: Mapping[str, PackageSource]
) -> Iterator[Finding]:
    """Packages that are there and required, and that the municipality does not use."""
    used = {choice.name: choice for choice in municipality.packages}
    for name, each in parsed.items():
        for required, versions in each.manifest.requires.items():
            if required in sources and required not in used:
                wanted = f"{required} {versions}".strip()
                yield Finding(
                    rule="missing-requirement",
                    message=f"{name} requires {wanted}, which {municipality.name} does not use",
                    place=used[name].place,
                    label=f"{wanted} is missing",
                    following=f"add {required} under packages:",
                )


def _stray_patches(municipality: Municipality, known: set[Ref]) -> Iterator[Finding]:
    """Patches of what does not exist."""
    for entry in entries_of(municipality.patches):
        type_name, _, path = entry.key.partition("/")
        if Ref(type_name, path) in known:
            continue
        near = did_you_mean(entry.key, tuple(str(ref) for ref in known))
        yield Finding(
            rule="unknown-reference",
            message=f"there is no {entry.key} to patch",
            place=entry.key_place,
            label="no package of this municipality has this object",
            following=near or "write TYPE/KEY, as in programs/MY_PROGRAM",
        )


def _clashes(objects: Mapping[Ref, DesiredObject], units: Mapping[Ref, DesiredObject]) -> Iterator[Finding]:
    """Keys of the municipality's own units that a package has already."""
    for ref in objects.keys() & units.keys():
        yield Finding(
            rule="duplicate-key",
            message=f"{ref} is a unit of {objects[ref].owner} and of {units[ref].owner}",
            place=units[ref].place,
            label=f"{objects[ref].owner} has this key",
            following="give the municipality's unit another key (its own has the name of its file)",
            related=(Related(message="the package's", place=objects[ref].place),),
        )


def _expired(municipality: Municipality, today: str) -> Iterator[Finding]:
    """Permissions whose date has passed."""
    for allowance in municipality.allow:
        if today and allowance.until and allowance.until < today:
            yield Finding(
                rule="expired-allowance",
                message=f"the permission for {allowance.kind} on {allowance.on} ended {allowance.until}",
                place=allowance.place,
                severity=Severity.WARNING,
                label="it allows nothing any more",
                following="take it out, or agree on a new date",
            )
