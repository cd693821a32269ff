"""The comment trap: YAML begins a comment at ` #`, so a plain `#{x} > 1` reads as empty, without a word."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import yaml

from dhis2cfg.load.text.dialect import Loader
from dhis2cfg.load.text.spots import Spots
from dhis2cfg.model.findings import Finding

_SUSPECT = re.compile(r"(?:^|[\s:\[{,-])#\{", re.MULTILINE)
_SAME_LINE = re.compile(r"[ \t]*(#\{[^\n]*)")
_NEXT_LINE = re.compile(r"[ \t]*\n(?:[ \t]*(?:#(?!\{)[^\n]*)?\n)*[ \t]*(#\{[^\n]*)")
MOST = 100
"""How many traps of one file are said."""

_NEVER = (1 << 62, 1 << 62)
_OPENERS = (
    yaml.ValueToken,
    yaml.TagToken,
    yaml.AnchorToken,
    yaml.BlockEntryToken,
    yaml.FlowSequenceStartToken,
)
_FLOW_STARTS = (yaml.FlowMappingStartToken, yaml.FlowSequenceStartToken)
_FLOW_ENDS = (yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)
_NODES = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    *_FLOW_STARTS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """A value that YAML would cut: where its text ends, where the comment begins, what was meant."""

    end: int
    comment: int
    meant: str


def may_hide(text: str, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether a `#{` stands outside of all texts (their offsets, in order); then the tokens must be asked."""
    inside = iter(spans)
    start, end = next(inside, _NEVER)
    for match in _SUSPECT.finditer(text):
        sign = match.end() - len("#{")
        while end <= sign:
            start, end = next(inside, _NEVER)
        if sign < start:
            return True
    return False


def traps(text: str) -> tuple[Trap, ...]:
    """Every plain or empty value that YAML ends at a comment beginning `#{`, up to `MOST`."""
    found: list[Trap] = []
    indents, flow = [-1], 0
    before: yaml.Token | None = None
    for following in chain(_tokens(text), (None,)):
        token, before = before, following
        if isinstance(token, yaml.BlockMappingStartToken | yaml.BlockSequenceStartToken):
            indents.append(token.start_mark.column)
        elif isinstance(token, yaml.BlockEndToken):
            indents.pop()
        flow += isinstance(token, _FLOW_STARTS) - isinstance(token, _FLOW_ENDS)
        if (trap := _trap(text, token, following, indents[-1], in_flow=flow > 0)) is not None:
            found.append(trap)
        if len(found) == MOST:
            break
    return tuple(found)


def finding(trap: Trap, spots: Spots) -> Finding:
    """The finding for a trap, with the form in quotes."""
    start = trap.comment
    return Finding(
        rule="comment-trap",
        message="YAML reads a comment here and drops the rest of the value",
        place=spots.at(start, start + len(spots.text[start:].split("\n", 1)[0].rstrip())),
        label="a blank and # begin a comment",
        following=f"write it in quotes: {quoted(trap.meant)}",
    )


def quoted(text: str) -> str:
    """A text of one line as YAML in quotes, the kind that needs no escape where there is one."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _tokens(text: str) -> Iterator[yaml.Token]:
    """All tokens up to the first that is none; what is wrong there is said by whoever parses."""
    try:
        yield from yaml.scan(text, Loader=Loader)
    except yaml.YAMLError:
        return


def _trap(
    text: str, token: yaml.Token | None, following: yaml.Token | None, indent: int, *, in_flow: bool
) -> Trap | None:
    is_text = isinstance(token, yaml.ScalarToken) and token.plain
    is_before_value = is_text or isinstance(token, _OPENERS)
    if token is None or not is_before_value or isinstance(following, _NODES):
        return None
    end = token.end_mark.index
    match = _SAME_LINE.match(text, end)
    if match is None:
        match = _NEXT_LINE.match(text, end)
        if match is None or not _goes_on(text, match.start(1), following, indent):
            return None
    begin = token.start_mark.index if isinstance(token, yaml.ScalarToken) else end
    comment = _until_flow_ends(match[1]) if in_flow else match[1]
    meant = f"{text[begin:end]} {comment}".strip()
    return Trap(end=end, comment=match.start(1), meant=meant)


def _goes_on(text: str, comment: int, following: yaml.Token | None, indent: int) -> bool:
    """Whether a comment on a line of its own stands where the value would go on."""
    column = comment - text.rfind("\n", 0, comment) - 1
    return column > indent and following is not None


def _until_flow_ends(comment: str) -> str:
    """What of a comment was meant as the value, where commas and brackets end values."""
    depth = 0
    for number, sign in enumerate(comment):
        depth += (sign in "{[(") - (sign in "}])")
        if depth < 0 or (depth == 0 and sign == ","):
            return comment[:number]
    return comment
