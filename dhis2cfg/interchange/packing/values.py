"""Values of DHIS2's JSON → values of a package, by the shape that the catalogue gives their property."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dhis2cfg.catalogue import noise
from dhis2cfg.catalogue.oddities import EmbeddedClass, embedded_class
from dhis2cfg.catalogue.policy import policy
from dhis2cfg.catalogue.types import SCALARS, Catalogue, Policy, Property, Shape
from dhis2cfg.catalogue.uid_texts import UID_TEXTS
from dhis2cfg.expressions import context_of
from dhis2cfg.interchange.bundle import DEFAULTS, Body, Bundle, items, uid_of
from dhis2cfg.interchange.keys import Keys
from dhis2cfg.interchange.packing.combinations import spelled_combination
from dhis2cfg.interchange.packing.formulas import Formulas
from dhis2cfg.model.names import COMBINATIONS, Ref
from dhis2cfg.model.pages import Behind, Yaml, in_order

MINOR_FLAGS = frozenset(
    {
        ("programStageDataElement", "allowFutureDate"),
        ("programStageDataElement", "allowProvidedElsewhere"),
        ("programStageDataElement", "displayInReports"),
        ("programStageDataElement", "renderOptionsAsRadio"),
        ("programStageDataElement", "skipAnalytics"),
        ("programStageDataElement", "skipSynchronization"),
        ("programTrackedEntityAttribute", "allowFutureDate"),
        ("programTrackedEntityAttribute", "renderOptionsAsRadio"),
    }
)
"""Truths of a child that nobody looks at while they are false, which is what the server makes of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a value stands: the object, the type or class that has it, and the way to it."""

    ref: Ref
    owner: str
    klass: str = ""
    prefix: str = ""

    @property
    def holder(self) -> str:
        """The type or class whose property it is."""
        return self.klass or self.owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """Writes values; an `empty` one is left out, for it says nothing."""

    catalogue: Catalogue
    bundle: Bundle
    keys: Keys
    formulas: Formulas

    def written(self, prop: Property, value: Any, spot: Spot) -> Yaml:
        """One value; None where there is nothing to write."""
        if value is None or value in ("", [], {}):
            return None
        if prop.shape in SCALARS:
            return self._scalar(prop, value, spot)
        match prop.shape:
            case Shape.REFERENCE:
                return self._reference(prop.target, uid_of(value), spot.ref)
            case Shape.REFERENCES:
                return self._references(prop, value, spot)
            case Shape.VALUES:
                return self._values(prop, value, spot)
            case Shape.CHILD if isinstance(value, dict):
                return self._child(prop, value, spot)
            case Shape.CHILDREN:
                return self._children(prop, items(value), spot)
            case _:
                return plain(value)

    def text(self, name: str, text: str, spot: Spot) -> str | Behind:
        """A text, with keys where it holds references."""
        context = context_of(spot.owner, f"{spot.prefix}{name}")
        return text if context is None else self.formulas.spelled(text, context, spot.ref)

    def _scalar(self, prop: Property, value: Any, spot: Spot) -> Yaml:
        meant = UID_TEXTS.get((spot.holder, prop.name), prop.target)
        if meant:
            return self._reference(meant, str(value), spot.ref)
        match prop.shape:
            case Shape.BOOLEAN | Shape.INTEGER | Shape.NUMBER:
                return canonical(value)
            case Shape.DATE:
                return str(value).removesuffix("T00:00:00.000")
            case _:
                return self.text(prop.name, str(value), spot)

    def _reference(self, target: str, uid: str, near: Ref) -> str:
        """A key, `default`, or `id:UID` for what stands outside."""
        ref = self.keys.ref(target, uid)
        if ref is not None:
            return self.keys.spelled(ref, near)
        if uid in self.bundle.defaults and target in DEFAULTS:
            return "default"
        if target == COMBINATIONS:
            return spelled_combination(self.bundle, self.keys, uid, near) or f"id:{uid}"
        return f"id:{uid}"

    def _references(self, prop: Property, value: Any, spot: Spot) -> Yaml:
        spelled = (self._reference(prop.target, uid_of(each), spot.ref) for each in items(value))
        found = list(dict.fromkeys(spelled))
        return [*(found if prop.ordered else sorted(found))] or None

    def _values(self, prop: Property, value: Any, spot: Spot) -> Yaml:
        listed = [each for each in (value if isinstance(value, list) else [value]) if each is not None]
        meant = UID_TEXTS.get((spot.holder, prop.name), prop.target)
        if meant:
            return [self._reference(meant, str(each), spot.ref) for each in listed]
        written: list[Yaml] = [canonical(each) for each in listed]
        return written if prop.ordered else sorted(written, key=str)

    def _child(self, prop: Property, value: Body, spot: Spot) -> Yaml:
        kind = self.catalogue.embedded[prop.target]
        inner = Spot(ref=spot.ref, owner=spot.owner, klass=kind.name, prefix=f"{spot.prefix}{prop.name}.")
        return self.fields(value, inner) or None

    def _children(self, prop: Property, children: list[Body], spot: Spot) -> Yaml:
        kind = self.catalogue.embedded[prop.target]
        row = embedded_class(kind.name)
        inner = Spot(ref=spot.ref, owner=kind.name, klass=kind.name)
        by = _natural_reference(row, kind.properties)
        if by is not None:
            return self._keyed(by, _ordered(row, children), inner)
        written = [self._listed(row, each, inner) for each in _ordered(row, children)]
        if row is not None and not row.order:
            written.sort(key=lambda each: [_comparable(each.get(name)) for name in row.natural_key])
        return [*written]

    def _keyed(self, by: Property, children: list[Body], spot: Spot) -> Yaml:
        """Children that are known by what they refer to; a list where there is no more to say of any."""
        keyed: dict[str, Yaml] = {}
        for child in children:
            key = self._reference(by.target, uid_of(child.get(by.name)), spot.ref)
            rest = {name: value for name, value in child.items() if name != by.name}
            keyed[str(key)] = self.fields(rest, spot)
        row = embedded_class(spot.klass)
        ordered = keyed if row is not None and row.order else dict(sorted(keyed.items()))
        return [*ordered] if not any(ordered.values()) else ordered

    def _listed(self, row: EmbeddedClass | None, child: Body, spot: Spot) -> dict[str, Yaml]:
        """A child of a list; its id is kept only where nothing else tells it from others."""
        fields = self.fields(child, spot)
        if row is not None and row.has_id and not row.natural_key and isinstance(child.get("id"), str):
            return {"id": child["id"], **fields}
        return fields

    def fields(self, body: Body, spot: Spot) -> dict[str, Yaml]:
        """The properties of an embedded object that a package holds, by name."""
        return in_order(sorted(self._fields(body, spot)))

    def _fields(self, body: Body, spot: Spot) -> Iterator[tuple[str, Yaml]]:
        kind = self.catalogue.embedded[spot.klass]
        is_content = kind.name in noise.ID_IS_CONTENT
        for name, value in body.items():
            prop = kind.properties.get(name)
            if prop is None or (name == "id" and not is_content):
                continue
            if value is False and (kind.name, name) in MINOR_FLAGS:
                continue
            if policy(self.catalogue, kind.name, name, body) not in (Policy.OWNED, Policy.MERGED):
                continue
            written = self.written(prop, value, spot)
            if written is not None:
                yield name, written


def _natural_reference(row: EmbeddedClass | None, properties: Any) -> Property | None:
    if row is None or len(row.natural_key) != 1:
        return None
    prop: Property | None = properties.get(row.natural_key[0])
    return prop if prop is not None and prop.shape is Shape.REFERENCE else None


def _ordered(row: EmbeddedClass | None, children: list[Body]) -> list[Body]:
    """Children by the number that says their order."""
    if row is None or row.order in ("", "list"):
        return children
    numbered = enumerate(children)
    ranked = sorted(numbered, key=lambda pair: (_rank(pair[1].get(row.order), pair[0]), pair[0]))
    return [child for _, child in ranked]


def _rank(number: Any, position: int) -> float:
    return float(number) if isinstance(number, int | float) else float(position)


def _comparable(value: Yaml) -> tuple[bool, float, str]:
    """Numbers by what they are, before everything else by its text."""
    is_number = isinstance(value, int | float)
    return not is_number, float(value) if isinstance(value, int | float) else 0.0, str(value)


def canonical(value: Any) -> Yaml:
    """A number without a needless fraction; anything else as it is."""
    plainly: Yaml = int(value) if isinstance(value, float) and value.is_integer() else value
    return plainly


def plain(value: Any) -> Yaml:
    """JSON that no schema describes, as it is, without what is empty."""
    if isinstance(value, dict):
        kept = {str(name): plain(inner) for name, inner in value.items()}
        return {name: inner for name, inner in sorted(kept.items()) if inner not in (None, "", [], {})}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return canonical(value)
