"""Option combinations in expressions that no category combination has."""

from collections.abc import Iterator

from dhis2cfg.model.combinations import combo_of, fitting, options_of, own_combo
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.mentions import mentioned
from dhis2cfg.model.names import Combination, Foreign, Ref
from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import as_key

PAGE = Page(
    rule="option-combination",
    what="An expression names a combination of category options that its data element does not have.",
    why=(
        "The server makes a combination of one option of each category of a category combination. One that "
        "takes two options of one category, or none of another, is never made: the expression would have "
        "nothing to count."
    ),
    wrong="""
indicators:
  I: {indicatorType: PROSENT, numerator: "#{VAKSINERT.(KVINNE,MANN)}", denominator: "1"}
""",
    right="""
indicators:
  I: {indicatorType: PROSENT, numerator: "#{VAKSINERT.(KVINNE,U18)}", denominator: "1"}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each combination that cannot be, or that several category combinations have."""
    objects = context.state.objects
    for each in objects.values():
        for meant in _meant(each):
            if combo_of(objects, meant) is None and not _is_elsewhere(context, meant):
                yield _finding(context, meant)


def _meant(each: DesiredObject) -> Iterator[Combination]:
    for field in each.fields.values():
        yield from (found for found in mentioned(field.value) if isinstance(found, Combination))


def _is_elsewhere(context: RuleContext, meant: Combination) -> bool:
    """Whether the element, an option or the category combination stands outside what is judged here."""
    own = own_combo(context.state.objects, meant.element)
    named = (*meant.options, *([meant.element] if meant.element else []), *([own] if own else []))
    return any(isinstance(each, Foreign) or context.get(each) is None for each in named)


def _finding(context: RuleContext, meant: Combination) -> Finding:
    objects = context.state.objects
    own = own_combo(objects, meant.element)
    several = fitting(objects, meant.options)
    following = f"they fit: {', '.join(each.path for each in several)}"
    if not several:
        following = "write one option of each category of the element's category combination"
    if isinstance(own, Ref):
        parts = (
            f"{as_key(category)} ({', '.join(as_key(each) for each in options)})"
            for category, options in options_of(objects, own).items()
        )
        following = f"{own.path} wants one option of each: {', '.join(parts)}"
    whose = f"data element {meant.element.path}" if isinstance(meant.element, Ref) else "no data element"
    message = f"{whose} has no option combination {meant.key}"
    if meant.element is None:
        message = f"{meant.key} is {'several option combinations' if several else 'no option combination'}"
    assert meant.place is not None  # noqa: S101 - whoever reads it tells the place
    return PAGE.finding(message, meant.place, label="never made by the server", following=following)
