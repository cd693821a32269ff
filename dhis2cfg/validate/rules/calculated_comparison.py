"""Calculated variables compared as texts."""

from collections.abc import Iterator

from dhis2cfg.expressions.syntax import Node, walk
from dhis2cfg.expressions.syntax.tree import Binary, Item, Literal, LiteralKind, bare
from dhis2cfg.expressions.vocabulary import Type, Use
from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.judging import Expression, judged
from dhis2cfg.validate.options import variable
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.program_rules import program_of
from dhis2cfg.validate.values import text_of

PAGE = Page(
    rule="calculated-comparison",
    what=("A rule orders a calculated variable and another text, or a calculated date and a date."),
    why=(
        "Once assigned, a variable is a text, whatever its value type: of two calculated numbers "
        "10 and 9, the 9 is greater. A calculated date beside a date is an error when the rule "
        "runs. A number on one side makes numbers of both."
    ),
    wrong="""
programRules:
  R: {condition: "#{sum} > #{grense}"}        # both are calculated
""",
    right="""
programRules:
  R: {condition: "(#{sum} - #{grense}) > 0"}
""",
    severity=Severity.WARNING,
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each order that is one of texts."""
    for expression in judged(context, Use.CONDITION, Use.DATA):
        for node in walk(expression.tree.root) if expression.tree else ():
            if not isinstance(node, Binary) or node.operator not in {"<", ">", "<=", ">="}:
                continue
            sides = [bare(side) for side in node.parts]
            calculated = [side for side in sides if _is_calculated(context, expression, side)]
            others = [side for side in sides if side not in calculated]
            if calculated and all(_is_number_text(side) for side in others):
                yield PAGE.finding(
                    f"{expression.text(node)} compares texts: 10 comes before 9",
                    expression.place(node),
                    label=f"{expression.text(calculated[0])} is a text once it is assigned",
                    following="write (A - B) > 0, or take the quotes away",
                )
            elif calculated and any(expression.types[side].type is Type.DATE for side in others):
                yield PAGE.finding(
                    f"{expression.text(node)} fails when the rule runs",
                    expression.place(node),
                    label=f"{expression.text(calculated[0])} is a text once it is assigned",
                    following="write d2:daysBetween(A, B) > 0",
                    severity=Severity.ERROR,
                )


def _is_calculated(context: RuleContext, expression: Expression, node: Node) -> bool:
    """Whether a part is a variable that rules calculate."""
    if not isinstance(node, Item) or node.opener not in "#A":
        return False
    found = variable(context, program_of(expression.passage.object), node.inside)
    return found is not None and text_of(found.fields, "programRuleVariableSourceType") == "CALCULATED_VALUE"


def _is_number_text(node: Node) -> bool:
    """Whether a part is a number in quotes."""
    return isinstance(node, Literal) and node.kind is LiteralKind.TEXT and node.text[1:-1].isdigit()
