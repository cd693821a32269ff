"""One value as YAML that every reader takes for the same: plain where it can be, else in double quotes."""

import json
import re

from dhis2cfg.model.tree import Atom

WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf"})
"""What some reader takes for something else than a text."""

HIDDEN = re.compile("[\x7f-\xa0\u2028\u2029\ufeff\u200b-\u200f\u202a-\u202e]")
"""Signs that nobody would see, or that end a line for some reader."""

_PLAIN = re.compile(r"[A-Za-zÆØÅæøå_][\wæøåÆØÅ .()/+–-]*[\w.)]|[A-Za-zÆØÅæøå_]")


def spelled(value: Atom) -> str:
    """A text, number, truth or nothing as YAML."""
    if isinstance(value, str):
        return spelled_text(value)
    return "~" if value is None else json.dumps(value)


def spelled_text(text: str) -> str:
    """A text as YAML, quoted wherever some reader would see something else."""
    if _PLAIN.fullmatch(text) and text.lower() not in WORDS:
        return text
    return HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
