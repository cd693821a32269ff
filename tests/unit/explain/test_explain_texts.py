"""Expressions with names in place of keys, their types, what they refer to."""

from dhis2cfg.explain.objects import text_of
from dhis2cfg.explain.texts import passages_of, told
from dhis2cfg.model.description import Told
from dhis2cfg.model.names import Foreign, Ref, ServerDefault, Uid, Username
from dhis2cfg.model.state import DesiredObject, Once
from tests.unit.explain.clinic import clinic
from tests.unit.validate.states import child, field, formula, thing


def texts(*more: DesiredObject, of: str) -> list[Told]:
    """The texts of one object."""
    objects = clinic(*more)
    kind, _, path = of.partition("/")
    return [told(objects, passage) for passage in passages_of(objects.all[Ref(kind, path)])]


def test_an_indicator_with_names() -> None:
    """Stages, elements and attributes by their names; a code by its option; the type of it all."""
    expression, condition, boundary = texts(of="programIndicators/PI")
    assert (expression.named, expression.type, expression.kind) == (
        "V{event_count}",
        "number",
        "program indicator",
    )
    assert condition.written == "#{PROVE.SVAR} == 'POS' && A{FODT} > 5"
    assert condition.named == "#{Prøve.Prøvesvar} == 'POS' && A{Fødselsdato} > 5"
    assert condition.type == "boolean"
    assert [(each.written, each.kind, each.type) for each in condition.references] == [
        ("PROVE.SVAR", "data element of a stage", "text"),
        ("FODT", "tracked entity attribute", "date"),
    ]
    assert [each.path for each in condition.references[0].objects] == ["P/PROVE", "SVAR"]
    assert [(each.code, each.name) for each in condition.options] == [("POS", "Positiv")]
    assert (boundary.property, boundary.named) == (
        "analyticsPeriodBoundaries.boundaryTarget",
        "PS_EVENTDATE:Prøve",
    )
    assert boundary.type == "date"


def test_a_rule_with_names() -> None:
    """A variable has the name of the field that fills it; each thing is told once."""
    (condition,) = texts(
        thing("programRules/P/R", condition="#{svar} == 'NEG' || #{svar} == #{sum}"), of="programRules/P/R"
    )
    assert condition.named == "#{Prøvesvar} == 'NEG' || #{Prøvesvar} == #{sum}"
    assert [(each.written, [one.path for one in each.objects]) for each in condition.references] == [
        ("svar", ["P/svar", "SVAR"]),
        ("sum", ["P/sum"]),
    ]
    assert [each.type for each in condition.references] == ["text", "number"]
    assert [(each.code, each.name) for each in condition.options] == [("NEG", "Negativ")]
    assert condition.mistakes == ()


def test_what_is_unknown_stays_as_it_is() -> None:
    """Unknown names keep their keys, and nothing is said of their types; an empty text has none."""
    condition, expression = sorted(
        texts(of="programIndicators/FJERN"), key=lambda each: each.property, reverse=True
    )
    assert condition.named == condition.written == "#{PROVE.BORTE} == 1"
    assert condition.references[0].objects == ()
    assert expression.type == ""


def test_what_would_be_refused_is_told() -> None:
    """A text that cannot be read has no type, and a mistake."""
    (condition,) = texts(thing("programRules/P/R", condition="#{nosuch} = 1"), of="programRules/P/R")
    assert (condition.type, condition.mistakes) == ("", ("= is no operator",))
    assert condition.references[0].type == ""


def test_messages_and_predictors() -> None:
    """A message has no type; the type of a predictor is that of what stands behind the arrow."""
    (message,) = texts(of="programNotificationTemplates/MELDING")
    assert (message.named, message.type, message.kind) == ("Hei V{program_name}", "", "notification")
    (generator,) = texts(of="predictors/FORUT")
    assert (generator.property, generator.type) == ("generator.expression", "number")
    assert generator.references[0].objects[0].name == "GRUPPE"
    (content, _) = texts(of="programRuleActions/P/FYLL/SUM")
    assert (content.kind, content.named) == ("rule message", "#{sum}")


def test_the_types_of_other_things() -> None:
    """Indicators and elements with combinations; what stands on the server only is unknown."""
    foreign = Foreign("dataElements", Uid("abcdefghijk"))
    side = child("leftSide", expression=formula("#{", foreign, "} + #{", Ref("dataElements", "TALL"), ".*}"))
    rule = thing("validationRules/V", leftSide=side)
    (left,) = texts(rule, thing("dataElements/TALL", valueType="INTEGER"), of="validationRules/V")
    assert [each.type for each in left.references] == ["", "number"]
    assert left.references[0].objects[0].name == "id:abcdefghijk"
    numerator, denominator = texts(of="indicators/ANDEL")
    assert (numerator.named, numerator.references[0].type) == ("I{Positive}", "number")
    assert denominator.named == "#{Prøvesvar}"
    (null,) = texts(thing("programRules/P/R", condition="null"), of="programRules/P/R")
    assert null.type == ""


def test_starting_values_and_variables_of_foreign_fields() -> None:
    """A starting value is a value; a variable of a foreign field has no type that we know."""
    variable = thing("programRuleVariables/P/f", dataElement=Foreign("dataElements", Uid("abcdefghijk")))
    rule = thing("programRules/P/R", condition=Once(value="#{f} == 'x'"))
    (condition,) = texts(variable, rule, of="programRules/P/R")
    assert condition.named == "#{f} == 'x'"
    assert [one.path for one in condition.references[0].objects] == ["P/f", "id:abcdefghijk"]
    assert condition.references[0].type == ""


def test_names_of_all_kinds_of_references() -> None:
    """Usernames, foreign objects and defaults are named by what is known of them."""
    objects = clinic()
    references = (
        Username("kari"),
        ServerDefault("categoryCombos"),
        Foreign("programs", Uid("abcdefghijk")),
        Ref("programs", "P"),
        Ref("programs", "NOSUCH"),
    )
    assert [objects.named(each).name for each in references] == [
        "kari",
        "default",
        "id:abcdefghijk",
        "Program",
        "NOSUCH",
    ]
    assert text_of({"name": field(formula("x ", Ref("programs", "P")))}, "name") == "x P"
    form = thing("dataEntryForms/F", htmlCode=formula(ServerDefault("categoryOptionCombos"), "x"))
    assert [each.text for each in passages_of(form)] == ["defaultx"]
