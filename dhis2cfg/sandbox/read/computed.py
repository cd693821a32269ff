"""Values that stand nowhere and are answered: names to show, rights, what the other side owns."""

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from dhis2cfg.catalogue.types import MetadataType, Property, Shape
from dhis2cfg.sandbox.read.axes import axis
from dhis2cfg.sandbox.read.view import View
from dhis2cfg.sandbox.rights import sharing
from dhis2cfg.sandbox.rights.people import full_name
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.world.analytical import AXES
from dhis2cfg.sandbox.world.locales import DATABASE_LOCALE, database_locale
from dhis2cfg.sandbox.world.periods import relative_periods

_Getter = Callable[[View, MetadataType, Body], Any]


def _name(view: View, kind: MetadataType, body: Body) -> Any:
    """The name in the reader's database language, else the server's, else the base text (facts §17.7)."""
    if kind.name == "users":
        return full_name(body)
    names = {
        row.get("locale"): row.get("value")
        for row in body.get("translations") or []
        if row.get("property") == "NAME"
    }
    return names.get(_language(view)) or body.get("name") if names else body.get("name")


def _language(view: View) -> str:
    """What the reader has chosen; who chose nothing has the server's."""
    database = view.session.database
    chosen = database.setting(view.person.uid, DATABASE_LOCALE) or database.setting("", DATABASE_LOCALE)
    return str(orjson.loads(chosen)) if chosen else database_locale(view.world.release)


def _access(view: View, kind: MetadataType, body: Body) -> Any:
    found = sharing.access(view.person, kind, body)
    if view.world.release == (2, 42):
        found["externalize"] = view.person.is_superuser
    return found


def _favorite(view: View, _kind: MetadataType, body: Body) -> bool:
    return view.person.uid in (body.get("favorites") or [])


def _leaf(view: View, _kind: MetadataType, body: Body) -> bool:
    return not _children(view, _kind, body)


def _children(view: View, _kind: MetadataType, body: Body) -> list[Body]:
    return [
        {"id": unit["id"]}
        for unit in view.session.holding("organisationUnits", body["id"])
        if (unit.get("parent") or {}).get("id") == body["id"]
    ]


def _item_count(_view: View, _kind: MetadataType, body: Body) -> int:
    return len(body.get("dashboardItems") or [])


def _form_type(view: View, _kind: MetadataType, body: Body) -> str:
    if body.get("dataEntryForm"):
        return "CUSTOM"
    return "SECTION" if _inverse_of(view, "sections", "dataSet", body["id"]) else "DEFAULT"


def _inverse_of(view: View, type_name: str, prop: str, uid: str) -> list[Body]:
    return [
        {"id": body["id"]}
        for body in view.session.holding(type_name, uid)
        if any(row.get("id") == uid for row in _as_list(body.get(prop)))
    ]


def _as_list(value: Any) -> list[Body]:
    return value if isinstance(value, list) else [value] if value else []


def _axis(name: str) -> _Getter:
    return lambda view, _kind, body: axis(view, body, name)


def _object_types(_view: View, kind: MetadataType, body: Body) -> list[str]:
    found = []
    for name in kind.properties:
        if name.endswith("Attribute") and body.get(name) is True:
            singular = name.removesuffix("Attribute")
            found.append("".join(f"_{sign}" if sign.isupper() else sign for sign in singular).upper())
    return found


def _registration(wanted: str) -> _Getter:
    return lambda _view, _kind, body: body.get("programType") == wanted


def _periods(_view: View, _kind: MetadataType, body: Body) -> Body:
    return relative_periods(body.get("rawPeriods") or [])


def _href(view: View, kind: MetadataType, body: Body) -> str:
    return f"{view.url}/api/{kind.name}/{body['id']}"


GENERAL: Mapping[str, _Getter] = {
    "access": _access,
    "displayName": _name,
    "displayFormName": lambda _view, _kind, body: body.get("formName") or body.get("name"),
    "displayShortName": lambda _view, _kind, body: body.get("shortName") or body.get("name"),
    "displayDescription": lambda _view, _kind, body: body.get("description"),
    "favorite": _favorite,
    "favorites": lambda _view, _kind, _body: [],
    "href": _href,
    "user": lambda _view, _kind, body: body.get("createdBy"),
}
"""Of any type, by wire name."""

OF_TYPES: Mapping[tuple[str, str], _Getter] = {
    ("attributes", "objectTypes"): _object_types,
    ("dashboards", "itemCount"): _item_count,
    ("dataElements", "dimensionItem"): lambda _view, _kind, body: body["id"],
    ("dataElements", "dimensionItemType"): lambda _view, _kind, _body: "DATA_ELEMENT",
    ("dataElements", "optionSetValue"): lambda _view, _kind, body: bool(body.get("optionSet")),
    ("dataSets", "formType"): _form_type,
    ("organisationUnits", "children"): _children,
    ("organisationUnits", "leaf"): _leaf,
    ("programs", "registration"): _registration("WITH_REGISTRATION"),
    ("programs", "withoutRegistration"): _registration("WITHOUT_REGISTRATION"),
    ("users", "name"): _name,
    **{(name, axis): _axis(axis) for name in ("visualizations", "eventVisualizations") for axis in AXES},
    **{(name, "relativePeriods"): _periods for name in ("visualizations", "eventVisualizations")},
}
"""Of one type or embedded class."""


def getter(kind: MetadataType, name: str) -> _Getter | None:
    """How a computed value is made, None where it is none."""
    return OF_TYPES.get((kind.name, name)) or GENERAL.get(name)


def inverse(view: View, kind: MetadataType, prop: Property, uid: str) -> list[Body] | None:
    """A list that the other side owns: those that refer here. None where nothing there does."""
    row = view.world.lists.get((kind.name, prop.name))
    if row is not None:
        return [{"id": child["id"]} for child in view.session.children(row.child, uid)]
    if prop.owner or prop.shape is not Shape.REFERENCES:
        return None
    found: list[Body] = []
    for pointer in view.world.pointers(kind.name):
        if pointer.type_name == prop.target and len(pointer.path) == 1:
            found.extend(_inverse_of(view, prop.target, pointer.path[0], uid))
    return found
