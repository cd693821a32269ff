"""Values compared with null."""

from collections.abc import Iterator

from dhis2cfg.expressions.syntax import Language, walk
from dhis2cfg.expressions.syntax.tree import Binary, Item, Literal, LiteralKind, Node, bare
from dhis2cfg.expressions.vocabulary import Type
from dhis2cfg.model.findings import Finding
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.judging import Expression, judged
from dhis2cfg.validate.pages import Page

PAGE = Page(
    rule="null-comparison",
    what=("An expression compares a value with null that is never null."),
    why=(
        "In rules a number without a value is 0, a text is empty, a yes/no value is false: "
        "`#{antall} == null` is never true. Outside rules every comparison with null is null "
        "itself. Only dates in rules can be null."
    ),
    wrong="""
programRules:
  R: {condition: "#{antall} == null"}
""",
    right="""
programRules:
  R: {condition: "!d2:hasValue(#{antall})"}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each comparison with null that never holds, or always."""
    for expression in judged(context):
        for node in walk(expression.tree.root) if expression.tree else ():
            if not isinstance(node, Binary) or node.operator not in {"==", "!="}:
                continue
            others = [side for side in node.parts if not _is_null(side)]
            if len(others) == 1 and _is_never_null(expression, others[0]):
                is_rule = expression.use.language is Language.RULES
                held = f"always {'false' if node.operator == '==' else 'true'}" if is_rule else "never true"
                yield PAGE.finding(
                    f"{expression.text(node)} is {held}",
                    expression.place(node),
                    label=f"{expression.text(others[0])} is never null"
                    if is_rule
                    else "null compares with nothing",
                    following="write d2:hasValue(…)" if is_rule else "write isNull(…) or isNotNull(…)",
                )


def _is_null(node: Node) -> bool:
    inner = bare(node)
    return isinstance(inner, Literal) and inner.kind is LiteralKind.NULL


def _is_never_null(expression: Expression, node: Node) -> bool:
    """Outside rules no comparison with null holds; in rules values of these types are never null."""
    if expression.use.language is Language.SERVER:
        return True
    types = {Type.NUMBER, Type.TEXT, Type.BOOLEAN}
    return isinstance(bare(node), Item) and expression.types[node].type in types
