"""The YAML parser behind one small value, its events as offsets and texts; the C parser where it is built."""

from collections.abc import Iterator
from enum import Enum
from typing import Any, NamedTuple

import yaml

Loader: Any = getattr(yaml, "CLoader", yaml.Loader)
"""Only its scanner and parser are used; no object is ever constructed."""


class Kind(Enum):
    """What an event is; the ends of streams and documents are left out."""

    DOCUMENT = "document"
    SCALAR = "scalar"
    ALIAS = "alias"
    SEQUENCE = "sequence"
    MAPPING = "mapping"
    END = "end"


_KINDS = {
    yaml.DocumentStartEvent: Kind.DOCUMENT,
    yaml.ScalarEvent: Kind.SCALAR,
    yaml.AliasEvent: Kind.ALIAS,
    yaml.SequenceStartEvent: Kind.SEQUENCE,
    yaml.MappingStartEvent: Kind.MAPPING,
    yaml.SequenceEndEvent: Kind.END,
    yaml.MappingEndEvent: Kind.END,
}


class Event(NamedTuple):
    """One event; `start` and `end` count characters, `style` is the opening sign of a scalar or empty.

    A tuple, because a file has a hundred thousand of them and a frozen dataclass is made four times slower.
    """

    kind: Kind
    start: int
    end: int
    anchor: str = ""
    tag: str = ""
    text: str = ""
    style: str = ""


def events(text: str) -> Iterator[Event]:
    """The events of a text, in order; what is no YAML raises `yaml.YAMLError` where it stands."""
    event: Any
    for event in yaml.parse(text, Loader=Loader):
        kind = _KINDS.get(type(event))
        if kind is None:
            continue
        start, end = event.start_mark.index, event.end_mark.index
        if kind is Kind.SCALAR:
            yield Event(kind, start, end, event.anchor or "", event.tag or "", event.value, event.style or "")
        else:
            tag = getattr(event, "tag", None) or ""
            yield Event(kind, start, end, getattr(event, "anchor", None) or "", tag)
