"""Patterns of generated values and masks of entered ones."""

import re
from collections.abc import Iterator

from dhis2cfg.sandbox.checks.bundle import Bundle, Item, Part
from dhis2cfg.sandbox.checks.problem import Found, Problem

_TEXT = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_GENERATED = r"RANDOM\([#Xx*]{1,12}\)|SEQUENTIAL\(#{1,12}\)"
_SEGMENT = rf"(?:{_TEXT}|{_GENERATED}|ORG_UNIT_CODE\(\^?\.*\$?\)|CURRENT_DATE\(.+?\))"
_PATTERN = re.compile(rf"\s*{_SEGMENT}(?:\s*\+?\s*{_SEGMENT})*\s*")
_OPEN = frozenset({"EQ", "IN", "GE", "GT", "LT", "LE", "NULL", "NNULL"})
"""Operators of a search that nobody may block."""


def check_masks(_bundle: Bundle, part: Part) -> Found:
    """A field mask that is no text (E4019)."""
    for item in part.items:
        problem = _mask(part, item)
        if problem:
            yield item, [problem]


def check_attributes(bundle: Bundle, part: Part) -> Found:
    """Patterns and masks of tracked entity attributes (E4010, E4019, E4021), their operators (2.43)."""
    for item in part.items:
        problems = list(_pattern(part, item))
        mask = _mask(part, item)
        problems += [mask] if mask else []
        if bundle.world.release >= (2, 43):
            problems += _operators(part, item)
        if problems:
            yield item, problems


def _mask(part: Part, item: Item) -> Problem | None:
    mask = item.body.get("fieldMask")
    if mask is None or re.fullmatch(_TEXT, f'"{mask}"'):
        return None
    return _unread(part, str(mask), "Not a valid TextPattern 'TEXT' segment.")


def _unread(part: Part, pattern: str, why: str) -> Problem:
    message = f"Failed to parse pattern `{pattern}` {why}"
    return Problem(code="E4019", message=message, klass=part.kind.klass, properties=(pattern, why))


def _pattern(part: Part, item: Item) -> Iterator[Problem]:
    if not item.body.get("generated"):
        return
    kind, pattern = item.body.get("valueType"), str(item.body.get("pattern") or "")
    if kind != "TEXT":
        message = f"Attribute `generated` is not supported for type `{kind}`"
        yield Problem(code="E4010", message=message, klass=part.kind.klass, properties=("generated", kind))
    if not _PATTERN.fullmatch(pattern):
        yield _unread(part, pattern, "Could not parse expression: The expression is invalid")
    elif len(re.findall(_GENERATED, re.sub(_TEXT, "", pattern))) != 1:
        message = "ID-pattern is required to have 1 generated segment (RANDOM or SEQUENTIAL)"
        yield Problem(code="E4021", message=message, klass=part.kind.klass)


def _operators(part: Part, item: Item) -> Iterator[Problem]:
    blocked, wanted = item.body.get("blockedSearchOperators") or [], item.body.get("preferredSearchOperator")
    open_ones = sorted(_OPEN.intersection(blocked))
    if open_ones:
        message = f"The operator(s) `{open_ones}` cannot be blocked."
        yield Problem(code="E4088", message=message, klass=part.kind.klass, properties=(str(open_ones),))
    elif wanted and wanted in blocked:
        message = (
            f"The preferred search operator `{wanted}` is blocked for the selected tracked entity attribute "
            f"`{item.uid}`"
        )
        yield Problem(code="E4082", message=message, klass=part.kind.klass, properties=(wanted, item.uid))
