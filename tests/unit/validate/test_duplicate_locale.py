"""duplicate-locale: one language under two names."""

from dhis2cfg.validate.rules.duplicate_locale import check
from tests.unit.validate.states import field, found, messages, text, thing


def test_two_names_of_one_language() -> None:
    """The base language counts, and so do two others."""
    base, others = found(
        check,
        thing("dataElements/A", name=field(text("Feber", no="Feber"), 2)),
        thing("dataElements/B", name=field(text(None, no="Feber", nb="Feber"), 3)),
    )
    assert base.message == "name of data element A is written in nb and in no"
    assert (base.place.line, base.following) == (2, "keep nb: it goes out under both names")
    assert others.label == "nb is the same language as no"


def test_languages_that_differ() -> None:
    """Other languages, and what is no text per language."""
    assert (
        messages(check, thing("dataElements/A", name=text("Feber", en="Fever", nn="Feber"), code="A")) == []
    )
