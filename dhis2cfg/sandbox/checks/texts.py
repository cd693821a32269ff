"""Translations and attribute values (E1106, E4009, E4011, E6004 to E6021)."""

from collections.abc import Iterator
from typing import Any

from dhis2cfg.sandbox.checks.bundle import Bundle, Item, Part
from dhis2cfg.sandbox.checks.problem import Found, Problem


def check_translations(_bundle: Bundle, part: Part) -> Found:
    """One property in one locale with two texts."""
    for item in part.items:
        seen: set[tuple[Any, Any]] = set()
        problems = []
        for row in item.body.get("translations") or []:
            pair = (row.get("property"), row.get("locale"))
            if pair in seen:
                problems.append(_twice(part, item, pair))
            seen.add(pair)
        if problems:
            yield item, problems


def _twice(part: Part, item: Item, pair: tuple[Any, Any]) -> Problem:
    """The error names the object, and its report does not."""
    simple = part.kind.klass.rpartition(".")[2]
    text = f"There are duplicate translation records for property `{pair[0]}` and locale `{pair[1]}`"
    return Problem(
        code="E1106",
        message=f"{text} on {simple} `{item.uid}`",
        klass="org.hisp.dhis.translation.Translation",
        properties=(*pair, simple, item.uid),
        more={"errorKlass": part.kind.klass},
        is_nameless=True,
    )


def check_attribute_values(bundle: Bundle, part: Part) -> Found:
    """Values of metadata attributes: assigned to the type, of the right kind, unique, none missing."""
    if "attributeValues" not in part.kind.properties:
        return
    attributes = {body["id"]: body for body in bundle.session.every("attributes")}
    if bundle.parts.get("attributes"):
        attributes |= {item.uid: item.body for item in bundle.parts["attributes"].items}
    flag = f"{part.kind.singular}Attribute"
    taken: dict[tuple[str, str], str] = {}
    unique = [uid for uid, body in attributes.items() if body.get("unique") and body.get(flag)]
    if unique:
        for body in bundle.session.every(part.type_name):
            for row in body.get("attributeValues") or []:
                taken.setdefault((row["attribute"]["id"], row["value"]), body["id"])
    for item in part.items:
        rows = item.body.get("attributeValues") or []
        problems = list(_unassigned(part, rows, attributes, flag))
        if problems:
            yield item, problems
        missing = list(_mandatory(rows, attributes, flag))
        if missing:
            yield item, missing
        doubled = list(_doubled(item, rows, attributes, taken))
        if doubled:
            yield item, doubled


def _unassigned(part: Part, rows: list[Any], attributes: dict[str, Any], flag: str) -> Iterator[Problem]:
    for row in rows:
        uid = row["attribute"]["id"]
        if attributes.get(uid, {}).get(flag):
            continue
        simple = part.kind.klass.rpartition(".")[2]
        yield Problem(
            code="E6012",
            message=f"Attribute `{uid}` is not assigned to `{simple}`",
            klass="org.hisp.dhis.attribute.Attribute",
            properties=(uid, simple),
        )


def _mandatory(rows: list[Any], attributes: dict[str, Any], flag: str) -> Iterator[Problem]:
    given = {row["attribute"]["id"] for row in rows}
    for uid, body in attributes.items():
        if body.get("mandatory") and body.get(flag) and uid not in given:
            yield Problem(
                code="E4011",
                message=f"Attribute `{uid}` is mandatory, but no value was found",
                klass="org.hisp.dhis.attribute.Attribute",
                properties=(uid,),
                more={"mainId": uid, "errorProperty": "value"},
            )


def _doubled(
    item: Item, rows: list[Any], attributes: dict[str, Any], taken: dict[tuple[str, str], str]
) -> Iterator[Problem]:
    for row in rows:
        uid = row["attribute"]["id"]
        if not attributes.get(uid, {}).get("unique"):
            continue
        holder = taken.setdefault((uid, row["value"]), item.uid)
        if holder != item.uid:
            named = attributes[uid].get("name")
            yield Problem(
                code="E4009",
                message=f"Attribute `{named}` is unique, and value `{row['value']}` already exist",
                klass="org.hisp.dhis.attribute.Attribute",
                properties=(named, row["value"]),
                more={"mainId": uid, "errorProperty": "value"},
            )
