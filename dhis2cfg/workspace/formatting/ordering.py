"""What names an object stands before the rest of it, the base language before the others."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import yaml

from dhis2cfg.model.pages import rank
from dhis2cfg.workspace.formatting.nodes import Edit, begin, end, entries, holds_alias
from dhis2cfg.workspace.formatting.roles import Part, Role


def moves(text: str, parts: Sequence[Part], locale: str) -> Iterator[Edit]:
    """Mappings whose entries change places, innermost first: none of them lies in another."""
    wanted = [(part.node, _order(part, locale)) for part in parts]
    wanted = [
        (node, order) for node, order in wanted if order != list(range(len(order))) and not holds_alias(node)
    ]
    done: list[tuple[int, int]] = []
    for node, order in reversed(wanted):
        start, stop = begin(node), end(node, text)
        if any(start <= one and two <= stop for one, two in done):
            continue
        edit = _flow(text, node, order) if node.flow_style else _block(text, node, order)
        if edit is not None:
            done.append((start, stop))
            yield edit


def _order(part: Part, locale: str) -> list[int]:
    """The places of the entries in the order in which they should stand."""
    names = [str(key.value) for key, _ in entries(part.node)]
    if part.role is Role.OBJECT:
        return sorted(range(len(names)), key=lambda at: rank(names[at]))
    if part.role is Role.LOCALES:
        return sorted(range(len(names)), key=lambda at: (names[at] != locale, names[at]))
    return list(range(len(names)))


def _flow(text: str, node: yaml.MappingNode, order: Sequence[int]) -> Edit | None:
    """`{a: 1, b: 2}`: the entries change places, what stands between them stays."""
    spans = [(begin(key), end(value, text)) for key, value in entries(node)]
    between = [text[one[1] : other[0]] for one, other in pairwise(spans)]
    if any("#" in each for each in between) or "#" in text[spans[-1][1] : int(node.end_mark.index)]:
        return None
    pieces = [text[spans[at][0] : spans[at][1]] for at in order]
    joined = pieces[0] + "".join(gap + piece for gap, piece in zip(between, pieces[1:], strict=True))
    return Edit(spans[0][0], spans[-1][1], joined)


def _block(text: str, node: yaml.MappingNode, order: Sequence[int]) -> Edit | None:
    """Entries on lines of their own, each with the comments right above it and behind it."""
    starts = [_line(text, begin(key)) for key, _ in entries(node)]
    if any(text[start : begin(key)].strip() for start, (key, _) in zip(starts, entries(node), strict=True)):
        return None
    stops = [_next_line(text, end(value, text)) for _, value in entries(node)]
    floor = starts[0]
    chunks = []
    for at, start in enumerate(starts):
        first = _with_comments(text, start, floor if at == 0 else stops[at - 1])
        chunks.append(first)
        floor = stops[at]
    chunks[0] = _with_comments(text, starts[0], _line(text, max(starts[0] - 1, 0)) if starts[0] else 0)
    bounds = [*chunks, stops[-1]]
    pieces = [text[bounds[at] : bounds[at + 1]] for at in order]
    if not pieces[-1].endswith("\n") or not all(piece.endswith("\n") for piece in pieces):
        pieces = [piece if piece.endswith("\n") else f"{piece}\n" for piece in pieces]
    return Edit(bounds[0], bounds[-1], "".join(pieces))


def _line(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _next_line(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _with_comments(text: str, start: int, floor: int) -> int:
    """Where the comment lines right above a line begin, not above `floor`."""
    while start > floor:
        above = _line(text, start - 1)
        if above < floor or not text[above:start].lstrip().startswith("#"):
            break
        start = above
    return start
