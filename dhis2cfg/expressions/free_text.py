"""References in texts that are no expressions: messages with `#{…}`, forms with UIDs in their tags."""

import re
from collections.abc import Iterator

from dhis2cfg.expressions.contexts import Context
from dhis2cfg.expressions.found import Found, Key, Kind
from dhis2cfg.expressions.items import is_key, read_item
from dhis2cfg.expressions.tokens import Problem, TokenKind, tokenise_message

_TAG = re.compile(
    r"""(?<![\w-])(?P<name>id|attributeid|dataelementid|indicatorid)=(?P<quote>["'])(?P<value>[^"'<>]*+)(?P=quote)"""
)
_KINDS = {
    "attributeid": Kind.ATTRIBUTE,
    "dataelementid": Kind.DATA_ELEMENT,
    "indicatorid": Kind.INDICATOR,
}
_FIELD = re.compile(r"(?P<first>[A-Za-z0-9_/:]+)-(?P<second>[A-Za-z0-9_/:]+|\([A-Za-z0-9_/:, -]+\))-val")


def read_free_text(text: str, context: Context) -> Iterator[Found | Problem]:
    """The references of a message or a form, in the order written."""
    if context is Context.HTML_FORM:
        yield from _form(text)
        return
    tokens = tokenise_message(text)
    yield from tokens.problems
    for token in tokens.all:
        piece = read_item(token, context) if token.kind is TokenKind.ITEM else None
        if piece:
            yield piece


def _form(text: str) -> Iterator[Found]:
    """The fields of a form: `id="A-B-val"`, and the tags that name one object each."""
    for match in _TAG.finditer(text):
        value, start = match["value"], match.start("value")
        if match["name"] != "id":
            if is_key(value):
                kind = _KINDS[match["name"]]
                yield Found(
                    kind=kind, keys=(Key(kind=kind, text=value, start=start, end=start + len(value)),)
                )
        elif field := _FIELD.fullmatch(value):
            spans = (field.span("first"), field.span("second"))
            keys = (
                Key(kind=Kind.FORM_FIELD, text=value[a:b], start=start + a, end=start + b) for a, b in spans
            )
            yield Found(kind=Kind.FORM_FIELD, keys=tuple(keys))
