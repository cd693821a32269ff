"""One error of one object of an import, and what a check gives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dhis2cfg.sandbox.checks.bundle import Item
from dhis2cfg.sandbox.store.session import Body


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """`properties` are what the message names, `more` further keys of the report.

    `is_nameless`: a report of such errors alone does not say which object it is about.
    """

    code: str
    message: str
    klass: str
    properties: tuple[Any, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)
    is_nameless: bool = False

    def to_json(self) -> Body:
        """As the server writes it."""
        return {
            "message": self.message,
            "args": [None if value is None else str(value) for value in self.properties],
            "mainKlass": self.klass,
            "errorCode": self.code,
            "errorProperties": list(self.properties),
            **self.more,
        }


Found = Iterable[tuple[Item, list[Problem]]]
