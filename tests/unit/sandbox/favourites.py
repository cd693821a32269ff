"""Maps, charts and dashboards for the tests of the embedded server."""

from typing import Any

from tests.unit.sandbox.server import Server, element, uid, unit

VERSIONS = ("2.41", "2.42", "2.43")


ITEM = {"dataDimensionItems": [{"dataDimensionItemType": "INDICATOR", "indicator": {"id": uid("I")}}]}


def ground(server: Server) -> None:
    """An indicator `I`, an aggregate element `G`, a unit `O`."""
    server.commit(
        indicatorTypes=[{"id": uid("IT"), "name": "IT", "factor": 1}],
        indicators=[
            {
                "id": uid("I"),
                "name": "I",
                "shortName": "I",
                "indicatorType": {"id": uid("IT")},
                "numerator": "1",
                "denominator": "1",
            }
        ],
        dataElements=[element("G", domainType="AGGREGATE", valueType="NUMBER")],
        organisationUnits=[unit("O")],
    )


def axes(*items: str) -> dict[str, Any]:
    """Columns, rows and filters in API form."""
    return {
        "columns": [{"dimension": "dx", "items": [{"id": uid(one)} for one in items]}],
        "rows": [{"dimension": "ou", "items": [{"id": uid("O")}, {"id": "USER_ORGUNIT"}, {"id": "LEVEL-2"}]}],
        "filters": [{"dimension": "pe", "items": [{"id": "THIS_YEAR"}, {"id": "202401"}]}],
    }


def a_map(**view: Any) -> dict[str, Any]:
    """A map of one view."""
    return {"id": uid("M"), "name": "M", "mapViews": [{"id": uid("view"), "layer": "thematic"} | view]}


def shown_view(server: Server) -> Any:
    """The view of the map as it stands."""
    return server.owner("maps", uid("M"))["mapViews"][0]


def item(name: str, kind: str) -> dict[str, Any]:
    """A dashboard's item that shows something."""
    return {"id": uid(f"item{name}"), kind: {"id": uid(name)}, "x": 0, "y": 0, "width": 5, "height": 5}
