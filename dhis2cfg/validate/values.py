"""Reading the values of a state: what stands behind `!once`, texts as they are shown, references inside."""

from collections.abc import Iterator, Mapping

from dhis2cfg.model.names import Combination, Foreign, Ref, Reference, Username
from dhis2cfg.model.state import (
    Attributes,
    Child,
    Field,
    Formula,
    Once,
    Sharing,
    Text,
    Value,
)

UID_LENGTH = 11


def unwrapped(value: Value) -> Value:
    """The value itself, where it is a starting value too."""
    return value.value if isinstance(value, Once) else value


def value_of(fields: Mapping[str, Field], name: str) -> Value:
    """The value of a field; None where it is empty or not managed."""
    field = fields.get(name)
    return unwrapped(field.value) if field else None


def words_of(fields: Mapping[str, Field], name: str) -> set[str]:
    """The words of a list of words (the authorities of a role); none where it is empty or not managed."""
    value = value_of(fields, name)
    return {str(each) for each in value} if isinstance(value, tuple) else set()


def text_of(fields: Mapping[str, Field], name: str) -> str | None:
    """The base text of a field, None where it has none or holds something else."""
    value = value_of(fields, name)
    if isinstance(value, Text):
        value = value.base
    if isinstance(value, Formula):
        return as_text(value)
    return value if isinstance(value, str) else None


def texts_of(value: Value) -> tuple[str | Formula, ...]:
    """All texts of a value: the base and the other languages."""
    if isinstance(value, Text):
        return tuple(text for text in (value.base, *value.locales.values()) if text is not None)
    return (value,) if isinstance(value, str | Formula) else ()


def as_text(text: str | Formula) -> str:
    """A text with its references as keys (`id:UID` for what is foreign)."""
    if isinstance(text, str):
        return text
    return "".join(part if isinstance(part, str) else as_key(part) for part in text.parts)


def as_key(reference: Reference) -> str:
    """A reference as it may stand inside an expression."""
    if isinstance(reference, Ref | Combination):
        return reference.key
    if isinstance(reference, Foreign):
        return f"id:{reference.uid}"
    return reference.name if isinstance(reference, Username) else "default"


def sent_length(text: str | Formula) -> int:
    """How many characters a server gets, its UIDs in place of keys."""
    if isinstance(text, str):
        return len(text)
    return sum(len(part) if isinstance(part, str) else UID_LENGTH for part in text.parts)


def reference_of(fields: Mapping[str, Field], name: str) -> Ref | None:
    """The object of ours that a field refers to; None where there is none or it is foreign."""
    value = value_of(fields, name)
    return value if isinstance(value, Ref) else None


def is_empty(value: Value) -> bool:
    """Whether a value says nothing: null, an empty text or list."""
    if isinstance(value, Text):
        return value.base is None or value.base == ""
    return value is None or value in ("", ())


def foreign_in(value: Value) -> Iterator[Foreign]:
    """The objects outside all packages that a value names, its children left out."""
    match value:
        case Foreign():
            yield value
        case Formula():
            yield from (part for part in value.parts if isinstance(part, Foreign))
        case Text():
            for text in texts_of(value):
                yield from () if isinstance(text, str) else foreign_in(text)
        case Sharing():
            for entries in (value.user_groups, value.users):
                yield from (each for each in entries if isinstance(each, Foreign))
        case Attributes():
            yield from (each for each in value.values if isinstance(each, Foreign))
        case tuple():
            yield from (each for each in value if isinstance(each, Foreign))
        case _:
            return


def children_of(value: Value) -> tuple[Child, ...]:
    """The embedded children of a value, one or many."""
    if isinstance(value, Child):
        return (value,)
    if isinstance(value, tuple):
        return tuple(each for each in value if isinstance(each, Child))
    return ()
