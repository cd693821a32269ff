"""Visualizations and maps: what each road keeps of dimensions, items and periods (facts §18, §19.1)."""

import re
from collections.abc import Mapping
from typing import Any

from dhis2cfg.catalogue.periods import RELATIVE_PERIODS, stored_name
from dhis2cfg.sandbox.checks.bundle import Bundle, Item, Part
from dhis2cfg.sandbox.store.session import Body, Session
from dhis2cfg.sandbox.store.trouble import Trouble, duplicate_key
from dhis2cfg.sandbox.world.analytical import (
    ANALYTICAL,
    AXES,
    ITEM_TYPES,
    OBJECTS,
    RELATIVE,
    UNIT_KEYWORDS,
)

_UID = re.compile(r"[a-zA-Z][a-zA-Z0-9]{10}")
_BUILT = ("dataDimensionItems", "organisationUnits", "organisationUnitLevels", "periods", *AXES.values())
"""Stored lists that the own endpoint makes from the axes alone."""


def read(type_name: str, sent: Mapping[str, Any], body: Body) -> Body:
    """The typed object with what its class reads beside the schema's properties: relative periods, axes."""
    if type_name not in ANALYTICAL:
        return body
    found = body | {key: sent[key] for key in (*AXES, "relativePeriods") if sent.get(key)}
    rows = sent.get("mapViews")
    if type_name == "maps" and isinstance(rows, list):
        views = [row for row in rows if isinstance(row, dict)]
        found["mapViews"] = [
            view | {key: row[key] for key in (*AXES, "relativePeriods") if row.get(key)}
            for view, row in zip(body.get("mapViews") or [], views, strict=True)
        ]
    return found


def before_saving(bundle: Bundle, part: Part, item: Item, new: Body) -> None:
    """Periods as DHIS2 stores them, and items that name nothing."""
    if part.type_name not in ANALYTICAL:
        return
    if part.type_name != "maps":
        new["rawPeriods"] = raw_periods(item.body, with_axes=True)
        _clean_items(new)
        return
    keeps_axes = bundle.parameters.keeps_items or bundle.world.release >= (2, 43)
    for view, sent in zip(new.get("mapViews") or [], item.body.get("mapViews") or [], strict=True):
        view["rawPeriods"] = raw_periods(sent, with_axes=keeps_axes)
        if keeps_axes and not bundle.parameters.keeps_items:
            _keep_axes(view, sent)
        _clean_items(view)


def _keep_axes(view: Body, sent: Body) -> None:
    """2.43: axes of a view in API form are kept by import, but an item points to nothing (facts §18.1)."""
    for name, stored in AXES.items():
        for row in sent.get(name) or []:
            if "dimension" not in row:
                continue
            dimension = str(row["dimension"])
            if stored in {"columnDimensions", "filterDimensions"} and dimension not in view.get(stored, []):
                view[stored] = [*view.get(stored, []), dimension]
            items = [str(one.get("id")) for one in row.get("items") or []]
            if dimension == "dx":
                view["dataDimensionItems"] = [*view.get("dataDimensionItems", []), *({} for _ in items)]
            if dimension == "ou":
                units = [{"id": one} for one in items if _UID.fullmatch(one)]
                view["organisationUnits"] = [*view.get("organisationUnits", []), *units]


def raw_periods(body: Body, *, with_axes: bool) -> list[str]:
    """Periods from every form they can be sent in; fixed ones in stored form are dropped (facts §19.2)."""
    found = [str(one) for one in body.get("rawPeriods") or [] if RELATIVE.fullmatch(str(one))]
    for name in AXES if with_axes else ():
        for row in body.get(name) or []:
            if isinstance(row, dict) and row.get("dimension") == "pe":
                found.extend(str(one.get("id")) for one in row.get("items") or [])
    chosen = body.get("relativePeriods") or {} if with_axes else {}
    found.extend(stored_name(name) for name in RELATIVE_PERIODS if chosen.get(name))
    return list(dict.fromkeys(found))


def _clean_items(body: Body) -> None:
    for row in body.get("dataDimensionItems") or []:
        held = [key for key in row if key != "dataDimensionItemType"]
        if not held:
            row.clear()


_UNSAVED = {
    "program": "org.hisp.dhis.program.Program",
    "programStage": "org.hisp.dhis.program.ProgramStage",
    "trackedEntityType": "org.hisp.dhis.trackedentity.TrackedEntityType",
}
"""What of a view the import does not look up: seen on 2.42.5.2, stored long before or not."""


