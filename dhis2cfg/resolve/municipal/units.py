"""A municipality's organisation units: the one it is, which is found on the server, and those below it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.fleet import Municipality
from dhis2cfg.model.names import Ref
from dhis2cfg.model.places import Place
from dhis2cfg.model.sources import LockFile
from dhis2cfg.model.state import DesiredObject, Field, Origin
from dhis2cfg.resolve.lock import lock_uids, stale_findings
from dhis2cfg.resolve.nodes import text_of
from dhis2cfg.resolve.objects.entities import Entities, Entity, Finder
from dhis2cfg.resolve.objects.scope import Scope
from dhis2cfg.resolve.objects.turns import Turns, expand_mapping
from dhis2cfg.resolve.package import ResolvedPackage, languages_of, pinned_uids
from dhis2cfg.resolve.short_names import with_short_names
from dhis2cfg.resolve.values.desired import Maker
from dhis2cfg.resolve.values.reading import Reader
from dhis2cfg.resolve.values.texts import Languages

UNITS = "organisationUnits"
FINDERS = ("id", "code", "name")
"""By what an existing unit is found; the first that is written counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """A municipality's own units; `own` is the one that it is, None where its file names none."""

    own: Ref | None
    objects: Mapping[Ref, DesiredObject]
    scope: Scope


def own_units(
    municipality: Municipality,
    packages: Sequence[ResolvedPackage],
    catalogue: Catalogue,
    lock: LockFile | None,
    findings: list[Finding],
) -> Units:
    """The municipality's unit, and its own units below it.

    A package that has a unit of the municipality's name brings it along, code and parent included.
    """
    below = _below(municipality, catalogue, findings)
    own = Ref(UNITS, municipality.name)
    is_packaged = any(own in package.objects for package in packages)
    with_own = dict(below.objects)
    if municipality.unit is not None and not is_packaged:
        node = _whole(municipality, municipality.unit)
        with_own[own] = Entity(ref=own, place=municipality.unit.place, node=node)
    entities = Entities(objects=with_own, lists={})
    others = tuple(package.entities for package in packages)
    scope = Scope(
        catalogue=catalogue,
        own=entities,
        findings=findings,
        required=others,
        whose="this municipality or of its packages",
        pinned=pinned_uids(entities, *others),
    )
    objects = _objects(municipality, below, scope, packages, lock)
    if is_packaged:
        return Units(own=own, objects=objects, scope=scope)
    if municipality.unit is None:
        return Units(own=None, objects=objects, scope=scope)
    unit = _own(municipality, municipality.unit, scope, packages)
    return Units(own=own, objects={own: unit, **objects}, scope=scope)


def new_municipal_lock(
    municipality: Municipality, catalogue: Catalogue, lock: LockFile | None
) -> Mapping[str, str]:
    """The lines that a municipality's own units should have in the workspace's lock: path → UID."""
    entities = _below(municipality, catalogue, [])
    prefix = f"{municipality.name}/"
    uids = lock_uids(municipality.name, _unpinned(entities), lock, prefix=prefix)
    return {f"{prefix}{ref}": uid for ref, uid in uids.items()}


def _unpinned(entities: Entities) -> list[Ref]:
    return [ref for ref, each in entities.objects.items() if each.pinned is None]


def _below(municipality: Municipality, catalogue: Catalogue, findings: list[Finding]) -> Entities:
    """The units that the municipality defines itself."""
    place = municipality.place
    nothing = tree.Mapping(entries=(), place=place)
    units = municipality.organisation_units or nothing
    root = tree.Mapping(entries=(tree.Entry(key=UNITS, key_place=place, value=units),), place=place)
    turns = Turns(parameters={}, settings={}, findings=findings, used=set())
    finder = Finder(catalogue=catalogue, locales=(), findings=findings)
    return finder.find(expand_mapping(root, turns))


