"""What a quoted text says, with the place of each of its characters (expressions facts §6, Strings)."""

import re
from dataclasses import dataclass

_ESCAPE = re.compile(r"\\(?:u(?P<code>[0-9A-Fa-f]{4})|(?P<octal>[0-3]?[0-7]{1,2})|(?P<sign>.))", re.DOTALL)
_SIGNS = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """The text between the quotes, unescaped. `places[i]` is where character i begins in the outer text.

    `places` has one entry more than the text: where the quoted text ends.
    """

    text: str
    places: tuple[int, ...]


def unquote(token: str, start: int) -> Quoted:
    """What the string token, quotes included, says; `start` is the token's place in the outer text."""
    closed = len(token) > 1 and token[-1] == token[0]
    end = len(token) - 1 if closed else len(token)
    characters: list[str] = []
    places: list[int] = []
    position = 1
    while position < end:
        match = _ESCAPE.match(token, position, end) if token[position] == "\\" else None
        characters.append(_meaning(match) if match else token[position])
        places.append(start + position)
        position = match.end() if match else position + 1
    places.append(start + end)
    return Quoted(text="".join(characters), places=tuple(places))


def _meaning(match: re.Match[str]) -> str:
    """The character that an escape stands for; an unknown escape is the character itself."""
    if match["code"]:
        return chr(int(match["code"], 16))
    if match["octal"]:
        return chr(int(match["octal"], 8))
    return _SIGNS.get(match["sign"], match["sign"])
