"""Tests of the list of rules."""

import re
from pathlib import Path

import dhis2cfg.load
from dhis2cfg.load import RULES

SOURCES = [
    path.read_text(encoding="utf-8")
    for path in Path(dhis2cfg.load.__file__).parent.rglob("*.py")
    if path.name != "rules.py"
]
NO_RULES = {"utf-8", "applied-in"}


def test_every_rule_of_the_list_is_used() -> None:
    """No rule is described that nothing finds."""
    assert [rule for rule in RULES if not any(f'"{rule}"' in source for source in SOURCES)] == []


def test_every_rule_that_is_used_is_in_the_list() -> None:
    """Nothing is found under a name that is not described."""
    pattern = re.compile(r'rule="([a-z0-9-]+)"|"([a-z0-9]+(?:-[a-z0-9]+)+)"')
    used = {one or two for source in SOURCES for one, two in pattern.findall(source)}
    assert used - NO_RULES <= RULES.keys()


def test_the_list_is_sorted_and_speaks_in_sentences() -> None:
    """A reader finds a rule by its name, and reads one sentence."""
    assert list(RULES) == sorted(RULES)
    assert all(text.endswith(".") for text in RULES.values())
