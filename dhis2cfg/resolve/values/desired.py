"""An object as written → one of the desired state: its properties, and what follows from key and place."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from dhis2cfg.catalogue.oddities import KEY_IS_CODE, NESTED, NestedList, nested
from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.names import Ref, Reference, Uid
from dhis2cfg.model.state import DesiredObject, Field, Formula, Keep, Once, Origin, Text, Value
from dhis2cfg.resolve.manifest import RESERVED, reserved_words
from dhis2cfg.resolve.nodes import is_keep, is_null, text_of
from dhis2cfg.resolve.objects.entities import Entities, Entity
from dhis2cfg.resolve.objects.findings import two_parents
from dhis2cfg.resolve.values.children import Spot
from dhis2cfg.resolve.values.reading import Reader
from dhis2cfg.resolve.values.texts import Translations, with_translations

OF_THE_OBJECT = frozenset({"id", "complete", *RESERVED})
"""What an object says of itself, and not of a property."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """Makes the desired objects of one owner."""

    owner: str
    reader: Reader
    entities: Entities
    uids: Mapping[Ref, Uid]
    translations: Translations = field(default_factory=Translations)

    def make(self, entity: Entity) -> DesiredObject:
        """One object."""
        ref = entity.ref
        pinned = entity.pinned
        self._refuse_reserved(entity)
        read = tuple(self._fields(entity))
        fields = {name: each for name, each in read if each is not None}
        for name, each in fields.items():
            self.reader.check_languages(name, each.value, ref, each.place)
        return DesiredObject(
            ref=ref,
            owner=self.owner,
            place=entity.place,
            fields=fields,
            uid=pinned or self.uids.get(ref),
            pinned=pinned is not None,
            complete=text_of(entity.node.get("complete")) == "true",
            unread=tuple(name for name, each in read if each is None and nested(ref.type, name) is None),
        )

    def _fields(self, entity: Entity) -> Iterator[tuple[str, Field | None]]:
        """Each property, those first that follow from the key."""
        properties = self.reader.scope.catalogue.types[entity.ref.type].properties
        yield from self._derived(entity)
        back = self._back(entity)
        if back is not None and entity.parent is not None:
            yield back, Field(value=entity.parent, place=entity.place, origin=Origin.DERIVED)
        for entry in entity.node.entries:
            row = nested(entity.ref.type, entry.key)
            if row is not None:
                yield entry.key, self._list(entity, row, entry.value)
            elif entry.key in properties and entry.key not in OF_THE_OBJECT and entry.key != back:
                yield entry.key, self._property(entity, entry)
        yield from self._lists_of_others(entity)

    def _derived(self, entity: Entity) -> Iterator[tuple[str, Field]]:
        """The code that is the key, and the name of a rule variable."""
        key = Field(value=entity.ref.key, place=entity.place, origin=Origin.DERIVED)
        if entity.ref.type in KEY_IS_CODE and entity.node.get("code") is None:
            yield "code", key
        if entity.ref.type == "programRuleVariables" and entity.node.get("name") is None:
            yield "name", key

    def _back(self, entity: Entity) -> str | None:
        """The property that names the parent, where we know the parent; written otherwise it is a finding."""
        if entity.row is None or not entity.row.back or entity.parent not in self.entities.objects:
            return None
        written = entity.node.entry(entity.row.back)
        if written is not None and entity.parent is not None:
            text = text_of(written.value)
            if text not in {entity.parent.path, entity.parent.key}:
                other = Ref(entity.parent.type, text or "")
                finding = two_parents(entity.ref, written.value.place, entity.parent, other)
                self.reader.scope.findings.append(finding)
        return entity.row.back

    def _property(self, entity: Entity, entry: tree.Entry) -> Field | None:
        """A property as written, with the texts of `translations/`."""
        prop = self.reader.scope.catalogue.types[entity.ref.type].properties[entry.key]
        spot = Spot(owner=entity.ref.type, ref=entity.ref)
        read = self.reader.field(prop, entry.value, spot)
        extra = self.translations.of(entity.ref, entry.key)
        if read is None or not extra:
            return read

        def say(node: tree.Node) -> str | Formula | None:
            return self.reader.words(prop, node, spot)

        def translated(text: Text) -> Text:
            return with_translations(text, extra, read.place, say, self.reader.scope.findings)

        return replace(read, value=_in_text(read.value, translated))

    def _list(self, entity: Entity, row: NestedList, node: tree.Node) -> Field | None:
        """A list of objects of their own; None where the children alone say that they belong here."""
        members = tuple(self._members(entity, row))
        if is_keep(node):
            return Field(value=Keep(), place=node.place)
        if is_null(node):
            return Field(value=None, place=node.place)
        if not row.listed and not row.order:
            return None
        origin = self.reader.origins.get(node.place.file, Origin.WRITTEN)
        return Field(value=members, place=node.place, origin=origin)

    def _members(self, entity: Entity, row: NestedList) -> Iterator[Reference]:
        """The members in their order: those listed, then those that point here from the top."""
        scope = self.reader.scope
        listed = self.entities.lists.get((entity.ref, row.collection), ())
        seen: set[Reference] = set()
        for each in listed:
            text = each.ref.path if each.ref in self.entities.objects else each.text
            found = scope.find(text, row.child, each.place, entity.ref)
            if found is not None and found not in seen:
                seen.add(found)
                yield found
        for ref in self.entities.pointing.get((entity.ref, row.child), ()):
            if ref not in seen:
                if row.order and seen:
                    scope.findings.append(_order_unknown(entity, row, self.entities.objects[ref]))
                seen.add(ref)
                yield ref

    def _lists_of_others(self, entity: Entity) -> Iterator[tuple[str, Field]]:
        """Lists that nothing is written under, whose members stand at the top."""
        for row in _rows(entity.ref.type):
            if entity.node.get(row.collection) is None and (row.listed or row.order):
                members = tuple(self._members(entity, row))
                if members:
                    yield row.collection, Field(value=members, place=entity.place, origin=Origin.DERIVED)

    def _refuse_reserved(self, entity: Entity) -> None:
        self.reader.scope.findings.extend(reserved_words(entity.node))


def _rows(type_name: str) -> Iterator[NestedList]:
    yield from (row for row in NESTED if row.parent == type_name)


def _in_text(value: Value, change: Callable[[Text], Text]) -> Value:
    """The value with its text changed, also behind `!once`."""
    if isinstance(value, Text):
        return change(value)
    if isinstance(value, Once) and isinstance(value.value, Text):
        return Once(value=change(value.value))
    return value


def _order_unknown(entity: Entity, row: NestedList, other: Entity) -> Finding:
    return Finding(
        rule="order-over-files",
        message=f"{other.ref} belongs to {entity.ref}, and where in {row.collection} is not known",
        place=other.place,
        label="before or after the others?",
        following=f"list the keys of {row.collection} in {entity.ref}, in their order",
    )
