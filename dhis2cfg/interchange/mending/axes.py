"""Visualizations and map views in the form of the API (columns, rows, filters) → the form that is stored.

Through /api/metadata the first loses its items and dimensions without a word (facts §18.1, §19.1).
"""

import re
from collections.abc import Iterator

from dhis2cfg.interchange.bundle import Body, Bundle, items, uid_of
from dhis2cfg.model.names import Uid

AXES = {"columns": "columnDimensions", "rows": "rowDimensions", "filters": "filterDimensions"}

DATA = {
    "indicators": ("indicator", "INDICATOR"),
    "dataElements": ("dataElement", "DATA_ELEMENT"),
    "programIndicators": ("programIndicator", "PROGRAM_INDICATOR"),
}
"""What may be an item of data: its reference in the stored item, and how the item calls it."""

UNITS = {
    "USER_ORGUNIT": "userOrganisationUnit",
    "USER_ORGUNIT_CHILDREN": "userOrganisationUnitChildren",
    "USER_ORGUNIT_GRANDCHILDREN": "userOrganisationUnitGrandChildren",
}
_LEVEL = re.compile(r"LEVEL-(\d+)")


def mend_axes(bundle: Bundle) -> None:
    """Every visualization and every view of a map, in the stored form."""
    for type_name in ("visualizations", "eventVisualizations"):
        for uid, body in bundle.of(type_name).items():
            _mend(bundle, type_name, uid, body)
    for uid, body in bundle.of("maps").items():
        for view in items(body.get("mapViews")):
            _mend(bundle, "maps", uid, view)


def _mend(bundle: Bundle, type_name: str, uid: Uid, body: Body) -> None:
    moved = [word for axis, stored in AXES.items() for word in _axis(bundle, body, axis, stored)]
    if moved:
        message = f"{', '.join(dict.fromkeys(moved))}: written in the form that DHIS2 stores"
        bundle.mended("mend-axes", type_name, uid, message)


def _axis(bundle: Bundle, body: Body, axis: str, stored: str) -> Iterator[str]:
    """The dimensions of one axis that were moved."""
    dimensions = items(body.pop(axis, None))
    names = [str(each.get("dimension")) for each in dimensions if each.get("dimension")]
    if names and not body.get(stored):
        body[stored] = names
        yield axis
    for each in dimensions:
        uids = [uid_of(item) for item in items(each.get("items"))]
        match each.get("dimension"):
            case "dx" if uids and not body.get("dataDimensionItems"):
                body["dataDimensionItems"] = [item for uid in uids if (item := _data_item(bundle, uid))]
                yield "dx"
            case "pe" if uids and not body.get("rawPeriods"):
                body["rawPeriods"] = uids
                yield "pe"
            case "ou" if uids:
                yield from _units(body, uids)
            case _:
                continue


def _data_item(bundle: Bundle, uid: str) -> Body | None:
    for type_name, (name, kind) in DATA.items():
        if bundle.has(type_name, uid):
            return {"dataDimensionItemType": kind, name: {"id": uid}}
    return None


def _units(body: Body, uids: list[str]) -> Iterator[str]:
    levels = [int(match[1]) for uid in uids if (match := _LEVEL.fullmatch(uid))]
    wanted = {UNITS[uid] for uid in uids if uid in UNITS}
    if levels and not body.get("organisationUnitLevels"):
        body["organisationUnitLevels"] = levels
        yield "ou"
    for name in sorted(wanted):
        if body.get(name) is not True:
            body[name] = True
            yield "ou"
