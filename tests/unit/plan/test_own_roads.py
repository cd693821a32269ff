"""What /api/metadata loses goes by its type's own endpoint, between the calls."""

from collections.abc import Sequence

import pytest

from dhis2cfg.model.names import Ref
from dhis2cfg.model.plan import StepKind
from dhis2cfg.model.state import Child, DesiredObject, Opaque
from tests.unit.plan.planning import Made, Standing, applied, child, plan_of, thing

ITEMS = [{"dataDimensionItemType": "INDICATOR", "indicator": {"id": "IndicIndi01"}}]


def a_map(period: str = "THIS_YEAR", *, items: bool = True) -> DesiredObject:
    """A map with one view."""
    held = {"dataDimensionItems": Opaque(json=ITEMS)} if items else {}
    view = child("V", "ViewView001", layer="thematic", rawPeriods=(period,), **held)
    return thing("maps/M", "MapMapMap01", name="M", mapViews=(view,))


def a_chart(period: str) -> DesiredObject:
    """A visualization of one period."""
    return thing("visualizations/V", "VisVisVis01", name="V", type="COLUMN", rawPeriods=(period,))


def dashboards(*shown: Ref) -> list[DesiredObject]:
    """A dashboard that shows these."""
    names = {"maps": "map", "visualizations": "visualization"}
    items: tuple[Child, ...] = tuple(
        child(ref.path, f"Item{ref.path * 7}", **{names[ref.type]: ref}) for ref in shown
    )
    return [thing("dashboards/D", "DashDashDa1", name="D", dashboardItems=items)]


def told(made: Made) -> list[tuple[StepKind, list[str]]]:
    """Kind of each step, and what it writes."""
    return [(step.kind, [f"{name}/{path}" for name, path in step.objects]) for step in made.plan.steps]


@pytest.mark.parametrize(
    ("version", "objects", "kind"),
    [
        ("2.41", [a_map()], StepKind.OWN),
        ("2.42", [a_map()], StepKind.OWN),
        ("2.43", [a_map()], StepKind.CALL),
        ("2.42", [a_map(items=False)], StepKind.CALL),
        ("2.43", [a_map("2024")], StepKind.OWN),
        ("2.42", [a_map("2024", items=False)], StepKind.OWN),
        ("2.41", [a_chart("202401")], StepKind.OWN),
        ("2.43", [a_chart("202401")], StepKind.OWN),
        ("2.42", [a_chart("LAST_12_MONTHS")], StepKind.CALL),
    ],
)
def test_what_an_import_would_lose(version: str, objects: Sequence[DesiredObject], kind: StepKind) -> None:
    """Data items of views up to 2.42, dates everywhere; all else goes in the call."""
    made = plan_of(objects, Standing(version=version))
    assert [step.kind for step in made.plan.steps] == [kind]
    assert made.refused == []
    if kind is StepKind.OWN:
        assert "/api/metadata" in made.plan.steps[0].reason
        assert not made.plan.steps[0].tried


def test_it_stands_between_two_calls() -> None:
    """Behind what it refers to, before what refers to it; a dashboard of what stands need not wait."""
    server = Standing()
    indicator = thing("indicators/I", "IndicIndi01", name="I")
    first = [indicator, a_map(), *dashboards(a_map().ref)]
    assert told(plan_of(first, server)) == [
        (StepKind.CALL, ["indicators/I"]),
        (StepKind.OWN, ["maps/M"]),
        (StepKind.CALL, ["dashboards/D"]),
    ]
    record = applied(first, server)
    both = [indicator, a_map("LAST_YEAR"), *dashboards(a_map().ref, a_chart("2024").ref), a_chart("2024")]
    made = plan_of(both, server, record)
    assert told(made) == [
        (StepKind.OWN, ["maps/M", "visualizations/V"]),
        (StepKind.CALL, ["dashboards/D"]),
    ]
    assert [step.number for step in made.plan.steps] == [1, 2]
    applied(both, server, record)


def test_a_date_of_somebody_else_counts_too() -> None:
    """The whole live object is sent, with what the package does not say."""
    server = Standing()
    server.put("visualizations", "VisVisVis01", name="V", type="COLUMN", rawPeriods=["2024"])
    one = thing("visualizations/V", "VisVisVis01", name="Another")
    assert [step.kind for step in plan_of([one], server).plan.steps] == [StepKind.OWN]


def test_names_of_views_are_the_servers_on_2_41() -> None:
    """There a view is called like its first item (facts §18.2); later its name is ours."""
    for version, changes in (("2.41", 0), ("2.42", 1)):
        server = Standing(version=version)
        named = child("V", "ViewView001", layer="thematic", name="Ours")
        one = thing("maps/M", "MapMapMap01", name="M", mapViews=(named,))
        record = applied([one], server)
        server.edit("maps", "MapMapMap01", mapViews=[{"id": "ViewView001", "layer": "thematic", "name": "I"}])
        assert len(plan_of([one], server, record).plan.changes) == changes
