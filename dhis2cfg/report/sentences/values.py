"""Values of a change beside each other: names with keys, marked words, parts of expressions."""

import re
from typing import Any

from dhis2cfg.model.plan import Change
from dhis2cfg.report.sentences.formulas import formula_parts, is_expression
from dhis2cfg.report.sentences.marked import marked
from dhis2cfg.report.sentences.spans import Phrase, coded, joined, named, say
from dhis2cfg.report.signs import clean

_CODE = re.compile(r"\S+")
_LOWER = re.compile(r"[rw-]{8}$|[a-z]+://|id:")
LONG = 40
"""Texts of more characters are shown once, with the words marked that differ."""
ROOM = 200
"""Of a text that stands alone no more characters are shown."""


def told_values(change: Change) -> Phrase:
    """What it was and what it will be."""
    before, after = change.before, change.after
    if is_expression(change):
        return _expressions(change)
    if is_long_text(change):
        return marked(str(before), str(after))
    if isinstance(before, list) and isinstance(after, list):
        return _sets(change)
    return say(value(before, change), " → ", value(after, change))


def is_long_text(change: Change) -> bool:
    """Whether both values are texts of so many words that only what differs is told."""
    texts = [
        each
        for each in (change.before, change.after)
        if isinstance(each, str) and each and not _is_code(each)
    ]
    return len(texts) == len((change.before, change.after)) and max(map(len, texts)) > LONG


def _expressions(change: Change) -> Phrase:
    parts = formula_parts(change)
    if parts is None:
        parts = say(value(change.before, change), " → ", value(change.after, change))
    known = [say(coded(key.rpartition("/")[2]), " is ", named(name)) for key, name in change.names.items()]
    return say(parts, "; where ", joined(known, last=" and ")) if known else parts


def _sets(change: Change) -> Phrase:
    """Lists as sets: what comes, what goes."""
    old, new = list(change.before), list(change.after)
    come = [say("+ ", value(each, change)) for each in new if each not in old]
    gone = [say("- ", value(each, change)) for each in old if each not in new]
    if not come and not gone:
        return say("another order: ", joined(value(each, change) for each in new))
    return joined([*come, *gone])


def value(each: Any, change: Change) -> Phrase:
    """One value: yes and no, a name beside its key, a text in quotes, nothing as `–`."""
    match each:
        case None | "":
            return say("–")
        case bool():
            return say("yes" if each else "no")
        case str() if each in change.names:
            return say(named(change.names[each]), " (", coded(each.rpartition("/")[2]), ")")
        case str() if _is_code(each) or is_expression(change):
            return say(coded(_short(each)))
        case str():
            return say("“", _short(each), "”")
        case int() | float():
            return say(str(each))
        case list() | tuple():
            return joined(value(one, change) for one in each)
        case dict():
            pairs = (say(f"{clean(str(key))}: ", value(one, change)) for key, one in each.items())
            return joined(pairs)
        case _:
            return say(str(each))


def _short(text: str) -> str:
    return text if len(text) <= ROOM else f"{text[:ROOM]}… ({len(text)} characters)"


def _is_code(text: str) -> bool:
    """Whether a text is a key, a constant, an access string, an address: something without words."""
    return bool(_CODE.fullmatch(text)) and (text.upper() == text or bool(_LOWER.match(text)))
