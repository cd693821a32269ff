"""Several municipalities on one server as one state: memberships are the union over all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

from dhis2cfg.catalogue.oddities import MUNICIPAL_LISTS
from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.names import Ref, Reference
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import DesiredObject, Field, State


def together(states: Sequence[State]) -> tuple[State, tuple[Finding, ...]]:
    """What all of them ask of their server; a finding for each key that two of them use for their own.

    Packages, parameters and patches are the same for all of them, which is seen to where fleets are read.
    """
    findings: list[Finding] = []
    objects: dict[Ref, DesiredObject] = {}
    for state in states:
        for ref, each in state.objects.items():
            before = objects.get(ref)
            if before is None:
                objects[ref] = each
            elif before.owner != each.owner:
                findings.append(_one_key(before, each))
            else:
                objects[ref] = _joined(before, each)
    packages = {use.name: use for state in states for use in state.packages}
    united = replace(
        states[0],
        municipality=", ".join(state.municipality for state in states),
        packages=tuple(packages.values()),
        objects=objects,
        settings={ref: each for state in states for ref, each in state.settings.items()},
    )
    return united, tuple(findings)


def _joined(before: DesiredObject, each: DesiredObject) -> DesiredObject:
    """One object of a package with the members that each of two municipalities gives it."""
    fields = dict(before.fields)
    for name, written in each.fields.items():
        if (each.ref.type, name) in MUNICIPAL_LISTS:
            fields[name] = _members(fields[name], written) if name in fields else written
    return replace(before, fields=fields)


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


def _one_key(before: DesiredObject, each: DesiredObject) -> Finding:
    return Finding(
        rule="shared-conflict",
        message=f"{each.owner} and {before.owner} share a server and both have {each.ref} of their own",
        place=each.place,
        label=f"{before.owner} has this key",
        following="give one of them another key",
        related=(Related(message=f"in {before.owner}", place=before.place),),
    )
