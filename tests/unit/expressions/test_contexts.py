"""The language of a property is known by type and path."""

import pytest

from dhis2cfg.expressions import Context, context_of


@pytest.mark.parametrize(
    ("type_name", "path", "expected"),
    [
        ("programRules", "condition", Context.RULE),
        ("programRuleActions", "data", Context.RULE),
        ("programRuleActions", "content", Context.RULE_MESSAGE),
        ("programIndicators", "filter", Context.PROGRAM_INDICATOR),
        ("analyticsPeriodBoundary", "boundaryTarget", Context.BOUNDARY),
        ("validationRules", "leftSide.expression", Context.VALIDATION_RULE),
        ("dataEntryForms", "htmlCode", Context.HTML_FORM),
        ("dataElements", "name", None),
    ],
)
def test_which_language_a_property_holds(type_name: str, path: str, expected: Context | None) -> None:
    """The table answers for types and for embedded classes, None where there is no expression."""
    assert context_of(type_name, path) is expected
