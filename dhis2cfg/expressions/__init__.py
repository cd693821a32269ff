"""DHIS2's expression languages: a text and its context in, references, comparisons and problems out; no I/O.

What others call:

    context_of(type, property)      which language a property holds (`Context`), None where it holds none
    read(text, context)             its references (`Found`: kind, keys with places) and its problems
    find_references(text, context)  the references alone, in the order written, no two overlapping
    rewrite(text, context, f)       f(Found) → new text from its first key to its last, or None to leave it
    rewrite_keys(text, context, f)  f(Key, Found) → the new key, or None; for keys ↔ UIDs and for renaming
    comparisons(text, context)      literals, each with the reference that it is held against

A rewritten text differs in those keys alone: blanks, comments, quotes and braces are the author's. Found are
items (`#{…}`, `A{…}`, `PS_EVENTDATE:…`), quoted arguments that name something (`d2:hasValue('name')`,
`d2:relationshipCount('uid')`), conditions in quotes (`d2:condition("…", …)`), bare arguments
(`orgUnit.group(…)`), the group of a predictor's forEach, targets of ASSIGN and texts of rule actions
(`Context.RULE_MESSAGE`), message templates and the fields of HTML forms. Not found are words in other quotes,
in comments, or inside longer words. A rule variable (`Kind.RULE_VARIABLE`) is known by its name, which is no
UID even where it has eleven letters: leave it alone when UIDs are exchanged.

Rooms below: `contexts` says which property holds which language; `tokens` takes a text apart, `items`,
`calls` and `free_text` know what names an object in it; `references` finds and rewrites, `comparisons` pairs
references with literals. `syntax` makes trees (`parse`, `print_back`), `vocabulary` says what may stand
where, `meaning` judges (`check`), `readings` finds what works otherwise than it reads, and how
two texts differ (`readings.comparing.differences`). Places are counted in characters from 0, the end not
included.
"""

from dhis2cfg.expressions.comparisons import Comparison, comparisons
from dhis2cfg.expressions.contexts import Context, context_of
from dhis2cfg.expressions.found import Found, Key, Kind
from dhis2cfg.expressions.references import (
    Reading,
    find_problems,
    find_references,
    read,
    rewrite,
    rewrite_keys,
)
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
    "rewrite_keys",
]
