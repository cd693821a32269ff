"""References inside a text: found by lexing, and replaced to the character."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from dhis2cfg.expressions import calls
from dhis2cfg.expressions.contexts import Context
from dhis2cfg.expressions.found import Found, Key, Kind
from dhis2cfg.expressions.free_text import read_free_text
from dhis2cfg.expressions.items import is_key, read_item
from dhis2cfg.expressions.strings import unquote
from dhis2cfg.expressions.tokens import Problem, Token, TokenKind, tokenise

Piece = Found | Problem
_FOR_EACH = re.compile(
    r"\s*+forEach\s++\?\w++\s++in\s++:DEG:(?P<key>(?:id:)?[A-Za-z0-9_][A-Za-z0-9_-]*+)\s*+-->"
)
_FREE = frozenset({Context.RULE_MESSAGE, Context.TEMPLATE, Context.HTML_FORM})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a text refers to, in the order written, and what in it DHIS2 would not understand."""

    references: tuple[Found, ...]
    problems: tuple[Problem, ...]


def read(text: str, context: Context) -> Reading:
    """The references and the problems of a text; never raises, whatever the text."""
    pieces = sorted(_pieces(text, context), key=lambda piece: (piece.start, piece.end))
    return Reading(
        references=tuple(piece for piece in pieces if isinstance(piece, Found)),
        problems=tuple(piece for piece in pieces if isinstance(piece, Problem)),
    )


def find_references(text: str, context: Context) -> tuple[Found, ...]:
    """The references of a text, in the order written; no two overlap."""
    return read(text, context).references


def find_problems(text: str, context: Context) -> tuple[Problem, ...]:
    """What is not closed in a text, or has no meaning in its context, in the order written."""
    return read(text, context).problems


def rewrite(text: str, context: Context, replacement: Callable[[Found], str | None]) -> str:
    """The text with the keys of each reference replaced, all else as it was; None leaves one as it is."""
    parts: list[str] = []
    position = 0
    for found in find_references(text, context):
        new = replacement(found)
        if new is not None:
            parts += (text[position : found.start], new)
            position = found.end
    return "".join((*parts, text[position:]))


def rewrite_keys(text: str, context: Context, replacement: Callable[[Key, Found], str | None]) -> str:
    """The text with single keys of its references replaced; what stands between two keys stays as it is.

    `replacement` gets each key and the reference that it is part of; None leaves the key as it is.
    """
    parts: list[str] = []
    position = 0
    for found in find_references(text, context):
        for key in found.keys:
            new = replacement(key, found)
            if new is not None:
                parts += (text[position : key.start], new)
                position = key.end
    return "".join((*parts, text[position:]))


def shift(piece: Found, places: Sequence[int]) -> Found:
    """A reference of an inner text, at its place in the outer one."""
    keys = tuple(replace(key, start=places[key.start], end=places[key.end]) for key in piece.keys)
    return replace(piece, keys=keys)


def item_reference(token: Token, context: Context) -> Found | Problem | None:
    """What an item or an event date refers to."""
    if token.kind is TokenKind.ITEM:
        return read_item(token, context)
    if token.kind is not TokenKind.EVENT_DATE:
        return None
    if context not in {Context.PROGRAM_INDICATOR, Context.BOUNDARY}:
        message = f"PS_EVENTDATE has no meaning in a {context.value}"
        return Problem(message=message, start=token.start, end=token.end)
    text = token.text.partition(":")[2].lstrip(" ")
    key = Key(kind=Kind.STAGE, text=text, start=token.end - len(text), end=token.end)
    return Found(kind=Kind.STAGE, keys=(key,))


def quoted_reference(argument: calls.Argument, context: Context) -> Found | None:
    """The object that a quoted argument names: `d2:hasValue('name')`, `d2:relationshipCount('uid')`."""
    kind = calls.quoted_kind(argument, context)
    string = argument.string
    if kind is None or string is None:
        return None
    quoted = unquote(string.text, string.start)
    if not quoted.text or (kind is not Kind.RULE_VARIABLE and not is_key(quoted.text)):
        return None
    key = Key(kind=kind, text=quoted.text, start=quoted.places[0], end=quoted.places[-1])
    return Found(kind=kind, keys=(key,), quoted=True)


def _pieces(text: str, context: Context) -> Iterator[Piece]:
    """All that is to be said about a text, in no order."""
    if context is Context.NONE:
        return
    if context in _FREE:
        yield from read_free_text(text, context)
        return
    tokens = tokenise(text)
    yield from tokens.problems
    yield from filter(None, (item_reference(token, context) for token in tokens.all))
    yield from _group(text, context)
    found = calls.read_calls(tokens.significant)
    yield from found.problems
    for argument in found.arguments:
        yield from chain(_quoted(argument, context), _bare(argument, context, text))


def _quoted(argument: calls.Argument, context: Context) -> Iterator[Piece]:
    """The reference that a quoted argument is, or those inside the condition that it holds."""
    string = argument.string
    found = quoted_reference(argument, context)
    if found:
        yield found
    elif string and calls.holds_condition(argument, context):
        inner = unquote(string.text, string.start)
        for piece in _pieces(inner.text, context):
            if isinstance(piece, Found):
                yield shift(piece, inner.places)
            else:
                yield replace(piece, start=inner.places[piece.start], end=inner.places[piece.end])


def _bare(argument: calls.Argument, context: Context, text: str) -> Iterator[Piece]:
    """The key of `orgUnit.group(KEY)`, which stands without quotes."""
    kind = calls.bare_kind(argument, context)
    if kind is None or not argument.tokens:
        return
    start, end = argument.tokens[0].start, argument.tokens[-1].end
    if is_key(text[start:end]):
        yield Found(kind=kind, keys=(Key(kind=kind, text=text[start:end], start=start, end=end),))


def _group(text: str, context: Context) -> Iterator[Found]:
    """The group of `forEach ?each in :DEG:KEY -->`, with which a predictor may begin."""
    match = _FOR_EACH.match(text) if context is Context.PREDICTOR else None
    if match:
        start, end = match.span("key")
        key = Key(kind=Kind.DATA_ELEMENT_GROUP, text=match["key"], start=start, end=end)
        yield Found(kind=Kind.DATA_ELEMENT_GROUP, keys=(key,))
