"""Who may do what: roles with their authorities, and groups by the objects that are shared with them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from dhis2cfg.explain.dictionary import place_of
from dhis2cfg.explain.objects import Objects, title, value_of
from dhis2cfg.model.description import Named
from dhis2cfg.model.dictionary import Right, Role
from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import DesiredObject, Sharing

EVERYBODY = "everybody"
_CAPITAL = re.compile(r"([A-Z])")

SHARED = {
    "programs": "program",
    "programStages": "stage",
    "trackedEntityTypes": "tracked entity type",
    "trackedEntityAttributes": "attribute",
    "dataSets": "data set",
    "dataElements": "data element",
    "dashboards": "dashboard",
    "relationshipTypes": "relationship type",
}
"""The types whose sharing people ask about first; all others come behind them."""

MAY = ("see", "change", "see data", "enter data")
"""What the first four characters of an access string allow."""


def rights(objects: Objects) -> Iterator[Right]:
    """Everything that is shared with somebody, object by object."""
    kinds = SHARED | {name: _kind(name) for name in sorted(objects.by_type) if name not in SHARED}
    for type_name, kind in kinds.items():
        for each in objects.of(type_name):
            sharing = value_of(each.fields, "sharing")
            if isinstance(sharing, Sharing):
                yield from _of(objects, each, kind, sharing)


def _kind(type_name: str) -> str:
    """The name of a type as people say one of it."""
    words = _CAPITAL.sub(r" \1", type_name).lower()
    return f"{words[:-3]}y" if words.endswith("ies") else words.removesuffix("s")


def roles(objects: Objects) -> Iterator[Role]:
    """Every role of the package."""
    for each in objects.of("userRoles"):
        given = value_of(each.fields, "authorities")
        yield Role(
            role=objects.named(each.ref),
            authorities=tuple(sorted(str(one) for one in given)) if isinstance(given, tuple) else (),
            place=place_of(each, "authorities"),
        )


def _of(objects: Objects, each: DesiredObject, kind: str, sharing: Sharing) -> Iterator[Right]:
    entries = [(objects.named(group).name, access) for group, access in sharing.user_groups.items()]
    entries += [(objects.named(user).name, access) for user, access in sharing.users.items()]
    for who, access in ((EVERYBODY, sharing.public or ""), *sorted(entries)):
        may = tuple(word for word, sign in zip(MAY, access, strict=False) if sign != "-")
        if may:
            yield Right(
                who=who, what=_named(objects, each), kind=kind, may=may, place=place_of(each, "sharing")
            )


def _named(objects: Objects, each: DesiredObject) -> Named:
    """An object by its name; a stage with its program's, for several programs have a stage of one name."""
    named = objects.named(each.ref)
    program = objects.get(Ref("programs", each.ref.parent_path)) if each.ref.type == "programStages" else None
    return replace(named, name=f"{named.name} ({title(program)})") if program else named
