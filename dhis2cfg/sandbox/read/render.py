"""An object → the JSON that a reader asked for: presets, nesting, children, authors, sharing (facts §2.3)."""

from collections.abc import Sequence
from typing import Any

from dhis2cfg.catalogue.types import SCALARS, MetadataType, Property, Shape
from dhis2cfg.sandbox.read.children import ADDED, added
from dhis2cfg.sandbox.read.computed import getter, inverse
from dhis2cfg.sandbox.read.fields import Field
from dhis2cfg.sandbox.read.view import View
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.world.analytical import AXES
from dhis2cfg.sandbox.world.default_dimension import DEFAULTS
from dhis2cfg.sandbox.world.world import AUTHORS
from dhis2cfg.wire.secrets import without_secrets

_IDENTIFIABLE = ("id", "name", "code", "created", "lastUpdated", "lastUpdatedBy")
_NAMEABLE = ("id", "name", "shortName", "description", "code", "created", "lastUpdated")
_EVERYTHING = (
    "access",
    "dimensionItem",
    "dimensionItemType",
    "displayDescription",
    "displayFormName",
    "displayName",
    "displayShortName",
    "favorite",
    "favorites",
    "href",
    "optionSetValue",
    "user",
)
_HIDDEN = frozenset({"password"})


def render(view: View, kind: MetadataType, body: Body, fields: Sequence[Field]) -> Body:
    """The wanted properties of an object; nulls, unknown names and secrets are left out."""
    found: Body = {}
    shown = dict(without_secrets(kind.name, body))
    for field in expand(kind, fields):
        value = value_of(view, kind, shown, field)
        if value is not None:
            found[_renamed(field)] = value
    return found


def expand(kind: MetadataType, fields: Sequence[Field]) -> list[Field]:
    """Presets as single names, less what is excluded; an own mention of a name goes before a preset's."""
    wanted: dict[str, Field] = {}
    named = {field.name for field in fields if not field.is_excluded and not _is_preset(field)}
    for field in fields:
        if field.is_excluded:
            continue
        if not _is_preset(field):
            wanted[field.name] = field
            continue
        for name in _preset(kind, field.name):
            if name not in named:
                wanted[name] = Field(name=name)
    for field in fields:
        if field.is_excluded:
            wanted.pop(field.name, None)
    return list(wanted.values())


def _is_preset(field: Field) -> bool:
    return field.name.startswith(":") or field.name == "*"


def _preset(kind: MetadataType, name: str) -> list[str]:
    properties = kind.properties.values()
    match name:
        case ":owner":
            return [prop.name for prop in properties if prop.owner and not _is_misnamed(prop)]
        case ":persisted":
            return [prop.name for prop in properties if prop.persisted and not _is_misnamed(prop)]
        case ":all" | "*":
            more = ADDED if kind.embedded else _EVERYTHING
            return [*(prop.name for prop in properties if not _is_misnamed(prop)), *more]
        case ":simple":
            simple = [prop.name for prop in properties if prop.shape in SCALARS and not _is_misnamed(prop)]
            return [*simple, "displayName", "href"]
        case ":identifiable":
            return list(_IDENTIFIABLE)
        case ":nameable":
            return list(_NAMEABLE)
        case _:
            return []


def _is_misnamed(prop: Property) -> bool:
    """JSON key and schema name differ: presets leave it out (facts §2.3)."""
    return bool(prop.schema_name) and prop.schema_name != prop.name


def _renamed(field: Field) -> str:
    for pipe in field.pipes:
        if pipe.startswith("rename("):
            return pipe[len("rename(") : -1]
    return field.name


def value_of(view: View, kind: MetadataType, body: Body, field: Field) -> Any:
    """One property of an object in the wanted form; None for nothing."""
    prop = kind.properties.get(field.name)
    if field.name in _HIDDEN or (field.name == "sharing" and view.skip_sharing and not kind.embedded):
        return None
    value = _raw(view, kind, body, field.name, prop)
    if "size" in field.pipes and isinstance(value, list | str):
        return len(value)
    if "isEmpty" in field.pipes and isinstance(value, list):
        return not value
    if "isNotEmpty" in field.pipes and isinstance(value, list):
        return bool(value)
    if value is None:
        return None
    return _shown(view, prop, field, value, body)


def _raw(view: View, kind: MetadataType, body: Body, name: str, prop: Property | None) -> Any:
    if prop is not None and not kind.embedded:
        listed = inverse(view, kind, prop, body["id"])
        if listed is not None:
            return listed
    compute = None if kind.embedded else getter(kind, name)
    if compute is not None and (prop is None or not prop.writable or name not in body):
        return compute(view, kind, body)
    return body.get(name)


def _shown(view: View, prop: Property | None, field: Field, value: Any, parent: Body) -> Any:
    if field.name in AUTHORS and isinstance(value, dict):
        return view.author(value["id"])
    if prop is None:
        return _dimensions(value, field) if field.name in AXES else _plain(value, field)
    match prop.shape:
        case Shape.REFERENCE:
            return _reference(view, prop, field, value)
        case Shape.REFERENCES:
            found = [_reference(view, prop, field, member) for member in value]
            return [one for one in found if one is not None]
        case Shape.CHILD:
            return child(view, prop.target, value, field.children, parent)
        case Shape.CHILDREN:
            return [child(view, prop.target, one, field.children, parent) for one in value]
        case Shape.SHARING:
            return _plain(shared(view, value), field)
        case _:
            return value


def _dimensions(value: list[Body], field: Field) -> list[Body]:
    """An axis: names of dimensions alone, or what of them was asked for."""
    if field.children is None:
        return [{"id": one["id"]} for one in value]
    wanted = {one.name for one in field.children}
    return [{key: one[key] for key in one if key in wanted} for one in value]


def _plain(value: Any, field: Field) -> Any:
    if field.children is None or not isinstance(value, dict | list):
        return value
    if isinstance(value, list):
        return [_plain(member, field) for member in value]
    wanted = {one.name for one in field.children}
    return value if "*" in wanted or ":all" in wanted else {key: value[key] for key in value if key in wanted}


def _reference(view: View, prop: Property, field: Field, member: Body) -> Body | None:
    if view.without_defaults and member["id"] == DEFAULTS.get(prop.target):
        return None
    if field.children is None:
        return view.author(member["id"]) if prop.target == "users" else {"id": member["id"]}
    return _nested(view, prop.target, member, field)


def _nested(view: View, type_name: str, member: Body, field: Field) -> Body | None:
    body = view.session.get(type_name, member["id"])
    kind = view.world.kind(type_name)
    return None if body is None else render(view, kind, body, field.children or ())


def child(view: View, target: str, body: Any, children: Sequence[Field] | None, parent: Body) -> Any:
    """An embedded child, whole with what the server adds to it, or the wanted part."""
    kind = view.world.catalogue.embedded[target]
    dressed = body | added(view, kind, body, parent)
    if children is None:
        return render(view, kind, dressed, [Field(name="*")])
    return render(view, kind, dressed, children)


def shared(view: View, sharing: Body) -> Body:
    """A sharing block with the names of groups and users."""
    found: Body = {}
    if sharing.get("owner"):
        found["owner"] = sharing["owner"]
    if view.world.release == (2, 42):
        found["external"] = False
    for part in ("users", "userGroups"):
        entries = sharing.get(part) or {}
        found[part] = {
            uid: {"displayName": view.shared_name(part, uid), "access": entry.get("access"), "id": uid}
            for uid, entry in entries.items()
        }
    if sharing.get("public"):
        found["public"] = sharing["public"]
    return found
