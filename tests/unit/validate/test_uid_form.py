"""uid-form: UIDs that are none."""

from dhis2cfg.model.names import Foreign, Uid
from dhis2cfg.model.state import Attributes, Formula, Sharing, Text
from dhis2cfg.validate.rules.uid_form import check
from tests.unit.validate.states import child, field, found, messages, thing

GOOD = "uYjxkTbwRNf"


def test_an_id_of_another_form() -> None:
    """An object's own UID is looked at."""
    (finding,) = found(check, thing("programs/P", line=8, uid="indeks"))
    assert (finding.message, finding.label) == ("'indeks' is no UID", "program P has it")
    assert finding.place.line == 8
    assert messages(check, thing("programs/P", uid=GOOD), thing("programs/Q")) == []


def test_foreign_uids_wherever_they_stand() -> None:
    """References, lists, expressions, sharing and attribute values are looked at."""
    bad = Foreign("optionSets", Uid("1abc"))
    good = Foreign("optionSets", Uid(GOOD))
    objects = thing(
        "dataElements/A",
        optionSet=field(bad, 1),
        legendSets=field((bad, good), 2),
        url=field(Formula(parts=("A{", bad, "}")), 3),
        name=field(Text(base=Formula(parts=(bad,)), locale="nb", locales={"en": "x"}), 4),
        sharing=field(Sharing(public=None, user_groups={bad: "r-------"}, users={good: "r-------"}), 5),
        attributeValues=field(Attributes(values={bad: "1"}), 6),
    )
    assert [each.place.line for each in found(check, objects)] == [1, 2, 3, 4, 5, 6]


def test_the_id_of_a_child() -> None:
    """A pinned id of an embedded child has the same form."""
    legends = (child("low", uid="x"), child("high", uid=GOOD))
    (finding,) = found(check, thing("legendSets/L", legends=legends))
    assert finding.label == "low in legends has it"
