"""Every expression of the official packages, written with keys and compiled back to the same bytes."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from dhis2cfg.expressions import Context, Found, Key, Kind, context_of, find_references, rewrite_keys
from dhis2cfg.expressions.naming import TYPES
from tests.conformance.package_states import PACKAGES, package_names

recorded = pytest.mark.skipif(not PACKAGES.is_dir(), reason="no recorded packages here (DHIS2CFG_RECORDED)")
KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,99}")
MESSAGES = frozenset({Context.RULE_MESSAGE, Context.HTML_FORM})
"""Texts that are no expressions; they are written with keys too, and counted apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """One package's UIDs with the keys that stand for them, both by type."""

    keys: Mapping[tuple[str, str], str]
    uids: Mapping[tuple[str, str], str]

    def key(self, key: Key, _: Found | None = None) -> str | None:
        """The key of a UID; None for what the package does not hold and for rule variables."""
        return self.keys.get((TYPES.get(key.kind, ""), key.text))

    def uid(self, key: Key, _: Found | None = None) -> str | None:
        """The UID of a key; None for what was left as it was."""
        return self.uids.get((TYPES.get(key.kind, ""), key.text))


def read(name: str) -> dict[str, list[dict[str, Any]]]:
    """The objects of a package by type."""
    document = json.loads((PACKAGES / f"{name}.json").read_text(encoding="utf-8"))
    return {kind: each for kind, each in document.items() if isinstance(each, list)}


def names_of(types: Mapping[str, list[dict[str, Any]]]) -> Names:
    """A key for each object: its code where that fits, else its name in capitals, else with a number."""
    keys: dict[tuple[str, str], str] = {}
    uids: dict[tuple[str, str], str] = {}
    for kind, objects in types.items():
        for each in objects:
            if kind not in TYPES.values() or "id" not in each:
                continue
            code = str(each.get("code", ""))
            slug = re.sub(r"[^A-Z0-9]+", "_", str(each.get("name", "X")).upper()).strip("_")[:60]
            base = code if KEY.fullmatch(code) else slug or "X"
            number, key = 1, base
            while (kind, key) in uids or (kind, key) in keys:
                number += 1
                key = f"{base}_{number}"
            keys[(kind, each["id"])] = key
            uids[(kind, key)] = each["id"]
    return Names(keys=keys, uids=uids)


def texts_of(types: Mapping[str, list[dict[str, Any]]]) -> Iterator[tuple[str, Context]]:
    """Every text that is in one of the languages, empty ones left out."""
    for kind, objects in types.items():
        for each in objects:
            for path, value in leaves(each):
                context = context_of(kind, path)
                if context is not None and value:
                    yield value, context


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text in an object, with its dotted path."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    elif isinstance(value, str):
        yield path, value


def keys_in(text: str, context: Context) -> Iterator[Key]:
    """What names an object by its UID; rule variables have names, whatever their length."""
    for found in find_references(text, context):
        yield from (key for key in found.keys if key.kind is not Kind.RULE_VARIABLE)


@recorded
def test_all_expressions_are_written_with_keys_and_back() -> None:
    """2,170 texts, the same bytes after both ways; 16 references to what is not in the file keep the UID."""
    count, kept, messages = 0, [], 0
    for name in package_names():
        types = read(name)
        names = names_of(types)
        held = {each["id"] for objects in types.values() for each in objects if "id" in each}
        for text, context in texts_of(types):
            written = rewrite_keys(text, context, names.key)
            assert rewrite_keys(written, context, names.uid) == text
            if context in MESSAGES:
                messages += 1
                continue
            count += 1
            kinds = [[each.kind for each in find_references(one, context)] for one in (written, text)]
            assert kinds[0] == kinds[1]
            left = [key.text for key in keys_in(text, context) if names.key(key) is None]
            assert not set(left) & held
            kept += [(name, uid) for uid in left]
    assert (count, messages) == (2170, 13)
    assert len(kept) == 16
