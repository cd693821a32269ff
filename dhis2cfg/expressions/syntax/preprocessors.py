"""What may stand before a predictor's expression: `forEach ?x in :DEG:GROUP -->` (expressions facts §3)."""

import re
from dataclasses import dataclass

from dhis2cfg.expressions.syntax.mistakes import Fault, Mistake
from dhis2cfg.expressions.syntax.tree import Bare

FOR_EACH = "forEach"
_FORM = "write forEach ?x in :DEG:GROUP --> EXPRESSION, with blanks between"
_WORD = re.compile(r"\S+")
_VARIABLE = re.compile(r"\?[A-Za-z][A-Za-z0-9]*")
_GROUP = re.compile(r":DEG:(?P<key>(?:id:)?[A-Za-z0-9_][A-Za-z0-9_-]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preprocessor:
    """The variable with its question mark, the group of data elements, and where the expression begins."""

    variable: str
    group: Bare
    end: int


def preprocessor(text: str) -> Preprocessor | Mistake | None:
    """What stands before the expression; None where nothing does, a mistake where DHIS2 cannot read it."""
    if not text.startswith(FOR_EACH):
        return None
    words = []
    for match in _WORD.finditer(text):
        words.append(match)
        if len(words) == 5:  # noqa: PLR2004 - forEach, variable, in, group, arrow
            break
    wanted = (
        ("forEach", None, "the preprocessor begins with forEach and a blank"),
        ("", _VARIABLE, "the variable is a question mark, a letter, and letters or digits"),
        ("in", None, "in was expected behind the variable"),
        ("", _GROUP, "a group of data elements was expected: :DEG: and its key"),
        ("-->", None, "--> was expected before the expression"),
    )
    for number, (word, pattern, message) in enumerate(wanted):
        if number >= len(words):
            return _mistake(message, len(text), len(text))
        given = words[number].group()
        if given != word if pattern is None else pattern.fullmatch(given) is None:
            return _mistake(message, words[number].start(), words[number].end())
    group = words[3]
    start = group.start() + len(":DEG:")
    return Preprocessor(
        variable=words[1].group(),
        group=Bare(text=text[start : group.end()], start=start, end=group.end()),
        end=words[4].end(),
    )


def _mistake(message: str, start: int, end: int) -> Mistake:
    return Mistake(fault=Fault.SYNTAX, message=message, start=start, end=end, suggestion=_FORM)
