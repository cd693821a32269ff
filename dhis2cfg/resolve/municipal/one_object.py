"""One object of several packages: what all of them mean, or a finding that names where they differ."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.names import Ref
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import DesiredObject, Field, Origin
from dhis2cfg.resolve.municipal.contents import joined, together
from dhis2cfg.resolve.objects.deciding import Deciding


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """An object as one package has it; `known_as` is what that package calls it."""

    known_as: Ref
    object: DesiredObject


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dispute:
    """A property of which two packages say different things."""

    name: str
    one: Field
    two: Field
    owners: tuple[str, str]


def one_object(
    several: Sequence[Owned], catalogue: Catalogue, deciding: Deciding, findings: list[Finding]
) -> DesiredObject:
    """What all packages say together; one finding for all in which they contradict each other."""
    first, *others = (each.object for each in several)
    for other in others:
        if other.uid != first.uid:
            findings.append(_two_uids(first, other))
            return first
    decided = deciding.of(each.known_as for each in several)
    names = dict.fromkeys(name for each in several for name in each.object.fields)
    fields: dict[str, Field] = {}
    disputes: list[_Dispute] = []
    for name in names:
        said = {each.object.owner: each.object.fields[name] for each in several if name in each.object.fields}
        found = _agreed(name, said, decided, catalogue, first.ref.type)
        if isinstance(found, _Dispute):
            disputes.append(found)
            found = found.one
        fields[name] = found
    if disputes:
        findings.append(_differing(first.ref, several, disputes))
    return replace(
        first,
        fields=fields,
        also=tuple(each.owner for each in others),
        pinned=any(each.object.pinned for each in several),
        complete=any(each.object.complete for each in several),
        adopt=next((each.object.adopt for each in several if each.object.adopt), first.adopt),
        unread=tuple(dict.fromkeys(name for each in several for name in each.object.unread)),
    )


def _agreed(
    name: str, said: Mapping[str, Field], decided: Sequence[str], catalogue: Catalogue, type_name: str
) -> Field | _Dispute:
    """What is meant: a municipality's word, else what all say, else what was decided."""
    own = {owner: each for owner, each in said.items() if each.origin is Origin.MUNICIPALITY}
    counted = own or said
    prop = catalogue.property(type_name, name)
    owners = iter(counted)
    before = next(owners)
    meant = counted[before]
    for owner in owners:
        both = together(meant, counted[owner], prop, type_name)
        if both is None:
            chosen = _decided(counted, decided)
            return chosen or _Dispute(name=name, one=meant, two=counted[owner], owners=(before, owner))
        meant = both
    return meant


def _decided(said: Mapping[str, Field], decided: Sequence[str]) -> Field | None:
    """What the chosen package says; of several chosen, with what the others add."""
    chosen = [said[owner] for owner in decided if owner in said]
    if not chosen:
        return None
    meant, *others = chosen
    for each in others:
        meant = joined(meant, each)
    return meant


def _two_uids(first: DesiredObject, other: DesiredObject) -> Finding:
    return Finding(
        rule="two-packages",
        message=f"{first.owner} and {other.owner} both define {first.ref}, with another UID",
        place=other.place,
        label=f"{first.owner} says otherwise",
        following="give one of them another key, or the same id and the same values",
        related=(Related(message=f"in {first.owner}", place=first.place),),
    )


def _differing(ref: Ref, several: Sequence[Owned], disputes: list[_Dispute]) -> Finding:
    """One finding an object, at the first property of the second package."""
    dispute = disputes[0]
    one, two = dispute.owners
    objects = {each.object.owner: each.object for each in several}
    called = {each.object.owner: each.known_as.path for each in several}
    also = f" ({two} calls it {called[two]})" if called[two] != called[one] else ""
    themselves = [each.name for each in disputes if each.two.origin is not Origin.FOLLOWS]
    names = ", ".join(themselves or [each.name for each in disputes])
    places = dict(_places(objects, disputes))
    return Finding(
        rule="two-packages",
        message=f"{one} and {two} both define {ref}{also}, with another {names}",
        place=places.pop(two),
        label=f"{one} says otherwise",
        following=(
            f"say whose counts, in fleet.yaml (defaults:) or in a municipality's file: "
            f"shared: {{{ref}: {one}}}; or give it a value of its own under patches:"
        ),
        related=tuple(Related(message=f"in {owner}", place=place) for owner, place in places.items()),
    )


def _places(objects: Mapping[str, DesiredObject], disputes: list[_Dispute]) -> Iterator[tuple[str, Place]]:
    """Where each of the two says it: the property, or the object where a default of the package says it."""
    for dispute in reversed(disputes):
        for owner, field in zip(dispute.owners, (dispute.one, dispute.two), strict=True):
            is_written = field.origin in (Origin.WRITTEN, Origin.MUNICIPALITY)
            yield owner, field.place if is_written else objects[owner].place
