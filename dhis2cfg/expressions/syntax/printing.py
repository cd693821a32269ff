"""A tree as text: as it was written, or with every grouping shown."""

from dhis2cfg.expressions.syntax.languages import LOGIC
from dhis2cfg.expressions.syntax.tree import (
    Binary,
    Call,
    ForEach,
    Group,
    Literal,
    Modified,
    Node,
    Prefixed,
    Template,
    Tree,
    bare,
    walk,
)


def print_back(tree: Tree) -> str:
    """The text that was read, blanks and comments included."""
    return "".join(token.text for token in tree.tokens)


def grouped(tree: Tree, node: Node | None = None) -> str:
    """The expression (or one part of it) with parentheses around each operation and without blanks."""
    printed: list[str] = []
    for each in walk(node or tree.root):
        count = len(each.parts)
        parts = printed[len(printed) - count :]
        del printed[len(printed) - count :]
        printed.append(_print(each, parts, tree.text))
    return printed[0]


def _print(node: Node, parts: list[str], text: str) -> str:
    """One part, its own parts printed."""
    match node:
        case Binary():
            return f"({parts[0]}{node.operator}{parts[1]})"
        case Prefixed():
            return f"({LOGIC.get(node.operator, node.operator)}{parts[0]})"
        case Group():
            return parts[0]
        case Modified():
            subject = f"({parts[0]})" if isinstance(bare(node.subject), Literal) else parts[0]
            return f"{subject}.{node.name}({node.argument})"
        case Call(name="is"):
            return f"is({parts[0]} in {','.join(parts[1:])})"
        case Call():
            return f"{node.name}({'distinct ' if node.is_distinct else ''}{','.join(parts)})"
        case ForEach():
            return f"forEach {node.variable} in :DEG:{parts[0]} --> {parts[1]}"
        case Template():
            return "".join(parts)
        case _:
            return text[node.start : node.end]
