"""Rules, tests and pages carry one name, and the pages in docs are those in the program."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dhis2cfg.load.text.events import parse
from dhis2cfg.validate import PAGES, RULES, explain
from dhis2cfg.validate.form_pages import PAGES as FORM_PAGES
from dhis2cfg.validate.import_pages import PAGES as IMPORT_PAGES
from dhis2cfg.validate.pages import Page, as_index, as_markdown

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs" / "rules"
RULE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@pytest.mark.parametrize("page", PAGES, ids=[page.rule for page in PAGES])
def test_the_page_in_docs_is_the_page_in_the_program(page: Page) -> None:
    """The page in docs says exactly what `explain` says."""
    assert (DOCS / f"{page.rule}.md").read_text(encoding="utf-8") == explain(page.rule)


@pytest.mark.parametrize("page", [rule.page for rule in RULES], ids=[rule.page.rule for rule in RULES])
def test_a_rule_has_a_file_and_a_test(page: Page) -> None:
    """The file of a rule over states, and its test, have its name."""
    name = page.rule.replace("-", "_")
    assert (ROOT / "dhis2cfg" / "validate" / "rules" / f"{name}.py").is_file()
    assert (ROOT / "tests" / "unit" / "validate" / f"test_{name}.py").is_file()


def test_each_file_is_in_the_list() -> None:
    """A rule that nobody runs, or that stands twice, does not exist."""
    files = {path.stem for path in (ROOT / "dhis2cfg" / "validate" / "rules").glob("*.py")} - {"__init__"}
    assert sorted(rule.page.rule.replace("-", "_") for rule in RULES) == sorted(files)


def test_docs_hold_the_pages_and_their_index_and_nothing_else() -> None:
    """Each page stands in docs once; the index lists them all."""
    rules = [page.rule for page in PAGES]
    assert len(rules) == len(set(rules))
    assert {path.stem for path in DOCS.iterdir()} == {*rules, "README"}
    assert (DOCS / "README.md").read_text(encoding="utf-8") == as_index(PAGES)


def test_what_load_and_resolve_find_has_a_page() -> None:
    """Every rule that load, resolve and pipeline raise has a page; no page speaks of what nobody raises."""
    raised = {rule for room in ("load", "resolve", "pipeline") for rule in _raised(room)}
    assert {"unknown-reference", "empty-key", "ragged-row", "not-an-integer", "missing-file"} < raised
    assert sorted(raised - {page.rule for page in PAGES}) == []
    assert sorted({page.rule for page in FORM_PAGES} - raised) == []


def test_what_an_import_finds_or_mends_has_a_page() -> None:
    """Every rule of an import has a page, and every page a rule."""
    texts = (
        path.read_text(encoding="utf-8")
        for room in ("interchange", "cli")
        for path in (ROOT / "dhis2cfg" / room).rglob("*.py")
    )
    raised = {rule for text in texts for rule in re.findall(r'"((?:import|mend)-[a-z]+[a-z-]*)"', text)}
    assert sorted(raised ^ {page.rule for page in IMPORT_PAGES}) == []


@pytest.mark.parametrize("page", PAGES, ids=[page.rule for page in PAGES])
def test_a_page_reads_well(page: Page) -> None:
    """What is found fits into a row of a table; the examples differ, and the right one can be read."""
    assert RULE.fullmatch(page.rule)
    assert page.what.endswith(".")
    assert page.why.endswith(".")
    assert "\n" not in page.what + page.why
    assert page.wrong.strip() != page.right.strip()
    if page.language == "yaml":
        files = re.split(r"^# \S+\.yaml$", page.right, flags=re.MULTILINE)
        assert all(parse(file, "page.yaml")[1] == () for file in files)


def test_a_page() -> None:
    """A page says what, how much, why, and shows both sides."""
    page = Page(rule="a-rule", what="What.", why="Why.", wrong="\na: 1\n", right="\na: 2\n")
    assert as_markdown(page) == (
        "# a-rule\n\nWhat. Severity: error.\n\nWhy.\n\n"
        "Wrong:\n\n```yaml\na: 1\n```\n\nRight:\n\n```yaml\na: 2\n```\n"
    )


def test_an_index() -> None:
    """The index is a table in the order of the rules' names; what would end a cell is escaped."""
    pages = [
        Page(rule=rule, what=what, why="Why.", wrong="1", right="2", language="csv")
        for rule, what in (("b-rule", "B."), ("a-rule", "A | B."))
    ]
    assert as_index(pages) == (
        "# What dhis2cfg finds in files\n\n"
        "`dhis2cfg explain RULE` shows a page in the terminal. How much a rule weighs in a package says "
        "`severity: {RULE: info}` in its `package.yaml`. One finding is silenced by a comment on its "
        "line or above it, with the reason: `# dhis2cfg: ignore RULE: reason`.\n\n"
        "| rule | severity | what it finds |\n"
        "|---|---|---|\n"
        "| [a-rule](a-rule.md) | error | A \\| B. |\n"
        "| [b-rule](b-rule.md) | error | B. |\n"
    )
    assert "```csv\n1\n```" in as_markdown(pages[0])


def test_an_unknown_rule() -> None:
    """There is no page for a name that no rule has."""
    assert explain("no-such-rule") is None


def _raised(room: str) -> Iterator[str]:
    """The rules that a room's sources name, wherever something called `rule` is given a text."""
    for path in sorted((ROOT / "dhis2cfg" / room).rglob("*.py")):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        takers = dict(_takers(nodes))
        sources = set(_sources(nodes))
        for node in nodes:
            match node:
                case ast.Call(keywords=keywords):
                    yield from (
                        text for each in keywords if each.arg == "rule" for text in _texts(each.value)
                    )
                    at = takers.get(_called(node))
                    yield from _texts(node.args[at]) if at is not None and at < len(node.args) else ()
                case ast.Assign(targets=[ast.Name(id="rule")], value=value):
                    yield from _texts(value)
                case ast.Assign(
                    targets=[ast.Tuple(elts=[ast.Name(id="rule"), *_])], value=ast.Tuple(elts=them)
                ):
                    yield from _texts(them[0])
                case ast.FunctionDef(name=name) if name in sources:
                    for inner in ast.walk(node):
                        if isinstance(inner, ast.Return) and isinstance(inner.value, ast.Tuple):
                            yield from _texts(inner.value.elts[0])
                case _:
                    pass


def _texts(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may be."""
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and RULE.fullmatch(each.value):
            yield from () if isinstance(node, ast.JoinedStr) else (each.value,)


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _takers(nodes: list[ast.AST]) -> Iterator[tuple[str, int]]:
    """Functions and classes with a parameter `rule`, and its place among the arguments."""
    for node in nodes:
        if isinstance(node, ast.FunctionDef):
            names = [each.arg for each in node.args.args if each.arg != "self"]
            if "rule" in names:
                yield node.name, names.index("rule")
        if isinstance(node, ast.ClassDef):
            inner = [
                each for each in node.body if isinstance(each, ast.FunctionDef) and each.name == "__init__"
            ]
            yield from ((node.name, at) for _, at in _takers([*inner]))


def _sources(nodes: list[ast.AST]) -> Iterator[str]:
    """Functions whose answer is taken apart into `rule` and more."""
    for node in nodes:
        match node:
            case ast.Assign(
                targets=[ast.Tuple(elts=[ast.Name(id="rule"), *_])], value=ast.Call(func=ast.Name(id=name))
            ):
                yield name
            case _:
                pass
