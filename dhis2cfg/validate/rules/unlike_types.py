"""Values used as what they are not."""

from collections.abc import Iterator

from dhis2cfg.expressions.syntax import Fault, Language, walk
from dhis2cfg.expressions.syntax.tree import Binary
from dhis2cfg.expressions.vocabulary import Judged, Type
from dhis2cfg.expressions.vocabulary.arithmetic import number_of
from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.judging import Expression, judged
from dhis2cfg.validate.pages import Page

PAGE = Page(
    rule="unlike-types",
    what=(
        "An expression compares values of unlike types, or gives an operator or a function what "
        "it cannot use."
    ),
    why=(
        "A number is never equal to a word, a yes/no value never to `YES`; the rule or indicator "
        "says no for everybody. What works only while a text happens to be a number is a warning."
    ),
    wrong="""
programRules:
  R: {condition: "#{antall} == 'mange'"}       # antall is a number
""",
    right="""
programRules:
  R: {condition: "#{antall} > 10"}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each part that is, or is compared with, what it cannot be."""
    for expression in judged(context):
        for mistake in expression.mistakes:
            if mistake.fault is Fault.TYPE:
                yield PAGE.finding(
                    mistake.message,
                    expression.place(mistake),
                    following=mistake.suggestion,
                    severity=None if mistake.is_sure else Severity.WARNING,
                )
        for node in walk(expression.tree.root) if expression.tree else ():
            if isinstance(node, Binary) and node.operator in {"==", "!="}:
                yield from _equality(expression, node)


def _equality(expression: Expression, node: Binary) -> Iterator[Finding]:
    """Two values that are never equal, since they are of unlike types."""
    left, right = expression.types[node.left], expression.types[node.right]
    is_rule = expression.use.language is Language.RULES
    for one, other, part in ((left, right, node.left), (right, left, node.right)):
        if _never_equal(one, other, is_rule=is_rule):
            outcome = "false" if node.operator == "==" else "true"
            yield PAGE.finding(
                f"{expression.text(part)} is a {one.type.value}, and never {_shown(other)}",
                expression.place(node),
                label=f"this is always {outcome}",
                following="ask d2:hasValue(…) for a missing value" if other.constant == "" else _advice(one),
                severity=Severity.WARNING if other.constant == "" else None,
            )


def _never_equal(one: Judged, other: Judged, *, is_rule: bool) -> bool:
    """Whether a value of a type is never this constant."""
    constant = other.constant
    if one.constant is not None or constant is None:
        return False
    if one.type is Type.NUMBER and isinstance(constant, str):
        return number_of(constant) is None and constant not in {"true", "false"}
    if one.type is Type.BOOLEAN and isinstance(constant, str):
        return constant.lower() not in {"true", "false"} and (is_rule or number_of(constant) is None)
    return one.type is Type.DATE and isinstance(constant, bool | float)


def _shown(other: Judged) -> str:
    """A constant as messages show it."""
    return repr(other.constant) if isinstance(other.constant, str) else f"a {other.type.value}"


def _advice(one: Judged) -> str:
    """What to compare with instead."""
    words = {Type.BOOLEAN: "compare it with true or false", Type.DATE: "count days with d2:daysBetween(A, B)"}
    return words.get(one.type, "compare it with a number")
