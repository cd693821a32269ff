"""Flat fields and back: each shape of a property, empties, numbers, dates and blanks, ids of children."""

from typing import Any

import pytest

from dhis2cfg.catalogue import oddities, shipped
from dhis2cfg.catalogue.types import Shape
from dhis2cfg.wire import paths
from dhis2cfg.wire.flatten import atom, by_number, child_key, flatten, opaque, uid_of
from dhis2cfg.wire.identity import with_live_ids
from dhis2cfg.wire.overlay import REMOVED, overlay

CATALOGUE = shipped.load("2.43")


def flat(type_name: str, **wire: Any) -> dict[str, Any]:
    """The fields of an object, without the object itself."""
    found = flatten(CATALOGUE, type_name, {"id": "AnyAnyAny01", **wire})
    return {path: value for path, value in found.items() if path}


def test_scalars_are_canonical() -> None:
    """Empty is None, whole numbers have no fraction, midnight is no time, unknown properties have no path."""
    assert flat(
        "organisationUnits", name="", openingDate="2020-01-01T00:00:00.000", unknown=1, level=2, path="/x"
    ) == {"name": None, "openingDate": "2020-01-01"}
    assert flat("programStages", minDaysFromStart=2.0, sortOrder=3) == {"minDaysFromStart": 2}
    assert atom(Shape.DATE, "2020-01-01T08:00:00.000") == "2020-01-01T08:00:00.000"
    assert atom(Shape.BOOLEAN, value=False) is False


def test_lists_of_words() -> None:
    """A set of words is members, an ordered list one value."""
    assert flat("userRoles", authorities=["B", "A"]) == {"authorities[B]": True, "authorities[A]": True}
    assert flat("dataElements", aggregationLevels=[2, 1]) == {"aggregationLevels": [2, 1]}
    assert flat("dataElements", aggregationLevels=[]) == {"aggregationLevels": None}


def test_embedded_objects_and_json() -> None:
    """An object by its fields; what no schema describes as one value without noise."""
    assert flat("programStages", style={"color": "#fff", "icon": ""}) == {
        "style.color": "#fff",
        "style.icon": None,
    }
    assert flat("programStages", style=None) == {}
    noisy = {"b": 1.0, "a": None, "href": "x", "c": [""]}
    assert opaque(noisy) == {"b": 1, "c": [None]}
    assert opaque([]) is None
    assert uid_of("DeElement01") == "DeElement01"
    assert uid_of({"id": ""}) is None
    assert uid_of("") is None


def test_sharing_by_part() -> None:
    """Public access and entries; owner and external are not ours."""
    sharing = {
        "owner": "UserUser001",
        "external": False,
        "public": "r-------",
        "users": {"UserUser002": {"id": "UserUser002", "access": "rw------"}},
    }
    assert flat("dataElements", sharing=sharing) == {
        "sharing.public": "r-------",
        "sharing.users[UserUser002]": "rw------",
    }
    assert flat("dataElements", sharing=None) == {}


def test_numbers_say_the_order_where_they_are_known() -> None:
    """Unknown numbers count by their position; ties follow what is told."""
    numbers = {"a": 3.0, "b": 1.0, "c": None, "d": 3.0}
    assert by_number("sections", ["a", "b", "c"], None) == ("a", "b", "c")
    assert by_number("sections", ["a", "b", "c"], lambda _, uid: numbers[uid]) == ("b", "c", "a")
    tied = by_number("sections", ["a", "d", "b"], lambda _, uid: numbers[uid], ("d", "a", "x"))
    assert tied == ("b", "d", "a")


def test_children_by_their_natural_key() -> None:
    """A reference, several parts, an id; trailing parts that are empty are left off."""
    operand = oddities.embedded_class("dataElementOperand")
    legend = oddities.embedded_class("legend")
    assert operand is not None
    assert legend is not None
    assert child_key(operand, {"dataElement": {"id": "a"}, "categoryOptionCombo": {"id": "b"}}) == "a,b"
    assert child_key(operand, {"dataElement": {"id": "a"}}) == "a"
    assert child_key(legend, {"id": "x", "startValue": 1.0}) == "x"


def test_ids_of_children_are_found_by_record_before_the_server() -> None:
    """Our id where it stands; else the recorded one; else the natural key on the server; else ours."""
    ours = {"id": "L", "legends": [_legend("new1", 0, 10), _legend("new2", 10, 20), _legend("new3", 20, 30)]}
    live = {"legends": [_legend("old1", 0, 12), _legend("old2", 10, 20), _legend("other", 50, 60)]}
    recorded = {"legends[old1]": True, "legends[old1].startValue": 0, "legends[old1].endValue": 10}
    aligned = with_live_ids(CATALOGUE, "legendSets", ours, live, recorded)
    assert [each["id"] for each in aligned["legends"]] == ["old1", "old2", "new3"]
    same = with_live_ids(CATALOGUE, "legendSets", live, live, {})
    assert same == live


def _legend(uid: str, low: int, high: int) -> dict[str, Any]:
    return {"id": uid, "startValue": low, "endValue": high}


