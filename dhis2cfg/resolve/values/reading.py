"""One property as written → its value, by the shape that the catalogue gives it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from dhis2cfg.catalogue.noise import ID_IS_CONTENT, is_opaque
from dhis2cfg.catalogue.oddities import embedded_class
from dhis2cfg.catalogue.types import MetadataType, Property, Shape
from dhis2cfg.expressions import Context, context_of
from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.names import Ref, Reference, Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import (
    Attributes,
    Child,
    Field,
    Formula,
    Keep,
    Once,
    Opaque,
    Origin,
    Secret,
    Text,
    Value,
)
from dhis2cfg.model.tree import Atom
from dhis2cfg.resolve.nodes import Mistyped, entries_of, is_null, plain_json, text_of, typed
from dhis2cfg.resolve.objects.scope import Scope
from dhis2cfg.resolve.values.children import child_key, natural_reference
from dhis2cfg.resolve.values.formulas import formula
from dhis2cfg.resolve.values.sharing import read_sharing
from dhis2cfg.resolve.values.texts import Languages, locale_nodes, missing_locales


@dataclass(frozen=True, slots=True)
class Unread:
    """A value that could not be read; the findings say why, and the property is left out."""


Read: TypeAlias = Value | Unread


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a property stands: the type or embedded class that has it, the object, a dotted prefix."""

    owner: str
    ref: Ref
    prefix: str = ""

    def context(self, name: str) -> Context | None:
        """The expression language of a property, if it holds one."""
        return context_of(self.owner, f"{self.prefix}{name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads the properties of one package's objects, or of one municipality's.

    `origins` maps a file to the origin of what is written there; `unchecked` files need no required language.
    """

    scope: Scope
    languages: Languages
    profiles: Mapping[str, tree.Mapping] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)

    def field(self, prop: Property, node: tree.Node, spot: Spot) -> Field | None:
        """A property with its place and origin; None where it could not be read."""
        value = self.value(prop, node, spot)
        if isinstance(value, Unread):
            return None
        origin = self.origins.get(node.place.file, Origin.WRITTEN)
        return Field(value=value, place=node.place, origin=origin)

    def value(self, prop: Property, node: tree.Node, spot: Spot) -> Read:
        """The value of a property."""
        if isinstance(node, tree.Tagged):
            return self._tagged(prop, node, spot)
        if is_null(node):
            return None
        if prop.shape in _ATOMS:
            return self._atom(prop, node, spot)
        match prop.shape:
            case Shape.REFERENCE:
                found = self.scope.read(node, prop.target, spot.ref)
                return Unread() if found is None else found
            case Shape.REFERENCES:
                return self._references(prop, node, spot)
            case Shape.CHILD:
                return self._child(prop, node, spot)
            case Shape.CHILDREN:
                return self._children(prop, node, spot)
            case Shape.VALUES:
                return self._values(prop, node)
            case Shape.SHARING:
                sharing = read_sharing(node, spot.owner, self.profiles, self.scope)
                return Unread() if sharing is None else sharing
            case Shape.ATTRIBUTE_VALUES:
                return self._attributes(prop, node)
            case Shape.TRANSLATIONS:
                return self._wrong(node.place, "translations cannot be written", "write texts per locale")
            case _:
                return Opaque(json=plain_json(node))

    def _wrong(self, place: Place, message: str, following: str) -> Unread:
        self.scope.findings.append(
            Finding(rule="wrong-form", message=message, place=place, label=following, following=following)
        )
        return Unread()

    def _tagged(self, prop: Property, node: tree.Tagged, spot: Spot) -> Read:
        """What a tag makes of the value behind it."""
        match node.tag.removeprefix("!"):
            case "once":
                value = self.value(prop, node.value, spot)
                return value if isinstance(value, Unread) else Once(value=value)
            case "keep":
                return Keep()
            case "secret":
                return Secret(name=text_of(node.value) or "")
            case "raw":
                return self._raw(prop, node)
            case _:
                return self.value(prop, node.value, spot)

    def _raw(self, prop: Property, node: tree.Tagged) -> Read:
        """A text that is passed on untouched."""
        self.scope.findings.append(
            Finding(
                rule="raw-text",
                message=f"{prop.name} is passed on untouched",
                place=node.place,
                severity=Severity.INFO,
                label="keys in it are not looked up, nor checked",
                following="leave !raw out where the text can be read",
            )
        )
        text = text_of(node.value)
        return Text(base=text, locale=self.languages.base) if prop.translation_key else text

    def _atom(self, prop: Property, node: tree.Node, spot: Spot) -> Read:
        """A scalar; a translatable one with its languages."""
        if prop.translation_key and prop.shape is Shape.TEXT:
            return self._text(prop, node, spot)
        if not isinstance(node, tree.Scalar):
            return self._wrong(node.place, f"{prop.name} is one value", f"write {prop.name}: …")
        context = spot.context(prop.name)
        if context is not None:
            return formula(node, context, self.scope, spot.ref)
        return self.scalar(prop, node)

    def scalar(self, prop: Property, node: tree.Scalar) -> Atom | Unread:
        """A scalar as its property takes it; what was made here, and so not typed by `load`, is checked."""
        value = typed(node.text, prop.shape)
        if not isinstance(value, Mistyped):
            return value
        if node.made:
            self._wrong(node.place, f"'{node.text}' is no value for {prop.name}", f"wanted: {value.wanted}")
        return Unread()

    def _text(self, prop: Property, node: tree.Node, spot: Spot) -> Read:
        """A translatable text."""
        what = f"{prop.name} of {spot.ref}"
        nodes = locale_nodes(node, what, self.languages, self.scope.findings)
        words = {
            locale: said
            for locale, each in nodes.items()
            if (said := self._words(prop, each, spot)) is not None
        }
        base = words.pop(self.languages.base, None)
        return Text(base=base, locale=self.languages.base, locales=words)

    def _words(self, prop: Property, node: tree.Node, spot: Spot) -> str | Formula | None:
        """One locale's text."""
        inner = node.value if isinstance(node, tree.Tagged) else node
        if not isinstance(inner, tree.Scalar):
            self._wrong(node.place, f"{prop.name} is a text", "write one text per locale")
            return None
        context = spot.context(prop.name)
        if inner.value is None or inner is not node or context is None:
            return text_of(inner)
        return formula(inner, context, self.scope, spot.ref)

    def check_languages(self, name: str, value: Value, ref: Ref, place: Place) -> None:
        """A finding for each required language that a text lacks; texts of a municipality need none."""
        text = value.value if isinstance(value, Once) else value
        if isinstance(text, Text) and self.origins.get(place.file) is not Origin.MUNICIPALITY:
            found = missing_locales(text, f"{name} of {ref}", self.languages, place)
            self.scope.findings.extend(found)

    def _references(self, prop: Property, node: tree.Node, spot: Spot) -> Read:
        """A list of keys."""
        if not isinstance(node, tree.Sequence):
            return self._wrong(node.place, f"{prop.name} is a list of keys", "write [KEY, KEY]")
        read = [self.scope.read(item, prop.target, spot.ref) for item in node.items]
        found: list[Reference] = []
        for item, reference in zip(node.items, read, strict=True):
            if reference in found:
                self._wrong(item.place, f"{reference} stands twice in {prop.name}", "write it once")
            elif reference is not None:
                found.append(reference)
        return tuple(found)

    def _values(self, prop: Property, node: tree.Node) -> Read:
        """A list of scalars; one alone may stand without brackets."""
        items = node.items if isinstance(node, tree.Sequence) else (node,)
        inner = Property(name=prop.name, shape=prop.item or Shape.TEXT)
        values: list[Atom] = []
        for item in items:
            if not isinstance(item, tree.Scalar):
                return self._wrong(item.place, f"{prop.name} is a list of values", "write [A, B]")
            value = self.scalar(inner, item)
            if not isinstance(value, Unread):
                values.append(value)
        return tuple(values)

    def _attributes(self, prop: Property, node: tree.Node) -> Read:
        """Metadata attribute values by the attribute's key."""
        if not isinstance(node, tree.Mapping):
            return self._wrong(node.place, f"{prop.name} is a mapping", "write {ATTRIBUTE: value}")
        values: dict[Reference, str] = {}
        for entry in node.entries:
            found = self.scope.find(entry.key, "attributes", entry.key_place, None)
            if found is not None:
                values[found] = text_of(entry.value) or ""
        return Attributes(values=values)

    def _child(self, prop: Property, node: tree.Node, spot: Spot) -> Read:
        """One embedded object."""
        kind = self.scope.catalogue.embedded.get(prop.target)
        if kind is None:
            return Opaque(json=plain_json(node))
        if not isinstance(node, tree.Mapping):
            return self._wrong(node.place, f"{prop.name} is a mapping", f"write {prop.name}: {{…}}")
        inner = Spot(owner=spot.owner, ref=spot.ref, prefix=f"{spot.prefix}{prop.name}.")
        return Child(key="", fields=self._fields(kind, node, inner), place=node.place)

    def _children(self, prop: Property, node: tree.Node, spot: Spot) -> Read:
        """Embedded children: keyed by what they refer to, or by keys of one's choice, or a list in order."""
        kind = self.scope.catalogue.embedded.get(prop.target)
        if kind is None:
            return Opaque(json=plain_json(node))
        inner = Spot(owner=kind.name, ref=spot.ref)
        keyed = [(entry.key, entry.key_place, entry.value) for entry in entries_of(node)]
        if isinstance(node, tree.Sequence):
            keyed = [("", item.place, item) for item in node.items]
        elif not isinstance(node, tree.Mapping):
            return self._wrong(node.place, f"{prop.name} is a list or a mapping", "give each child a line")
        reference = natural_reference(kind)
        counts: Counter[str] = Counter()
        children: list[Child] = []
        for key, place, value in keyed:
            child = (
                self._by_reference(reference, kind, key, place, value, inner)
                if reference
                else self._by_key(kind, key, place, value, inner)
            )
            if child is None:
                continue
            counts[child.key] += 1
            if counts[child.key] > 1 and reference:
                self._wrong(place, f"{child.key} stands twice in {prop.name}", "write it once")
                continue
            children.append(child if counts[child.key] == 1 else _numbered(child, counts[child.key]))
        return tuple(children)

    def _by_reference(
        self, prop: Property, kind: MetadataType, key: str, place: Place, node: tree.Node, spot: Spot
    ) -> Child | None:
        """A child that is known by what it refers to: the key is the reference."""
        written = node.entry(prop.name) if isinstance(node, tree.Mapping) else None
        spelled: tree.Node = tree.Scalar(value=key, text=key, place=place)
        if not key:
            spelled = written.value if written else node
        elif written and text_of(written.value) != key:
            self._wrong(written.value.place, f"{prop.name} is not {key}", f"leave {prop.name} out")
            return None
        found = self.scope.read(spelled, prop.target, spot.ref)
        if found is None:
            return None
        fields = {prop.name: Field(value=found, place=place, origin=Origin.DERIVED)}
        if isinstance(node, tree.Mapping):
            rest = tuple(entry for entry in node.entries if entry.key != prop.name)
            body = tree.Mapping(entries=rest, place=node.place)
            fields |= self._fields(kind, body, spot)
        return Child(key=key or text_of(spelled) or str(found), fields=fields, place=place, id=_id(node))

    def _by_key(
        self, kind: MetadataType, key: str, place: Place, node: tree.Node, spot: Spot
    ) -> Child | None:
        """A child of any other class."""
        if not isinstance(node, tree.Mapping):
            self._wrong(node.place, f"a {kind.name} is a mapping", "write {property: value}")
            return None
        is_content = kind.name in ID_IS_CONTENT
        fields = self._fields(kind, node, spot, with_id=is_content)
        own = None if is_content else _id(node)
        return Child(key=key or own or child_key(kind, fields), fields=fields, place=place, id=own)

    def _fields(
        self, kind: MetadataType, node: tree.Mapping, spot: Spot, *, with_id: bool = False
    ) -> dict[str, Field]:
        """The properties of an embedded object; of classes stored as JSON the unknown ones too."""
        fields: dict[str, Field] = {}
        row = embedded_class(kind.name)
        for entry in node.entries:
            prop = kind.properties.get(entry.key)
            if entry.key == "id" and not with_id:
                continue
            if prop is None:
                if is_opaque(kind) or (row is not None and row.opaque):
                    fields[entry.key] = Field(
                        value=Opaque(json=plain_json(entry.value)), place=entry.value.place
                    )
                continue
            read = self.field(prop, entry.value, spot)
            if read is not None:
                fields[entry.key] = read
                self.check_languages(entry.key, read.value, spot.ref, entry.value.place)
        return fields


_ATOMS = frozenset({Shape.TEXT, Shape.NUMBER, Shape.INTEGER, Shape.BOOLEAN, Shape.DATE, Shape.CONSTANT})


def _id(node: tree.Node) -> Uid | None:
    text = text_of(node.get("id")) if isinstance(node, tree.Mapping) else None
    return None if text is None else Uid(text)


def _numbered(child: Child, number: int) -> Child:
    return Child(key=f"{child.key}_{number}", fields=child.fields, place=child.place, id=child.id)
