"""What planning must know of a server, asked as values, and what came back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dhis2cfg.model.names import Uid

Live = Mapping[str, Any]
"""One object as the server tells it (`:owner` and the fields that `:owner` forgets), DHIS2 JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountQuestion:
    """How many data hold something: `kind` names the request that `dhis2.counters` makes."""

    kind: str
    arguments: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, order=True)
class SettingName:
    """A value beside metadata by its name: `systemSettings` and a key, `dataStore` and `NAMESPACE/KEY`.

    `locale`: the text of a setting in that locale; empty for the value itself.
    """

    type: str
    path: str
    locale: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Use:
    """An object that refers to another one: its type, UID and name; `by` is the path of the reference.

    `mentions`: it does not refer, its text at `by` names the other's UID or, of a rule variable, its name.
    """

    type: str
    uid: Uid
    title: str
    by: str
    mentions: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """One round of questions. Empty: planning knows enough.

    `objects`: type → UIDs to read whole. `by`: (type, property) → values; answered with all objects that have
    one of them. `usernames`: to be found as users. `counts`: data touched. `defaults`: whether the default
    category objects are wanted. `settings`: values beside metadata. `secrets`: names of secrets, whether they
    are there. `uses`: type → UIDs of which it is asked who refers to them.
    """

    objects: Mapping[str, tuple[Uid, ...]] = field(default_factory=dict)
    by: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    usernames: tuple[str, ...] = ()
    counts: tuple[CountQuestion, ...] = ()
    defaults: bool = False
    settings: tuple[SettingName, ...] = ()
    secrets: tuple[str, ...] = ()
    uses: Mapping[str, tuple[Uid, ...]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        asked = self.objects or self.by or self.usernames or self.counts or self.settings or self.uses
        return not (asked or self.defaults or self.secrets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Everything learnt so far, over all rounds.

    `objects`: type → UID → live object, or None where the server holds no such object (counted: it was asked
    for twice). `hidden`: objects that exist and may not be read. `by`: (type, property, value) → UIDs found.
    `users`: username → UID, None where there is no such user; `names`: UID → username, of whom is named as
    `lastUpdatedBy`. `defaults`: category type → UID of the server's `default`. `settings`: what stands of
    settings (a default, where nobody set it) and data store entries, None where there is no entry or text;
    `untold`: names that the server does not know, or whose value it does not tell this account. `secrets`:
    name → a short digest, None where there is none. `uses`: by (type, UID), who refers to an object.
    """

    objects: Mapping[str, Mapping[Uid, Live | None]] = field(default_factory=dict)
    hidden: frozenset[tuple[str, Uid]] = frozenset()
    by: Mapping[tuple[str, str, str], tuple[Uid, ...]] = field(default_factory=dict)
    users: Mapping[str, Uid | None] = field(default_factory=dict)
    counts: Mapping[CountQuestion, int | None] = field(default_factory=dict)
    defaults: Mapping[str, Uid] = field(default_factory=dict)
    settings: Mapping[SettingName, Any] = field(default_factory=dict)
    untold: frozenset[SettingName] = frozenset()
    secrets: Mapping[str, str | None] = field(default_factory=dict)
    uses: Mapping[tuple[str, Uid], tuple[Use, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who we are on a server, and what we may do; `roles` are those that give it, each with what it gives."""

    uid: Uid
    username: str
    authorities: frozenset[str]
    roles: Mapping[Uid, frozenset[str]] = field(default_factory=dict)

    @property
    def may_everything(self) -> bool:
        """Whether the account holds `ALL`."""
        return "ALL" in self.authorities


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerFacts:
    """What a server says of itself: version, time (ISO, server's own zone), and the locales it offers.

    `database_locale` is `keyDbLocale`, empty where unset; `locales` is `/api/locales/db`; `digest` is of its
    types and properties, empty where not asked.
    """

    version: str
    revision: str
    time: str
    locales: tuple[str, ...]
    database_locale: str
    account: Account
    is_sandbox: bool = False
    system_id: str = ""

    @property
    def minor(self) -> str:
        """`2.42` of `2.42.5.2-SNAPSHOT`: which catalogue fits."""
        head = self.version.split("-", 1)[0].split(".")
        return ".".join(head[:2])


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportProblem:
    """One error of an import report."""

    type: str
    uid: str
    code: str
    message: str
    property: str = ""
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """DHIS2's answer to POST /api/metadata, flattened; `ok` is a 2xx whose inner status is OK.

    `committed` is True where something was written although the answer is not OK (facts §1.3), None where
    nobody knows: the connection went, or the server answered 5xx.
    """

    ok: bool
    stats: Mapping[str, int]
    errors: tuple[ImportProblem, ...] = ()
    message: str = ""
    committed: bool | None = False
    http_status: int = 0
