"""What stands between the braces, taken apart by context (expressions facts §7)."""

import re
from collections.abc import Callable, Iterator, Mapping

from dhis2cfg.expressions.contexts import AGGREGATE, Context
from dhis2cfg.expressions.found import Found, Key, Kind
from dhis2cfg.expressions.tokens import Problem, Token

_KEY = re.compile(r"(?:id:)?[A-Za-z0-9_][A-Za-z0-9_-]*+(?:/[A-Za-z0-9_][A-Za-z0-9_-]*+)*+")
_COMBO = re.compile(r"\([^().]++\)")
_REPORTING = re.compile(
    r"\.(?:REPORTING_RATE|REPORTING_RATE_ON_TIME|ACTUAL_REPORTS|ACTUAL_REPORTS_ON_TIME|EXPECTED_REPORTS)"
)
_TAGS = {
    "deGroup:": Kind.DATA_ELEMENT_GROUP,
    "coGroup:": Kind.CATEGORY_OPTION_GROUP,
    "co:": Kind.CATEGORY_OPTION,
}

Read = Callable[[str, int], Found | str]
"""Takes the inside of an item and where it begins; gives the reference, or why it is none."""


def is_key(text: str) -> bool:
    """Whether a text may name an object: a key, a path of keys, or `id:UID`."""
    return _KEY.fullmatch(text) is not None


def read_item(token: Token, context: Context) -> Found | Problem | None:
    """The reference that an item token holds; None where it names no object (`V{…}`, `#{?each}`)."""
    opener = token.text[: token.text.index("{")]
    inside = token.text[len(opener) + 1 : -1]
    start = token.start + len(opener) + 1
    if opener == "V" or (context is Context.PREDICTOR and inside.startswith("?")):
        return None
    read = readers(context).get(opener)
    if read is None:
        message = f"{opener}{{…}} has no meaning in a {context.value}"
        return Problem(message=message, start=token.start, end=token.end)
    if not inside:
        return Problem(message=f"{token.text} names nothing", start=token.start, end=token.end)
    found = read(inside, start)
    if isinstance(found, str):
        return Problem(message=f"{token.text}: {found}", start=token.start, end=token.end)
    return found


def readers(context: Context) -> Mapping[str, Read]:
    """What each opener means in a context."""
    if context in AGGREGATE:
        return _AGGREGATE if context is Context.INDICATOR else _WITHOUT_INDICATORS
    return _OTHERS.get(context, {})


def _single(kind: Kind) -> Read:
    """An item that holds one key."""

    def read(inside: str, start: int) -> Found | str:
        if not is_key(inside):
            return f"{inside!r} is no key of a {kind.value}"
        return Found(kind=kind, keys=(Key(kind=kind, text=inside, start=start, end=start + len(inside)),))

    return read


def _pair(kind: Kind, first: Kind, second: Kind, form: str) -> Read:
    """An item that holds two keys with a point between them."""

    def read(inside: str, start: int) -> Found | str:
        parts = inside.split(".")
        if len(parts) != 2 or not all(is_key(part) for part in parts):  # noqa: PLR2004 - a pair has two
            return f"this must be {form}"
        keys = tuple(_keys((first, second), parts, start))
        return Found(kind=kind, keys=keys)

    return read


def _keys(kinds: tuple[Kind, ...], parts: list[str], start: int) -> Iterator[Key]:
    """The keys of parts that stand with one character between them."""
    for kind, part in zip(kinds, parts, strict=True):
        yield Key(kind=kind, text=part, start=start, end=start + len(part))
        start += len(part) + 1


def read_variable(name: str, start: int) -> Found:
    """A rule variable: any name; blanks count (expressions facts §5.7)."""
    key = Key(kind=Kind.RULE_VARIABLE, text=name, start=start, end=start + len(name))
    return Found(kind=Kind.RULE_VARIABLE, keys=(key,))


def _rate(inside: str, start: int) -> Found | str:
    """A data set and one of the five reporting rates; the rate is no key."""
    key, point, rate = inside.partition(".")
    if not is_key(key) or not _REPORTING.fullmatch(point + rate):
        return "this must be DATASET.REPORTING_RATE, or another of the five rates"
    found = Key(kind=Kind.DATASET, text=key, start=start, end=start + len(key))
    return Found(kind=Kind.DATASET_RATE, keys=(found,))


def _operand(inside: str, start: int) -> Found | str:
    """A data element, alone or with one or two option combinations (`*` for any)."""
    parts = inside.split(".")
    if len(parts) > 3:  # noqa: PLR2004 - element, option combination, attribute combination
        return "at most ELEMENT.OPTIONCOMBO.ATTRIBUTECOMBO"
    keys: list[Key] = []
    for number, part in enumerate(parts):
        default = Kind.OPTION_COMBO if number else Kind.DATA_ELEMENT
        read = list(_operand_keys(part, start, default))
        if not read:
            return f"{part!r} is no key of a {default.value}"
        keys += read
        start += len(part) + 1
    alone = len(keys) == 1
    return Found(kind=keys[0].kind if alone else Kind.DATA_ELEMENT_OPERAND, keys=tuple(keys))


def _operand_keys(part: str, start: int, default: Kind) -> Iterator[Key]:
    """The keys of one part; none where it cannot be read."""
    if part == "*" and default is Kind.OPTION_COMBO:
        yield Key(kind=Kind.ANY, text=part, start=start, end=start + 1)
    elif default is Kind.OPTION_COMBO and _COMBO.fullmatch(part):
        yield Key(kind=default, text=part, start=start, end=start + len(part))
    else:
        tag = next((tag for tag in _TAGS if part.startswith(tag)), "")
        texts = part[len(tag) :].split("&") if tag else [part]
        if all(is_key(text) for text in texts):
            yield from _keys((_TAGS.get(tag, default),) * len(texts), texts, start + len(tag))


_STAGE_ELEMENT = _pair(Kind.STAGE_DATA_ELEMENT, Kind.STAGE, Kind.DATA_ELEMENT, "STAGE.ELEMENT")
_WITHOUT_INDICATORS: Mapping[str, Read] = {
    "#": _operand,
    "A": _pair(Kind.PROGRAM_ATTRIBUTE, Kind.PROGRAM, Kind.ATTRIBUTE, "PROGRAM.ATTRIBUTE"),
    "C": _single(Kind.CONSTANT),
    "D": _pair(Kind.PROGRAM_DATA_ELEMENT, Kind.PROGRAM, Kind.DATA_ELEMENT, "PROGRAM.ELEMENT"),
    "I": _single(Kind.PROGRAM_INDICATOR),
    "OUG": _single(Kind.ORGUNIT_GROUP),
    "R": _rate,
}
_AGGREGATE: Mapping[str, Read] = {**_WITHOUT_INDICATORS, "N": _single(Kind.INDICATOR)}
_VARIABLES: Mapping[str, Read] = {"#": read_variable, "A": read_variable}
_STAGES: Mapping[str, Read] = {"#": _STAGE_ELEMENT, "A": _single(Kind.ATTRIBUTE)}
_OTHERS: Mapping[Context, Mapping[str, Read]] = {
    Context.RULE: {**_VARIABLES, "C": _single(Kind.CONSTANT)},
    Context.RULE_MESSAGE: _VARIABLES,
    Context.PROGRAM_INDICATOR: {**_STAGES, "C": _single(Kind.CONSTANT)},
    Context.BOUNDARY: _STAGES,
    Context.TEMPLATE: {"#": _single(Kind.DATA_ELEMENT), "A": _single(Kind.ATTRIBUTE)},
}
