"""`fleet.yaml` and the municipalities' files as values, the defaults laid under each municipality."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding, in_order
from dhis2cfg.model.fleet import Allowance, Fleet, Municipality, PackageChoice
from dhis2cfg.model.places import Place
from dhis2cfg.model.sources import FleetSource
from dhis2cfg.model.tree import Atom, Document
from dhis2cfg.resolve.fleet.servers import Server, read_servers, with_targets
from dhis2cfg.resolve.fleet.shared import shared_conflicts
from dhis2cfg.resolve.manifest import LATER, reserved_words
from dhis2cfg.resolve.nodes import entries_of, items_of, mapping_of, text_of, texts_of, typed_integer
from dhis2cfg.resolve.versions import is_requirement


def read_fleet(source: FleetSource) -> tuple[Fleet, tuple[Finding, ...]]:
    """The fleet and all its municipalities, and whatever is wrong in their files.

    Without `fleet.yaml` the fleet is nameless and empty: a package alone (design §5).
    """
    root = source.fleet.root if source.fleet else None
    file = source.fleet.file if source.fleet else ""
    findings: list[Finding] = list(reserved_words(root))
    defaults = mapping_of(root and root.get("defaults"))
    read: list[tuple[Municipality, Mapping[str, Server]]] = []
    for name, document in source.municipalities.items():
        findings += reserved_words(document.root, LATER)
        read.append(_municipality(name, document, defaults, findings))
    municipalities = with_targets(read)
    findings += shared_conflicts(municipalities)
    state = mapping_of(root and root.get("state"))
    fleet = Fleet(
        name=text_of(root and root.get("name")) or "",
        place=root.place if root else Place(file=file),
        municipalities=municipalities,
        waves={entry.key: texts_of(entry.value) for entry in entries_of(root and root.get("waves"))},
        state_group=text_of(state and state.get("group")) or "",
        state_accounts=texts_of(state and state.get("accounts")),
        gates=_gates(root and root.get("gates")),
        environments=_environments(root and root.get("environments"), findings),
        shared=mapping_of(defaults and defaults.get("shared")),
    )
    return fleet, in_order(findings)


def _gates(node: tree.Node | None) -> Mapping[str, str]:
    """Environment → the environment that a package must have been applied in before."""
    gates = {
        entry.key: text_of(mapping.get("applied-in")) or ""
        for entry in entries_of(node)
        if (mapping := mapping_of(entry.value)) is not None
    }
    return {environment: before for environment, before in gates.items() if before}


def _environments(node: tree.Node | None, findings: list[Finding]) -> Mapping[str, tuple[PackageChoice, ...]]:
    """Environment → the packages that every municipality has there."""
    return {
        entry.key: _choices(mapping.get("packages"), findings)
        for entry in entries_of(node)
        if (mapping := mapping_of(entry.value)) is not None
    }


def _municipality(
    name: str, document: Document, defaults: tree.Mapping | None, findings: list[Finding]
) -> tuple[Municipality, Mapping[str, Server]]:
    own = document.root or tree.Mapping(entries=(), place=Place(file=document.file))
    root = laid_over(defaults, own) if defaults else own
    servers = read_servers(root, findings)
    municipality = _read(name, root, own.place, findings)
    alone = {
        environment: _read(name, laid_over(root, there), own.place, findings)
        for environment, there in _of_one_server(root)
        if environment in servers
    }
    return replace(municipality, alone=alone), servers


ALONE = frozenset({"members", "packages", "patches", "adopt"})
"""What may be said of one server alone."""


def _of_one_server(root: tree.Mapping) -> Iterator[tuple[str, tree.Mapping]]:
    """Environment → what is said beside the address of a server, and holds there alone."""
    for entry in entries_of(root.get("servers")):
        said = tuple(each for each in entries_of(entry.value) if each.key in ALONE)
        if said:
            yield entry.key, tree.Mapping(entries=said, place=entry.value.place)


def _read(name: str, root: tree.Mapping, place: Place, findings: list[Finding]) -> Municipality:
    """A municipality without its servers; what was found before is not found again."""
    found: list[Finding] = []
    municipality = Municipality(
        name=name,
        number=text_of(root.get("number")) or "",
        title=text_of(root.get("name")) or name,
        place=place,
        servers={},
        packages=_choices(root.get("packages"), found),
        unit=mapping_of(root.get("organisationUnit")),
        organisation_units=mapping_of(root.get("organisationUnits")),
        assign=mapping_of(root.get("assign")),
        members=mapping_of(root.get("members")),
        patches=mapping_of(root.get("patches")),
        shared=mapping_of(root.get("shared")),
        adopt=mapping_of(root.get("adopt")),
        thresholds=_thresholds(root.get("thresholds")),
        allow=_allowances(root.get("allow")),
    )
    findings += [each for each in found if each not in findings]
    return municipality


def laid_over(below: tree.Mapping, above: tree.Mapping) -> tree.Mapping:
    """Two mappings as one, key by key and at every depth; the upper one wins."""
    entries = {entry.key: entry for entry in below.entries}
    for entry in above.entries:
        under = entries.get(entry.key)
        if under and isinstance(under.value, tree.Mapping) and isinstance(entry.value, tree.Mapping):
            merged = laid_over(under.value, entry.value)
            entries[entry.key] = tree.Entry(key=entry.key, key_place=entry.key_place, value=merged)
        else:
            entries[entry.key] = entry
    return tree.Mapping(entries=tuple(entries.values()), place=above.place)


def _choices(node: tree.Node | None, findings: list[Finding]) -> tuple[PackageChoice, ...]:
    """The packages a municipality uses: a mapping, or a list of names."""
    choices = [_choice(entry, findings) for entry in entries_of(node)]
    listed = [
        PackageChoice(name=text, version="", parameters={}, place=item.place)
        for item in items_of(node)
        if (text := text_of(item)) is not None
    ]
    return tuple(choices + listed)


def _choice(entry: tree.Entry, findings: list[Finding]) -> PackageChoice:
    mapping = mapping_of(entry.value)
    version = mapping.get("version") if mapping else entry.value
    wanted = text_of(version) or ""
    if version is not None and not is_requirement(wanted):
        findings.append(
            Finding(
                rule="version-requirement",
                message=f"'{wanted}' cannot be read as versions of {entry.key}",
                place=version.place,
                label='for example ">=1.4"',
                following="write bounds with >=, <, == and a comma between them, in quotes",
            )
        )
        wanted = ""
    given = entries_of(mapping and mapping.get("parameters"))
    parameters: dict[str, Atom] = {
        each.key: each.value.text if each.value.value is not None else None
        for each in given
        if isinstance(each.value, tree.Scalar)
    }
    return PackageChoice(
        name=entry.key,
        version=wanted,
        parameters=parameters,
        place=entry.key_place,
        parameter_places={each.key: each.value.place for each in given},
    )


def _thresholds(node: tree.Node | None) -> Mapping[str, int]:
    """The thresholds that are whole numbers from 0; `load` has said so of all others."""
    read = {entry.key: typed_integer(text_of(entry.value) or "") for entry in entries_of(node)}
    return {name: number for name, number in read.items() if number is not None and number >= 0}


def _allowances(node: tree.Node | None) -> tuple[Allowance, ...]:
    mappings = [item for item in items_of(node) if isinstance(item, tree.Mapping)]
    return tuple(
        Allowance(
            kind=text_of(mapping.get("kind")) or "",
            on=text_of(mapping.get("on")) or "",
            until=text_of(mapping.get("until")) or "",
            why=text_of(mapping.get("why")) or "",
            place=mapping.place,
        )
        for mapping in mappings
    )
