"""The one function that gives references their UIDs: desired state → bodies as one server takes them.

What a body carries is managed, what it does not carry is not; so nothing is filled in here that the packages
did not say. What only a creation needs is added by `for_creation`.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from typing import Any

from dhis2cfg.catalogue import oddities, quirks
from dhis2cfg.catalogue.types import Catalogue, Property, Shape
from dhis2cfg.model.names import Combination, Foreign, Ref, Reference, ServerDefault, Uid, Username
from dhis2cfg.model.state import (
    Attributes,
    Child,
    DesiredObject,
    Field,
    Formula,
    Keep,
    Once,
    Opaque,
    Secret,
    Sharing,
    State,
    Text,
)
from dhis2cfg.wire import paths
from dhis2cfg.wire.secrets import marked

Body = dict[str, Any]

_FIRST = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_REST = _FIRST + "0123456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """What a state needs to be written for one server.

    `uids` holds every `Ref` of the state; `users` the UIDs of existing usernames; `locales` what the server
    offers for its database (`/api/locales/db`). `combinations` has the UIDs of option combinations, or the
    marks that hold their places (`wire.combinations`); `defaults` those of the server's `default` objects,
    where texts, lists or children name them (left out of a child, its element's own would count).
    """

    catalogue: Catalogue
    uids: Mapping[Ref, Uid]
    users: Mapping[str, Uid]
    locales: tuple[str, ...] = ()
    combinations: Mapping[Combination, Uid] = made_by(default_factory=dict)
    defaults: Mapping[str, Uid] = made_by(default_factory=dict)

    def uid(self, reference: Reference) -> Uid | None:
        """The UID of a reference; of a `ServerDefault` where it was read: else it is left out of bodies."""
        match reference:
            case Ref():
                return self.uids[reference]
            case Foreign():
                return reference.uid
            case Username():
                return self.users[reference.name]
            case Combination():
                return self.combinations[reference]
            case _:
                return self.defaults.get(reference.type)

    def in_text(self, reference: Reference) -> str:
        """What stands in a text for a reference."""
        return str(self.uid(reference) or "default")


def made_uid(*parts: str) -> Uid:
    """Eleven characters from a hash of the parts: the same wherever and whenever they are asked for."""
    number = int.from_bytes(hashlib.sha256("\n".join(parts).encode()).digest(), "big")
    number, first = divmod(number, len(_FIRST))
    uid = _FIRST[first]
    for _ in range(10):
        number, digit = divmod(number, len(_REST))
        uid += _REST[digit]
    return Uid(uid)


def bind(state: State, binding: Binding) -> dict[Ref, Body]:
    """Every object of the state as its body on this server, managed properties only."""
    numbers = _numbers(state)
    bodies = {}
    for ref, each in state.objects.items():
        body = _object(each, binding)
        for row in oddities.parent_lists(ref.type):
            parent = Ref(row.parent, ref.parent_path)
            if row.scoped and row.back not in body and parent in state.objects:
                body[row.back] = {"id": binding.uids[parent]}
        if ref in numbers:
            body["sortOrder"] = numbers[ref]
        bodies[ref] = body
    return bodies


def derived_places(each: DesiredObject, binding: Binding) -> frozenset[str]:
    """The translations that only repeat a base text in its own locale: one field with a second place."""
    derived: set[str] = set()
    for name, field in each.fields.items():
        text = field.value.value if isinstance(field.value, Once) else field.value
        prop = binding.catalogue.property(each.ref.type, name)
        if isinstance(text, Text) and prop is not None:
            spoken: dict[tuple[str, str], str] = {}
            _translate(spoken, prop, text, binding)
            base = quirks.database_locales(text.locale, binding.locales)
            derived.update(
                paths.member("translations", f"{key},{locale}") for key, locale in spoken if locale in base
            )
    return frozenset(derived)


def _numbers(state: State) -> dict[Ref, int]:
    """`sortOrder` of each child whose parent's list is ordered, from the parent's list."""
    numbers: dict[Ref, int] = {}
    for each in state.objects.values():
        for row in oddities.NESTED:
            listed = each.fields.get(row.collection)
            if row.parent != each.ref.type or not row.order or listed is None:
                continue
            if isinstance(listed.value, tuple):
                members = [item for item in listed.value if isinstance(item, Ref)]
                numbers.update({item: row.first + index for index, item in enumerate(members)})
    return numbers


def _object(each: DesiredObject, binding: Binding) -> Body:
    uid = binding.uids[each.ref]
    body: Body = {"id": uid}
    translations: dict[tuple[str, str], str] = {}
    for name, field in each.fields.items():
        prop = binding.catalogue.property(each.ref.type, name)
        if prop is None or not _is_written(each.ref.type, name):
            continue
        _write(body, translations, prop, field, binding, f"{uid}\n{name}")
    _write_translations(body, translations)
    return body


def _is_written(type_name: str, name: str) -> bool:
    """Whether a list stands in this body on the wire, or only its members point back."""
    row = oddities.nested(type_name, name)
    return row is None or row.listed


def _write(
    body: Body,
    translations: dict[tuple[str, str], str],
    prop: Property,
    field: Field,
    binding: Binding,
    seed: str,
) -> None:
    value = field.value.value if isinstance(field.value, Once) else field.value
    if isinstance(value, Keep | Secret):
        return
    if isinstance(value, Text):
        body[prop.name] = _text(value.base, binding)
        _translate(translations, prop, value, binding)
        return
    body[prop.name] = _json(prop, value, binding, seed)
    if isinstance(value, ServerDefault):
        del body[prop.name]


def _translate(
    translations: dict[tuple[str, str], str], prop: Property, text: Text, binding: Binding
) -> None:
    """The other locales' texts and, beside them, the base text in its own locale (facts §17.7)."""
    if not text.locales or not prop.translation_key:
        return
    base = _text(text.base, binding)
    spoken = {**text.locales, **({text.locale: base} if base is not None else {})}
    for locale, words in spoken.items():
        for alias in quirks.database_locales(locale, binding.locales):
            translations[prop.translation_key, alias] = _text(words, binding) or ""


def _write_translations(body: Body, translations: Mapping[tuple[str, str], str]) -> None:
    if translations:
        body["translations"] = [
            {"property": key, "locale": locale, "value": value}
            for (key, locale), value in sorted(translations.items())
        ]


def _text(value: Any, binding: Binding) -> str | None:
    if isinstance(value, Formula):
        return "".join(part if isinstance(part, str) else binding.in_text(part) for part in value.parts)
    return None if value is None else str(value)


def _json(prop: Property, value: Any, binding: Binding, seed: str) -> Any:
    match value:
        case Formula():
            return _text(value, binding)
        case Ref() | Foreign() | Username() | ServerDefault() | Combination():
            return {"id": binding.uid(value)}
        case Sharing():
            return _sharing(value, binding)
        case Attributes():
            return [
                {"attribute": {"id": binding.uid(reference)}, "value": text}
                for reference, text in value.values.items()
            ]
        case Child():
            return _child(prop, value, binding, seed)
        case Opaque():
            return marked(value.json)
        case tuple():
            return _list(prop, value, binding, seed)
        case _:
            return value


def _list(prop: Property, items: Iterable[Any], binding: Binding, seed: str) -> list[Any]:
    written = [_json(prop, item, binding, seed) for item in items]
    row = oddities.embedded_class(prop.target) if prop.shape is Shape.CHILDREN else None
    if row is not None and row.order not in ("", "list"):
        return [{**child, row.order: row.first + index} for index, child in enumerate(written)]
    return written


def _child(prop: Property, child: Child, binding: Binding, seed: str) -> Body:
    body: Body = {}
    translations: dict[tuple[str, str], str] = {}
    row = oddities.embedded_class(prop.target)
    if prop.shape is Shape.CHILDREN and row is not None and row.has_id:
        body["id"] = child.id or made_uid(seed, child.key)
    for name, field in child.fields.items():
        inner = binding.catalogue.property(prop.target, name)
        if isinstance(field.value, ServerDefault) and binding.uid(field.value) is not None:
            body[name] = {"id": binding.uid(field.value)}
        elif inner is not None:
            _write(body, translations, inner, field, binding, f"{seed}\n{child.key}\n{name}")
        elif row is not None and row.opaque and isinstance(field.value, Opaque):
            body[name] = field.value.json
    _write_translations(body, translations)
    return body


def _sharing(sharing: Sharing, binding: Binding) -> Body:
    body: Body = {} if sharing.public is None else {"public": sharing.public}
    for part, entries in (("userGroups", sharing.user_groups), ("users", sharing.users)):
        uids = {binding.uid(reference): access for reference, access in entries.items()}
        body[part] = {uid: {"id": uid, "access": access} for uid, access in uids.items()}
    return body


def for_creation(catalogue: Catalogue, type_name: str, body: Mapping[str, Any]) -> Body:
    """The body of a new object: with what only a creation needs, and closed where no sharing was written.

    Left out, `public` would make the object everybody's (facts §7.2).
    """
    created: Body = {**quirks.filled(type_name), **body}
    if catalogue.types[type_name].shareable:
        sharing = dict(created.get("sharing") or {"userGroups": {}, "users": {}})
        created["sharing"] = {"public": "--------", **sharing}
    return created
