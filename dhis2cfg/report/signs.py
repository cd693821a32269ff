"""Texts from files and servers, made safe and short for a terminal."""

import dataclasses
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar
from unicodedata import category

T = TypeVar("T")
BLANKS = "\n\t\r\v\f\u00a0\u2028\u2029\u202f"
"""Signs that stand for a blank; every other sign that does not print is shown as `�`."""
PLAIN = frozenset({bool, int, float})
"""Types without a text in them."""
STEERING = ("Cc", "Cf")
"""Classes of signs that move a cursor, turn the direction of writing, or hide."""
_COMMANDS = re.compile(r":(?=:)|##(?=\[)")
_BEGINNINGS = re.compile(r"^\s*:(?=:)", re.MULTILINE)
CONTEXT = 14
"""Characters left standing beside what differs between two long texts."""


def clean(text: str) -> str:
    """A text on one line without control signs: nothing that comes from outside may steer a terminal."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else " " if sign in BLANKS else "�" for sign in text)


def inert(text: str) -> str:
    """A clean text that is no command where it begins a line of a pipeline's log (`::error`, `##[group]`)."""
    return _COMMANDS.sub(r"\g<0> ", text) if "::" in text or "##[" in text else text


def steadied(text: str) -> str:
    """Lines of ours of which none is a command to a pipeline, whatever texts stand in them."""
    return _BEGINNINGS.sub(r"\g<0> ", text).replace("##[", "## [") if "::" in text or "##[" in text else text


def guarded(text: str) -> str:
    """Text of ours without what steers a terminal, lines and blanks as they are: the guard of a stream."""
    if all(line.isprintable() for line in text.split("\n")):
        return text
    return "".join("�" if sign not in "\n\t" and category(sign) in STEERING else sign for sign in text)


def tamed(value: T) -> T:
    """A value of `model` with every text in it cleaned; the same value where every text was clean.

    What is sent to a server (`body`) is left alone: it is not shown.
    """
    result: Any = value
    if isinstance(value, str):
        result = clean(value)
    elif value is None or type(value) in PLAIN:
        pass
    elif isinstance(value, Mapping):
        items = [(tamed(key), tamed(item)) for key, item in value.items()]
        is_same = all(
            new[0] is old[0] and new[1] is old[1] for new, old in zip(items, value.items(), strict=True)
        )
        result = value if is_same else dict(items)
    elif isinstance(value, tuple | list):
        members = [tamed(item) for item in value]
        is_same = all(new is old for new, old in zip(members, value, strict=True))
        result = value if is_same else type(value)(members)
    elif dataclasses.is_dataclass(value):
        changed = {
            name: new
            for name in _fields(value.__class__)
            if (new := tamed(old := getattr(value, name))) is not old
        }
        result = dataclasses.replace(value, **changed) if changed else value  # type: ignore[type-var] # no class
    return result  # type: ignore[no-any-return] # rebuilt from its own type


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass whose texts are shown."""
    return tuple(each.name for each in dataclasses.fields(kind) if each.name != "body")


def shortened(text: str, room: int) -> str:
    """At most `room` characters."""
    return text if len(text) <= room else text[: max(room - 1, 0)].rstrip() + "…"


def shown(value: Any, room: int = 60) -> str:
    """A value as a plan says it: yes and no, texts in quotes, nothing as `–`."""
    match value:
        case None:
            return "–"
        case bool():
            return "yes" if value else "no"
        case str():
            return f'"{shortened(clean(value), room)}"' if _wants_quotes(value) else clean(value)
        case int() | float():
            return str(value)
        case list():
            return shortened(", ".join(shown(each, room) for each in value), room * 2)
        case _:
            return shortened(clean(json.dumps(value, ensure_ascii=False, sort_keys=True)), room)


def _wants_quotes(value: str) -> bool:
    """Codes, keys and constants stand bare; sentences in quotes."""
    return not value or not all(sign.isalnum() or sign in "_-./:" for sign in value) or value != value.upper()


def contrasted(values: Sequence[Any], room: int) -> list[str]:
    """Values as they are shown beside each other: of long texts only the part that differs."""
    texts = [clean(each) for each in values if isinstance(each, str)]
    if len(texts) < len(values) or max(map(len, texts), default=0) <= room:
        return [shown(each, room) for each in values]
    head = _cut(_shared(texts), texts[0])
    rest = min(map(len, texts)) - head
    tail = min(_shared([each[::-1] for each in texts]), rest)
    return [_middle(each, head, tail, room) for each in texts]


def _shared(texts: Sequence[str]) -> int:
    """How many characters texts have in common at their beginning."""
    least, most = min(texts), max(texts)
    return next((at for at, sign in enumerate(least) if sign != most[at]), len(least))


def _cut(head: int, text: str) -> int:
    """Where what is common ends, at the beginning of a word, with some words left for the reader."""
    wanted = max(head - CONTEXT, 0)
    return text.rfind(" ", 0, wanted) + 1 if wanted else 0


def _middle(text: str, head: int, tail: int, room: int) -> str:
    end = len(text) - max(tail - CONTEXT, 0)
    before = "…" if head else ""
    after = "…" if end < len(text) else ""
    return f'"{before}{shortened(text[head:end].rstrip(), room)}{after}"'


def number(count: int, one: str, several: str = "") -> str:
    """`1 change`, `3 changes`."""
    return f"{count} {one if count == 1 else several or one + 's'}"


def listed(names: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def moment(at: str) -> str:
    """A time to the minute, its zone kept (`2026-11-24 10:15 +01:00`), as far as it is told."""
    text = clean(at).replace("T", " ")
    day, _, clock = text.partition(" ")
    zone = next((clock[index:] for index, sign in enumerate(clock) if sign in "+-Z"), "")
    return " ".join(part for part in (day, clock[:5], {"Z": "UTC", "+00:00": "UTC"}.get(zone, zone)) if part)
