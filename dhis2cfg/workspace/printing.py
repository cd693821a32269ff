"""The YAML printer: values → text that every reader takes for the same, short things on one line."""

import re
from collections.abc import Iterator

from dhis2cfg.model.pages import Behind, Page, TextPage, Yaml, YamlPage
from dhis2cfg.workspace.scalars import HIDDEN, WORDS, spelled, spelled_text

WIDTH = 136
"""How long a line may be that holds more than one value."""

INDENT = "  "

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def printed(page: Page) -> str:
    """The text of a page."""
    if isinstance(page, TextPage):
        return page.text
    return yaml_text(page)


def yaml_text(page: YamlPage) -> str:
    """A YAML file: its comments, then its content; an empty line between what stands at the top."""
    comments = "".join(f"# {line}\n" for line in page.comments)
    return comments + "".join(f"{line}\n" for line in _mapping(page.content, ""))


def spelled_key(key: str) -> str:
    """A key as YAML."""
    return key if _PLAIN_KEY.fullmatch(key) and key.lower() not in WORDS else spelled_text(key)


def _inline(value: Yaml) -> str:
    """A value on one line."""
    match value:
        case dict():
            inner = ", ".join(f"{spelled_key(key)}: {_inline(each)}" for key, each in value.items())
            return f"{{{inner}}}"
        case list():
            return f"[{', '.join(_inline(each) for each in value)}]"
        case Behind():
            return f"{value.tag} {_quoted(value)}"
        case _:
            return spelled(value)


def _quoted(value: Behind) -> str:
    """A raw text always stands in quotes."""
    text = spelled_text(value.text)
    return text if text.startswith('"') or value.tag != "!raw" else f'"{text}"'


def _is_block(value: Yaml) -> bool:
    """Whether a text can stand as a block: lines without blanks at their ends, and nothing odd in them."""
    if not isinstance(value, str) or "\n" not in value.rstrip("\n") or value.strip("\n") == "":
        return False
    lines = value.split("\n")
    is_odd = any(ord(sign) < ord(" ") and sign != "\n" for sign in value) or HIDDEN.search(value)
    return (
        not is_odd
        and not lines[0].startswith(" ")
        and bool(lines[0])
        and all(line == line.rstrip() for line in lines)
    )


def _fits(value: dict[str, Yaml] | list[Yaml], taken: int) -> bool:
    """Whether a collection may stand on one line."""
    inner = list(value.values()) if isinstance(value, dict) else value
    if any(_is_block(each) or (isinstance(each, dict | list) and not _is_short(each)) for each in inner):
        return False
    return taken + len(_inline(value)) <= WIDTH


def _is_short(value: dict[str, Yaml] | list[Yaml]) -> bool:
    """Whether a collection inside another one may stand on its line: a few plain values."""
    inner = list(value.values()) if isinstance(value, dict) else value
    return not any((isinstance(each, dict | list) and each) or _is_block(each) for each in inner)


def _mapping(content: dict[str, Yaml], indent: str) -> Iterator[str]:
    for number, (key, value) in enumerate(content.items()):
        if not indent and number and isinstance(value, dict):
            yield ""
        yield from _entry(f"{indent}{spelled_key(key)}:", value, indent, is_object=len(indent) <= len(INDENT))


def _entry(head: str, value: Yaml, indent: str, *, is_object: bool) -> Iterator[str]:
    """One key and its value; an object of a type begins a block of its own unless it is short."""
    if _is_block(value):
        yield from _block(head, str(value), indent)
    elif (
        isinstance(value, dict)
        and value
        and not (_fits(value, len(head) + 1) and not (is_object and _is_deep(value)))
    ):
        yield head
        yield from _mapping(value, indent + INDENT)
    elif isinstance(value, list) and value and not _fits(value, len(head) + 1):
        yield head
        yield from _items(value, indent + INDENT)
    else:
        yield f"{head} {_inline(value)}"


def _is_deep(value: dict[str, Yaml]) -> bool:
    """Whether a mapping holds others, so that it reads better in a block."""
    return any(isinstance(each, dict) and each for each in value.values())


def _items(value: list[Yaml], indent: str) -> Iterator[str]:
    for each in value:
        if isinstance(each, dict) and each and not _fits(each, len(indent) + 2):
            first, *rest = _mapping(each, indent + INDENT)
            yield f"{indent}- {first.removeprefix(indent + INDENT)}"
            yield from rest
        elif _is_block(each):
            yield from _block(f"{indent}-", str(each), indent)
        else:
            yield f"{indent}- {_inline(each)}"


def _block(head: str, text: str, indent: str) -> Iterator[str]:
    """A text of several lines as a block; the sign says what becomes of line breaks at its end."""
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    sign = {0: "|-", 1: "|"}.get(ends, "|+")
    yield f"{head} {sign}"
    for line in body.split("\n") + [""] * (ends - 1):
        yield f"{indent}{INDENT}{line}" if line else ""
