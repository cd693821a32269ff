"""Syntax trees of both expression languages: a text in, a tree with exact places or one mistake out.

`languages` has the two tables of precedence, `tree` the parts, `parsing` makes trees of tokens (`cursor`),
`primaries` reads what stands between operators, `printing` gives the text back or shows how it groups.
"""

from dhis2cfg.expressions.syntax.languages import Language
from dhis2cfg.expressions.syntax.mistakes import Fault, Mistake
from dhis2cfg.expressions.syntax.parsing import Parsed, parse
from dhis2cfg.expressions.syntax.printing import grouped, print_back
from dhis2cfg.expressions.syntax.tree import Node, Tree, walk

__all__ = [
    "Fault",
    "Language",
    "Mistake",
    "Node",
    "Parsed",
    "Tree",
    "grouped",
    "parse",
    "print_back",
    "walk",
]
