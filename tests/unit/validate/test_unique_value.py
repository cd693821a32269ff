"""unique-value: names, short names and codes that must differ."""

from dhis2cfg.validate.rules.unique_value import check
from tests.unit.validate.states import ALL, field, follows, found, messages, text, thing


def test_a_name_that_repeats() -> None:
    """The second is the finding, with the place of the first."""
    one = thing("dataElements/A", name=field(text("Symptom"), 2))
    two = thing("dataElements/B", name=field(text("Symptom"), 5))
    (finding,) = found(check, one, two)
    assert finding.message == "data element B and A have the same name, 'Symptom'"
    assert (finding.label, finding.place.line) == ("name must be unique", 5)
    assert finding.related[0].place.line == 2


def test_types_whose_names_may_repeat() -> None:
    """Names of programs are not unique, codes are; empty ones never clash."""
    one, two = thing("programs/A", name=text("P"), code="X"), thing("programs/B", name=text("P"), code="X")
    assert messages(check, one, two) == ["program B and A have the same code, 'X'"]
    assert messages(check, thing("programs/A", code=None), thing("programs/B", code=None)) == []


def test_a_version_that_wants_it_unique_is_named() -> None:
    """Uniqueness came with a version for some types."""
    groups = [thing(f"indicatorGroups/{key}", name=text("G")) for key in "AB"]
    assert [each.label for each in found(check, *groups, versions=ALL)] == [
        "name must be unique in DHIS2 2.43"
    ]


def test_a_short_name_that_follows_says_so() -> None:
    """Who did not write the short name learns where it comes from."""
    one = thing("dataElements/A", shortName=text("S"))
    two = thing("dataElements/B", shortName=follows(text("S")))
    assert [each.label for each in found(check, one, two)] == [
        "shortName must be unique, and follows from here"
    ]


def test_one_object_of_two_packages() -> None:
    """The same UID is the same object, so its name does not clash with itself."""
    one = thing("dataElements/A", uid="uYjxkTbwRNf", name=text("S"))
    two = thing("dataElements/B", uid="uYjxkTbwRNf", name=text("S"), owner="other")
    assert messages(check, one, two) == []
