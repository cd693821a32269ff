"""A reference inside a text, as a value: what kind it is, where it stands, and the keys it is made of."""

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a reference, or one key of it, names.

    RULE_VARIABLE is a variable of the rule's own program. FORM_FIELD is `STAGE-ELEMENT` or
    `ELEMENT-OPTIONCOMBO`, which only the owner of the form can tell. ANY is the `*` between two points.
    """

    ANY = "any"
    ATTRIBUTE = "tracked entity attribute"
    CATEGORY_OPTION = "category option"
    CATEGORY_OPTION_GROUP = "category option group"
    CONSTANT = "constant"
    DATA_ELEMENT = "data element"
    DATA_ELEMENT_GROUP = "data element group"
    DATA_ELEMENT_OPERAND = "data element with option combination"
    DATASET = "data set"
    DATASET_RATE = "reporting rate"
    FORM_FIELD = "field of a form"
    INDICATOR = "indicator"
    OPTION_COMBO = "category option combination"
    ORGUNIT = "organisation unit"
    ORGUNIT_GROUP = "organisation unit group"
    PROGRAM = "program"
    PROGRAM_ATTRIBUTE = "attribute of a program"
    PROGRAM_DATA_ELEMENT = "data element of a program"
    PROGRAM_INDICATOR = "program indicator"
    RELATIONSHIP_TYPE = "relationship type"
    RULE_VARIABLE = "program rule variable"
    STAGE = "program stage"
    STAGE_DATA_ELEMENT = "data element of a stage"
    USER_GROUP = "user group"
    USER_ROLE = "user role"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key inside a reference, as written: `PROGRAM/STAGE`, `id:UID`, `(KVINNE,U10)`, `default`, `*`."""

    kind: Kind
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One reference. `start` and `end` hold the text of its keys, without braces, tags and quotes.

    `quoted`: the key is an argument in quotes, `d2:hasValue('name')`.
    """

    kind: Kind
    keys: tuple[Key, ...]
    quoted: bool = False

    @property
    def start(self) -> int:
        """Where the first key begins, in characters from 0."""
        return self.keys[0].start

    @property
    def end(self) -> int:
        """Where the last key ends."""
        return self.keys[-1].end

    @property
    def parts(self) -> tuple[str, ...]:
        """The keys as written."""
        return tuple(key.text for key in self.keys)
