"""A text as tokens that cover it without a gap; what is not closed is a problem (expressions facts §6)."""

import re
from dataclasses import dataclass
from enum import Enum


class TokenKind(Enum):
    """What a token is. ITEM is a whole `#{…}`, `A{…}` …; EVENT_DATE is `PS_EVENTDATE:` with its stage."""

    BLANK = "blank"
    COMMENT = "comment"
    STRING = "string"
    ITEM = "item"
    EVENT_DATE = "event date"
    NUMBER = "number"
    WORD = "word"
    SIGN = "sign"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A stretch of the text, `start` included, `end` not, both in characters from 0."""

    kind: TokenKind
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that DHIS2 would not read as meant: a sentence and the stretch it speaks of."""

    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """A text taken apart: joining the texts of all tokens gives the text back."""

    all: tuple[Token, ...]
    problems: tuple[Problem, ...]

    @property
    def significant(self) -> tuple[Token, ...]:
        """The tokens without blanks and comments."""
        return tuple(token for token in self.all if token.kind not in _SILENT)


_SILENT = frozenset({TokenKind.BLANK, TokenKind.COMMENT})

_PATTERN = re.compile(
    r"""
      (?P<BLANK> [\ \t\r\n]++ )
    | (?P<COMMENT> /\* )
    | (?P<STRING> '(?:[^'\\\r\n]|\\.)*+'? | "(?:[^"\\\r\n]|\\.)*+"? )
    | (?P<ITEM> (?:\#|OUG|[ACDINRV])\{ )
    | (?P<EVENT_DATE> PS_EVENTDATE:\ *+(?:id:)?[A-Za-z0-9_][A-Za-z0-9_/-]*+ )
    | (?P<NUMBER> (?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)? )
    | (?P<WORD> (?:and|or|not)(?=[0-9]) | (?:d2:|orgUnit\.)?[^\W\d]\w*+ )
    | (?P<SIGN> && | \|\| | [=!<>]= | [-+*/%^()<>!,.=\[\]] )
    | (?P<OTHER> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_MESSAGE_ITEM = re.compile(r"(?<!\w)(?P<opener>[#AV])\{(?P<inside>[^{}\r\n]*+)(?P<close>\}?)")
_INSIDE_ITEM = re.compile(r"[^{}\r\n]*+")


def tokenise(text: str) -> Tokens:
    """The tokens of a text, and what is not closed; in time linear in its length."""
    tokens: list[Token] = []
    problems: list[Problem] = []
    position = 0
    while match := _PATTERN.match(text, position):
        kind = TokenKind[match.lastgroup or "OTHER"]
        end, problem = _complete(text, kind, match)
        if problem:
            problems.append(Problem(message=problem, start=position, end=end))
            kind = TokenKind.OTHER if kind is TokenKind.ITEM else kind
        tokens.append(Token(kind=kind, start=position, end=end, text=text[position:end]))
        position = end
    return Tokens(all=tuple(tokens), problems=tuple(problems))


def tokenise_message(text: str) -> Tokens:
    """The items of a message, and what stands between them; an item that is not closed is a problem."""
    tokens: list[Token] = []
    problems: list[Problem] = []
    position = 0
    for match in _MESSAGE_ITEM.finditer(text):
        if not match["close"]:
            message = f"{match['opener']}{{ is not closed with }}"
            problems.append(Problem(message=message, start=match.start(), end=match.start("inside")))
            continue
        tokens += _words(text, position, match.start())
        token = Token(kind=TokenKind.ITEM, start=match.start(), end=match.end(), text=match.group())
        tokens.append(token)
        position = match.end()
    return Tokens(all=(*tokens, *_words(text, position, len(text))), problems=tuple(problems))


def _words(text: str, start: int, end: int) -> tuple[Token, ...]:
    """What stands between two items."""
    token = Token(kind=TokenKind.OTHER, start=start, end=end, text=text[start:end])
    return (token,) if start < end else ()


def _complete(text: str, kind: TokenKind, match: re.Match[str]) -> tuple[int, str]:
    """Where the token that begins with this match ends, and what is wrong with it, if anything."""
    end = match.end()
    if kind is TokenKind.COMMENT:
        close = text.find("*/", end)
        return (close + 2, "") if close >= 0 else (len(text), "the comment is not closed with */")
    if kind is TokenKind.STRING and not _is_closed(match.group()):
        return end, f"the text that begins with {match.group()[0]} is not closed on its line"
    if kind is TokenKind.ITEM:
        inside = _INSIDE_ITEM.match(text, end)
        close = inside.end() if inside else end
        if text[close : close + 1] == "}":
            return close + 1, ""
        return end, f"{match.group()} is not closed with }}"
    return end, ""


def _is_closed(string: str) -> bool:
    """Whether a string token ends with its own quote (one that is no escaped character)."""
    if len(string) == 1 or string[-1] != string[0]:
        return False
    body = string[1:-1]
    return (len(body) - len(body.rstrip("\\"))) % 2 == 0
