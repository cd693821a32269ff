"""DHIS2's words."""

from dhis2cfg.report.words import one, plural, several, spaced


def test_types_are_called_as_dhis2_calls_them() -> None:
    """Names of types become words, irregular ones by the table."""
    names = [
        "dataElements",
        "programRules",
        "categories",
        "categoryOptionCombos",
        "relationshipTypes",
        "access",
    ]
    assert [one(each) for each in names] == [
        "data element",
        "rule",
        "category",
        "category option combo",
        "relationship type",
        "access",
    ]


def test_several_of_a_type_are_counted() -> None:
    """One, and more than one."""
    assert [
        several("options", 1),
        several("options", 3),
        several("authorities", 2),
        several("categories", 2),
    ] == [
        "1 option",
        "3 options",
        "2 authorities",
        "2 categories",
    ]
    assert plural("key") == "keys"


def test_properties_are_words_with_blanks() -> None:
    """Wire names are split at their capitals; constants are not."""
    assert [spaced("formName"), spaced("zeroIsSignificant"), spaced("F_X")] == [
        "form name",
        "zero is significant",
        "F_X",
    ]