def test_overlay_of_each_shape() -> None:
    """New values over an object: scalars, references, members, words, embedded objects, whole values."""
    live = {
        "id": "StageStage1",
        "name": "S",
        "description": "D",
        "version": 3,
        "program": {"id": "a"},
        "notificationTemplates": [{"id": "n1"}, {"id": "n2"}],
        "style": {"color": "#fff"},
        "translations": [{"property": "NAME", "locale": "en", "value": "S"}],
        "attributeValues": [{"attribute": {"id": "x"}, "value": "1"}],
    }
    edits = {
        "": True,
        "description": REMOVED,
        "program": REMOVED,
        "notificationTemplates[n1]": REMOVED,
        "notificationTemplates[n3]": True,
        "style.color": REMOVED,
        "translations[NAME,en]": REMOVED,
        "attributeValues[x]": REMOVED,
        "attributeValues[y]": "2",
        "notOfThisType": 1,
    }
    assert overlay(CATALOGUE, "programStages", live, edits, {}) == {
        "id": "StageStage1",
        "name": "S",
        "version": 3,
        "notificationTemplates": [{"id": "n2"}, {"id": "n3"}],
        "translations": [],
        "attributeValues": [{"attribute": {"id": "y"}, "value": "2"}],
    }
    role = overlay(CATALOGUE, "userRoles", {"authorities": ["A"]}, {"authorities[B]": True}, {})
    assert role == {"authorities": ["A", "B"]}
    whole = {"aggregationLevels": [2]}
    assert overlay(CATALOGUE, "dataElements", {}, {"aggregationLevels": [2]}, whole) == whole
    assert overlay(CATALOGUE, "dataElements", whole, {"aggregationLevels": REMOVED}, {}) == {}
    assert repr(REMOVED) == "REMOVED"


def test_overlay_of_children() -> None:
    """Numbers stay where the order stays; new ones count on; a whole order numbers all anew."""
    rows = [
        {"id": "c1", "dataElement": {"id": "a"}, "sortOrder": 2},
        {"id": "c2", "dataElement": {"id": "b"}, "sortOrder": 2, "compulsory": False},
    ]
    live = {"programStageDataElements": rows}
    new = {"id": "c3", "dataElement": {"id": "c"}}
    desired = {"programStageDataElements": [new]}
    edits = {
        "programStageDataElements[c]": True,
        "programStageDataElements[c].compulsory": True,
        "programStageDataElements[b].compulsory": True,
    }
    body = overlay(CATALOGUE, "programStages", live, edits, desired)
    assert body["programStageDataElements"] == [
        rows[0],
        {**rows[1], "compulsory": True},
        {**new, "sortOrder": 3},
    ]
    order = {"programStageDataElements#order": ("b", "a"), "programStageDataElements[zz]": REMOVED}
    assert overlay(CATALOGUE, "programStages", live, order, {})["programStageDataElements"] == [
        {**rows[1], "sortOrder": 1},
        {**rows[0], "sortOrder": 2},
    ]
    items = {"dashboardItems": [{"id": "i1"}, {"id": "i2"}]}
    moved = overlay(CATALOGUE, "dashboards", items, {"dashboardItems#order": ("i2", "i1")}, items)
    assert moved["dashboardItems"] == [{"id": "i2"}, {"id": "i1"}]
    more = overlay(
        CATALOGUE, "dashboards", items, {"dashboardItems[i3]": True}, {"dashboardItems": [{"id": "i3"}]}
    )
    assert [each["id"] for each in more["dashboardItems"]] == ["i1", "i2", "i3"]


def test_a_path_that_is_none() -> None:
    """Only what flatten makes is a path."""
    with pytest.raises(ValueError, match="no field path: 'a b'"):
        paths.parse("a b")


def test_children_without_a_key_are_one_value() -> None:
    """A list of periods is compared as it is, less what the server adds to each."""
    periods = [{"id": "2024W3", "name": "Week 3"}, "2024W4"]
    assert flat("visualizations", periods=periods) == {"periods": [{"id": "2024W3"}, "2024W4"]}
    assert flat("visualizations", periods=[]) == {"periods": None}
    assert flat("organisationUnits", geometry={"type": "Point", "coordinates": [10.0, 59.5]}) == {
        "geometry": {"coordinates": [10, 59.5], "type": "Point"}
    }


def test_children_keep_what_is_theirs() -> None:
    """Noise and unknown properties of a child have no path; a view of a map keeps what no schema knows."""
    row = {"id": "c1", "dataElement": {"id": "a"}, "access": {}, "unknown": 1, "programStage": {"id": "s"}}
    assert flat("programStages", programStageDataElements=[row]) == {
        "programStageDataElements[a]": True,
        "programStageDataElements[a].dataElement": "a",
        "programStageDataElements#order": ("a",),
    }
    view = {"id": "v", "unknown": {"b": 2.0}, "displayFormName": "x", "displayName": "x"}
    assert flat("maps", mapViews=[view]) == {
        "mapViews[v]": True,
        "mapViews[v].unknown": {"b": 2},
        "mapViews#order": ("v",),
    }


def test_the_value_type_of_a_variable_hangs_on_its_source() -> None:
    """A data element gives it, so it is the server's; of a calculated value it is ours."""
    source = "programRuleVariableSourceType"
    given = flat("programRuleVariables", valueType="TEXT", **{source: "DATAELEMENT_CURRENT_EVENT"})
    assert given == {source: "DATAELEMENT_CURRENT_EVENT"}
    calculated = flat("programRuleVariables", valueType="TEXT", **{source: "CALCULATED_VALUE"})
    assert calculated == {source: "CALCULATED_VALUE", "valueType": "TEXT"}
