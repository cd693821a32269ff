"""Embedded children: what identifies one inside its parent, and its properties.

A child is known by the reference it is keyed by (a stage element by its data element), by a key of one's
choice, by its `id`, or by a key made of its content.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from dhis2cfg.catalogue.noise import ID_IS_CONTENT, is_opaque
from dhis2cfg.catalogue.oddities import embedded_class
from dhis2cfg.catalogue.types import MetadataType, Property, Shape
from dhis2cfg.expressions import Context, context_of
from dhis2cfg.model import tree
from dhis2cfg.model.names import Foreign, Ref, Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import Child, Field, Opaque, Origin, Value
from dhis2cfg.resolve.nodes import entries_of, plain_json, text_of
from dhis2cfg.resolve.objects.scope import Scope
from dhis2cfg.resolve.values.combinations import read_reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a property stands: the object, the type or class that has it, and the way to it.

    `owner` and the dotted `prefix` are what expressions are known by; `klass` is an embedded object's class.
    """

    owner: str
    ref: Ref
    prefix: str = ""
    klass: str = ""

    @property
    def holder(self) -> str:
        """The type or class whose property it is."""
        return self.klass or self.owner

    def context(self, name: str) -> Context | None:
        """The expression language of a property, if it holds one."""
        return context_of(self.owner, f"{self.prefix}{name}")


class FieldReader(Protocol):
    """What reads the properties of a child: `reading.Reader`."""

    @property
    def scope(self) -> Scope:
        """What keys mean."""
        ...

    def field(self, prop: Property, node: tree.Node, spot: Spot) -> Field | None:
        """One property."""
        ...

    def check_languages(self, name: str, value: Value, ref: Ref, place: Place) -> None:
        """Tell which required languages a text lacks."""
        ...

    def wrong(self, place: Place, message: str, following: str) -> object:
        """Tell that something has not the form it needs."""
        ...


def read_child(prop: Property, node: tree.Node, spot: Spot, reader: FieldReader) -> Child | Opaque | None:
    """One embedded object; what no schema describes stays as it is."""
    kind = reader.scope.catalogue.embedded.get(prop.target)
    if kind is None:
        return Opaque(json=plain_json(node))
    if not isinstance(node, tree.Mapping):
        reader.wrong(node.place, f"{prop.name} is a mapping", f"write {prop.name}: {{…}}")
        return None
    inner = Spot(owner=spot.owner, ref=spot.ref, prefix=f"{spot.prefix}{prop.name}.", klass=kind.name)
    fields, unread = _fields(kind, node, inner, reader)
    return Child(key="", fields=fields, place=node.place, unread=unread)


