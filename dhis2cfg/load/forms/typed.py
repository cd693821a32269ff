"""Tree and form → typed tree: every scalar read as its property's type, what does not fit said once."""

import re
from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from typing import TypeAlias

from dhis2cfg.catalogue.types import Catalogue, Shape
from dhis2cfg.load.forms import beside, files, mending, objects, scalars
from dhis2cfg.load.forms.form import (
    ANYTHING,
    Anything,
    Either,
    Form,
    Leaf,
    Listing,
    OfType,
    Parameter,
    Record,
    Refusal,
    Role,
    Table,
    cut,
)
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.places import Place
from dhis2cfg.model.tree import Entry, Mapping, Node, Scalar, Sequence, Tagged

_Bare: TypeAlias = Scalar | Sequence | Mapping
_LOCALE = re.compile(r"[a-z]{2,3}(?:[_-][A-Za-z0-9]{2,8}){0,3}")
_READ_BEFORE = frozenset({"!csv", "!file"})
_NEEDS_TEXT = frozenset({"!var", "!tpl", "!secret", "!raw", *_READ_BEFORE})
_NO_LIST = "write one `- item` a line, or [a, b]"
_NO_MAPPING = "write `key: value` lines below it"


def typed(
    node: Mapping, form: Form, catalogue: Catalogue, locales: frozenset[str] = frozenset()
) -> tuple[Mapping, tuple[Finding, ...]]:
    """A file's tree with its scalars typed; `locales` are the package's, for options that are locales alone.

    What cannot be read is left out (a number or truth that is none becomes null), so that one mistake is one
    finding.
    """
    typist = _Typist(catalogue, locales)
    result = typist.node(node, form, "this file")
    return result if isinstance(result, Mapping) else replace(node, entries=()), tuple(typist.findings)


