"""What an import works on: objects by type and UID, and an account of all that is not taken over."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.names import Uid
from dhis2cfg.model.places import Place

Body: TypeAlias = dict[str, Any]
"""One object, or an embedded child, as DHIS2 writes it."""

OF_LEFT_OBJECTS = "of objects that are left out"

DEFAULTS = frozenset({"categories", "categoryCombos", "categoryOptionCombos", "categoryOptions"})
"""Types of which every server has an object called `default` (facts §4.3)."""


@dataclass(slots=True, kw_only=True)
class Account:
    """Numbers of one import: what came in, what was taken over, and why the rest was not.

    `left_parts` are translations and references inside properties that are taken over otherwise.
    """

    objects: int = 0
    properties: int = 0
    taken_objects: int = 0
    taken: int = 0
    left: Counter[str] = field(default_factory=Counter)
    left_objects: Counter[str] = field(default_factory=Counter)
    left_parts: Counter[str] = field(default_factory=Counter)
    mended: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True, kw_only=True)
class Bundle:
    """The objects of one source, changed step by step on their way into a package.

    `came_with` are the properties that each object had in the source, `defaults` the UIDs of its default
    dimension; `combinations` are its option combinations, which stay behind: UID → the UIDs of the category
    combination and of the options. `foreign` are UIDs of objects that are not here and are known to exist on
    the server that the package is for.
    """

    file: str
    objects: dict[str, dict[Uid, Body]] = field(default_factory=dict)
    provenance: Body = field(default_factory=dict)
    defaults: set[str] = field(default_factory=set)
    combinations: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    foreign: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    account: Account = field(default_factory=Account)
    came_with: dict[Uid, tuple[str, ...]] = field(default_factory=dict)

    def of(self, type_name: str) -> dict[Uid, Body]:
        """The objects of a type."""
        return self.objects.get(type_name, {})

    def all(self) -> Iterator[tuple[str, Uid, Body]]:
        """Every object, with its type and UID."""
        for type_name, objects in self.objects.items():
            for uid, body in objects.items():
                yield type_name, uid, body

    def has(self, type_name: str, uid: object) -> bool:
        """Whether an object of this type is here."""
        return uid in self.objects.get(type_name, {})

    def drop(self, type_name: str, uid: Uid, why: str) -> None:
        """Leave out an object, and keep account of it."""
        del self.objects[type_name][uid]
        self.account.left[OF_LEFT_OBJECTS] += len(self.came_with[uid])
        self.account.left_objects[why] += 1

    def mended(self, rule: str, type_name: str, uid: str, message: str) -> None:
        """A mending, said out loud."""
        self.account.mended[rule] += 1
        name = name_of(self.of(type_name).get(Uid(uid), {}))
        what = f"{type_name}/{uid}{f' ({name})' if name else ''}"
        self.say(rule, f"{what}: {message}", Severity.INFO)

    def say(
        self, rule: str, message: str, severity: Severity = Severity.ERROR, following: str = "nothing to do"
    ) -> None:
        """A finding about the source."""
        self.findings.append(
            Finding(
                rule=rule,
                message=message,
                place=Place(file=self.file),
                severity=severity,
                following=following,
            )
        )


def uid_of(value: Any) -> str:
    """The UID that a reference on the wire names, or nothing."""
    found = value.get("id") if isinstance(value, dict) else value
    return found if isinstance(found, str) else ""


def name_of(body: Body) -> str:
    """What people call an object."""
    found = body.get("name") or body.get("code")
    return found if isinstance(found, str) else ""


def items(value: Any) -> list[Body]:
    """The objects of a list; nothing of what is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
