"""Who refers to an object: by reference, in the sharing of others, or in a text that names it.

References are asked for by filters. Where a server takes none (classes without a schema), the whole type is
read. What may not be read is no answer: it is told as a use by somebody unknown, so that nothing is deleted
for want of seeing (facts §17.1).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dhis2cfg.catalogue.policy import policy
from dhis2cfg.catalogue.types import Catalogue, MetadataType, Policy, Shape
from dhis2cfg.dhis2.reads.queries import Selection, field_of, metadata_path, packed, values_at
from dhis2cfg.dhis2.session import Session
from dhis2cfg.model.names import COMBINATIONS, Uid
from dhis2cfg.model.questions import Use

REFUSED = frozenset({400, 403, 409, 500})
"""What a server says to a filter that it does not know, and to a type that may not be read."""

MADE_BY_SERVERS = frozenset({COMBINATIONS})
"""What a server makes of categories and their options, and takes away with them (facts §4.4)."""

OURS = (Policy.OWNED, Policy.MERGED)
SHARED = frozenset({"userGroups"})
"""Whose UIDs stand in the sharing of others."""

TEXTS: Mapping[str, tuple[str, ...]] = {
    "dataEntryForms": ("htmlCode",),
    "indicators": ("numerator", "denominator"),
    "predictors": ("generator.expression", "sampleSkipTest.expression"),
    "programIndicators": ("expression", "filter", "analyticsPeriodBoundaries.boundaryTarget"),
    "programNotificationTemplates": ("messageTemplate", "subjectTemplate"),
    "programRuleActions": ("data", "content"),
    "validationRules": ("leftSide.expression", "rightSide.expression"),
}
"""Texts in which UIDs stand, by type."""

NAMED_IN_TEXTS = frozenset(
    {
        "categoryOptionGroups",
        "constants",
        "dataElements",
        "dataSets",
        "indicators",
        "organisationUnitGroups",
        "programIndicators",
        "programStages",
        "programs",
        "trackedEntityAttributes",
    }
)
"""Types whose UIDs stand in texts."""

VARIABLES = "programRuleVariables"
"""Named in rules by their name, of their own program."""

Wanted = Mapping[str, tuple[Uid, ...]]
Found = dict[tuple[str, Uid], set[Use]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A property path at which a UID can stand; `is_bare`: the UID itself, not an object with it."""

    type: str
    path: str
    is_bare: bool = False

    @property
    def full(self) -> str:
        """The path down to the UID."""
        return self.path if self.is_bare else f"{self.path}.id"


def uses(session: Session, catalogue: Catalogue, wanted: Wanted) -> dict[tuple[str, Uid], tuple[Use, ...]]:
    """(type, UID) → everything that refers to it, in one order; of all that was asked for."""
    found: Found = {(name, uid): set() for name, uids in wanted.items() for uid in uids}
    asker = _Asker(session, catalogue)
    for name, uids in wanted.items():
        for place in places(catalogue, name):
            asker.referring(name, place, uids, found)
        if name in SHARED:
            asker.sharing(name, uids, found)
    if NAMED_IN_TEXTS & set(wanted):
        asker.mentioning({name: wanted[name] for name in wanted if name in NAMED_IN_TEXTS}, found)
    if VARIABLES in wanted:
        asker.naming(wanted[VARIABLES], found)
    return {key: tuple(sorted(several)) for key, several in found.items()}


def places(catalogue: Catalogue, target: str) -> list[Place]:
    """Every place at which objects of a type can be referred to, in one order."""
    found = [
        Place(type=kind.name, path=path, is_bare=is_bare)
        for kind in catalogue.types.values()
        for path, name, is_bare in _pointers(catalogue, kind, ())
        if name == target and kind.name not in MADE_BY_SERVERS
    ]
    return sorted(found, key=lambda each: (each.type, each.path))


def _pointers(
    catalogue: Catalogue, kind: MetadataType, seen: tuple[str, ...]
) -> Iterator[tuple[str, str, bool]]:
    for name, entry in kind.properties.items():
        if not entry.target or policy(catalogue, kind.name, name) not in OURS:
            continue
        if entry.shape in {Shape.CHILD, Shape.CHILDREN}:
            child = None if entry.target in seen else catalogue.embedded.get(entry.target)
            inner = _pointers(catalogue, child, (*seen, entry.target)) if child else ()
            yield from ((f"{name}.{path}", target, bare) for path, target, bare in inner)
        else:
            yield name, entry.target, entry.shape in {Shape.TEXT, Shape.VALUES}


