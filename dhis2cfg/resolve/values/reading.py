"""One property as written → its value, by the shape that the catalogue gives it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from dhis2cfg.catalogue.noise import SECRET
from dhis2cfg.catalogue.types import Property, Shape
from dhis2cfg.catalogue.uid_texts import UID_TEXTS
from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.names import Ref, Reference
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import (
    Attributes,
    Field,
    Formula,
    Keep,
    Once,
    Opaque,
    Origin,
    Text,
    Value,
)
from dhis2cfg.model.tree import Atom
from dhis2cfg.resolve.nodes import Mistyped, is_null, is_unread, plain_json, text_of, typed, untagged
from dhis2cfg.resolve.objects.scope import Scope
from dhis2cfg.resolve.values.children import Spot, read_child, read_children
from dhis2cfg.resolve.values.combinations import read_reference
from dhis2cfg.resolve.values.formulas import formula
from dhis2cfg.resolve.values.secrets import guarded, misplaced, secrets_in
from dhis2cfg.resolve.values.sharing import read_sharing
from dhis2cfg.resolve.values.texts import IDENTIFIERS, Languages, locale_nodes, missing_locales


@dataclass(frozen=True, slots=True)
class Unread:
    """A value that could not be read; the findings say why, and the property is left out."""


Read: TypeAlias = Value | Unread


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
        value = Unread() if is_unread(untagged(node)) else self.value(prop, node, spot)
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
                found = read_reference(self.scope, node, prop.target, spot.ref)
                return Unread() if found is None else found
            case Shape.REFERENCES:
                return self._references(prop, node, spot)
            case Shape.CHILD:
                child = read_child(prop, node, spot, self)
                return Unread() if child is None else child
            case Shape.CHILDREN:
                children = read_children(prop, node, spot, self)
                return Unread() if children is None else children
            case Shape.VALUES:
                return self._values(prop, node, spot)
            case Shape.SHARING:
                sharing = read_sharing(node, spot.owner, self.profiles, self.scope)
                return Unread() if sharing is None else sharing
            case Shape.ATTRIBUTE_VALUES:
                return self._attributes(prop, node)
            case Shape.TRANSLATIONS:
                return self.wrong(node.place, "translations cannot be written", "write texts per locale")
            case _:
                return self._opaque(prop, node, spot)

    def _opaque(self, prop: Property, node: tree.Node, spot: Spot) -> Opaque:
        """JSON that no schema describes; parts that hold secrets name them, all others hold none."""
        what, findings = f"{prop.name} of {spot.ref}", self.scope.findings
        if (spot.owner, prop.name) in SECRET:
            return Opaque(json=guarded(node, what, findings))
        findings.extend(misplaced(each, what) for each in secrets_in(node))
        return Opaque(json=plain_json(node))

    def wrong(self, place: Place, message: str, following: str) -> Unread:
        """A finding of form; what it speaks of is left out."""
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
                self.scope.findings.append(misplaced(node, f"{prop.name} of {spot.ref}"))
                return Unread()
            case "raw":
                return self._raw(prop, node)
            case _:
                return self.value(prop, node.value, spot)

    def _raw(self, prop: Property, node: tree.Tagged) -> Read:
        """A text that is passed on untouched."""
        self.scope.findings.append(_raw_text(prop, node))
        text = text_of(node.value)
        return Text(base=text, locale=self.languages.base) if prop.translation_key else text

    def _atom(self, prop: Property, node: tree.Node, spot: Spot) -> Read:
        """A scalar; a translatable one with its languages."""
        is_for_people = (spot.owner, prop.name) not in IDENTIFIERS
        if prop.translation_key and prop.shape is Shape.TEXT and is_for_people:
            return self._text(prop, node, spot)
        if not isinstance(node, tree.Scalar):
            return self.wrong(node.place, f"{prop.name} is one value", f"write {prop.name}: …")
        meant = UID_TEXTS.get((spot.holder, prop.name))
        if meant is not None:
            return self._uid(node, meant, spot)
        context = spot.context(prop.name)
        if context is not None:
            return formula(node, context, self.scope, spot.ref)
        return self.scalar(prop, node)

    def _uid(self, node: tree.Node, target: str, spot: Spot) -> Formula | Unread:
        """A text that is the UID of an object."""
        found = read_reference(self.scope, node, target, spot.ref)
        return Unread() if found is None else Formula(parts=(found,))

    def scalar(self, prop: Property, node: tree.Scalar) -> Atom | Unread:
        """A scalar as its property takes it; what was made here, and so not typed by `load`, is checked."""
        value = typed(node.text, prop.shape)
        if not isinstance(value, Mistyped):
            return value
        if node.made and not node.unread:
            self.wrong(node.place, f"'{node.text}' is no value for {prop.name}", f"wanted: {value.wanted}")
        return Unread()

    def _text(self, prop: Property, node: tree.Node, spot: Spot) -> Read:
        """A translatable text."""
        what = f"{prop.name} of {spot.ref}"
        nodes = locale_nodes(node, what, self.languages, self.scope.findings)
        if any(is_unread(each) for each in nodes.values()):
            return Unread()
        said = {locale: self.words(prop, each, spot) for locale, each in nodes.items()}
        base = said.pop(self.languages.base, None)
        locales = {locale: text for locale, text in said.items() if text is not None}
        return Text(base=base, locale=self.languages.base, locales=locales)

    def words(self, prop: Property, node: tree.Node, spot: Spot) -> str | Formula | None:
        """One locale's text."""
        if isinstance(node, tree.Tagged):
            return self._tagged_words(prop, node)
        if not isinstance(node, tree.Scalar):
            self.wrong(node.place, f"{prop.name} is a text", "write one text per locale")
            return None
        context = spot.context(prop.name)
        if node.value is None or context is None:
            return text_of(node)
        return formula(node, context, self.scope, spot.ref)

    def _tagged_words(self, prop: Property, node: tree.Tagged) -> str | None:
        """One locale's text behind a tag: only `!raw` can stand there."""
        if node.tag != "!raw":
            self.wrong(
                node.place,
                f"{node.tag} stands before the whole of {prop.name}",
                f"write {prop.name}: {node.tag} …",
            )
            return None
        self.scope.findings.append(_raw_text(prop, node))
        return text_of(node.value)

    def check_languages(self, name: str, value: Value, ref: Ref, place: Place) -> None:
        """A finding for each required language that a text lacks; texts of a municipality need none."""
        text = value.value if isinstance(value, Once) else value
        if isinstance(text, Text) and self.origins.get(place.file) is not Origin.MUNICIPALITY:
            found = missing_locales(text, f"{name} of {ref}", self.languages, place)
            self.scope.findings.extend(found)

    def _references(self, prop: Property, node: tree.Node, spot: Spot) -> Read:
        """A list of keys."""
        if not isinstance(node, tree.Sequence):
            return self.wrong(node.place, f"{prop.name} is a list of keys", "write [KEY, KEY]")
        read = [read_reference(self.scope, item, prop.target, spot.ref) for item in node.items]
        found: list[Reference] = []
        for item, named in zip(node.items, read, strict=True):
            if named in found:
                self.wrong(item.place, f"{named} stands twice in {prop.name}", "write it once")
            elif named is not None:
                found.append(named)
        return tuple(found) if found or not node.items else Unread()

    def _values(self, prop: Property, node: tree.Node, spot: Spot) -> Read:
        """A list of scalars; one alone may stand without brackets."""
        items = node.items if isinstance(node, tree.Sequence) else (node,)
        meant = UID_TEXTS.get((spot.holder, prop.name))
        if meant is not None:
            uids = [self._uid(item, meant, spot) for item in items]
            return tuple(each for each in uids if isinstance(each, Formula))
        inner = Property(name=prop.name, shape=prop.item or Shape.TEXT)
        values: list[Atom] = []
        for item in items:
            if not isinstance(item, tree.Scalar):
                return self.wrong(item.place, f"{prop.name} is a list of values", "write [A, B]")
            value = self.scalar(inner, item)
            if not isinstance(value, Unread):
                values.append(value)
        return tuple(values)

    def _attributes(self, prop: Property, node: tree.Node) -> Read:
        """Metadata attribute values by the attribute's key."""
        if not isinstance(node, tree.Mapping):
            return self.wrong(node.place, f"{prop.name} is a mapping", "write {ATTRIBUTE: value}")
        values: dict[Reference, str] = {}
        for entry in node.entries:
            found = self.scope.find(entry.key, "attributes", entry.key_place, None)
            if found is not None:
                values[found] = text_of(entry.value) or ""
        return Attributes(values=values)


_ATOMS = frozenset({Shape.TEXT, Shape.NUMBER, Shape.INTEGER, Shape.BOOLEAN, Shape.DATE, Shape.CONSTANT})


def _raw_text(prop: Property, node: tree.Tagged) -> Finding:
    return Finding(
        rule="raw-text",
        message=f"{prop.name} is passed on untouched",
        place=node.place,
        severity=Severity.INFO,
        label="keys in it are not looked up, nor checked",
        following="leave !raw out where the text can be read",
    )
