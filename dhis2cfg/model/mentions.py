"""What a value refers to, at any depth, and other references put in their place."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import cast

from dhis2cfg.model.names import Combination, Foreign, Ref, Reference, ServerDefault, Username
from dhis2cfg.model.state import Attributes, Child, Field, Formula, Once, Sharing, Text, Value


def mentioned(value: Value | str) -> Iterator[Reference]:
    """Every reference that a value makes, in texts and children too, once or more."""
    waiting: list[Value | str] = [value]
    while waiting:
        match waiting.pop():
            case (Ref() | Foreign() | ServerDefault() | Username()) as reference:
                yield reference
            case Combination(options=options, element=element) as reference:
                yield from (reference, *options, *([element] if element else ()))
            case tuple() as items:
                waiting += reversed(items)
            case Child(fields=fields):
                waiting += [field.value for field in fields.values()]
            case Formula(parts=parts):
                waiting += reversed(parts)
            case Text(base=base, locales=locales):
                waiting += [base, *locales.values()]
            case Sharing(user_groups=groups, users=users):
                yield from (*groups, *users)
            case Attributes(values=values):
                yield from values
            case Once(value=inner):
                waiting.append(inner)
            case _:
                continue


Change = Callable[[Reference], Reference]
"""What stands in place of a reference; the same one where it stays."""


def rewritten(value: Value, change: Change) -> Value:
    """The value with its references changed, in texts and children too."""
    match value:
        case Ref() | Foreign() | ServerDefault() | Username() | Combination():
            return _named(value, change)
        case tuple():
            return cast(Value, tuple(rewritten(item, change) for item in value))
        case Child(fields=fields):
            return replace(
                value, fields={name: rewritten_field(each, change) for name, each in fields.items()}
            )
        case Formula():
            return _words(value, change)
        case Text(base=base, locales=locales):
            said = {locale: _words(words, change) for locale, words in locales.items()}
            return replace(value, base=None if base is None else _words(base, change), locales=said)
        case Sharing(user_groups=groups, users=users):
            entries = {change(each): access for each, access in groups.items()}
            return replace(value, user_groups=entries, users={change(each): users[each] for each in users})
        case Attributes(values=values):
            return Attributes(values={change(each): text for each, text in values.items()})
        case Once(value=inner):
            return Once(value=rewritten(inner, change))
        case _:
            return value


def _named(reference: Reference, change: Change) -> Reference:
    """A reference changed; of a combination what it is made of."""
    if not isinstance(reference, Combination):
        return change(reference)
    options = [_option(each, change) for each in reference.options]
    element = reference.element and _option(reference.element, change)
    return replace(reference, options=tuple(sorted(options, key=str)), element=element)


def _option(reference: Ref | Foreign, change: Change) -> Ref | Foreign:
    """What a combination is made of is an object: it changes into one."""
    changed = change(reference)
    return changed if isinstance(changed, Ref | Foreign) else reference


def _words(words: str | Formula, change: Change) -> str | Formula:
    """A text with its references changed."""
    if isinstance(words, str):
        return words
    return Formula(
        parts=tuple(part if isinstance(part, str) else _named(part, change) for part in words.parts)
    )


def rewritten_field(field: Field, change: Change) -> Field:
    """A field with its references changed, those of its places too; the same field where none changes."""
    if all(change(each) == each for each in (*mentioned(field.value), *field.places)):
        return field
    places = {change(each): place for each, place in field.places.items()}
    return replace(field, value=rewritten(field.value, change), places=places)
