"""One text → one typed value, as the property's type asks for; no guess is made from how a text looks."""

import math
import re
from dataclasses import dataclass
from datetime import datetime

from dhis2cfg.catalogue.types import Shape
from dhis2cfg.model.tree import Atom

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,3})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?.*)?")
_MEANS_TRUE = frozenset({"yes", "y", "on", "1", "true", "ja", "j", "sann"})
_MEANS_FALSE = frozenset({"no", "n", "off", "0", "false", "nei", "usann"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Misread:
    """A text that is no value of its type: the rule, what the type takes, what to write instead."""

    rule: str
    takes: str
    following: str


def read(text: str, shape: Shape) -> Atom | Misread:
    """The value of a text for a property of this shape; texts, dates and constants stay as written."""
    if shape is Shape.BOOLEAN:
        return _boolean(text)
    if shape is Shape.INTEGER:
        return _integer(text)
    if shape is Shape.NUMBER:
        return _number(text)
    if shape is Shape.DATE:
        return _date(text)
    return text


def guess(text: str) -> Atom:
    """The value of an unquoted text where no type is known, as JSON writes it: `0301` stays text."""
    if text in ("true", "false"):
        return text == "true"
    value = _number(text)
    return text if isinstance(value, Misread) else value


def _boolean(text: str) -> bool | Misread:
    if text in ("true", "false"):
        return text == "true"
    word = text.casefold()
    right = "true" if word in _MEANS_TRUE else "false" if word in _MEANS_FALSE else "true or false"
    return Misread(rule="not-a-boolean", takes="true or false", following=f"write {right}")


def _integer(text: str) -> int | Misread:
    if _INTEGER.fullmatch(text):
        return int(text)
    return Misread(rule="not-an-integer", takes="a whole number", following="write digits alone, as in 14")


def _number(text: str) -> float | Misread:
    if _INTEGER.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text) and math.isfinite(value := float(text)):
        return value
    return Misread(rule="not-a-number", takes="a number", following="write it with a point, as in 38.5")


def _date(text: str) -> str | Misread:
    try:
        datetime.fromisoformat(text if _DATE.fullmatch(text) else "")
    except ValueError:
        following = "write it as 2026-11-24, or with a time as in 2026-11-24T08:30"
        return Misread(rule="not-a-date", takes="a date", following=following)
    return text
