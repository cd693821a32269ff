"""Modifiers that a context has not, and arguments that they cannot read."""

import re
from collections.abc import Iterator
from datetime import date

from dhis2cfg.expressions.meaning.quoting import INTEGER
from dhis2cfg.expressions.meaning.settings import Settings
from dhis2cfg.expressions.meaning.wording import nearest
from dhis2cfg.expressions.syntax import Fault, Mistake
from dhis2cfg.expressions.syntax.tree import Modified
from dhis2cfg.expressions.vocabulary.allowed import AGGREGATION_TYPES, MODIFIERS

_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")


def modifier_mistakes(modified: Modified, settings: Settings) -> Iterator[Mistake]:
    """A modifier that the context lacks, or whose argument it cannot read."""
    known = MODIFIERS[settings.use.context]
    start = modified.name_start
    if modified.name not in known:
        message = f"{settings.use.named} has no modifier .{modified.name}"
        suggestion = nearest(modified.name, known) or "take it away"
    else:
        message, suggestion = _argument(modified.name, modified.argument)
    if message:
        yield Mistake(
            fault=Fault.ARGUMENTS if modified.name in known else Fault.FUNCTION,
            message=message,
            start=start,
            end=modified.end,
            suggestion=suggestion,
        )


def _argument(name: str, argument: str) -> tuple[str, str]:
    """What is wrong with the argument of a modifier, and what to write; two empty texts where it is right."""
    text = argument.strip(" \t\r\n")
    if name == "yearToDate":
        return (
            (".yearToDate() takes nothing, not even a blank", "write .yearToDate()") if argument else ("", "")
        )
    if name == "aggregationType":
        if text in AGGREGATION_TYPES:
            return "", ""
        return f"{text!r} is no aggregation type", nearest(text, AGGREGATION_TYPES) or "write SUM, AVERAGE …"
    if name in {"minDate", "maxDate"}:
        return (
            ("", "") if _is_date(text) else (f"{text!r} is no date", "write it as 2026-01-31, without quotes")
        )
    return ("", "") if INTEGER.fullmatch(text) else (f"{text!r} is no whole number", f"write .{name}(-1)")


def _is_date(text: str) -> bool:
    """Whether a day of the calendar is written, its month and day in one or two digits."""
    match = _DATE.fullmatch(text)
    if match is None:
        return False
    try:
        date(*(int(part) for part in match.groups()))
    except ValueError:
        return False
    return True
