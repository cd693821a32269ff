"""Required, lengths, ranges and the form of UIDs, as the schema says (E4000, E4001, E4002, E4008, E4014)."""

import re
from collections.abc import Iterator
from typing import Any

from dhis2cfg.catalogue.types import Property, Shape
from dhis2cfg.sandbox.checks.bundle import Bundle, Item, Part
from dhis2cfg.sandbox.checks.problem import Found, Problem
from dhis2cfg.sandbox.world.classes import java_class
from dhis2cfg.sandbox.world.initial import initial

_UID = re.compile(r"[a-zA-Z][a-zA-Z0-9]{10}")
_NO_LIMIT = 2147483647.0


def check_values(bundle: Bundle, part: Part) -> Found:
    """Every property of an object against its schema."""
    for item in part.items:
        problems = list(_problems(bundle, part, item))
        if problems:
            yield item, problems


def _problems(bundle: Bundle, part: Part, item: Item) -> Iterator[Problem]:
    for prop in part.kind.properties.values():
        if not prop.owner or not prop.persisted or not prop.writable:
            continue
        value = item.uid if prop.name == "id" else item.body.get(prop.name)
        if value is None:
            if prop.required and initial(part.type_name, prop) is None:
                yield _missing(bundle, part, prop)
        elif prop.shape is Shape.TEXT:
            yield from _text(part, prop, str(value))
        elif prop.shape in {Shape.NUMBER, Shape.INTEGER}:
            yield from _number(part, prop, value)


def _missing(bundle: Bundle, part: Part, prop: Property) -> Problem:
    more = {"errorKlass": java_class(bundle.world, prop), "errorProperty": prop.name}
    return Problem(
        code="E4000",
        message=f"Missing required property `{prop.name}`",
        klass=part.kind.klass,
        properties=(prop.name,),
        more=more,
    )


def _text(part: Part, prop: Property, value: str) -> Iterator[Problem]:
    more = {"errorKlass": "java.lang.String", "errorProperty": prop.name}
    length = len(value.encode("utf-16-le")) // 2
    if prop.length is not None and length > prop.length:
        yield Problem(
            code="E4001",
            message=(
                f"Maximum length of property `{prop.name}`is {prop.length}, but given length was {length}"
            ),
            klass=part.kind.klass,
            properties=(prop.name, prop.length, length),
            more=more,
        )
    low, high = float(prop.minimum or 0), float(prop.length or _NO_LIMIT)
    if prop.name != "id" and length > high:
        return
    if not low <= length <= high:
        yield Problem(
            code="E4002",
            message=(
                f"Allowed length range for property `{prop.name}` is [{low:g} to {high:g}], "
                f"but given length was {length}"
            ),
            klass=part.kind.klass,
            properties=(prop.name, low, high, length),
            more=more,
        )


def _number(part: Part, prop: Property, value: Any) -> Iterator[Problem]:
    low = prop.minimum if prop.minimum is not None else float("-inf")
    high = prop.maximum if prop.maximum is not None else float("inf")
    if not low <= value <= high:
        yield Problem(
            code="E4008",
            message=(
                f"Allowed range for numeric property `{prop.name}` is [{low} to {high}], "
                f"but number given was {value}"
            ),
            klass=part.kind.klass,
            properties=(prop.name, low, high, value),
            more={"errorKlass": "java.lang.Number", "errorProperty": prop.name},
        )


def check_uid(_bundle: Bundle, part: Part) -> Found:
    """The form of the UIDs of new objects."""
    for item in part.items:
        if item.before is None and not _UID.fullmatch(item.uid):
            simple = part.kind.klass.rpartition(".")[2]
            yield (
                item,
                [
                    Problem(
                        code="E4014",
                        message=f"Invalid UID `{item.uid}` for property `{simple}`",
                        klass=part.kind.klass,
                        properties=(item.uid, simple),
                    )
                ],
            )
