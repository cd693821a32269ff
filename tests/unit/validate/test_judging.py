"""Expressions judged once for all rules, with the types that the state gives to names."""

import pytest

from dhis2cfg.expressions.syntax import Fault
from dhis2cfg.expressions.vocabulary import Type, Use
from dhis2cfg.model.names import Foreign, Ref, Uid
from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.judging import Expression, judged, of_faults, variable_type
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.program_rules import is_of_enrollment
from tests.unit.validate.programs_world import WORLD, acts, element, rule
from tests.unit.validate.states import a_context, child, field, formula, thing

PAGE = Page(rule="a-rule", what="What.", why="Why.", wrong="", right="")


def one(*objects: DesiredObject) -> Expression:
    """The first expression of these objects in the world."""
    return next(judged(a_context(*WORLD, *objects)))


def test_each_text_is_judged_once() -> None:
    """All rules get the same trees; those of other uses are left out."""
    context = a_context(*WORLD, *rule("true", acts("ASSIGN", content="#{sum}", data="1")))
    everything = list(judged(context))
    assert [each.use for each in everything] == [Use.CONDITION, Use.DATA]
    assert next(judged(context, Use.DATA)) is everything[1]


def test_empty_texts_say_nothing() -> None:
    """A condition that is written and empty is no expression."""
    assert list(judged(a_context(*rule("")))) == []


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (element("TEKST"), Type.TEXT),
        (element("DATO"), Type.DATE),
        (element("NOSUCH"), Type.ANY),
        (Foreign("dataElements", Uid("abcdefghijk")), Type.ANY),
    ],
)
def test_the_type_of_an_element(given: Ref | Foreign, wanted: Type) -> None:
    """It is that of its value type, with an option combination too; nobody knows foreign ones."""
    side = child("leftSide", expression=formula("#{", given, ".*}"))
    expression = one(thing("validationRules/V", leftSide=side))
    assert expression.use is Use.VALIDATION_RULE
    assert expression.tree is not None
    assert expression.types[expression.tree.root].type is wanted


def test_the_type_of_what_is_no_element() -> None:
    """Indicators, constants and rates are numbers."""
    side = child("leftSide", expression=formula("I{", Ref("programIndicators", "I"), "}"))
    expression = one(thing("validationRules/V", leftSide=side))
    assert expression.tree is not None
    assert expression.types[expression.tree.root].type is Type.NUMBER


def test_the_type_of_a_variable() -> None:
    """That of its source; of a calculated one what it says; of an unknown one nobody knows."""
    context = a_context(*WORLD)
    found = [variable_type(context, "P", name) for name in ("tekst", "fodt", "sum", "nosuch")]
    assert found == [Type.TEXT, Type.DATE, Type.NUMBER, Type.ANY]


def test_mistakes_become_findings() -> None:
    """A finding says what, in which property of what, and where; other kinds are left out."""
    text = field("d2:foo(1) && d2:length()", 9, 5, 24)
    context = a_context(*WORLD, thing("programRules/P/R", condition=text))
    (finding,) = of_faults(context, PAGE, Fault.ARGUMENTS)
    assert finding.message == "d2:length takes 1 argument, here are 0, in condition of program rule P/R"
    assert finding.following == "write d2:length(TEXT)"
    assert (finding.place.line, finding.place.column, finding.place.length) == (9, 18, 11)


def test_who_runs_for_enrollments() -> None:
    """A rule without a stage, in a program with persons; nothing else."""
    free, bound = rule("true", programStage=None)[0], rule("true", key="B")[0]
    anonymous = thing("programs/P", programType="WITHOUT_REGISTRATION")
    assert is_of_enrollment(a_context(*WORLD, free), free)
    assert not is_of_enrollment(a_context(*WORLD, bound), bound)
    assert not is_of_enrollment(a_context(free, anonymous), free)
    assert not is_of_enrollment(a_context(free), free)
    assert not is_of_enrollment(a_context(*WORLD), thing("programIndicators/I"))
