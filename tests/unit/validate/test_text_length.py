"""text-length: texts too long or too short for their column."""

from dhis2cfg.model.names import Ref
from dhis2cfg.validate.rules.text_length import check
from tests.unit.validate.states import ALL, child, field, formula, found, messages, text, thing


def test_a_long_text_names_its_limit() -> None:
    """A text over the limit is said with its length."""
    (finding,) = found(check, thing("dataElements/A", shortName=field(text("x" * 51), 4)))
    assert finding.message == "shortName of data element A has 51 characters"
    assert (finding.label, finding.following) == ("at most 50 characters are allowed", "shorten it")
    assert finding.place.line == 4


def test_a_limit_that_came_with_a_version_names_it() -> None:
    """What 2.43 alone refuses says so."""
    long = thing("programs/P", description=text("x" * 256))
    assert [each.label for each in found(check, long, versions=ALL)] == [
        "at most 255 characters are allowed in DHIS2 2.43"
    ]
    assert messages(check, long, versions=["2.41", "2.42"]) == []


def test_a_translation_is_measured_once() -> None:
    """A text is one finding, whichever of its languages is too long."""
    assert messages(check, thing("dataElements/A", shortName=text("x", en="y" * 51, fr="z" * 60))) == [
        "shortName of data element A has 51 characters"
    ]


def test_a_short_text() -> None:
    """A text below the least length is a finding; the empty one is no text."""
    assert messages(check, thing("userRoles/R", description=text("x"))) == [
        "description of user role R has 1 character"
    ]
    assert messages(check, thing("userRoles/R", description=text(""))) == []


def test_references_count_as_uids() -> None:
    """A key inside a text counts 11 characters, whatever its own length."""
    long_key = Ref("programStages", "P/" + "X" * 60)
    boundary = child("b", boundaryTarget=formula("PS_EVENTDATE:", long_key))
    assert messages(check, thing("programIndicators/I", analyticsPeriodBoundaries=(boundary,))) == []


def test_codes_have_a_rule_of_their_own() -> None:
    """Codes are left to code-length."""
    assert messages(check, thing("dataElements/A", code="x" * 60)) == []
