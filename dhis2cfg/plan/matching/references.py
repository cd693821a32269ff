"""What a state refers to."""

from collections.abc import Collection, Iterator

from dhis2cfg.model.mentions import mentioned
from dhis2cfg.model.names import Reference, ServerDefault
from dhis2cfg.model.state import Once, State


def references(state: State) -> Iterator[Reference]:
    """Every reference that a state makes, once or more."""
    for each in state.objects.values():
        for written in each.fields.values():
            yield from mentioned(written.value)


def names_defaults(state: State, named: Collection[Reference]) -> bool:
    """Whether the server's defaults are named in texts, lists or children, where their UIDs are needed.

    An object's own reference to one is left out of its body; `named` is all that the state refers to.
    """
    return any(isinstance(each, ServerDefault) for each in named) and any(
        isinstance(reference, ServerDefault)
        for each in state.objects.values()
        for written in each.fields.values()
        if not isinstance(written.value, ServerDefault | Once)
        for reference in mentioned(written.value)
    )
