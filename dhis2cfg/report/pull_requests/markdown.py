"""Markdown as GitHub and GitLab read it: phrases in, lines out, in which foreign text can do nothing.

Signs of Markdown get a backslash, those of HTML an entity; what the sites look for in finished text
(mentions, issues, emoji, links) is taken apart by an empty comment, which readers do not see.
"""

import re

from dhis2cfg.report.sentences.spans import Phrase, Span, Style
from dhis2cfg.report.signs import clean, inert

EMPTY = "<!-- -->"
"""What is put between two signs that must not stand together."""
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_SIGNS = re.compile(r"([\\`*_\[\]|~$])")
_TOGETHER = re.compile(r"([@#!%^:$](?=[\w/+-])|\b(?:www(?=\.)|gh-(?=\d)))", re.IGNORECASE)
_MARKER = re.compile(r"^(\d*)([#=.)+-])")
_BAR = re.compile(r"(?<!\\)\|")
_FENCES = re.compile(r"`+")
FRAMES = {Style.NAME: "*", Style.STRONG: "**", Style.OLD: "~~", Style.NEW: "**"}


def as_markdown(phrase: Phrase) -> str:
    """A phrase inside a paragraph, a list item or a cell of a table."""
    return "".join(_written(span) for span in phrase)


def escaped(text: str) -> str:
    """A foreign text that is shown as it is, on one line."""
    told = _SIGNS.sub(r"\\\1", inert(clean(text)).translate(_HTML))
    return _TOGETHER.sub(rf"\1{EMPTY}", told)


def item(text: str) -> str:
    """A line of a list that begins with a foreign text: it begins no heading and no list of its own."""
    return f"- {_MARKER.sub(_marked, escaped(text.strip()))}"


def _marked(match: re.Match[str]) -> str:
    return f"{match[1]}\\{match[2]}"


def code(text: str) -> str:
    """A foreign text as code."""
    told = inert(clean(text))
    longest = max(map(len, _FENCES.findall(told)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if told.startswith("`") or told.endswith("`") or not told.strip() else ""
    return f"{fence}{pad}{told}{pad}{fence}"


def fenced(lines: list[str], language: str) -> list[str]:
    """Lines of foreign text as a block of code that none of them can end."""
    told = [inert(clean(line)) for line in lines]
    longest = max((len(each) for line in told for each in _FENCES.findall(line)), default=0)
    fence = "`" * max(longest + 1, 3)
    return [fence + language, *told, fence]


def folded(summary: str, lines: list[str]) -> list[str]:
    """Lines behind a summary that is clicked open."""
    return [opening(summary), "", *lines, "", "</details>"]


def opening(summary: str) -> str:
    """The line that begins what is folded: HTML, in which Markdown's signs mean nothing."""
    told = inert(clean(summary)).translate(_HTML)
    apart = _TOGETHER.sub(rf"\1{EMPTY}", told)
    return f"<details><summary>{apart}</summary>"


def table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    """A table; cells are Markdown already, in which a bar would end a cell, in code as well."""
    safe = [tuple(_BAR.sub(r"\|", cell) for cell in row) for row in rows]
    lines = [" | ".join(heads), " | ".join("---" for _ in heads), *(" | ".join(row) for row in safe)]
    return [f"| {line} |" for line in lines]


def _written(span: Span) -> str:
    if span.style is Style.CODE:
        return code(span.text)
    told = escaped(span.text)
    frame = FRAMES.get(span.style)
    if frame is None:
        return told
    bare = told.strip()
    return told.replace(bare, f"{frame}{bare}{frame}") if bare else told