class _Typist:
    """Lays forms over nodes; a method gives None for what is left out."""

    def __init__(self, catalogue: Catalogue, locales: frozenset[str]) -> None:
        self.findings: list[Finding] = []
        self._catalogue = catalogue
        self._locales = locales - {"id"}
        self._records: dict[str, Record | None] = {}

    def node(self, node: Node, form: Form, name: str) -> Node | None:
        """The node as the form reads it; `name` is the key it stands under."""
        name = cut(name)
        if isinstance(node, Tagged):
            return self._tagged(node, form, name)
        if isinstance(node, Scalar) and node.value is None:
            return node
        match form:
            case Anything():
                return self._anything(node)
            case Leaf():
                return self._leaf(node, form.shape, name)
            case Either():
                return self._either(node, form, name)
            case Listing():
                return self._listing(node, form, name)
            case Table():
                return self._table(node, form, name)
            case Record():
                return self._record(node, form, name)
            case OfType():
                return self._of_type(node, form.name, name)
            case Parameter():
                kind = node.get("type") if isinstance(node, Mapping) else None
                schema = files.parameter(kind.text if isinstance(kind, Scalar) else "")
                return self._record(node, schema, name)
            case _:
                return self._by_type(node, form.role, name)

    def _tagged(self, node: Tagged, form: Form, name: str) -> Node | None:
        value = node.value
        if node.tag == "!once":
            inner = self.node(value, form, name)
            return None if inner is None else replace(node, value=inner)
        has_text = isinstance(value, Scalar) and value.value is not None and value.text
        if node.tag == "!keep":
            if isinstance(value, Scalar) and value.value is None:
                return node
            return self._leave_out("tag-value", "!keep stands alone", value.place, "remove the rest")
        if node.tag in _NEEDS_TEXT and not has_text:
            return self._leave_out(
                "tag-value",
                f"{node.tag} needs a text behind it",
                node.place,
                "write a name, a text or a file",
            )
        return None if node.tag in _READ_BEFORE else node

    def _anything(self, node: _Bare) -> Node:
        if isinstance(node, Scalar):
            return replace(node, value=scalars.guess(node.text)) if node.plain else node
        if isinstance(node, Sequence):
            return replace(node, items=self._items(node.items, ANYTHING, ""))
        return self._entries(node, ((entry, ANYTHING) for entry in node.entries))

    def _leaf(self, node: _Bare, shape: Shape, name: str) -> Node | None:
        if not isinstance(node, Scalar):
            takes = _TAKES.get(shape, "a text")
            what = "list" if isinstance(node, Sequence) else "mapping"
            message = f"{name} takes {takes}, not a {what}"
            rule = f"not-{takes.replace(' ', '-')}" if shape in _TAKES else "not-a-text"
            self._say(rule, message, node.place, "write one value")
            return self._quietly(mending.node(node, Leaf(shape=shape)), Leaf(shape=shape), name)
        value = scalars.read(node.text, shape)
        if not isinstance(value, scalars.Misread):
            return replace(node, value=value)
        self._say(
            value.rule, f"{name} takes {value.takes}, not {cut(node.text)!r}", node.place, value.following
        )
        return replace(node, value=None)

    def _either(self, node: _Bare, form: Either, name: str) -> Node | None:
        child = self._form_of(mending.child_of(form)) if isinstance(node, Sequence) else None
        meant = mending.children(node, child) if child and isinstance(node, Sequence) else None
        if form.mapping is not None and meant is not None:
            message, following = f"{name} takes {form.takes}, not a list of mappings", "leave out the dashes"
            self._say("wrong-form", message, node.place, following)
            return self.node(meant, form.mapping, name)
        inner: Form | None = form.mapping if isinstance(node, Mapping) else form.sequence
        inner = form.scalar if isinstance(node, Scalar) else inner
        if inner is not None:
            return self.node(node, inner, name)
        written = "text" if isinstance(node, Scalar) else "list" if isinstance(node, Sequence) else "mapping"
        message = f"{name} takes {form.takes}, not a {written}"
        following = _NO_LIST if form.sequence is not None else "write it in that form"
        self._say("wrong-form", message, node.place, following)
        return self._quietly(mending.node(node, form), form, name)

    def _listing(self, node: _Bare, form: Listing, name: str) -> Node | None:
        if isinstance(node, Sequence):
            return replace(node, items=self._items(node.items, form.item, f"an item of {name}"))
        self._say("not-a-list", f"{name} takes a list", node.place, _NO_LIST)
        return self._quietly(mending.node(node, form), form, name)

    def _table(self, node: _Bare, form: Table, name: str) -> Node | None:
        if not isinstance(node, Mapping):
            return self._leave_out("not-a-mapping", f"{name} takes a mapping", node.place, _NO_MAPPING)
        kept = []
        for entry in node.entries:
            if form.locales and not _LOCALE.fullmatch(entry.key):
                message = f"{cut(entry.key)} is no language: {name} takes a text, or one text per locale"
                self._say("not-a-locale", message, entry.key_place, "write languages as nb, en or pt_BR")
            else:
                kept.append((_filled(entry) if form.filled else entry, form.value))
        return self._entries(node, kept)

    def _record(self, node: _Bare, form: Record, name: str) -> Node | None:
        if not isinstance(node, Mapping):
            return self._leave_out("not-a-mapping", f"{name} takes a mapping", node.place, _NO_MAPPING)
        kept = []
        mended: list[Entry] = []
        for entry in node.entries:
            inner = form.fields.get(entry.key, form.other)
            if entry.key in form.refused:
                self._refuse(form.refused[entry.key], entry.key_place)
            elif inner is None:
                self._refuse(_unknown(entry.key, form), entry.key_place)
                mended += self._mended(entry, form, [each.key for each in node.entries])
            else:
                kept.append((entry, inner))
        for missing in form.required:
            if all(entry.key != missing for entry in (*node.entries, *mended)):
                message = f"{form.what} does not say its {missing}"
                self._say("required-property", message, node.place, f"write `{missing}: …`")
        read = self._entries(node, kept)
        return replace(read, entries=(*read.entries, *mended)) if mended else read

    def _mended(self, entry: Entry, form: Record, present: list[str]) -> list[Entry]:
        """An entry of a misspelled name under the name that was meant, if that can be told."""
        meant = mending.name(entry.key, form.fields, present)
        value = self._quietly(entry.value, form.fields[meant], meant) if meant else None
        return [] if value is None else [replace(entry, key=meant, value=value)]

    def _of_type(self, node: _Bare, type_name: str, name: str) -> Node | None:
        form = self._form_of(type_name)
        if form is None:
            return self._anything(node)
        if type_name == "options" and isinstance(node, Mapping) and self._is_locales_alone(node):
            node = replace(node, entries=(Entry(key="name", key_place=node.place, value=node),))
        return self._record(node, form, name)

    def _is_locales_alone(self, node: Mapping) -> bool:
        """Whether an option is written as its name alone: every key is a locale of the package."""
        return bool(node.entries) and all(entry.key in self._locales for entry in node.entries)

    def _by_type(self, node: _Bare, role: Role, name: str) -> Node | None:
        if not isinstance(node, Mapping):
            return self._leave_out("not-a-mapping", f"{name} takes a mapping", node.place, _NO_MAPPING)
        kept: dict[str, tuple[Entry, Form]] = {}
        for entry in node.entries:
            if (form := beside.form(entry.key, role)) is not None:
                kept[entry.key] = (entry, form)
                continue
            key = self._known_type(entry, node)
            type_name = key.partition("/")[0]
            if key:
                kept.setdefault(key, (_filled(replace(entry, key=key)), self._behind(type_name, role)))
        return self._entries(node, kept.values())

    def _known_type(self, entry: Entry, node: Mapping) -> str:
        """The key with the type that is meant; empty, and said, where it can be none."""
        written, slash, path = entry.key.partition("/")
        refusal = objects.unknown_type(self._catalogue, written)
        if refusal is None:
            return entry.key
        self._refuse(refusal, entry.key_place)
        known = [
            name for name in self._catalogue.types if objects.unknown_type(self._catalogue, name) is None
        ]
        present = [each.key for each in node.entries]
        meant = mending.name(written, known, present) if refusal.rule == "unknown-type" else ""
        return f"{meant}{slash}{path}" if meant else ""

    def _behind(self, type_name: str, role: Role) -> Form:
        """The form behind a type's name."""
        if role is Role.TEXTS:
            return Table(value=objects.texts(self._catalogue, type_name), filled=True)
        if role is Role.OBJECTS:
            return Table(value=OfType(name=type_name), filled=True)
        return OfType(name=type_name)

    def _form_of(self, type_name: str) -> Record | None:
        """The record of a type, made once."""
        if type_name not in self._records:
            self._records[type_name] = objects.record(self._catalogue, type_name)
        return self._records[type_name]

    def _entries(self, node: Mapping, kept: Iterable[tuple[Entry, Form]]) -> Mapping:
        result = []
        for entry, form in kept:
            value = self.node(entry.value, form, entry.key)
            if value is not None:
                result.append(entry if value is entry.value else replace(entry, value=value))
        return replace(node, entries=tuple(result))

    def _items(self, items: Iterable[Node], form: Form, name: str) -> tuple[Node, ...]:
        read = (self.node(item, form, name) for item in items)
        return tuple(item for item in read if item is not None)

    def _refuse(self, refusal: Refusal, place: Place) -> None:
        self._say(refusal.rule, refusal.message, place, refusal.following)

    def _quietly(self, node: Node | None, form: Form, name: str) -> Node | None:
        """What was meant, read without saying more about it."""
        said = len(self.findings)
        result = None if node is None else self.node(node, form, name)
        del self.findings[said:]
        return result

    def _leave_out(self, rule: str, message: str, place: Place, following: str) -> Node | None:
        """Say what is wrong; nothing of the node is handed on."""
        self._say(rule, message, place, following)
        return None

    def _say(self, rule: str, message: str, place: Place, following: str) -> None:
        self.findings.append(Finding(rule=rule, message=message, place=place, following=following))


_TAKES = {
    Shape.BOOLEAN: "a boolean",
    Shape.INTEGER: "an integer",
    Shape.NUMBER: "a number",
    Shape.DATE: "a date",
}


def _filled(entry: Entry) -> Entry:
    """A key with nothing behind it as a key with an empty mapping."""
    value = entry.value
    if isinstance(value, Scalar) and value.value is None:
        return replace(entry, value=Mapping(entries=(), place=value.place))
    return entry


def _unknown(key: str, form: Record) -> Refusal:
    near = get_close_matches(key, [*form.fields], n=1)
    following = f"did you mean {near[0]}?" if near else f"known here: {', '.join(sorted(form.fields)[:12])}"
    return Refusal(
        rule="unknown-property", message=f"{cut(key)} is no property of {form.what}", following=following
    )
