"""What somebody does to a server by hand between two applies, and what of it must still stand afterwards."""

from collections.abc import Callable
from typing import Any

from dhis2cfg.model.names import Ref
from tests.property.server import LOCAL_ELEMENT, LOCAL_GROUP, UNITS, House
from tests.property.strategies import Package, uid

Kept = Callable[[House], bool]
"""Whether something of the municipality's own still stands."""

SET, GROUP = uid(Ref("optionSets", "S")), uid(Ref("dataElementGroups", "G"))
PROGRAM, STAGE = uid(Ref("programs", "P")), uid(Ref("programStages", "P/ST0"))
LEGENDS = uid(Ref("legendSets", "L"))


def by_hand(house: House, hand: str, package: Package) -> Kept | None:
    """Do it; what it leaves that is nobody's but the municipality's, or None."""
    return HANDS[hand](house, package)


def _ids(rows: Any) -> list[str]:
    return [row["id"] for row in rows]


def _element(package: Package) -> str:
    return uid(Ref("dataElements", min(package.elements)))


def _describe(house: House, package: Package) -> None:
    live = house.get("dataElements", _element(package))
    house.save(dataElements=[{**live, "description": "By hand"}])


def _option(house: House, _package: Package) -> Kept:
    live = house.get("optionSets", SET)
    own = {"id": "LocOption01", "name": "Local", "code": "LOCAL", "optionSet": {"id": SET}}
    options = live["options"]
    house.save(options=[own], optionSets=[{**live, "options": [options[0], {"id": own["id"]}, *options[1:]]}])
    return lambda then: own["id"] in _ids(then.get("optionSets", SET)["options"])


def _own_member(house: House, _package: Package) -> Kept:
    live = house.get("dataElementGroups", GROUP)
    house.save(dataElementGroups=[{**live, "dataElements": [*live["dataElements"], {"id": LOCAL_ELEMENT}]}])
    return lambda then: LOCAL_ELEMENT in _ids(then.get("dataElementGroups", GROUP)["dataElements"])


def _our_member(house: House, _package: Package) -> None:
    live = house.get("dataElementGroups", GROUP)
    house.save(dataElementGroups=[{**live, "dataElements": live["dataElements"][1:]}])


def _own_unit(house: House, package: Package) -> Kept | None:
    own = sorted(set(UNITS) - package.units)
    if not own:
        return None
    live = house.get("programs", PROGRAM)
    house.save(programs=[{**live, "organisationUnits": [*live["organisationUnits"], {"id": own[0]}]}])
    return lambda then: own[0] in _ids(then.get("programs", PROGRAM)["organisationUnits"])


def _translate(house: House, package: Package) -> Kept:
    element = _element(package)
    live = house.get("dataElements", element)
    own = {"property": "NAME", "locale": "fr", "value": "Élément"}
    house.save(dataElements=[{**live, "translations": [*live["translations"], own]}])
    return lambda then: own in then.get("dataElements", element)["translations"]


def _share(house: House, package: Package) -> Kept:
    element = _element(package)
    live = house.get("dataElements", element)
    entries = {**live["sharing"]["userGroups"], LOCAL_GROUP: {"id": LOCAL_GROUP, "access": "rw------"}}
    sharing = {**live["sharing"], "public": "rw------", "userGroups": entries}
    house.save(dataElements=[{**live, "sharing": sharing}])
    return lambda then: LOCAL_GROUP in then.get("dataElements", element)["sharing"]["userGroups"]


def _own_element(house: House, _package: Package) -> Kept:
    live = house.get("programStages", STAGE)
    own = {"dataElement": {"id": LOCAL_ELEMENT}, "compulsory": True, "sortOrder": 0}
    house.save(programStages=[{**live, "programStageDataElements": [own, *live["programStageDataElements"]]}])
    return lambda then: any(
        row["dataElement"]["id"] == LOCAL_ELEMENT and row["compulsory"]
        for row in then.get("programStages", STAGE)["programStageDataElements"]
    )


def _changed_rows(house: House, change: Callable[[list[Any]], list[Any]]) -> None:
    live = house.get("programStages", STAGE)
    rows = sorted(live["programStageDataElements"], key=lambda row: row.get("sortOrder", 0))
    house.save(programStages=[{**live, "programStageDataElements": change(rows)}])


def _our_element(house: House, package: Package) -> None:
    if not package.rules:
        _changed_rows(house, lambda rows: rows[1:])


def _turn_round(house: House, _package: Package) -> None:
    _changed_rows(
        house, lambda rows: [{**row, "sortOrder": number} for number, row in enumerate(rows[::-1], 1)]
    )


def _loosen(house: House, _package: Package) -> None:
    _changed_rows(house, lambda rows: [{**row, "compulsory": not row["compulsory"]} for row in rows])


def _section(house: House, _package: Package) -> Kept:
    live = house.get("programStages", STAGE)
    own = {"id": "LocSection1", "name": "Local section", "programStage": {"id": STAGE}, "sortOrder": 0}
    house.save(
        programStageSections=[own],
        programStages=[{**live, "programStageSections": [{"id": own["id"]}, *live["programStageSections"]]}],
    )
    return lambda then: own["id"] in _ids(then.get("programStages", STAGE)["programStageSections"])


def _range(house: House, _package: Package) -> None:
    live = house.get("legendSets", LEGENDS)
    first, *rest = live["legends"]
    house.save(legendSets=[{**live, "legends": [{**first, "endValue": first["endValue"] + 1}, *rest]}])


def _reorder(house: House, _package: Package) -> None:
    live = house.get("optionSets", SET)
    house.save(optionSets=[{**live, "options": live["options"][::-1]}])


HANDS: dict[str, Callable[[House, Package], Kept | None]] = {
    "describe": _describe,
    "option": _option,
    "own member": _own_member,
    "our member": _our_member,
    "own unit": _own_unit,
    "translate": _translate,
    "share": _share,
    "own element": _own_element,
    "our element": _our_element,
    "turn round": _turn_round,
    "loosen": _loosen,
    "section": _section,
    "range": _range,
    "reorder options": _reorder,
}
