"""The two languages and how tightly their operators bind (expressions facts §1, §4)."""

from collections.abc import Mapping
from enum import Enum


class Language(Enum):
    """RULES: conditions and data of program rules, read by the rule engine. SERVER: everything else."""

    RULES = "rules"
    SERVER = "server"


def _levels(*rows: str) -> Mapping[str, int]:
    """Operator → level, from rows that stand from the loosest to the tightest."""
    return {operator: level for level, row in enumerate(rows) for operator in row.split()}


_SERVER = _levels("|| or", "&& and", "== !=", "< > <= >=", "+ -", "* / %", "unary", "^")
_RULES = _levels("|| or", "&& and", "!=", "==", ">=", "<=", ">", "<", "-", "+", "%", "/", "*", "unary", "^")
_TABLES: Mapping[Language, Mapping[str, int]] = {Language.SERVER: _SERVER, Language.RULES: _RULES}
UNARY = frozenset({"+", "-", "!", "not"})
LOGIC: Mapping[str, str] = {"and": "&&", "or": "||", "not": "!"}
"""Operators that are spelled as words, and the signs that mean the same."""


def level(language: Language, operator: str) -> int | None:
    """How tightly a binary operator binds (`unary`: all prefixes alike), None where it is no operator."""
    return _TABLES[language].get(operator)


def is_right_associative(language: Language, operator: str) -> bool:
    """Whether a chain of the operator groups from the right: only `^`, and only outside rules."""
    return operator == "^" and language is Language.SERVER