class _Asker:
    """Asks one server, each question once and in small pieces where it must be."""

    def __init__(self, session: Session, catalogue: Catalogue) -> None:
        self._session = session
        self._catalogue = catalogue
        self._refused = False

    def referring(self, name: str, place: Place, uids: tuple[Uid, ...], found: Found) -> None:
        """Objects whose reference at a place is one of these."""
        fields = f"id,name,{field_of(place.full)}"
        rows = self._rows(Selection(type=place.type, path=place.full, values=uids, fields=fields))
        if rows is None:
            rows = self._rows(Selection(type=place.type, path="", values=(), fields=fields))
        if rows is None:
            _unknown(found, name, uids, place.type, place.path)
        for each in rows or ():
            for uid in values_at(each, place.full.split(".")):
                self._note(found, (name, Uid(uid)), place.type, each, place.path)

    def sharing(self, name: str, uids: tuple[Uid, ...], found: Found) -> None:
        """Objects that are shared with a group; a type of which not all came is told as unknown."""
        for kind in self._catalogue.types.values():
            if not kind.shareable:
                continue
            rows = self._rows(Selection(type=kind.name, path="", values=(), fields="id,name,sharing"))
            every = self._rows(Selection(type=kind.name, path="", values=(), fields="id"), plain=True)
            if rows is None or every is None or len(rows) != len(every):
                _unknown(found, name, uids, kind.name, "sharing")
            for each in rows or ():
                for uid in (each.get("sharing") or {}).get(name) or {}:
                    self._note(found, (name, Uid(uid)), kind.name, each, "sharing")

    def mentioning(self, wanted: Wanted, found: Found) -> None:
        """Objects whose texts name one of these."""
        for type_name, properties in TEXTS.items():
            fields = ",".join(["id", "name", *map(field_of, properties)])
            rows = self._rows(Selection(type=type_name, path="", values=(), fields=fields))
            if rows is None:
                for name, uids in wanted.items():
                    _unknown(found, name, uids, type_name, properties[0])
            for each in rows or ():
                for path in properties:
                    text = " ".join(values_at(each, path.split(".")))
                    for key in [(name, uid) for name, uids in wanted.items() for uid in uids]:
                        if key[1] in text and key[1] != each["id"]:
                            self._note(found, key, type_name, each, path, mentions=True)

    def naming(self, uids: tuple[Uid, ...], found: Found) -> None:
        """Rules and actions of its program that name a variable."""
        self._refused = False
        variables = self._selected(VARIABLES, "id", uids, "id,name,program[id]")
        programs = tuple(sorted({each["program"]["id"] for each in variables if each.get("program")}))
        rules = self._selected("programRules", "program.id", programs, "id,name,condition,program[id]")
        ids = tuple(each["id"] for each in rules)
        fields = "id,name,data,content,programRule[id]"
        actions = self._selected("programRuleActions", "programRule.id", ids, fields)
        if self._refused:
            _unknown(found, VARIABLES, uids, "programRules", "condition")
        home = {each["id"]: each["program"]["id"] for each in rules}
        for variable in variables:
            key, name = (VARIABLES, Uid(variable["id"])), f"{{{variable['name']}}}"
            program = (variable.get("program") or {}).get("id")
            for each in rules:
                if each["program"]["id"] == program and name in str(each.get("condition")):
                    self._note(found, key, "programRules", each, "condition", mentions=True)
            for each in actions:
                texts = {path: str(each.get(path) or "") for path in ("data", "content")}
                if home.get(each["programRule"]["id"]) == program:
                    for path in [path for path, text in texts.items() if name in text]:
                        self._note(found, key, "programRuleActions", each, path, mentions=True)

    def _selected(
        self, type_name: str, path: str, values: tuple[str, ...], fields: str
    ) -> list[dict[str, Any]]:
        if not values:
            return []
        rows = self._rows(Selection(type=type_name, path=path, values=values, fields=fields))
        self._refused = self._refused or rows is None
        return rows or []

    def _rows(self, selection: Selection, *, plain: bool = False) -> list[dict[str, Any]] | None:
        """What a selection gives, or None where it is refused; `plain` reads without sharing."""
        rows: list[dict[str, Any]] = []
        for pieces in packed([selection]):
            path = metadata_path(pieces, skip_sharing=plain)
            status, answer = self._session.ask(path, accept=REFUSED)
            if status in REFUSED:
                return None
            rows += (answer or {}).get(selection.type) or []
        return rows

    @staticmethod
    def _note(
        found: Found,
        key: tuple[str, Uid],
        type_name: str,
        each: Mapping[str, Any],
        by: str,
        *,
        mentions: bool = False,
    ) -> None:
        if key in found:
            title = "" if type_name == "users" else str(each.get("name") or "")
            use = Use(type=type_name, uid=Uid(each["id"]), title=title, by=by, mentions=mentions)
            found[key].add(use)


def _unknown(found: Found, name: str, uids: Iterable[Uid], type_name: str, by: str) -> None:
    """Somebody may use them: nobody can see it."""
    for uid in uids:
        found[name, uid].add(Use(type=type_name, uid=Uid(""), title="", by=by))
