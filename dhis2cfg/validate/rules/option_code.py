"""Texts compared with codes that no option has."""

from collections.abc import Iterator

from dhis2cfg.expressions import Comparison, Context, Kind, comparisons
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.names import Ref
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.options import Choices, choices_of, source_of, variable
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.passages import Passage, passages
from dhis2cfg.validate.programs import program_of_action
from dhis2cfg.validate.values import value_of
from dhis2cfg.validate.wording import listed, nearest

PAGE = Page(
    rule="option-code",
    what=("An expression compares a value that has an option set with a text that is no code of that set."),
    why=(
        "The comparison is never true: an indicator counts nothing, a rule never acts, and DHIS2 "
        "accepts it without a word. In one official package 94 of 109 program indicators did this "
        "after its codes were tidied up. A rule variable compares with codes only with "
        "`useCodeForOptionSet: true`; without it, with the names of the options."
    ),
    wrong="""
programIndicators:
  NO_KVINNER: {filter: "A{NO_KJONN} == 'Female'"}
""",
    right="""
programIndicators:
  NO_KVINNER: {filter: "A{NO_KJONN} == 'KVINNE'"}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each literal that cannot be the value it is compared with."""
    for passage in passages(context, Context.PROGRAM_INDICATOR):
        for comparison in comparisons(passage.text, passage.context):
            last = passage.meant(comparison.reference)[-1]
            choices = choices_of(context, last) if isinstance(last, Ref) else None
            if choices and _is_unknown(comparison, choices, set(choices.codes)):
                yield _finding(passage, comparison, choices, "this indicator would count nothing")
    for passage in passages(context, Context.RULE):
        for comparison in comparisons(passage.text, passage.context):
            yield from _in_rule(context, passage, comparison)


def _in_rule(context: RuleContext, passage: Passage, comparison: Comparison) -> Iterator[Finding]:
    """A rule compares by codes or by names, as its variable says (expressions facts §5.7)."""
    if comparison.reference.kind is not Kind.RULE_VARIABLE:
        return
    owner = passage.object
    is_action = owner.ref.type == "programRuleActions"
    program = program_of_action(owner) if is_action else owner.ref.parent_path
    found = variable(context, program, comparison.reference.parts[0])
    choices = choices_of(context, source_of(found)) if found else None
    if found is None or choices is None:
        return
    by_code = value_of(found.fields, "useCodeForOptionSet") is True
    counts = comparison.function == "d2:countIfValue"
    known = {*(choices.codes if by_code or counts else ()), *(() if by_code else choices.names)}
    if not _is_unknown(comparison, choices, known):
        return
    if not by_code and comparison.literal in choices.codes:
        yield PAGE.finding(
            f"{comparison.literal!r} is a code, and {found.ref.key} holds names of options",
            passage.place_of(comparison.start, comparison.end),
            label=f"the names are {listed(tuple(choices.names))}",
            following=f"write useCodeForOptionSet: true for the variable {found.ref.key}",
        )
    else:
        yield _finding(passage, comparison, choices, "this rule would never see it", by_code=by_code)


def _is_unknown(comparison: Comparison, choices: Choices, known: set[str]) -> bool:
    """Whether no choice of the set is the literal; the empty text means no value."""
    one_of_many = choices.is_multiple and "contains" not in comparison.function
    return bool(known) and bool(comparison.literal) and not one_of_many and comparison.literal not in known


def _finding(
    passage: Passage, comparison: Comparison, choices: Choices, effect: str, *, by_code: bool = True
) -> Finding:
    known = tuple(choices.codes) if by_code else tuple(choices.names)
    by_name = choices.names.get(comparison.literal) if by_code else None
    near = by_name or nearest(comparison.literal, known)
    advice = f"did you mean {near}? {effect.capitalize()}" if near else effect
    return PAGE.finding(
        f"{comparison.literal!r} is no option of {choices.option_set}",
        passage.place_of(comparison.start, comparison.end),
        label=f"the {'codes' if by_code else 'names'} are {listed(known)}",
        following=f"{advice}, and DHIS2 accepts it without a word",
    )
