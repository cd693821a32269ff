"""What stands between operators: literals, items, calls, parentheses, and the modifiers behind them."""

from collections.abc import Callable
from functools import partial

from dhis2cfg.expressions.syntax.cursor import Cursor
from dhis2cfg.expressions.syntax.strangers import expected_value, unknown_word
from dhis2cfg.expressions.syntax.tree import (
    Bare,
    Call,
    Group,
    Item,
    Literal,
    LiteralKind,
    Modified,
    Node,
)
from dhis2cfg.expressions.tokens import Token, TokenKind

Read = Callable[[], Node]
_WORDS = {"true": LiteralKind.BOOLEAN, "false": LiteralKind.BOOLEAN, "null": LiteralKind.NULL}
_LITERALS = {TokenKind.NUMBER: LiteralKind.NUMBER, TokenKind.STRING: LiteralKind.TEXT}
_OPERATORS = frozenset({"and", "or", "not"})
PERIODS = frozenset({"days", "periodInYear", "yearlyPeriodCount"})
MODIFIERS = frozenset({"aggregationType", "maxDate", "minDate", "periodOffset", "stageOffset", "yearToDate"})


def primary(cursor: Cursor, inner: Read) -> Node:
    """One value with its modifiers; `inner` reads what stands in parentheses."""
    node = _value(cursor, inner)
    while cursor.is_sign(".") and cursor.after.text in MODIFIERS:
        node = _modified(cursor, node)
    return node


def _value(cursor: Cursor, inner: Read) -> Node:
    """One value without modifiers."""
    token = cursor.token
    if token.kind in _LITERALS:
        cursor.take()
        return Literal(kind=_LITERALS[token.kind], text=token.text, start=token.start, end=token.end)
    if token.kind in {TokenKind.ITEM, TokenKind.EVENT_DATE}:
        return item_of(cursor.take())
    if cursor.is_sign("["):
        return _period(cursor)
    if cursor.is_sign("("):
        return _group(cursor, inner)
    if token.kind is not TokenKind.WORD or token.text in _OPERATORS:
        raise expected_value(cursor)
    if cursor.is_followed_by("("):
        return _call(cursor, inner)
    if token.text in _WORDS:
        cursor.take()
        return Literal(kind=_WORDS[token.text], text=token.text, start=token.start, end=token.end)
    raise unknown_word(cursor)


def item_of(token: Token) -> Item:
    """An item in braces, or the date of an event."""
    if token.kind is TokenKind.EVENT_DATE:
        opener, _, inside = token.text.partition(":")
        inside = inside.lstrip(" ")
    else:
        opener, _, inside = token.text[:-1].partition("{")
    return Item(opener=opener, inside=inside, token=token, start=token.start, end=token.end)


def _period(cursor: Cursor) -> Item:
    """`[days]` and its like, which hold no blanks."""
    opening = cursor.token
    end = opening.end + len(cursor.after.text)
    known = cursor.after.text in PERIODS and cursor.text[opening.start : end + 1] == f"[{cursor.after.text}]"
    if not known:
        raise expected_value(cursor)
    word = (cursor.take(), cursor.take(), cursor.take())[1]
    token = Token(
        kind=TokenKind.ITEM, start=opening.start, end=end + 1, text=cursor.text[opening.start : end + 1]
    )
    return Item(opener="[", inside=word.text, token=token, start=token.start, end=token.end)


def _group(cursor: Cursor, inner: Read) -> Group:
    """An expression in parentheses."""
    opening = cursor.take()
    node = inner()
    closing = _close(cursor, opening, "(")
    return Group(inner=node, start=opening.start, end=closing.end)


def _close(cursor: Cursor, opening: Token, shown: str) -> Token:
    """The parenthesis that closes, or the mistake that it is not there."""
    if cursor.is_sign(")"):
        return cursor.take()
    if cursor.is_at_end:
        raise cursor.refuse(
            f"{shown} at character {opening.start + 1} is not closed", "write ) where it ends"
        )
    expected = ") was expected" if shown == "(" else ", or ) was expected"
    raise cursor.refuse(
        f"{expected} before {cursor.token.text}", f"close {shown}, or write an operator between two values"
    )


def _call(cursor: Cursor, inner: Read) -> Call:
    """A function and its arguments; how many it takes is no question of syntax."""
    name = cursor.take()
    cursor.take()
    read = partial(_bare, cursor) if name.text.startswith("orgUnit.") else inner
    is_distinct = cursor.is_word("distinct")
    if is_distinct:
        cursor.take()
    arguments: list[Node] = []
    if not cursor.is_sign(")"):
        arguments.append(read())
        if name.text == "is":
            _in(cursor)
            arguments.append(read())
        while cursor.is_sign(","):
            cursor.take()
            arguments.append(read())
    closing = _close(cursor, name, f"{name.text}(")
    return Call(
        name=name.text,
        name_end=name.end,
        arguments=tuple(arguments),
        is_distinct=is_distinct,
        start=name.start,
        end=closing.end,
    )


def _in(cursor: Cursor) -> None:
    """The word between the value and the choices of `is`."""
    if not cursor.is_word("in"):
        raise cursor.refuse("is( takes a value, the word in, and choices", "write is(VALUE in A, B)")
    cursor.take()


def _bare(cursor: Cursor) -> Node:
    """A key without quotes, up to the next comma or parenthesis."""
    first = last = cursor.token
    if first.kind not in {TokenKind.WORD, TokenKind.NUMBER}:
        raise cursor.refuse(
            "a key was expected, without quotes", "write orgUnit.group(KEY) or orgUnit.group(id:UID)"
        )
    while not (cursor.is_sign(",") or cursor.is_sign(")") or cursor.is_at_end):
        last = cursor.take()
    return Bare(text=cursor.text[first.start : last.end], start=first.start, end=last.end)


def _modified(cursor: Cursor, subject: Node) -> Modified:
    """A modifier, whose point, name and parentheses stand together."""
    point, name = cursor.token, cursor.after
    opening = cursor.text[name.end : name.end + 1]
    if name.start != point.end or opening != "(":
        raise cursor.refuse(
            f"a blank stands inside .{name.text}(", f"write .{name.text}( without blanks", end=name.end
        )
    cursor.take()
    cursor.take()
    cursor.take()
    while not (cursor.is_sign(")") or cursor.is_at_end):
        cursor.take()
    closing = _close(cursor, name, f".{name.text}(")
    return Modified(
        name=name.text,
        name_start=name.start,
        subject=subject,
        argument=cursor.text[name.end + 1 : closing.start],
        start=subject.start,
        end=closing.end,
    )
