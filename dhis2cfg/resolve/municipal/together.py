"""Several municipalities on one server as one state: memberships are the union over all of them."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from dhis2cfg.catalogue.oddities import MUNICIPAL_LISTS
from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.names import Ref, Reference, Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import DesiredObject, Field, State
from dhis2cfg.resolve.municipal.contents import content
from dhis2cfg.resolve.municipal.uniting import renamed


def together(states: Sequence[State]) -> tuple[State, tuple[Finding, ...]]:
    """What all of them ask of their server; a finding for each key that two of them use for their own.

    Parameters and patches are the same for all of them, which is seen to where fleets are read; packages need
    not be.
    """
    findings: list[Finding] = []
    objects: dict[Ref, DesiredObject] = {}
    packages = {use.name: use for state in states for use in state.packages}
    for named in _in_common(states):
        for ref, each in named.items():
            before = objects.get(ref)
            if before is None:
                objects[ref] = each
            elif {*before.owners} & {*each.owners} or _agree(before, each, packages):
                objects[ref] = _joined(before, each)
            elif before.owner in packages and each.owner in packages:
                findings.append(_two_packages(before, each))
            else:
                findings.append(_one_key(before, each))
    united = replace(
        states[0],
        municipality=", ".join(state.municipality for state in states),
        packages=tuple(packages.values()),
        objects=objects,
        settings={ref: each for state in states for ref, each in state.settings.items()},
    )
    return united, tuple(findings)


def _in_common(states: Sequence[State]) -> Iterator[Mapping[Ref, DesiredObject]]:
    """The objects of each state, those of one UID under one name: that of who has the most packages."""
    if len({tuple(use.name for use in state.packages) for state in states}) == 1:
        yield from (state.objects for state in states)
        return
    known: dict[tuple[str, Uid], Ref] = {}
    for state in sorted(states, key=lambda state: len(state.packages), reverse=True):
        pairs = {(ref.type, each.uid): ref for ref, each in state.objects.items() if each.uid is not None}
        names = {ref: known[key] for key, ref in pairs.items() if known.get(key, ref) != ref}
        known = {**pairs, **known}
        yield _renamed(state.objects, names) if names else state.objects


def _renamed(objects: Mapping[Ref, DesiredObject], names: Mapping[Ref, Ref]) -> Mapping[Ref, DesiredObject]:
    def named(reference: Reference) -> Reference:
        return names.get(reference, reference) if isinstance(reference, Ref) else reference

    changed = renamed(objects, named)
    return {names.get(ref, ref): replace(each, ref=names.get(ref, ref)) for ref, each in changed.items()}


def _agree(one: DesiredObject, two: DesiredObject, packages: Container[str]) -> bool:
    """Whether two packages of different municipalities have one object, and say nothing different of it."""
    both = one.fields.keys() & two.fields.keys()
    return (
        one.uid == two.uid
        and one.owner in packages
        and two.owner in packages
        and all(
            content(one.fields[name].value) == content(two.fields[name].value)
            for name in both
            if (one.ref.type, name) not in MUNICIPAL_LISTS
        )
    )


def _joined(before: DesiredObject, each: DesiredObject) -> DesiredObject:
    """One object of packages as who has most of them says, with the members that each municipality gives."""
    base, other = (before, each) if len(before.owners) >= len(each.owners) else (each, before)
    fields = {
        **base.fields,
        **{name: other.fields[name] for name in other.fields.keys() - base.fields.keys()},
    }
    for name in before.fields.keys() & each.fields.keys():
        if (each.ref.type, name) in MUNICIPAL_LISTS:
            fields[name] = _members(before.fields[name], each.fields[name])
    owners = dict.fromkeys((*base.owners, *other.owners))
    return replace(base, fields=fields, also=tuple(owners)[1:])


def _members(one: Field, two: Field) -> Field:
    places = {**dict(_placed(two)), **dict(_placed(one))}
    return replace(one, value=tuple(_in_order(one, two)), places=places)


def _in_order(one: Field, two: Field) -> Iterator[Reference]:
    """The members of two lists, each once, those of the first before those that only the second has."""
    yield from dict.fromkeys(reference for written in (one, two) for reference, _ in _placed(written))


def _placed(written: Field) -> Iterator[tuple[Reference, Place]]:
    """Each member with where it is written."""
    members = written.value if isinstance(written.value, tuple) else ()
    for reference in cast("tuple[Reference, ...]", members):
        yield reference, written.places.get(reference, written.place)


def _two_packages(before: DesiredObject, each: DesiredObject) -> Finding:
    return Finding(
        rule="two-packages",
        message=f"{before.owner} and {each.owner} both define {each.ref} on one server, and not alike",
        place=each.place,
        label=f"{before.owner} says otherwise",
        following="let all municipalities of the server use both packages, and say whose counts (shared:)",
        related=(Related(message=f"in {before.owner}", place=before.place),),
    )


def _one_key(before: DesiredObject, each: DesiredObject) -> Finding:
    return Finding(
        rule="shared-conflict",
        message=f"{each.owner} and {before.owner} share a server and both have {each.ref} of their own",
        place=each.place,
        label=f"{before.owner} has this key",
        following="give one of them another key",
        related=(Related(message=f"in {before.owner}", place=before.place),),
    )