def read_children(
    prop: Property, node: tree.Node, spot: Spot, reader: FieldReader
) -> tuple[Child, ...] | Opaque | None:
    """Embedded children, from a mapping or a list, in the order written."""
    kind = reader.scope.catalogue.embedded.get(prop.target)
    if kind is None:
        return Opaque(json=plain_json(node))
    keyed = [(entry.key, entry.key_place, entry.value) for entry in entries_of(node)]
    if isinstance(node, tree.Sequence):
        keyed = [("", item.place, item) for item in node.items]
    elif not isinstance(node, tree.Mapping):
        reader.wrong(node.place, f"{prop.name} is a list or a mapping", "give each child a line")
        return None
    maker = _Maker(
        kind=kind, by=natural_reference(kind), spot=Spot(owner=kind.name, ref=spot.ref), reader=reader
    )
    counts: Counter[str] = Counter()
    children: list[Child] = []
    for key, place, value in keyed:
        child = maker.make(key, place, value)
        if child is None:
            continue
        counts[child.key] += 1
        number = counts[child.key]
        if number > 1 and maker.by:
            reader.wrong(place, f"{child.key} stands twice in {prop.name}", "write it once")
        else:
            children.append(child if number == 1 else replace(child, key=f"{child.key}_{number}"))
    return tuple(children)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    """Makes the children of one list; `by` is the reference that they are known by, if any."""

    kind: MetadataType
    by: Property | None
    spot: Spot
    reader: FieldReader

    def make(self, key: str, place: Place, node: tree.Node) -> Child | None:
        """One child; `key` is empty in a list."""
        if self.by is not None:
            return self._by_reference(self.by, key, place, node)
        if not isinstance(node, tree.Mapping):
            self.reader.wrong(node.place, f"a {self.kind.name} is a mapping", "write {property: value}")
            return None
        is_content = self.kind.name in ID_IS_CONTENT
        fields, unread = _fields(self.kind, node, self.spot, self.reader, with_id=is_content)
        own = None if is_content else _id(node)
        known_by = key or own or child_key(self.kind, fields)
        return Child(key=known_by, fields=fields, place=place, id=own, unread=unread)

    def _by_reference(self, prop: Property, key: str, place: Place, node: tree.Node) -> Child | None:
        """A child that is known by what it refers to: the key is the reference."""
        written = node.entry(prop.name) if isinstance(node, tree.Mapping) else None
        spelled: tree.Node = tree.Scalar(value=key, text=key, place=place)
        if not key:
            spelled = written.value if written else node
        elif written and text_of(written.value) != key:
            self.reader.wrong(written.value.place, f"{prop.name} is not {key}", f"leave {prop.name} out")
            return None
        found = read_reference(self.reader.scope, spelled, prop.target, self.spot.ref)
        if found is None:
            return None
        fields = {prop.name: Field(value=found, place=place, origin=Origin.DERIVED)}
        unread: tuple[str, ...] = ()
        if isinstance(node, tree.Mapping):
            rest = tuple(entry for entry in node.entries if entry.key != prop.name)
            more, unread = _fields(self.kind, replace(node, entries=rest), self.spot, self.reader)
            fields |= more
        known_by = key or text_of(spelled) or str(found)
        return Child(key=known_by, fields=fields, place=place, id=_id(node), unread=unread)


def _fields(
    kind: MetadataType, node: tree.Mapping, spot: Spot, reader: FieldReader, *, with_id: bool = False
) -> tuple[dict[str, Field], tuple[str, ...]]:
    """The properties of an embedded object, and those unread; of what is stored as JSON the unknown too."""
    fields: dict[str, Field] = {}
    unread: list[str] = []
    for entry in node.entries:
        prop = kind.properties.get(entry.key)
        if entry.key == "id" and not with_id:
            continue
        if prop is None:
            if is_opaque(kind):
                fields[entry.key] = Field(value=Opaque(json=plain_json(entry.value)), place=entry.value.place)
            continue
        read = reader.field(prop, entry.value, spot)
        if read is None:
            unread.append(entry.key)
            continue
        fields[entry.key] = read
        reader.check_languages(entry.key, read.value, spot.ref, entry.value.place)
    return fields, tuple(unread)


def _id(node: tree.Node) -> Uid | None:
    text = text_of(node.get("id")) if isinstance(node, tree.Mapping) else None
    return None if text is None else Uid(text)


def natural_reference(kind: MetadataType) -> Property | None:
    """The one reference that a child of this class is known by (a stage element's data element)."""
    row = embedded_class(kind.name)
    if row is None or len(row.natural_key) != 1:
        return None
    prop = kind.properties.get(row.natural_key[0])
    return prop if prop is not None and prop.shape is Shape.REFERENCE else None


def child_key(kind: MetadataType, fields: Mapping[str, Field]) -> str:
    """A key for a child that was written without one: its natural key, else its type and what it shows."""
    row = embedded_class(kind.name)
    names = row.natural_key if row and row.natural_key else ("type", "dataDimensionItemType", "name")
    words = [*_words(fields, names)] or [*_references(fields)]
    if not (row and row.natural_key):
        words += [word for word in _references(fields) if word not in words]
    return "_".join(words) or kind.name


def _words(fields: Mapping[str, Field], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        value = fields[name].value if name in fields else None
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            yield f"{value:g}" if isinstance(value, float) else str(value)


def _references(fields: Mapping[str, Field]) -> Iterator[str]:
    """The keys of all objects that a child refers to."""
    for each in fields.values():
        for value in each.value if isinstance(each.value, tuple) else (each.value,):
            if isinstance(value, Ref):
                yield value.key
            elif isinstance(value, Foreign):
                yield value.uid
