"""Rules, tests and pages carry one name, and the pages in docs are those in the program."""

from pathlib import Path

import pytest

from dhis2cfg.validate import RULES, explain
from dhis2cfg.validate.pages import Page, as_markdown

ROOT = Path(__file__).parents[3]
PAGES = [rule.page for rule in RULES]


@pytest.mark.parametrize("page", PAGES, ids=[page.rule for page in PAGES])
def test_the_page_in_docs_is_the_page_in_the_program(page: Page) -> None:
    """The page in docs says exactly what `explain` says; the rule's file and its test have its name."""
    name = page.rule.replace("-", "_")
    assert (ROOT / "docs" / "rules" / f"{page.rule}.md").read_text(encoding="utf-8") == explain(page.rule)
    assert (ROOT / "dhis2cfg" / "validate" / "rules" / f"{name}.py").is_file()
    assert (ROOT / "tests" / "unit" / "validate" / f"test_{name}.py").is_file()


def test_each_file_is_in_the_list() -> None:
    """A rule that nobody runs, or that stands twice, does not exist."""
    files = {path.stem for path in (ROOT / "dhis2cfg" / "validate" / "rules").glob("*.py")} - {"__init__"}
    assert sorted(page.rule.replace("-", "_") for page in PAGES) == sorted(files)


def test_a_page() -> None:
    """A page says what, how much, why, and shows both sides."""
    page = Page(rule="a-rule", what="What.", why="Why.", wrong="\na: 1\n", right="\na: 2\n")
    assert as_markdown(page) == (
        "# a-rule\n\nWhat. Severity: error.\n\nWhy.\n\n"
        "Wrong:\n\n```yaml\na: 1\n```\n\nRight:\n\n```yaml\na: 2\n```\n"
    )


def test_an_unknown_rule() -> None:
    """There is no page for a name that no rule has."""
    assert explain("no-such-rule") is None
