"""Who works with what: units of programs and data sets, members of groups, as a municipality's file says."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dhis2cfg.catalogue.oddities import MUNICIPAL_LISTS
from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.fleet import Municipality
from dhis2cfg.model.names import Foreign, Ref, Reference, ServerDefault, Username
from dhis2cfg.model.state import DesiredObject, Field, Origin
from dhis2cfg.resolve.municipal.units import UNITS, Units
from dhis2cfg.resolve.nodes import did_you_mean, entries_of, items_of, text_of

ASSIGNED = tuple(sorted(type_name for type_name, name in MUNICIPAL_LISTS if name == UNITS))
"""Types that are assigned to units: data sets and programs."""
GROUPS = "userGroups"


def with_assignments(
    objects: Mapping[Ref, DesiredObject],
    municipality: Municipality,
    units: Units,
    findings: list[Finding],
) -> dict[Ref, DesiredObject]:
    """The objects with their units: those that `assign` names, else the municipality's own unit alone."""
    named = {entry.key: entry for entry in entries_of(municipality.assign)}
    findings.extend(_strays(named, objects, ASSIGNED, "assign"))
    assigned = dict(objects)
    for ref, each in objects.items():
        if ref.type not in ASSIGNED:
            continue
        entry = named.get(str(ref))
        members: tuple[Reference, ...] = (units.own,) if units.own is not None else ()
        place = municipality.unit.place if municipality.unit else each.place
        if entry is not None:
            members, place = tuple(_units(entry, units)), entry.value.place
        elif not members:
            continue
        field = Field(value=_united(each.fields.get(UNITS), members), place=place, origin=Origin.MUNICIPALITY)
        assigned[ref] = replace(each, fields={**each.fields, UNITS: field})
    return assigned


def with_members(
    objects: Mapping[Ref, DesiredObject], municipality: Municipality, findings: list[Finding]
) -> dict[Ref, DesiredObject]:
    """The groups with the usernames that the municipality names."""
    named = {entry.key: entry for entry in entries_of(municipality.members)}
    findings.extend(_strays(named, objects, (GROUPS,), "members"))
    joined = dict(objects)
    for ref, each in objects.items():
        entry = named.get(str(ref))
        if entry is not None and ref.type == GROUPS:
            members = tuple(Username(text) for item in items_of(entry.value) if (text := text_of(item)))
            field = Field(
                value=_united(each.fields.get("users"), members),
                place=entry.value.place,
                origin=Origin.MUNICIPALITY,
            )
            joined[ref] = replace(each, fields={**each.fields, "users": field})
    return joined


def _units(entry: tree.Entry, units: Units) -> Iterator[Reference]:
    """The units that one line of `assign` names."""
    for item in items_of(entry.value):
        found = units.scope.read(item, UNITS, None)
        if found is not None:
            yield found


def _united(field: Field | None, members: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """What the package names already, and the municipality's members behind it."""
    before = field.value if field is not None and isinstance(field.value, tuple) else ()
    kept = [each for each in before if isinstance(each, Ref | Foreign | Username | ServerDefault)]
    return tuple(dict.fromkeys((*kept, *members)))


def _strays(
    named: Mapping[str, tree.Entry],
    objects: Mapping[Ref, DesiredObject],
    types: tuple[str, ...],
    where: str,
) -> Iterator[Finding]:
    """Lines that name nothing of these types."""
    known = {str(ref): each.place for ref, each in objects.items() if ref.type in types}
    for key, entry in named.items():
        if key not in known:
            yield Finding(
                rule="unknown-reference",
                message=f"there is no {key}",
                place=entry.key_place,
                label=f"{where} names {' and '.join(types)}",
                following=did_you_mean(key, known) or f"write {types[-1]}/KEY",
            )
