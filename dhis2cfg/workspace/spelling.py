"""Where the characters of a value stand in its file: quotes, escapes and folded lines looked through."""

from collections.abc import Sequence

import yaml

from dhis2cfg.workspace.formatting.nodes import begin, composed, pairs, scalars

_BLANKS = " \t\n"


class Spelling:
    """One file's text, and where its scalars begin and end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0]
        self._starts += [at + 1 for at, sign in enumerate(text) if sign == "\n"]
        root = composed(text)
        self._nodes = {_content(node, text): node for node in scalars(root)}
        self._values = {_content(key, text): value for key, value in pairs(root)}

    def offset(self, line: int, column: int) -> int:
        """Where a line and column (from 1) begin."""
        return self._starts[line - 1] + column - 1

    def stretch(self, at: int, value: str, start: int, end: int) -> tuple[int, int] | None:
        """Where a part of a scalar's value stands, by where that begins; None where it cannot be told."""
        node = self._nodes.get(at)
        if node is None:
            return None
        places = _places(value, self.text, at, int(node.end_mark.index), str(node.style or ""))
        if places is None or end > len(places):
            return None
        return places[start], places[end - 1] + 1

    def value_of(self, at: int) -> yaml.Node | None:
        """The value of the key that begins here."""
        return self._values.get(at)

    def value(self, at: int) -> str | None:
        """What the scalar that begins here says."""
        node = self._nodes.get(at)
        return None if node is None else str(node.value)


def _content(node: yaml.ScalarNode, text: str) -> int:
    """Where a scalar's content begins: behind its tag, its anchor and its quote."""
    at = begin(node)
    while text[at : at + 1] in ("!", "&"):
        while text[at : at + 1] not in ("", *_BLANKS):
            at += 1
        while text[at : at + 1] and text[at] in _BLANKS:
            at += 1
    return at + 1 if node.style in ("'", '"') else at


def _places(value: str, text: str, start: int, stop: int, style: str) -> Sequence[int] | None:
    """The offset of each character of a value in the file."""
    at = text.index("\n", start) + 1 if style in ("|", ">") else start
    places: list[int] = []
    for sign in value:
        if sign in _BLANKS:
            places.append(at)
            while at < stop and text[at] in _BLANKS:
                at += 1
            continue
        while at < stop and text[at] in _BLANKS:
            at += 1
        if style == '"' and text[at : at + 1] == "\\" and sign != "\\":
            at += 1
        if text[at : at + 1] != sign:
            return None
        places.append(at)
        at += 1
        if (style == "'" and sign == "'") or (style == '"' and sign == "\\"):
            at += 1
    return places
