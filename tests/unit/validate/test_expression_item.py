"""expression-item: items without a meaning where they stand."""

import pytest

from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.rules import expression_item, expression_result, expression_syntax, expression_variable
from tests.unit.validate.programs_world import WORLD, element, indicator, rule, said
from tests.unit.validate.states import a_context, child, formula, found, thing

CHECK = expression_item.check
MESSAGE = "programNotificationTemplates/M"
OF_PROGRAM = "in messageTemplate of program notification template M"
SENT = (Ref("programNotificationTemplates", "M"),)
BY_PROGRAM = thing("programs/Q", notificationTemplates=SENT)
BY_STAGE = thing("programStages/Q/S", notificationTemplates=SENT)


def message(*parts: str | Ref) -> DesiredObject:
    """A notification with this text."""
    return thing(MESSAGE, messageTemplate=formula(*parts))


@pytest.mark.parametrize(
    ("objects", "wanted"),
    [
        ((indicator("[days] > 1"),),
         ["[days] has no meaning in a program indicator filter, in filter of program indicator I"]),
        ((thing("predictors/F", generator=child("g", expression="#{?x}")),),
         ["#{?x} stands for no element, in generator.expression of predictor F"]),
        ((message("Hei #{", element("TEKST"), "}"), BY_PROGRAM),
         [f"#{{TEKST}} has no meaning in a notification of a program, {OF_PROGRAM}"]),
        ((message("Hei #{", element("TEKST"), "}"), BY_STAGE), []),
        ((message("Hei #{", element("TEKST"), "}"),), []),
        ((message("Hei #{TEKST"),), []),
        (rule("#{ukjent æ} > 1"), []),
        ((indicator("'a' + 1 > 1"),), []),
    ],
)  # fmt: skip
def test_what_is_found(objects: tuple[DesiredObject, ...], wanted: list[str]) -> None:
    """What is told of elsewhere (an item not closed, a variable's name) is not told twice."""
    assert [text for text, _ in said(CHECK, *objects)] == wanted


def test_a_date_that_is_none_is_less_sure() -> None:
    """An attribute that holds texts may still hold dates."""
    boundary = child("0", boundaryTarget=formula("A{", Ref("trackedEntityAttributes", "NAVN"), "}"))
    each = thing("programIndicators/I", analyticsPeriodBoundaries=(boundary,))
    (finding,) = found(expression_result.check, *WORLD, each)
    assert finding.severity.value == "warning"
    assert finding.message.startswith("a period boundary needs a date, and this is a text")


@pytest.mark.parametrize(
    ("senders", "wanted"),
    [
        ((), []),
        ((BY_PROGRAM,), ["a notification of a program has no V{due_date}"]),
        ((BY_STAGE,), []),
        ((BY_PROGRAM,
          BY_STAGE), []),
        ((thing("programs/Q", notificationTemplates=()), thing("programs/R")), []),
    ],
)  # fmt: skip
def test_names_go_by_who_sends_a_message(senders: tuple[DesiredObject, ...], wanted: list[str]) -> None:
    """A program and a stage have names of their own; where both or none send it, either may be meant."""
    context = a_context(*WORLD, message("Kom V{due_date}"), *senders)
    told = [each.message.partition(",")[0] for each in expression_variable.check(context)]
    assert told == wanted


def test_boundaries_that_cannot_be_read() -> None:
    """They are found as texts that cannot be read."""
    each = thing("programIndicators/I", analyticsPeriodBoundaries=(child("0", boundaryTarget="EVENTDATE"),))
    (finding,) = found(expression_syntax.check, *WORLD, each)
    assert finding.following == "did you mean EVENT_DATE?"
