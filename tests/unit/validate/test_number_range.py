"""number-range: numbers outside what DHIS2 takes."""

from dataclasses import replace

from dhis2cfg.catalogue.types import Shape
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.rules.number_range import check
from tests.unit.validate.states import a_context, thing


def limited(context: RuleContext, minimum: float | None, maximum: float | None) -> RuleContext:
    """The same context, where constants have a value between two limits."""
    catalogue = context.catalogues["2.42"]
    kind = catalogue.types["constants"]
    value = replace(kind.properties["value"], shape=Shape.NUMBER, minimum=minimum, maximum=maximum)
    kind = replace(kind, properties={**kind.properties, "value": value})
    return replace(
        context, catalogues={"2.42": replace(catalogue, types={**catalogue.types, "constants": kind})}
    )


def test_a_number_outside_its_limits() -> None:
    """A number below or above is said with the limits."""
    context = a_context(thing("constants/A", value=0), thing("constants/B", value=10.5))
    (low, high) = list(check(limited(context, 1, 10)))
    assert (low.message, low.label) == (
        "value of constant A is 0",
        "at least 1 and at most 10 is allowed",
    )
    assert high.message == "value of constant B is 10.5"


def test_one_limit_alone() -> None:
    """Where only one end is limited, only that end is said."""
    context = a_context(thing("constants/A", value=0))
    assert [each.label for each in check(limited(context, 1, None))] == ["at least 1 is allowed"]
    assert [each.label for each in check(limited(context, None, -1))] == ["at most -1 is allowed"]
    assert list(check(limited(context, 0, 0))) == []


def test_what_is_no_number_is_left_alone() -> None:
    """Truths, texts and properties without limits are nothing to measure."""
    context = a_context(
        thing("constants/A", value=True), thing("constants/B", value="7"), thing("constants/C", name=7)
    )
    assert list(check(limited(context, 100, 200))) == []
