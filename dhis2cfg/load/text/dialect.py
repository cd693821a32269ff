"""The YAML parser behind one small value, its events as offsets and texts; the C parser where it is built."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event; `start` and `end` count characters, `style` is the opening sign of a scalar or empty."""

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
        if kind is not None:
            yield Event(
                kind=kind,
                start=event.start_mark.index,
                end=event.end_mark.index,
                anchor=getattr(event, "anchor", None) or "",
                tag=getattr(event, "tag", None) or "",
                text=getattr(event, "value", None) or "",
                style=getattr(event, "style", None) or "",
            )
