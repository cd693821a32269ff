"""What an expression says otherwise, part by part; None where it cannot be taken apart."""

from dhis2cfg.expressions import Context, context_of
from dhis2cfg.expressions.contexts import AGGREGATE
from dhis2cfg.expressions.readings.comparing import Difference, Kind, differences
from dhis2cfg.expressions.syntax import Language, Tree, parse
from dhis2cfg.model.plan import Change
from dhis2cfg.report.sentences.spans import Phrase, Span, Style, coded, joined, say
from dhis2cfg.wire import paths

PARSED = frozenset({Context.RULE, Context.PROGRAM_INDICATOR, *AGGREGATE})
"""Contexts whose texts are expressions as a whole."""
MOST = 6
"""As many parts as are told one by one."""


def is_expression(change: Change) -> bool:
    """Whether a field holds an expression."""
    return _context(change) is not None


def _context(change: Change) -> Context | None:
    try:
        field = paths.parse(change.field)
    except ValueError:
        return None
    inner = f".{field.rest}" if field.rest and field.key is None else ""
    context = context_of(change.type, field.property + inner)
    return context if context in PARSED else None


def formula_parts(change: Change) -> Phrase | None:
    """`38.0` → `38.5` in …; what is written otherwise and means the same says so."""
    context = _context(change)
    if context is None or not isinstance(change.before, str) or not isinstance(change.after, str):
        return None
    language = Language.RULES if context is Context.RULE else Language.SERVER
    trees = [parse(text, language).tree for text in (change.before, change.after)]
    before, after = trees
    if not isinstance(before, Tree) or not isinstance(after, Tree):
        return None
    found = differences(before, after)
    if not found:
        return say("written otherwise, means the same")
    if len(found) > MOST:
        return None
    return joined((_part(each) for each in found), between="; ")


def _part(each: Difference) -> Phrase:
    match each.kind:
        case Kind.ADDED:
            return say("and now ", coded(each.after))
        case Kind.REMOVED:
            return say("no longer ", coded(each.before))
        case _:
            return say(coded(each.before), " → ", Span(each.after, Style.CODE))
