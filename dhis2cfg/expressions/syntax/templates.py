"""Trees of what is no expression: messages with items in them, and where periods are bounded."""

from difflib import get_close_matches

from dhis2cfg.expressions.syntax.languages import Language
from dhis2cfg.expressions.syntax.mistakes import Fault, Mistake
from dhis2cfg.expressions.syntax.parsing import Parsed, not_closed
from dhis2cfg.expressions.syntax.primaries import item_of
from dhis2cfg.expressions.syntax.tree import Bare, Node, Template, Tree, Words
from dhis2cfg.expressions.tokens import Token, TokenKind, tokenise, tokenise_message

BOUNDARIES = ("EVENT_DATE", "ENROLLMENT_DATE", "INCIDENT_DATE", "SCHEDULED_DATE")
"""The dates that a boundary may name by a word (expressions facts §3)."""
_CASES = f"{', '.join(BOUNDARIES)}, PS_EVENTDATE:STAGE, #{{STAGE.ELEMENT}} or A{{ATTRIBUTE}}"


def parse_message(text: str) -> Parsed:
    """The words and the items of a message; quotes, operators and comments mean nothing in it."""
    tokens = tokenise_message(text)
    for problem in tokens.problems:
        return Parsed(tree=None, mistake=not_closed(text, problem))
    pieces = tuple(_piece(token) for token in tokens.all)
    root = Template(pieces=pieces, start=0, end=len(text))
    return Parsed(tree=Tree(language=Language.SERVER, text=text, root=root, tokens=tokens.all))


def _piece(token: Token) -> Node:
    """Words, or an item."""
    if token.kind is TokenKind.ITEM:
        return item_of(token)
    return Words(text=token.text, start=token.start, end=token.end)


def parse_boundary(text: str) -> Parsed:
    """The one date that bounds a period: a word, or an item; DHIS2 reads no blanks and no more than that."""
    tokens = tokenise(text)
    for problem in tokens.problems:
        return Parsed(tree=None, mistake=not_closed(text, problem))
    first, *more = tokens.all or (None,)
    root: Node | None = None
    if first is None or more:
        message = "the text is empty" if first is None else f"more than one date stands in {text}"
    elif first.kind is TokenKind.EVENT_DATE and " " in first.text:
        message = "a blank stands behind PS_EVENTDATE:"
    elif first.kind in {TokenKind.ITEM, TokenKind.EVENT_DATE}:
        root, message = item_of(first), ""
    elif text in BOUNDARIES:
        root, message = Bare(text=text, start=0, end=len(text)), ""
    else:
        message = f"{text} bounds no period"
    if root is None:
        near = get_close_matches(text.upper(), BOUNDARIES, n=1, cutoff=0.8)
        suggestion = f"did you mean {near[0]}?" if near else f"write {_CASES}"
        mistake = Mistake(fault=Fault.SYNTAX, message=message, start=0, end=len(text), suggestion=suggestion)
        return Parsed(tree=None, mistake=mistake)
    return Parsed(tree=Tree(language=Language.SERVER, text=text, root=root, tokens=tokens.all))
