"""Where an expression stands: which language it is in, and what must come out (expressions facts §3)."""

from collections.abc import Mapping
from enum import Enum

from dhis2cfg.expressions.contexts import Context
from dhis2cfg.expressions.syntax import Language
from dhis2cfg.expressions.vocabulary.values import Type


class Use(Enum):
    """A place for an expression. What a rule assigns may have any type.

    MESSAGE is that of a notification of which it is not known whether a program or a stage sends it.
    """

    INDICATOR = "indicator"
    VALIDATION_RULE = "validation rule"
    PREDICTOR = "predictor"
    SKIP_TEST = "sample skip test"
    PROGRAM_INDICATOR = "program indicator"
    FILTER = "program indicator filter"
    CONDITION = "rule condition"
    DATA = "rule action data"
    BOUNDARY = "period boundary"
    MESSAGE = "notification"
    PROGRAM_MESSAGE = "notification of a program"
    STAGE_MESSAGE = "notification of a stage"
    VALIDATION_MESSAGE = "notification of validation"
    DATA_SET_MESSAGE = "notification of a data set"

    @property
    def named(self) -> str:
        """The use as a sentence names it."""
        article = {Use.INDICATOR: "an ", Use.DATA: ""}.get(self, "a ")
        return f"{article}{self.value}"

    @property
    def language(self) -> Language:
        """Which of the two languages is spoken here."""
        return Language.RULES if self in {Use.CONDITION, Use.DATA} else Language.SERVER

    @property
    def context(self) -> Context:
        """What `#{…}` names here."""
        return _CONTEXTS[self]

    @property
    def result(self) -> Type:
        """What must come out."""
        return _RESULTS.get(self, Type.NUMBER)


_CONTEXTS: Mapping[Use, Context] = {
    Use.INDICATOR: Context.INDICATOR,
    Use.VALIDATION_RULE: Context.VALIDATION_RULE,
    Use.PREDICTOR: Context.PREDICTOR,
    Use.SKIP_TEST: Context.PREDICTOR,
    Use.PROGRAM_INDICATOR: Context.PROGRAM_INDICATOR,
    Use.FILTER: Context.PROGRAM_INDICATOR,
    Use.CONDITION: Context.RULE,
    Use.DATA: Context.RULE,
    Use.BOUNDARY: Context.BOUNDARY,
    Use.MESSAGE: Context.TEMPLATE,
    Use.PROGRAM_MESSAGE: Context.TEMPLATE,
    Use.STAGE_MESSAGE: Context.TEMPLATE,
    Use.VALIDATION_MESSAGE: Context.TEMPLATE,
    Use.DATA_SET_MESSAGE: Context.TEMPLATE,
}
_RESULTS: Mapping[Use, Type] = {
    Use.SKIP_TEST: Type.BOOLEAN,
    Use.FILTER: Type.BOOLEAN,
    Use.CONDITION: Type.BOOLEAN,
    Use.DATA: Type.ANY,
    Use.BOUNDARY: Type.DATE,
    Use.MESSAGE: Type.ANY,
    Use.PROGRAM_MESSAGE: Type.ANY,
    Use.STAGE_MESSAGE: Type.ANY,
    Use.VALIDATION_MESSAGE: Type.ANY,
    Use.DATA_SET_MESSAGE: Type.ANY,
}
_USES: Mapping[tuple[str, str], Use] = {
    ("indicators", "denominator"): Use.INDICATOR,
    ("indicators", "numerator"): Use.INDICATOR,
    ("predictors", "generator.expression"): Use.PREDICTOR,
    ("predictors", "sampleSkipTest.expression"): Use.SKIP_TEST,
    ("programIndicators", "expression"): Use.PROGRAM_INDICATOR,
    ("programIndicators", "filter"): Use.FILTER,
    ("programRuleActions", "data"): Use.DATA,
    ("programIndicators", "analyticsPeriodBoundaries.boundaryTarget"): Use.BOUNDARY,
    ("programNotificationTemplates", "messageTemplate"): Use.MESSAGE,
    ("programNotificationTemplates", "subjectTemplate"): Use.MESSAGE,
    ("validationNotificationTemplates", "messageTemplate"): Use.VALIDATION_MESSAGE,
    ("validationNotificationTemplates", "subjectTemplate"): Use.VALIDATION_MESSAGE,
    ("dataSetNotificationTemplates", "messageTemplate"): Use.DATA_SET_MESSAGE,
    ("dataSetNotificationTemplates", "subjectTemplate"): Use.DATA_SET_MESSAGE,
    ("programRules", "condition"): Use.CONDITION,
    ("validationRules", "leftSide.expression"): Use.VALIDATION_RULE,
    ("validationRules", "rightSide.expression"): Use.VALIDATION_RULE,
}


def use_of(type_name: str, property_path: str) -> Use | None:
    """The use of a property, by type (plural) and dotted path; None where it holds no expression."""
    return _USES.get((type_name, property_path))
