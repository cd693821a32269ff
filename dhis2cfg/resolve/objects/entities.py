"""The objects of a package in its merged tree: which keys there are, who stands in whom, in what order."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from dhis2cfg.catalogue.oddities import CLOSED, NestedList, is_scoped, nested, parent_lists
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.places import Place
from dhis2cfg.resolve.nodes import is_keep, is_null, text_of
from dhis2cfg.resolve.objects import findings
from dhis2cfg.resolve.objects.actions import action_keys

KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,99}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One object as written: its tree, the parent it stands in or points to, in which list of the parent."""

    ref: Ref
    place: Place
    node: tree.Mapping
    parent: Ref | None = None
    row: NestedList | None = None
    is_nested: bool = False

    @property
    def pinned(self) -> Uid | None:
        """The `id` it gives itself."""
        text = text_of(self.node.get("id"))
        return None if text is None else Uid(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One member of a parent's list, in its order; `text` as written."""

    ref: Ref
    text: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Entities:
    """All objects of a package, and the members of nested lists by parent and collection.

    `pointing` are those at the top that name their parent, by parent and their own type.
    """

    objects: Mapping[Ref, Entity]
    lists: Mapping[tuple[Ref, str], tuple[Listed, ...]]
    pointing: Mapping[tuple[Ref, str], tuple[Ref, ...]] = field(default_factory=dict)

    def of_type(self, type_name: str) -> Mapping[str, Place]:
        """Key path → place of all objects of a type."""
        return {ref.path: each.place for ref, each in self.objects.items() if ref.type == type_name}


@dataclass(slots=True, kw_only=True)
class _Waiting:
    """An object of a scoped type at the top, whose parent is not known yet."""

    entry: tree.Entry
    type: str


@dataclass(slots=True, kw_only=True)
class Finder:
    """Walks a merged tree and gathers its objects."""

    catalogue: Catalogue
    locales: tuple[str, ...]
    findings: list[Finding]
    objects: dict[Ref, Entity] = field(default_factory=dict)
    lists: dict[tuple[Ref, str], list[Listed]] = field(default_factory=dict)
    claims: dict[tuple[str, str], list[Ref]] = field(default_factory=dict)
    waiting: list[_Waiting] = field(default_factory=list)

    def find(self, root: tree.Mapping) -> Entities:
        """The objects below a root of type → key → object."""
        for types in root.entries:
            if types.key in CLOSED:
                self.findings.append(findings.closed(types))
            elif types.key in self.catalogue.types and isinstance(types.value, tree.Mapping):
                for entry in types.value.entries:
                    self._at_top(types.key, entry)
        self._place_waiting()
        self._adopt_claimed()
        self._case_clashes()
        return Entities(
            objects=self.objects,
            lists={key: tuple(members) for key, members in self.lists.items()},
            pointing=self._pointing(),
        )

    def _pointing(self) -> dict[tuple[Ref, str], tuple[Ref, ...]]:
        """The objects at the top by the parent that they name."""
        found: dict[tuple[Ref, str], list[Ref]] = {}
        for ref, each in self.objects.items():
            if each.parent is not None and not each.is_nested:
                found.setdefault((each.parent, ref.type), []).append(ref)
        return {key: tuple(refs) for key, refs in found.items()}

    def _at_top(self, type_name: str, entry: tree.Entry) -> None:
        if is_scoped(type_name):
            self.waiting.append(_Waiting(entry=entry, type=type_name))
            return
        parent, row = self._pointed_parent(type_name, entry.value)
        self._add(Ref(type_name, entry.key), entry, parent, row, is_nested=False)

    def _pointed_parent(self, type_name: str, node: tree.Node) -> tuple[Ref | None, NestedList | None]:
        """The parent that an object names itself (`program: KEY`)."""
        for row in parent_lists(type_name):
            text = text_of(node.get(row.back)) if row.back and isinstance(node, tree.Mapping) else None
            if text is not None and not text.startswith("id:"):
                return Ref(row.parent, text), row
        return None, None

    def _place_waiting(self) -> None:
        """Give scoped objects at the top their parents; parents may themselves be waiting."""
        left = self.waiting
        while left:
            self.waiting, again = [], []
            for each in left:
                parent, row = self._parent_of(each)
                if parent is None or row is None or parent not in self.objects:
                    again.append(each)
                    continue
                ref = Ref(each.type, f"{parent.path}/{each.entry.key}")
                self._add(ref, each.entry, parent, row, is_nested=False)
            if len(again) == len(left):
                self.findings += [self._orphan(each) for each in again]
                return
            left = again + self.waiting

    def _parent_of(self, each: _Waiting) -> tuple[Ref | None, NestedList | None]:
        """The parent that the object points to, else the only one whose list names it."""
        pointed, row = self._pointed_parent(each.type, each.entry.value)
        if pointed is not None:
            return self._whole(pointed), row
        claims = self.claims.get((each.type, each.entry.key), [])
        if len(claims) != 1:
            return None, None
        rows = [row for row in parent_lists(each.type) if row.parent == claims[0].type]
        return claims[0], rows[0]

    def _whole(self, ref: Ref) -> Ref:
        """A parent named by its last key alone, where only one object has it."""
        if ref in self.objects or "/" in ref.path:
            return ref
        same = [each for each in self.objects if each.type == ref.type and each.key == ref.path]
        return same[0] if len(same) == 1 else ref

    def _add(
        self, ref: Ref, entry: tree.Entry, parent: Ref | None, row: NestedList | None, *, is_nested: bool
    ) -> None:
        """One object and all that stands inside it."""
        node = self._body(ref, entry)
        if node is None:
            return
        if not KEY.match(ref.key):
            self.findings.append(findings.bad_key(ref, entry.key_place))
        before = self.objects.get(ref)
        if before:
            self.findings.append(findings.twice(ref, entry.key_place, before.place))
            return
        self.objects[ref] = Entity(
            ref=ref, place=entry.key_place, node=node, parent=parent, row=row, is_nested=is_nested
        )
        for inner in node.entries:
            below = nested(ref.type, inner.key)
            if below:
                self._list(ref, below, inner)

    def _body(self, ref: Ref, entry: tree.Entry) -> tree.Mapping | None:
        """The object's mapping; an option may be its name in the package's languages alone."""
        node = entry.value
        if is_null(node):
            return tree.Mapping(entries=(), place=node.place)
        if not isinstance(node, tree.Mapping):
            self.findings.append(findings.no_object(ref, node.place))
            return None
        keys = [each.key for each in node.entries]
        is_name = ref.type == "options" and keys and all(key in self.locales for key in keys)
        if is_name and "id" not in keys:
            name = tree.Entry(key="name", key_place=entry.key_place, value=node)
            return tree.Mapping(entries=(name,), place=node.place)
        return node

    def _list(self, parent: Ref, row: NestedList, entry: tree.Entry) -> None:
        """A list that nests: a mapping defines the members, a list names them (actions: defines them)."""
        members = self.lists.setdefault((parent, row.collection), [])
        for key, place, definition in self._members(row, entry.value):
            path = f"{parent.path}/{key}" if row.scoped and not key.startswith(f"{parent.path}/") else key
            ref = Ref(row.child, path)
            members.append(Listed(ref=ref, text=key, place=place))
            if definition is None:
                self.claims.setdefault((row.child, key), []).append(parent)
            else:
                made = tree.Entry(key=key, key_place=place, value=definition)
                self._add(ref, made, parent, row, is_nested=True)

    def _members(self, row: NestedList, node: tree.Node) -> Iterator[tuple[str, Place, tree.Node | None]]:
        """Key, place and definition (None: defined elsewhere) of each member of a list."""
        if isinstance(node, tree.Mapping):
            yield from ((entry.key, entry.key_place, entry.value) for entry in node.entries)
        elif isinstance(node, tree.Sequence):
            keys = action_keys(node) if row.child == "programRuleActions" else {}
            for index, item in enumerate(node.items):
                text = text_of(item)
                if text is not None:
                    yield text, item.place, None
                elif index in keys:
                    yield keys[index], item.place, item
                else:
                    self.findings.append(findings.no_member(row, item.place))
        elif not is_null(node) and not is_keep(node):
            self.findings.append(findings.no_member(row, node.place))

    def _case_clashes(self) -> None:
        """Two keys that differ only in case (grammar.md)."""
        seen: dict[tuple[str, str], Entity] = {}
        for ref, each in self.objects.items():
            before = seen.setdefault((ref.type, ref.path.casefold()), each)
            if before is not each:
                self.findings.append(findings.case_clash(ref, each.place, before.ref, before.place))

    def _orphan(self, each: _Waiting) -> Finding:
        row = next(row for row in parent_lists(each.type) if row.scoped)
        known = {ref.path: found.place for ref, found in self.objects.items() if ref.type == row.parent}
        return findings.without_parent(each.type, each.entry, row.back, known)

    def _adopt_claimed(self) -> None:
        """Objects that only their parent's list names belong to that parent (`programIndicators: [KEY]`)."""
        for (type_name, key), parents in self.claims.items():
            each = self.objects.get(Ref(type_name, key))
            row = next((row for row in parent_lists(type_name) if row.parent == parents[0].type), None)
            if each is None or row is None or not row.back:
                continue
            if each.parent is None:
                self.objects[each.ref] = replace(each, parent=parents[0], row=row)
            for other in parents:
                if other != (each.parent or parents[0]):
                    owner = each.parent or parents[0]
                    self.findings.append(findings.two_parents(each.ref, each.place, owner, other))
