"""Everything of an object: where it stands, what rules do, who uses it."""

import pytest

from dhis2cfg.explain.describe import describe
from dhis2cfg.explain.lookup import find
from dhis2cfg.explain.objects import objects_of
from dhis2cfg.explain.rule_acts import acts_on
from dhis2cfg.model.description import Description
from dhis2cfg.model.names import Foreign, Ref, Uid
from dhis2cfg.model.state import DesiredObject
from tests.unit.explain.clinic import FODT, clinic
from tests.unit.validate.states import formula, thing


def of(key: str, *more: DesiredObject) -> Description:
    """The description of what a key means."""
    objects = clinic(*more)
    (meant,) = find(objects, key)
    return describe(objects, meant)


def told(description: Description) -> list[tuple[str, str, int]]:
    """Rule, word and line of each act."""
    return [(each.rule.name, each.does, each.place.line) for each in description.acts]


def test_a_field_in_all_places() -> None:
    """By its section, by its stage, by its variable: every rule that reaches it, with its line."""
    found = of("DATO")
    assert [(each.holder.path, each.compulsory, each.place.line) for each in found.stands] == [
        ("P/ANNEN", False, 7),
        ("P/PROVE", False, 5),
    ]
    assert told(found) == [
        ("Fyll", "ASSIGN", 25),
        ("Skjul", "HIDESECTION", 22),
        ("STENG", "HIDEPROGRAMSTAGE", 28),
    ]
    assert [each.through.path for each in found.acts if each.through] == ["P/dato", "P/PROVE/TID", "P/ANNEN"]
    assert found.acts[0].data == "#{Prøvedato} = V{current_date}"
    assert found.acts[0].when == "d2:hasValue('Fødselsdato')"


@pytest.mark.parametrize(
    ("key", "rules"),
    [
        ("PROVE/DATO", ["Fyll", "Skjul"]),
        ("ANNEN/DATO", ["STENG"]),
        ("PROVE/SVAR", ["Skjul"]),
        ("SKJEMA/SVAR", []),
        ("P/FODT", ["STENG"]),
    ],
)
def test_a_field_in_one_place(key: str, rules: list[str]) -> None:
    """Rules of other stages, sections of other stages, and rules elsewhere are left out."""
    found = of(key)
    assert [each.rule.name for each in found.acts] == rules
    assert len(found.stands) == 1
    assert found.within is not None
    assert found.stands[0].holder.path == found.within.path


def test_who_uses_a_field() -> None:
    """Objects that refer to it, and rules that read it through a variable; its stages are told elsewhere."""
    found = of("dataElements/SVAR")
    assert found.value_type == "TEXT"
    assert found.option_set is not None
    assert [(each.user.path, each.property, each.through and each.through.path) for each in found.uses] == [
        ("ANDEL", "denominator", None),
        ("PI", "filter", None),
        ("P/svar", "dataElement", None),
        ("P/SKJUL", "condition", "P/svar"),
    ]


def test_who_uses_other_things() -> None:
    """A variable by its name, an indicator by reference; what belongs to a program is no user of it."""
    assert [(each.user.path, each.property) for each in of("P/dato").uses] == [("P/FYLL/ASSIGN", "content")]
    assert [each.user.path for each in of("PI").uses] == ["ANDEL"]
    assert [each.user.path for each in of("programs/P").uses] == ["PI"]
    assert [each.user.path for each in of("optionSets/SVAR").uses] == ["SVAR"]
    assert of("STENG").uses == ()


def test_a_variable_of_another_program_reads_nothing_here() -> None:
    """Names of variables belong to their programs."""
    assert of("Q/svar", thing("programRuleVariables/Q/svar")).uses == ()


def test_a_rule() -> None:
    """Its own texts and those of its actions; what it does."""
    found = of("FYLL")
    assert [each.property for each in found.texts] == ["condition", "content", "data", "content", "data"]
    assert told(found) == [("Fyll", "ASSIGN", 25), ("Fyll", "ASSIGN", 26)]
    assert [[one.name for one in each.on] for each in of("SKJUL").acts] == [["Prøvesvar"], ["Tid"]]


def test_what_cannot_be_told() -> None:
    """Actions without their rule, rules without a condition, sections that are not ours."""
    lost = thing("programRuleActions/P/BORTE/HIDEFIELD", trackedEntityAttribute=FODT)
    bare = thing("programRules/P/BAR")
    foreign = thing(
        "programRuleActions/P/BAR/HIDESECTION",
        programRuleActionType="HIDESECTION",
        trackedEntityAttribute=FODT,
        programStageSection=Foreign("programStageSections", Uid("abcdefghijk")),
    )
    unknown = thing(
        "programRuleActions/P/BAR/ASSIGN", programRuleActionType="ASSIGN", content="#{nosuch} A{svar}"
    )
    found = [each for each in of("FODT", lost, bare, foreign, unknown).acts if each.rule.path == "P/BAR"]
    assert [(each.does, each.when) for each in found] == [("HIDESECTION", "")]
    assert list(acts_on(objects_of(()), Ref("dataElements", "X"), None)) == []


def test_a_property_is_named_once() -> None:
    """However often a text names an object."""
    twice = thing("programIndicators/TO", filter=formula("A{", FODT, "} == A{", FODT, "}"))
    uses = [each for each in of("FODT", twice).uses if each.user.path == "TO"]
    assert [each.property for each in uses] == ["filter"]
