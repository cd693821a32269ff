"""Visualizations, event visualizations and maps: what each road keeps of dimensions, items and periods (facts §18, §19.1)."""

import re
from collections.abc import Mapping
from typing import Any

from dhis2cfg.sandbox.checks.bundle import Bundle, Item, Part
from dhis2cfg.sandbox.imports.trouble import Trouble
from dhis2cfg.sandbox.store.session import Body, Session
from dhis2cfg.sandbox.world.periods import stored_name

ANALYTICAL = frozenset({"visualizations", "eventVisualizations", "maps"})
AXES = {"columns": "columnDimensions", "rows": "rowDimensions", "filters": "filterDimensions"}
_RELATIVE = re.compile(r"[A-Z]+[A-Z0-9_]*")


def read(type_name: str, sent: Mapping[str, Any], body: Body) -> Body:
    """The typed object with what its class reads beside the schema's properties: relative periods, axes."""
    if type_name not in ANALYTICAL:
        return body
    extra = {key: sent[key] for key in (*AXES, "relativePeriods") if sent.get(key)}
    return body | extra


def before_saving(bundle: Bundle, part: Part, item: Item, new: Body) -> None:
    """Periods as DHIS2 stores them."""
    if part.type_name in ANALYTICAL and "rawPeriods" in part.kind.properties:
        new["rawPeriods"] = raw_periods(item.body)


def raw_periods(body: Body) -> list[str]:
    """Relative periods from every form they can be sent in; fixed ones in stored form are dropped (facts §19.2)."""
    sent = [str(one) for one in body.get("rawPeriods") or []]
    for axis in AXES:
        for dimension in body.get(axis) or []:
            if isinstance(dimension, dict) and dimension.get("dimension") == "pe":
                sent.extend(str(row.get("id")) for row in dimension.get("items") or [])
    for name, chosen in (body.get("relativePeriods") or {}).items():
        if chosen:
            sent.append(stored_name(name))
    found: list[str] = []
    for one in sent:
        if _RELATIVE.fullmatch(one) and one not in found:
            found.append(one)
    return found



def refuse_lost_items(bundle: Bundle) -> None:
    """Up to 2.42 a map whose views name data items dies at the flush of the call (facts §18.1)."""
    part = bundle.parts.get("maps")
    if part is None or bundle.world.release >= (2, 43) or bundle.parameters.strategy == "DELETE":
        return
    for item in part.alive:
        for view in item.body.get("mapViews") or []:
            for row in view.get("dataDimensionItems") or []:
                held = next((key for key in ("indicator", "dataElement", "programIndicator") if row.get(key)), "")
                if held:
                    raise Trouble(
                        409,
                        "org.hibernate.TransientPropertyValueException: object references an unsaved transient "
                        "instance - save the transient instance before flushing : "
                        f"org.hisp.dhis.common.DataDimensionItem.{held}",
                    )


def whole(session: Session, type_name: str, sent: Body) -> Body:
    """A body for a type's own endpoint: what stands in the API form is put into the stored one (facts §18.2)."""
    if type_name not in ANALYTICAL or session is None:
        return sent
    return sent
