"""What is wrong in an expression, as a value: where, what was expected, what was probably meant."""

from dataclasses import dataclass
from enum import Enum


class Fault(Enum):
    """What kind of thing is wrong; the rules of `validate` are made after these."""

    SYNTAX = "syntax"
    TEXT = "quoted text"
    FUNCTION = "function"
    ARGUMENTS = "arguments"
    ITEM = "item"
    VARIABLE = "variable"
    VERSION = "version"
    TYPE = "type"
    DATE = "date"
    RESULT = "result"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One thing wrong in `text[start:end]`: a sentence, and what to write instead (may be empty).

    `is_sure`: DHIS2 cannot read or run it; else it reads it, perhaps otherwise than meant.
    """

    fault: Fault
    message: str
    start: int
    end: int
    suggestion: str = ""
    is_sure: bool = True
