"""Patterns of generated values and masks of entered ones."""

import re
from collections.abc import Iterator

from dhis2cfg.sandbox.checks.bundle import Bundle, Item, Part
from dhis2cfg.sandbox.checks.problem import Found, Problem

_TEXT = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_PART = re.compile(rf"\s*(?:(?P<text>{_TEXT})|(?P<method>(?P<name>[A-Z_]+?)\(.*?\))|\s*(?P<join>\+)\s*)\s*")
_METHODS = {
    "RANDOM": re.compile(r"RANDOM\([#Xx*]{1,12}\)"),
    "SEQUENTIAL": re.compile(r"SEQUENTIAL\(#{1,12}\)"),
    "ORG_UNIT_CODE": re.compile(r"ORG_UNIT_CODE\((?:|\^?\.+\$?)\)"),
    "CURRENT_DATE": re.compile(r"CURRENT_DATE\(.+?\)"),
}
_GENERATED = frozenset({"RANDOM", "SEQUENTIAL"})
_DIGITS = re.compile(r'SEQUENTIAL\(.*\)|RANDOM\(#+\)|"[0-9]*"')
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


class _UnreadableError(Exception):
    """A pattern that DHIS2's parser refuses, in its words."""

    def __init__(self, why: str, place: int = -1) -> None:
        where = f" at position {place + 1}" if place >= 0 else ""
        super().__init__(f"Could not parse expression: {why}{where}")


def _segments(pattern: str) -> list[tuple[str, str]]:
    """Method and text of each segment, "" for a plain text; what lies between is passed over."""
    found, is_joined, segments = False, True, []
    if not pattern:
        raise _UnreadableError("Supplied expression was null or empty.")
    for part in _PART.finditer(pattern):
        found = True
        if part["join"]:
            if is_joined:
                raise _UnreadableError("Unexpected '+'", part.start("join"))
            is_joined = True
            continue
        name, method = part["name"] or "", part["method"] or ""
        if name and (name not in _METHODS or not _METHODS[name].fullmatch(method)):
            raise _UnreadableError(f"Failed to parse the following method: '{method}'", part.start("method"))
        is_joined = False
        segments.append((name, method or part["text"]))
    if not found:
        raise _UnreadableError("The expression is invalid")
    if is_joined:
        raise _UnreadableError("Unexpected '+' at the end of the expression")
    return segments


def _mask(part: Part, item: Item) -> Problem | None:
    mask = item.body.get("fieldMask")
    try:
        _segments(f'"{"" if mask is None else mask}"')
    except _UnreadableError:
        end = "." if part.type_name == "trackedEntityAttributes" else ""
        return _unread(part, str(mask), f"Not a valid TextPattern 'TEXT' segment{end}")
    return None


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
    try:
        segments = _segments(pattern)
    except _UnreadableError as error:
        yield _unread(part, pattern, str(error))
        return
    if sum(1 for name, _ in segments if name in _GENERATED) != 1:
        message = "ID-pattern is required to have 1 generated segment (RANDOM or SEQUENTIAL)"
        yield Problem(code="E4021", message=message, klass=part.kind.klass)
    if not _conforms(kind, segments):
        message = f"Pattern `{pattern}` does not conform to the value type `{kind}`"
        yield Problem(code="E4022", message=message, klass=part.kind.klass, properties=(pattern, kind))


def _conforms(kind: str | None, segments: list[tuple[str, str]]) -> bool:
    """A text takes anything, a number digits, no other type a pattern."""
    return kind == "TEXT" or (kind == "NUMBER" and all(_DIGITS.fullmatch(text) for _, text in segments))


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
