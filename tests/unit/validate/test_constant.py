"""constant: words that a version does not know."""

from dhis2cfg.validate.rules.constant import check
from tests.unit.validate.states import ALL, field, found, messages, thing


def test_a_misspelt_word_is_corrected() -> None:
    """The nearest word is offered."""
    (finding,) = found(check, thing("dataElements/A", valueType=field("INTEGER_POSITIV", 6)))
    assert finding.message == "INTEGER_POSITIV is no valueType of data element A"
    assert finding.following == "did you mean INTEGER_POSITIVE?"
    assert finding.place.line == 6


def test_a_word_of_some_versions_names_the_others() -> None:
    """A word that is gone from a version, or came with one, says where it is not known."""
    gone = thing("dataElements/A", valueType="TRACKER_ASSOCIATE")
    new = thing("programRuleActions/P/R/A", programRuleActionType="SCHEDULEEVENT")
    assert [each.label for each in found(check, gone, new, versions=ALL)] == [
        "this word is not known in DHIS2 2.43",
        "this word is not known in DHIS2 2.41, 2.42",
    ]


def test_a_word_like_no_other_lists_them() -> None:
    """Where nothing is near, the words are listed."""
    (finding,) = found(check, thing("dataElements/A", domainType="XYZ"))
    assert finding.following == "write one of AGGREGATE, TRACKER"


def test_words_of_a_list_are_looked_at() -> None:
    """A list of words has one finding for each unknown one."""
    action = thing("programRuleActions/P/R/A", programRuleActionEvaluationEnvironments=("WEB", "FAX"))
    assert messages(check, action) == [
        "FAX is no programRuleActionEvaluationEnvironments of program rule action P/R/A"
    ]


def test_free_texts_are_no_words() -> None:
    """A property without constants takes any text, and null is no word."""
    assert messages(check, thing("dataElements/A", url="anything", valueType=None)) == []
