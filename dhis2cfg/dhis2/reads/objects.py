"""Counted reads: every object that was asked for came back, or is known to be absent, or to be unreadable.

References to the server's own default categories are read, and left out where an object itself holds them:
there a default left out becomes the default again. DHIS2's `defaults=EXCLUDE` leaves them out of children
too, where nothing is not the default: a data set element that overrides its element's combination with the
default would lose that when it is sent back (facts §4.3).

Whole objects are never asked for twice in the same words. A server that heard a question before answers from
its caches, and those may hold an object as it was in the middle of an import: a rule's action without its
rule, for minutes (seen on 2.41 and 2.42 where rule and action are new in one call). A question that is new
to it is answered from the database.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from dhis2cfg.catalogue.types import Catalogue, MetadataType, Shape
from dhis2cfg.dhis2.reads.queries import Selection, metadata_path, packed
from dhis2cfg.dhis2.session import Session
from dhis2cfg.errors import NotSupported
from dhis2cfg.model.names import Uid
from dhis2cfg.model.questions import Live
from dhis2cfg.wire.secrets import without_secrets
from dhis2cfg.wire.settling import settled

AT_ONCE = 2
MAY_NOT_READ = frozenset({403, 409})
BROKEN = 500
NO_GIST = frozenset({400, 403, 404, 405, 409, BROKEN, 501})
GISTS_AT_ONCE = 100
DEFAULT_TYPES = ("categories", "categoryCombos", "categoryOptionCombos", "categoryOptions")

Found = dict[str, dict[Uid, Live]]
Wanted = Mapping[str, tuple[Uid, ...]]


def a_stranger() -> str:
    """An id that no object has: UIDs begin with a letter."""
    return f"0{secrets.token_hex(5)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What came of one round: objects, None for the absent, and for the `hidden`, which are there unread."""

    objects: Mapping[str, Mapping[Uid, Live | None]]
    hidden: frozenset[tuple[str, Uid]]


