"""Organisation units of a package: one may have no parent, and is then the root that a server has already."""

from collections.abc import Mapping
from dataclasses import replace

from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import DesiredObject

TOP = {"level": "1"}
"""How the root of a server is found: the one unit of level 1 (facts §6)."""


def with_root(objects: Mapping[Ref, DesiredObject], findings: list[Finding]) -> dict[Ref, DesiredObject]:
    """The objects, the first unit without parent as the root; every other one is a finding."""
    tops = [
        each
        for ref, each in objects.items()
        if ref.type == "organisationUnits" and "parent" not in each.fields
    ]
    findings.extend(_second_root(tops[0], each) for each in tops[1:])
    rooted = dict(objects)
    if tops:
        rooted[tops[0].ref] = replace(tops[0], adopt=TOP)
    return rooted


def _second_root(first: DesiredObject, other: DesiredObject) -> Finding:
    return Finding(
        rule="unit-parent",
        message=f"{other.ref} has no parent, and a server has one root",
        place=other.place,
        label="wanted: parent: KEY",
        following=f"name its parent; {first.ref.path} is the root already",
        related=(Related(message="the root", place=first.place),),
    )
