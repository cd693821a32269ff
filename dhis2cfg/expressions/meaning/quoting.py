"""Literals that one language reads and the other refuses (expressions facts §6)."""

import re

from dhis2cfg.expressions.syntax import Fault, Language, Mistake
from dhis2cfg.expressions.syntax.tree import Literal, LiteralKind

_SERVER = re.compile(r"""[btnfr"'\\]|[0-3]?[0-7]{1,2}|u[0-9A-Fa-f]{4}""")
_KNOWN = re.compile(r"""[btnfr"'\\]|u[0-9A-Fa-f]{4}""")
_LEADING_ZERO = re.compile(r"0[0-9]+")
INTEGER = re.compile(r"[+-]?[0-9]+")


def literal_mistakes(literal: Literal, language: Language) -> list[Mistake]:
    """What is wrong inside a literal."""
    if literal.kind is LiteralKind.NUMBER:
        return _number(literal) if language is Language.SERVER else []
    return list(_escapes(literal, language)) if literal.kind is LiteralKind.TEXT else []


def _number(literal: Literal) -> list[Mistake]:
    """Outside rules a number has no zero in front."""
    if not _LEADING_ZERO.match(literal.text):
        return []
    digits = literal.text.lstrip("0") or "0"
    return [
        Mistake(
            fault=Fault.SYNTAX,
            message=f"{literal.text} begins with a zero, which is read only in rules",
            start=literal.start,
            end=literal.end,
            suggestion=f"write {digits}, or '{literal.text}' for a text",
        )
    ]


def _escapes(literal: Literal, language: Language) -> list[Mistake]:
    """Backslashes that the language does not know, or reads otherwise than they look."""
    found = []
    position = literal.text.find("\\")
    while position >= 0:
        rest = literal.text[position + 1 :]
        if language is Language.SERVER and not _SERVER.match(rest):
            found.append(_escape(literal, position, "is refused outside rules", is_sure=True))
        elif language is Language.RULES and rest[:1].isdigit():
            found.append(_escape(literal, position, "breaks the rule engine", is_sure=True))
        elif language is Language.RULES and not _KNOWN.match(rest):
            found.append(_escape(literal, position, f"is read as {rest[:1]} alone", is_sure=rest[:1] == "u"))
        position = literal.text.find("\\", position + 2)
    return found


def _escape(literal: Literal, position: int, what: str, *, is_sure: bool) -> Mistake:
    start = literal.start + position
    sign = literal.text[position : position + 2]
    return Mistake(
        fault=Fault.TEXT,
        message=f"{sign} {what}",
        start=start,
        end=start + 2,
        suggestion=f"a backslash is written \\\\: \\\\{sign[1:]}",
        is_sure=is_sure,
    )
