"""What a state refers to."""

from collections.abc import Collection, Iterator

from dhis2cfg.model.names import Combination, Foreign, Ref, Reference, ServerDefault, Username
from dhis2cfg.model.state import (
    Attributes,
    Child,
    Formula,
    Once,
    Sharing,
    State,
    Text,
    Value,
)


def references(state: State) -> Iterator[Reference]:
    """Every reference that a state makes, once or more."""
    for each in state.objects.values():
        for written in each.fields.values():
            yield from _within(written.value)


def names_defaults(state: State, named: Collection[Reference]) -> bool:
    """Whether the server's defaults are named in texts, lists or children, where their UIDs are needed.

    An object's own reference to one is left out of its body; `named` is all that the state refers to.
    """
    return any(isinstance(each, ServerDefault) for each in named) and any(
        isinstance(reference, ServerDefault)
        for each in state.objects.values()
        for written in each.fields.values()
        if not isinstance(written.value, ServerDefault | Once)
        for reference in _within(written.value)
    )


def _within(value: Value | str) -> Iterator[Reference]:
    match value:
        case Ref() | Foreign() | ServerDefault() | Username():
            yield value
        case Combination(options=options, element=element):
            yield value
            yield from options
            yield from (element,) if element else ()
        case tuple():
            for item in value:
                yield from _within(item)
        case Child():
            for inner in value.fields.values():
                yield from _within(inner.value)
        case Formula():
            for part in value.parts:
                yield from _within(part)
        case Text():
            for text in (value.base, *value.locales.values()):
                yield from _within(text)
        case Sharing():
            yield from (*value.user_groups, *value.users)
        case Attributes():
            yield from value.values
        case Once():
            yield from _within(value.value)
        case _:
            return