def refuse_lost_items(bundle: Bundle) -> None:
    """Up to 2.42 a map whose views name items or programs dies at the flush of the call (facts §18.1)."""
    part = bundle.parts.get("maps")
    if part is None or bundle.world.release >= (2, 43) or bundle.parameters.strategy == "DELETE":
        return
    if bundle.parameters.keeps_items:
        return
    for item in part.alive:
        for view in item.body.get("mapViews") or []:
            for name, klass in _UNSAVED.items():
                if view.get(name):
                    raise Trouble(
                        409,
                        "org.hibernate.TransientPropertyValueException: object references an unsaved "
                        "transient instance - save the transient instance before flushing : "
                        f"org.hisp.dhis.mapping.MapView.{name} -> {klass}",
                    )
            for row in view.get("dataDimensionItems") or []:
                held = next((key for key in ITEM_TYPES if row.get(key)), "")
                if held:
                    raise Trouble(
                        409,
                        "org.hibernate.TransientPropertyValueException: object references an unsaved "
                        "transient instance - save the transient instance before flushing : "
                        f"org.hisp.dhis.common.DataDimensionItem.{held}",
                    )


def whole(session: Session, type_name: str, sent: Body) -> Body:
    """A body for a type's own endpoint: only axes in API form count, as the stored lists (facts §18.2)."""
    if type_name not in ANALYTICAL:
        return sent
    if type_name != "maps":
        return _from_axes(session, sent)
    views = [_from_axes(session, view) for view in sent.get("mapViews") or [] if isinstance(view, dict)]
    return sent | {"mapViews": views}


def refuse_kept_views(session: Session, uid: str, sent: Body) -> None:
    """PUT of a map whose view keeps its id: a duplicate key on every version (facts §18.3)."""
    before = session.get("maps", uid) or {}
    stored = {view["id"] for view in before.get("mapViews") or []}
    for view in sent.get("mapViews") or []:
        if view.get("id") in stored:
            raise duplicate_key("mapview_uid", "uid", str(view["id"]))


def refuse_fixed_periods(session: Session, body: Body) -> None:
    """2.43: a patch of a map whose view has a fixed period dies at the flush."""
    periods = [str(one) for view in body.get("mapViews") or [] for one in view.get("rawPeriods") or []]
    if session.world.release >= (2, 43) and not all(RELATIVE.fullmatch(one) for one in periods):
        text = (
            "org.hibernate.TransientObjectException: object references an unsaved transient instance - save "
            "the transient instance before flushing: org.hisp.dhis.period.Period"
        )
        raise Trouble(409, text)


def _from_axes(session: Session, sent: Body) -> Body:
    found = {
        key: value for key, value in sent.items() if key not in _BUILT and key not in UNIT_KEYWORDS.values()
    }
    for name, stored in AXES.items():
        rows = [row for row in sent.get(name) or [] if isinstance(row, dict)]
        found[stored] = [str(row.get("dimension") or row.get("id")) for row in rows]
        for row in rows:
            uid = str(row.get("dimension") or row.get("id"))
            _take(session, found, uid, row.get("items") or [])
            _take_object(session, found, uid, row)
    return found


def _take_object(session: Session, found: Body, uid: str, row: Body) -> None:
    """A dimension that is a tracked element, an attribute or an indicator: with its filter and legends."""
    for type_name, (stored, holder) in OBJECTS.items():
        object_ = session.get(type_name, uid)
        if object_ is None or object_.get("domainType") == "AGGREGATE":
            continue
        kept = {key: row[key] for key in ("filter", "legendSet", "programStage") if row.get(key)}
        found[stored] = [*found.get(stored, []), {holder: {"id": uid}, **kept}]


def _take(session: Session, found: Body, name: str, items: list[Body]) -> None:
    """The items of one dimension into the stored lists."""
    for uid in (str(item.get("id")) for item in items):
        if name == "dx":
            row = _data_item(session, uid)
            if row:
                found.setdefault("dataDimensionItems", []).append(row)
        elif name == "ou":
            if uid in UNIT_KEYWORDS:
                found[UNIT_KEYWORDS[uid]] = True
            elif uid.startswith("LEVEL-"):
                found.setdefault("organisationUnitLevels", []).append(int(uid.removeprefix("LEVEL-")))
            else:
                found.setdefault("organisationUnits", []).append({"id": uid})


def _data_item(session: Session, uid: str) -> Body | None:
    for prop, (type_name, shown) in ITEM_TYPES.items():
        if session.get(type_name, uid) is not None:
            return {"dataDimensionItemType": shown, prop: {"id": uid}}
    return None