class Reader:
    """Reads objects of one server by id; two requests at once (facts §17, reading state)."""

    def __init__(self, session: Session, catalogue: Catalogue) -> None:
        self._session = session
        self._catalogue = catalogue

    def read(self, wanted: Wanted, defaults: Callable[[], Mapping[str, Uid]]) -> Read:
        """The objects, counted: what did not come is asked for by id alone, and once more where it is there.

        One object with a deleted group in its sharing cuts off the rest of its type with 200 (facts §17.1),
        or all with 500 (seen on 2.41); `skipSharing` still lists it, and its sharing is told by the gist,
        which names nobody. What is there and never comes is hidden.
        """
        found, refused = self._select(wanted, self._fields, whole=True)
        missing = _without(wanted, found, refused)
        there, _ = self._select(missing, _identity, whole=False)
        hidden = set(refused)
        for type_name, uids in there.items():
            found[type_name].update(self._around_sharing(type_name, tuple(uids)))
            rest = tuple(uid for uid in uids if uid not in found[type_name])
            hidden.update(self._recover(type_name, rest, found) if rest else ())
        kept = self._settled(self._without_defaults(found, defaults))
        objects = {
            type_name: {uid: kept[type_name].get(uid) for uid in uids} for type_name, uids in wanted.items()
        }
        return Read(objects=objects, hidden=frozenset(hidden))

    def select(self, selections: Iterable[Selection], *, skip_sharing: bool) -> dict[str, list[Any]]:
        """All objects that the selections give, by type; refusals raise."""
        for selection in selections:
            self.known(selection.type)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            paths = [metadata_path(read, skip_sharing=skip_sharing) for read in packed(selections)]
            got: dict[str, list[Any]] = {}
            for answer in pool.map(self._session.get, paths):
                for type_name, objects in _lists(answer).items():
                    got.setdefault(type_name, []).extend(objects)
        return got

    def known(self, type_name: str) -> MetadataType:
        """The type in this version's catalogue; a name that a server does not know exports all it has."""
        found = self._catalogue.types.get(type_name)
        if found is None:
            raise NotSupported(f"{type_name} on DHIS2 {self._catalogue.version}, which has no such type")
        return found

    def _fields(self, type_name: str) -> str:
        """`:owner`, and what `:owner` forgets because the schema calls it otherwise (facts §2.3)."""
        forgotten = [each.name for each in self.known(type_name).properties.values() if each.schema_name]
        return ",".join([":owner", *sorted(forgotten)])

    def _select(
        self, wanted: Wanted, fields: Callable[[str], str], *, whole: bool, skip_sharing: bool = False
    ) -> tuple[Found, set[tuple[str, Uid]]]:
        """Objects by id, and what is refused; `whole` ones in new words, others without sharing."""
        stranger = a_stranger() if whole else ""
        selections = [
            Selection(type=name, path="id", values=uids, fields=fields(name), stranger=stranger)
            for name, uids in sorted(wanted.items())
            if uids
        ]
        found: Found = {name: {} for name in wanted}
        refused: set[tuple[str, Uid]] = set()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            reads = packed(selections)
            for got, not_allowed in pool.map(
                lambda read: self._one_read(read, skip_sharing=skip_sharing or not whole), reads
            ):
                refused.update(not_allowed)
                for type_name, objects in got.items():
                    found.setdefault(type_name, {}).update({each["id"]: each for each in objects})
        return found, refused

    def _one_read(
        self, selections: tuple[Selection, ...], *, skip_sharing: bool
    ) -> tuple[dict[str, list[Any]], set[tuple[str, Uid]]]:
        """One request; where it is refused, one for each type, so that a type makes only its own unknown."""
        path = metadata_path(selections, skip_sharing=skip_sharing)
        accept = MAY_NOT_READ if skip_sharing else MAY_NOT_READ | {BROKEN}
        status, answer = self._session.ask(path, accept=accept)
        if status == BROKEN:
            return {}, set()
        if status not in MAY_NOT_READ:
            return _lists(answer), set()
        if len(selections) == 1:
            return {}, {(selections[0].type, Uid(uid)) for uid in selections[0].values}
        got: dict[str, list[Any]] = {}
        refused: set[tuple[str, Uid]] = set()
        for selection in selections:
            more, not_allowed = self._one_read((selection,), skip_sharing=skip_sharing)
            got.update(more)
            refused.update(not_allowed)
        return got, refused

    def _around_sharing(self, type_name: str, uids: tuple[Uid, ...]) -> dict[Uid, Live]:
        """What is known to be there, read without its sharing, and its sharing apart."""
        if not self.known(type_name).shareable:
            return {}
        sharing: dict[Uid, Any] = {}
        for start in range(0, len(uids), GISTS_AT_ONCE):
            listed = ",".join(uids[start : start + GISTS_AT_ONCE])
            query = f"filter=id:in:%5B{listed}%5D&fields=id,sharing&pageSize={GISTS_AT_ONCE}"
            status, answer = self._session.ask(f"/api/{type_name}/gist?{query}", accept=NO_GIST)
            rows = [] if status in NO_GIST else (answer or {}).get(type_name) or []
            sharing.update({Uid(row["id"]): row["sharing"] for row in rows if row.get("sharing")})
        got, _ = self._select({type_name: tuple(sharing)}, self._fields, whole=True, skip_sharing=True)
        return {uid: {**live, "sharing": sharing[uid]} for uid, live in got[type_name].items()}

    def _recover(self, type_name: str, uids: tuple[Uid, ...], found: Found) -> set[tuple[str, Uid]]:
        """Read what is known to be there in ever smaller parts; gives what never comes, adds the rest."""
        got, _ = self._select({type_name: uids}, self._fields, whole=True)
        found[type_name].update(got[type_name])
        rest = tuple(uid for uid in uids if uid not in got[type_name])
        if len(uids) == 1 or not rest:
            return {(type_name, uid) for uid in rest}
        half = (len(rest) + 1) // 2
        parts = [part for part in (rest[:half], rest[half:]) if part]
        return {each for part in parts for each in self._recover(type_name, part, found)}

    def _without_defaults(self, found: Found, defaults: Callable[[], Mapping[str, Uid]]) -> Found:
        """The objects without references of their own to the server's defaults."""
        kept: Found = {}
        for type_name, objects in found.items():
            names = [
                (each.name, each.target)
                for each in self.known(type_name).properties.values()
                if each.shape is Shape.REFERENCE and each.target in DEFAULT_TYPES
            ]
            own = {name: {"id": defaults().get(target)} for name, target in names} if objects else {}
            kept[type_name] = {
                uid: {
                    name: value
                    for name, value in live.items()
                    if name not in own or not _is(value, own[name])
                }
                for uid, live in objects.items()
            }
        return kept

    def _settled(self, found: Found) -> Found:
        """The same objects with their sets in one order."""
        return {
            type_name: {
                uid: settled(self._catalogue, type_name, without_secrets(type_name, live))
                for uid, live in objects.items()
            }
            for type_name, objects in found.items()
        }


def _is(value: Any, default: Mapping[str, Any]) -> bool:
    return isinstance(value, dict) and value.get("id") == default["id"]


def _identity(_type_name: str) -> str:
    return "id"


def _without(wanted: Wanted, found: Found, refused: set[tuple[str, Uid]]) -> dict[str, tuple[Uid, ...]]:
    missing = {
        name: tuple(uid for uid in uids if uid not in found[name] and (name, uid) not in refused)
        for name, uids in wanted.items()
    }
    return {name: uids for name, uids in missing.items() if uids}


def _lists(answer: Any) -> dict[str, list[Any]]:
    """The lists of an export; an empty answer has none, and `system` is none."""
    return {name: value for name, value in (answer or {}).items() if isinstance(value, list)}
