"""Unique values and repeated UIDs (E5003, E5004); stored values count as before the call (facts §1.4)."""

from collections.abc import Iterator

from dhis2cfg.catalogue.types import SCALARS, Property
from dhis2cfg.sandbox.checks.bundle import Bundle, Item, Part
from dhis2cfg.sandbox.checks.problem import Found, Problem

_BY_DATABASE = frozenset({("users", "username")})
"""What only the database refuses (facts §19.12)."""

_Known = dict[tuple[str, str], str]


def unique_properties(part: Part) -> list[Property]:
    """The properties whose values no two objects may share."""
    return [
        prop
        for prop in part.kind.properties.values()
        if prop.unique
        and prop.owner
        and prop.persisted
        and prop.shape in SCALARS
        and (part.type_name, prop.name) not in _BY_DATABASE
        and prop.name != "id"
    ]


def check_unique(bundle: Bundle, part: Part) -> Found:
    """Each value against the stored ones and those of earlier objects of the call."""
    properties = unique_properties(part)
    if not properties:
        return
    known: _Known = {}
    for body in bundle.session.every(part.type_name):
        for prop in properties:
            if body.get(prop.name) is not None:
                known.setdefault((prop.name, str(body[prop.name])), body["id"])
    for item in part.items:
        problems = list(_taken(part, item, properties, known))
        if problems:
            yield item, problems


def _taken(part: Part, item: Item, properties: list[Property], known: _Known) -> Iterator[Problem]:
    for prop in properties:
        value = item.body.get(prop.name)
        if value is None:
            continue
        holder = known.setdefault((prop.name, str(value)), item.uid)
        if holder == item.uid:
            continue
        label = part.label(item)
        yield Problem(
            code="E5003",
            message=(
                f"Property `{prop.name}` with value `{value}` on object {label} "
                f"already exists on object {holder}"
            ),
            klass=part.kind.klass,
            properties=(prop.name, value, label, holder),
            more={"mainId": holder, "errorProperty": prop.name},
        )


def check_repeated(_bundle: Bundle, part: Part) -> Found:
    """A UID beside itself in the list; further apart it is not seen (facts §1.4)."""
    for earlier, item in zip(part.items, part.items[1:], strict=False):
        if earlier.uid != item.uid:
            continue
        yield (
            item,
            [
                Problem(
                    code="E5004",
                    message=(
                        f"Id `{item.uid}` for type `class {part.kind.klass}` exists on more than 1 object "
                        "in the payload, removing all but the first found"
                    ),
                    klass=part.kind.klass,
                    properties=(item.uid, part.kind.klass),
                    more={"mainId": item.uid, "errorProperty": "id"},
                )
            ],
        )
