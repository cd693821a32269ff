"""Value types that do not go with their option set."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.options import choices_of
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import reference_of, text_of, value_of

PAGE = Page(
    rule="option-set-value-type",
    what=(
        "An element or attribute and its option set have different value types, or a MULTI_TEXT one "
        "has no option set, or one with a comma in a code."
    ),
    why=(
        "The import lets it pass and other parts of DHIS2 refuse it (E1115 to E1118). A value with "
        "several choices is stored with commas between the codes, so a code with a comma cannot be "
        "told from two."
    ),
    wrong="""
optionSets:
  NO_ANTALL: {name: Antall, valueType: INTEGER, options: {"1": En}}
dataElements:
  NO_DOSER: {name: Doser, valueType: TEXT, optionSet: NO_ANTALL}
""",
    right="""
optionSets:
  NO_ANTALL: {name: Antall, valueType: INTEGER, options: {"1": En}}
dataElements:
  NO_DOSER: {name: Doser, valueType: INTEGER, optionSet: NO_ANTALL}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each element or attribute whose values its option set cannot give."""
    for type_name in ("dataElements", "trackedEntityAttributes"):
        for each in context.of(type_name):
            yield from _problem(context, each)


def _problem(context: RuleContext, each: DesiredObject) -> Iterator[Finding]:
    value_type = text_of(each.fields, "valueType")
    if value_type == "MULTI_TEXT" and value_of(each.fields, "optionSet") is None:
        yield PAGE.finding(
            f"{context.name(each)} is MULTI_TEXT and has no option set",
            each.fields["valueType"].place,
            label="several of which options?",
            following="write optionSet: KEY",
        )
    option_set = context.get(reference_of(each.fields, "optionSet"))
    set_type = text_of(option_set.fields, "valueType") if option_set else None
    if option_set is None or value_type is None or set_type is None:
        return
    if value_type != set_type:
        yield PAGE.finding(
            f"{context.name(each)} is {value_type}, its option set {option_set.ref.path} is {set_type}",
            each.fields["optionSet"].place,
            label="both must have one value type",
            following=f"write valueType: {set_type} here, or {value_type} for the option set",
            related=(Related(message="the option set", place=option_set.fields["valueType"].place),),
        )
    choices = choices_of(context, each.ref)
    split = [code for code in choices.codes if "," in code] if choices and choices.is_multiple else []
    if split:
        yield PAGE.finding(
            f"{context.name(each)} is MULTI_TEXT, and {split[0]!r} of {option_set.ref.path} holds a comma",
            each.fields["optionSet"].place,
            label="commas stand between the codes of a value",
            following="write a code without a comma",
        )