def _languages(packages: Sequence[ResolvedPackage]) -> Languages:
    """A municipality writes in the language of its first package; no other is required of it."""
    if not packages:
        return Languages(base="en", all=("en",))
    return replace(languages_of(packages[0].manifest), required=())


def _maker(
    municipality: Municipality, scope: Scope, packages: Sequence[ResolvedPackage], lock: LockFile | None
) -> Maker:
    entities = scope.own
    own = Ref(UNITS, municipality.name)
    refs = [ref for ref in _unpinned(entities) if ref != own]
    return Maker(
        owner=municipality.name,
        reader=Reader(
            scope=scope,
            languages=_languages(packages),
            origins={municipality.place.file: Origin.MUNICIPALITY},
        ),
        entities=entities,
        uids=lock_uids(municipality.name, refs, lock, prefix=f"{municipality.name}/"),
    )


def _objects(
    municipality: Municipality,
    below: Entities,
    scope: Scope,
    packages: Sequence[ResolvedPackage],
    lock: LockFile | None,
) -> dict[Ref, DesiredObject]:
    """The units below the municipality's own; a parent left out is its own unit."""
    maker = _maker(municipality, scope, packages, lock)
    made = {ref: _with_parent(maker.make(each), municipality) for ref, each in below.objects.items()}
    wanted = {ref: each.place for ref, each in below.objects.items() if each.pinned is None}
    file = lock.file if lock else "uids.lock"
    scope.findings.extend(stale_findings(wanted, lock, file, prefix=f"{municipality.name}/"))
    return with_short_names(made, scope.catalogue, scope.findings)


def _with_parent(each: DesiredObject, municipality: Municipality) -> DesiredObject:
    if "parent" in each.fields or municipality.unit is None:
        return each
    own = Ref(UNITS, municipality.name)
    parent = Field(value=own, place=each.place, origin=Origin.DERIVED)
    return replace(each, fields={**each.fields, "parent": parent})


def _own(
    municipality: Municipality, unit: tree.Mapping, scope: Scope, packages: Sequence[ResolvedPackage]
) -> DesiredObject:
    """The municipality's unit: found on the server, and made there only where `openingDate` is written."""
    found = next(((name, text) for name in FINDERS if (text := text_of(unit.get(name))) is not None), None)
    if found is None:
        scope.findings.append(_nameless(municipality, unit.place))
    ref = Ref(UNITS, municipality.name)
    made = _maker(municipality, scope, packages, None).make(scope.own.objects[ref])
    fields: Mapping[str, Field] = {}
    if text_of(unit.get("openingDate")) is not None:
        fields = _made(made, packages, scope)
    return replace(made, fields=fields, adopt=dict([found] if found else []))


def _whole(municipality: Municipality, unit: tree.Mapping) -> tree.Mapping:
    """The unit as written, with the municipality's own name and number where it says none."""
    values = {"name": municipality.title, "code": municipality.number or None}
    missing = tuple(
        tree.Entry(
            key=key,
            key_place=unit.place,
            value=tree.Scalar(value=value, text=value or "", place=unit.place),
        )
        for key, value in values.items()
        if unit.get(key) is None
    )
    return replace(unit, entries=(*unit.entries, *missing))


def _made(made: DesiredObject, packages: Sequence[ResolvedPackage], scope: Scope) -> Mapping[str, Field]:
    """All that is needed to make the unit where there is none: below the root of a package, if one has it."""
    named = with_short_names({made.ref: made}, scope.catalogue, scope.findings)[made.ref]
    roots = [ref for package in packages for ref, each in package.objects.items() if each.adopt]
    if "parent" in named.fields or not roots:
        return named.fields
    parent = Field(value=roots[0], place=made.place, origin=Origin.DERIVED)
    return {**named.fields, "parent": parent}


def _nameless(municipality: Municipality, place: Place) -> Finding:
    return Finding(
        rule="unit-unknown",
        message=f"the organisation unit of {municipality.name} cannot be found",
        place=place,
        label="wanted: id, code or name",
        following='write organisationUnit: {code: "5501"}',
    )
