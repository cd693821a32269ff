"""A small world of names for expressions, and the picture of what is wrong in one."""

from collections.abc import Mapping

from dhis2cfg.expressions import Found, Kind
from dhis2cfg.expressions.meaning import Checked, check
from dhis2cfg.expressions.vocabulary import Type, Use

TYPES: Mapping[str, Type] = {
    "n": Type.NUMBER,
    "m": Type.NUMBER,
    "t": Type.TEXT,
    "d": Type.DATE,
    "b": Type.BOOLEAN,
    "x": Type.ANY,
    "NUMBER": Type.NUMBER,
    "TEXT": Type.TEXT,
    "DATE": Type.DATE,
    "YESNO": Type.BOOLEAN,
}


class Known:
    """Rule variables n, m, t, d, b, x; objects NUMBER, TEXT, DATE, YESNO; all else is a number."""

    def type_of(self, found: Found) -> Type | None:
        """By the last key; a rule variable that is not listed does not exist."""
        if found.kind is Kind.RULE_VARIABLE:
            return TYPES.get(found.parts[-1])
        return TYPES.get(found.parts[-1], Type.NUMBER)


def judged(
    text: str, use: Use = Use.CONDITION, version: str = "2.43", *, enrollment: bool = False
) -> Checked:
    """A text, judged in this world."""
    return check(text, use, Known(), version, is_of_enrollment=enrollment)


def messages(text: str, use: Use = Use.CONDITION, version: str = "2.43") -> list[str]:
    """What is said of a text."""
    return [mistake.message for mistake in judged(text, use, version).mistakes]


def picture(text: str, use: Use) -> str:
    """The text with each mistake under it: where, what, and what to write instead."""
    lines = [use.value, text]
    for mistake in judged(text, use).mistakes:
        caret = " " * mistake.start + "^" * max(mistake.end - mistake.start, 1)
        weight = "" if mistake.is_sure else " (perhaps)"
        lines += [
            f"{caret} {mistake.fault.value}{weight}",
            f"  {mistake.message}",
            f"  -> {mistake.suggestion}",
        ]
    return "\n".join(lines) + "\n"
