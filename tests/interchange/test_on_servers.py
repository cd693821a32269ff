"""Published packages on embedded servers: imported, applied, planned again: nothing is left."""

import json

import pytest

from tests.conformance.recorded import VERSIONS
from tests.e2e.house import URL, House
from tests.interchange.conftest import PACKAGES
from tests.interchange.test_round_trip import LARGE, SMALL
from tests.unit.interchange.documents import element, uid

SAMPLE = {("IDS_MPOX_DHIS2.40", "2.42"), ("CVC_EIR_DHIS2.39", "2.43")}
CASES = [
    pytest.param(
        name, version, marks=() if (name, version) in SAMPLE else pytest.mark.packages, id=f"{name} {version}"
    )
    for name in (*SMALL, *LARGE)
    for version in VERSIONS
]


@pytest.mark.skipif(not PACKAGES.is_dir(), reason=f"published packages are not at {PACKAGES}")
@pytest.mark.parametrize(("name", "version"), CASES)
def test_applied_and_planned_again(name: str, version: str, house: House) -> None:
    """After apply the plan is empty: maps with their items, periods with a date, option combinations too."""
    assert house.run("import", str((PACKAGES / f"{name}.json").resolve()), "-o", "official").code == 0
    there = House(folder=house.folder / "official", environ=house.environ)
    there.serve(version=version)
    there.fine("apply", "--server", URL, "--yes")
    ran = there.fine("plan", "--server", URL, "--format", "json")
    (plan,) = ran.json["plans"]
    assert (plan["changes"], plan["steps"]) == ([], [])


def test_programs_that_refer_to_each_other_keep_the_link(house: House) -> None:
    """The one that is referred to goes first, whatever their names."""
    programs = [
        {"id": uid(name), "code": name, "name": name, "shortName": name, "programType": "WITH_REGISTRATION",
         "trackedEntityType": {"id": uid("T")}, "sharing": {"public": "--------"}, **related}
        for name, related in (("A", {"relatedProgram": {"id": uid("B")}}), ("B", {}))
    ]  # fmt: skip
    person = {"id": uid("T"), "code": "T", "name": "T", "shortName": "T", "sharing": {"public": "--------"}}
    house.write("file.json", json.dumps({"programs": programs, "trackedEntityTypes": [person]}))
    assert house.run("import", "file.json", "-o", "official").code == 0
    there = House(folder=house.folder / "official", environ=house.environ)
    there.serve()
    there.fine("apply", "--server", URL, "--yes")
    (plan,) = there.fine("plan", "--server", URL, "--format", "json").json["plans"]
    assert plan["changes"] == []


def test_a_map_of_events_keeps_what_it_filters_by(house: House) -> None:
    """Elements, attributes and indicators that are axes of a view, each with its filter."""
    shared = {"sharing": {"public": "--------"}}
    axes = (("E", "dataElement"), ("A", "attribute"), ("I", "programIndicator"))
    view: dict[str, object] = {"id": uid("V"), "layer": "event", "program": {"id": uid("P")}}
    view |= {"columnDimensions": [uid(name) for name, _ in axes], "userOrganisationUnit": True}
    view |= {f"{of}Dimensions": [{of: {"id": uid(name)}, "filter": "IN:A"}] for name, of in axes}
    plain = {"valueType": "TEXT", "aggregationType": "NONE", **shared}
    file = {
        "dataElements": [element("E", **plain, domainType="TRACKER")],
        "trackedEntityAttributes": [element("A", **plain)],
        "programs": [element("P", programType="WITHOUT_REGISTRATION", **shared)],
        "programStages": [{"id": uid("S"), "name": "S", "program": {"id": uid("P")}, **shared}],
        "programIndicators": [element("I", program={"id": uid("P")}, expression="1", **shared)],
        "maps": [{"id": uid("M"), "name": "M", "mapViews": [view], **shared}],
    }
    house.write("file.json", json.dumps(file))
    assert house.run("import", "file.json", "-o", "official").code == 0
    there = House(folder=house.folder / "official", environ=house.environ)
    there.serve()
    there.fine("apply", "--server", URL, "--yes")
    (plan,) = there.fine("plan", "--server", URL, "--format", "json").json["plans"]
    assert plan["changes"] == []
    (stands,) = there.server.found("maps", "M")["mapViews"]
    assert stands["dataElementDimensions"][0]["filter"] == "IN:A"
