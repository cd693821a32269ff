"""Syntax trees of both expression languages: a text in, a tree with exact places or one mistake out.

`languages` has the two tables of precedence, `tree` the parts, `parsing` makes trees of tokens (`cursor`),
`primaries` reads what stands between operators, `preprocessors` what stands before a predictor's expression.
`templates` makes trees of messages and of boundaries; `printing` gives the text back or shows how it groups.
"""

from dhis2cfg.expressions.syntax.languages import Language
from dhis2cfg.expressions.syntax.mistakes import Fault, Mistake
from dhis2cfg.expressions.syntax.parsing import Parsed, parse
from dhis2cfg.expressions.syntax.printing import grouped, print_back
from dhis2cfg.expressions.syntax.templates import parse_boundary, parse_message
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
    "parse_boundary",
    "parse_message",
    "print_back",
    "walk",
]
