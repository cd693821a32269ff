"""Which of DHIS2's small languages a property holds (expressions facts §1, §3; grammar, Expressions)."""

from enum import Enum


class Context(Enum):
    """The language of one text; it decides what `#{…}` names.

    RULE_MESSAGE, TEMPLATE and HTML_FORM are free text with references in it: quotes and comments mean nothing
    there. NONE is text without references.
    """

    RULE = "rule"
    RULE_MESSAGE = "rule message"
    PROGRAM_INDICATOR = "program indicator"
    BOUNDARY = "boundary"
    INDICATOR = "indicator"
    PREDICTOR = "predictor"
    VALIDATION_RULE = "validation rule"
    TEMPLATE = "message template"
    HTML_FORM = "HTML form"
    NONE = "text"


AGGREGATE = frozenset({Context.INDICATOR, Context.PREDICTOR, Context.VALIDATION_RULE})
"""The contexts whose `#{…}` names a data element, alone or with its option combinations."""

_CONTEXTS = {
    ("dataEntryForms", "htmlCode"): Context.HTML_FORM,
    ("indicators", "denominator"): Context.INDICATOR,
    ("indicators", "numerator"): Context.INDICATOR,
    ("predictors", "generator.expression"): Context.PREDICTOR,
    ("predictors", "sampleSkipTest.expression"): Context.PREDICTOR,
    ("programIndicators", "analyticsPeriodBoundaries.boundaryTarget"): Context.BOUNDARY,
    ("analyticsPeriodBoundary", "boundaryTarget"): Context.BOUNDARY,
    ("programIndicators", "expression"): Context.PROGRAM_INDICATOR,
    ("programIndicators", "filter"): Context.PROGRAM_INDICATOR,
    ("programNotificationTemplates", "messageTemplate"): Context.TEMPLATE,
    ("programNotificationTemplates", "subjectTemplate"): Context.TEMPLATE,
    ("dataSetNotificationTemplates", "messageTemplate"): Context.TEMPLATE,
    ("dataSetNotificationTemplates", "subjectTemplate"): Context.TEMPLATE,
    ("validationNotificationTemplates", "messageTemplate"): Context.TEMPLATE,
    ("validationNotificationTemplates", "subjectTemplate"): Context.TEMPLATE,
    ("programRuleActions", "content"): Context.RULE_MESSAGE,
    ("programRuleActions", "data"): Context.RULE,
    ("programRules", "condition"): Context.RULE,
    ("validationRules", "leftSide.expression"): Context.VALIDATION_RULE,
    ("validationRules", "rightSide.expression"): Context.VALIDATION_RULE,
}


def context_of(type_name: str, property_path: str) -> Context | None:
    """The language of a property, by type (plural, or the singular of an embedded class) and dotted path.

    None where the property holds no expression at all.
    """
    return _CONTEXTS.get((type_name, property_path))
