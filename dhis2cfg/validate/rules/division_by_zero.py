"""Divisions by what may be zero."""

from collections.abc import Iterator

from dhis2cfg.expressions.syntax import Language, Node, Tree, walk
from dhis2cfg.expressions.syntax.tree import Binary, Call, Item, Literal, bare
from dhis2cfg.expressions.vocabulary.arithmetic import COMPARISONS, number_of
from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.judging import Expression, judged
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.program_rules import rule_of
from dhis2cfg.validate.values import text_of

PAGE = Page(
    rule="division-by-zero",
    what=("An expression divides by a value that may be zero, and asks nowhere whether it is."),
    why=(
        "A missing number counts as 0. In a rule the answer is then infinite, and is shown so; an "
        "indicator shows nothing, and the query of a program indicator may fail."
    ),
    wrong="""
programRuleActions:
  - {programRuleActionType: ASSIGN, content: "#{andel}", data: "#{syke} / #{alle}"}
""",
    right="""
programRules:
  R:
    condition: "#{alle} > 0"
    programRuleActions:
      - {programRuleActionType: ASSIGN, content: "#{andel}", data: "#{syke} / #{alle}"}
""",
    severity=Severity.WARNING,
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each divisor that nothing keeps from being zero."""
    for expression in judged(context):
        tree = expression.tree
        for node in walk(tree.root) if tree else ():
            if tree and isinstance(node, Binary) and node.operator in {"/", "%"}:
                yield from _division(context, expression, tree, node)


def _division(context: RuleContext, expression: Expression, tree: Tree, node: Binary) -> Iterator[Finding]:
    """A division by zero itself, or by what may be it."""
    divisor = bare(node.right)
    constant = number_of(expression.types[divisor].constant)
    text = expression.text(divisor)
    if constant == 0:
        yield PAGE.finding(
            f"{expression.text(node)} divides by zero",
            expression.place(node.right),
            following="divide by something else",
            severity=Severity.ERROR,
        )
    elif constant is None and not _is_safe(divisor) and not _is_asked(context, expression, tree, text):
        outcome = "infinite" if expression.use.language is Language.RULES else "no number"
        yield PAGE.finding(
            f"{text} may be zero",
            expression.place(node.right),
            label=f"then the result is {outcome}",
            following=f"ask whether {text} > 0 first",
        )


def _is_safe(divisor: Node) -> bool:
    """Counts of what is listed, constants of the server, and the greater of something and a number."""
    if isinstance(divisor, Item):
        return divisor.opener == "C" or (divisor.opener in "V[" and not divisor.inside.endswith("date"))
    is_greatest = isinstance(divisor, Call) and divisor.name == "greatest"
    return is_greatest and any(isinstance(bare(part), Literal) for part in divisor.parts)


def _is_asked(context: RuleContext, expression: Expression, tree: Tree, text: str) -> bool:
    """Whether the divisor stands in a condition too: here, of the rule, or in the indicator's filter."""
    owner = expression.passage.object
    rule = rule_of(context, owner) if owner.ref.type == "programRuleActions" else None
    conditions = [text_of(rule.fields, "condition") or ""] if rule else []
    if expression.passage.name == "expression":
        conditions.append(text_of(owner.fields, "filter") or "")
    return any(text in each for each in conditions) or text in _compared(expression, tree)


def _compared(expression: Expression, tree: Tree) -> Iterator[str]:
    """What the text itself compares with a number."""
    for node in walk(tree.root):
        if isinstance(node, Binary) and node.operator in COMPARISONS:
            sides = (bare(node.left), bare(node.right))
            for one, other in (sides, sides[::-1]):
                if number_of(expression.types[other].constant) is not None:
                    yield expression.text(one)
