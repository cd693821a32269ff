"""Texts from files and servers, made safe and short for a terminal."""

import json
from typing import Any


def clean(text: str) -> str:
    """A text on one line without control signs: nothing that comes from outside may steer a terminal."""
    return "".join(sign if sign.isprintable() else "�" if sign not in "\n\t\r" else " " for sign in text)


def shortened(text: str, room: int) -> str:
    """At most `room` characters."""
    return text if len(text) <= room else text[: max(room - 1, 0)] + "…"


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


def number(count: int, one: str, several: str = "") -> str:
    """`1 change`, `3 changes`."""
    return f"{count} {one if count == 1 else several or one + 's'}"
