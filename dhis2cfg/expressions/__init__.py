"""DHIS2's expression languages: a text and its context in, references, comparisons and problems out; no I/O.

`contexts` says which property holds which language; `tokens` takes a text apart, `items`, `calls` and
`free_text` know what names an object in it; `references` finds and rewrites, `comparisons` pairs references
with literals. `syntax` makes trees, `vocabulary` says what may stand where, `meaning` judges, `readings`
finds what works otherwise than it reads, and how two expressions differ.
Places are counted in characters from 0, the end not included.
"""

from dhis2cfg.expressions.comparisons import Comparison, comparisons
from dhis2cfg.expressions.contexts import Context, context_of
from dhis2cfg.expressions.found import Found, Key, Kind
from dhis2cfg.expressions.references import Reading, find_problems, find_references, read, rewrite
from dhis2cfg.expressions.tokens import Problem

__all__ = [
    "Comparison",
    "Context",
    "Found",
    "Key",
    "Kind",
    "Problem",
    "Reading",
    "comparisons",
    "context_of",
    "find_problems",
    "find_references",
    "read",
    "rewrite",
]
