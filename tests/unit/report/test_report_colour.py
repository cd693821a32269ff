"""Colour over finished text."""

import re

from dhis2cfg.report.colour import coloured
from tests.unit.report.building import a_plan, told
from tests.unit.report.release import DRIFT, RELEASE

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def test_without_the_colours_it_is_the_text() -> None:
    """Nothing but colours is added, and nothing is folded again or read as markup."""
    text = told(RELEASE, width=160) + told(a_plan(DRIFT)) + "[bold]x[/bold] :smile: " + "y" * 300 + "\n"
    assert ESCAPES.sub("", coloured(text)) == text


def test_signs_risks_and_verdicts_are_coloured() -> None:
    """What needs a word is red, what comes green, what goes red, what changes yellow."""
    assert coloured("! ~ option set X\n") == "\x1b[1;31m!\x1b[0m \x1b[33m~\x1b[0m option set X\n"
    assert coloured("    + rule X\n") == "    \x1b[32m+\x1b[0m rule X\n"
    assert "\x1b[1;31mbreaking" in coloured("        code A → B   breaking   x.yaml:1\n")
    assert coloured("  fail  no\n").startswith("  \x1b[31mfail\x1b[0m")
    assert coloured("error[a-rule] no\n").startswith("\x1b[1;31merror[a-rule]\x1b[0m")


def test_a_line_of_json_stays_as_it_is() -> None:
    """Documents are not for colours."""
    assert coloured('{\n  "a": "+ b"\n}\n') == '{\n  "a": "+ b"\n}\n'
