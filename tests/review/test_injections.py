"""Texts that would do something somewhere do nothing in any report, wherever they come from."""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from unicodedata import category

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.report.diffs import Detail, DiffView, diff_text
from dhis2cfg.report.documents import diff_document, plan_document
from dhis2cfg.report.handbook import as_html, as_markdown, chapters
from dhis2cfg.report.plans import PlanView, plans_text
from dhis2cfg.report.pull_requests import diff_markdown, notes_markdown, plans_markdown
from dhis2cfg.report.signs import guarded
from tests.review.hostile import Hostile
from tests.review.injections import CORPUS

HEADINGS = {"markdown": 2, "notes": 6, "plan markdown": 1, "book": 14}
"""Pages of Markdown, and how many headings of ours they have at most."""
PAIRS = 1_000
"""Seeded pairs: in each, every place holds some text of the corpus."""
OURS = (
    "<details>",
    "</details>",
    "<summary>",
    "</summary>",
    "<!-- -->",
    "<br>",
    "<!-- dhis2cfg: diff -->",
    "<!-- dhis2cfg: plan -->",
)
"""The HTML that reports write themselves."""
BLOCKS = ("html", "head", "meta", "title", "style", "body", "nav", "main", "section", "h1", "h2", "h3", "h4")
CELLS = ("table", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "ul", "li", "p", "pre")
TAGS = frozenset((*BLOCKS, *CELLS, "a", "br", "code", "span", "strong"))
ATTRIBUTES = frozenset(
    ("lang", "charset", "name", "content", "id", "href", "class", "style", "scope", "data-head", "aria-label")
)
"""The tags and attributes of the page of `docs`."""


def steers(text: str) -> list[str]:
    """Signs that move a cursor, turn the direction of writing, or hide; and lines that are commands."""
    signs = [
        hex(ord(sign))
        for sign in text
        if sign not in "\n\t" and category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    ]
    lines = [line for line in text.split("\n") if line.strip().startswith("::") or "##[" in line]
    return [*signs, *lines]


PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
FORBIDDEN = frozenset({"link_open", "image", "hr", "bullet_list_open_in_cell"})
FOUND_BY_SITES = re.compile(r"[@#!%^](?=\w)|:(?=(?:100|1234|(?!\d+:)\w+):)|:(?=//)|(?i:\bwww\.|\bgh-\d)")
"""What GitHub and GitLab look for in finished text."""


def alive(markdown: str, headings: int) -> list[str]:
    """What of a page is not ours: HTML, links, pictures, mentions, headings, rows of the wrong width."""
    tokens = PARSER.parse(markdown)
    found = [each.type for each in _flat(tokens) if each.type in FORBIDDEN]
    found += [
        each.content
        for each in _flat(tokens)
        if each.type in ("html_inline", "html_block") and not _is_ours(each)
    ]
    found += [
        each.content for each in _flat(tokens) if each.type == "text" and FOUND_BY_SITES.search(each.content)
    ]
    count = sum(each.type == "heading_open" for each in tokens)
    found += [f"{count} headings"] if count > headings else []
    return [*found, *_uneven(tokens)]


class _Tags(HTMLParser):
    """What a page of HTML holds that is not a tag or an address of ours."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Known tags with known attributes; links stay on the page."""
        if tag not in TAGS or any(name not in ATTRIBUTES for name, _ in attrs):
            self.found.append(f"{tag} {attrs}")
        self.found += [str(value) for name, value in attrs if name == "href" and str(value)[:1] != "#"]


def _flat(tokens: list[Token]) -> list[Token]:
    return [inner for each in tokens for inner in (each, *(each.children or ()))]


def _is_ours(token: Token) -> bool:
    rest = token.content.strip()
    for tag in OURS:
        rest = rest.replace(tag, "")
    return "<" not in rest.replace("&lt;", "")


def _uneven(tokens: list[Token]) -> list[str]:
    """Rows of tables that have another number of cells than their heads."""
    found, wide, cells = [], 0, 0
    for each in tokens:
        if each.type == "table_open":
            wide = 0
        elif each.type == "tr_open":
            cells = 0
        elif each.type in ("th_open", "td_open"):
            cells += 1
        elif each.type == "tr_close":
            wide = wide or cells
            found += [f"a row of {cells}"] if cells != wide else []
    return found


def pages(hostile: Hostile) -> dict[str, Callable[[], str]]:
    """Every format of diff and plan."""
    diff, plan = hostile.diff(), hostile.plan()
    view = DiffView(diff=diff, command=hostile.text(), lines=(f"+{hostile.text()}", f" {hostile.text()}"))
    failed = {hostile.text(): Dhis2cfgError(hostile.text(), details=(hostile.text(),))}
    plans = PlanView(plans=(plan,), failed=failed, width=100, commit=hostile.text(), selection="--all")
    full = DiffView(diff=diff, detail=Detail.FULL)
    return {
        "text": lambda: guarded(diff_text(view)),
        "full": lambda: guarded(diff_text(full)),
        "plan": lambda: guarded(plans_text(plans)),
        "markdown": lambda: diff_markdown(view),
        "notes": lambda: notes_markdown(diff),
        "plan markdown": lambda: plans_markdown(plans, who=True),
        "json": lambda: diff_document(diff),
        "plan json": lambda: plan_document((plan,), failed),
    }


def books(hostile: Hostile) -> dict[str, Callable[[], str]]:
    """Both forms of a data dictionary."""
    book = tuple(chapters(hostile.book()))
    return {"book": lambda: as_markdown(book), "html": lambda: as_html(book, locale="nb")}


@pytest.mark.parametrize("part", range(10))
def test_nothing_of_it_is_alive(part: int) -> None:
    """1,000 seeded pairs, every text of the corpus in every kind of place, in every format."""
    for seed in range(part, PAIRS, 10):
        made = {name: make() for name, make in pages(Hostile(seed)).items()}
        for name, page in made.items():
            assert steers(page) == [], (seed, name)
            if name in HEADINGS:
                assert alive(page, HEADINGS[name]) == [], (seed, name, page)
            if name == "html":
                assert _Tags(page).found == [], seed
            if name.endswith("json"):
                json.loads(page)


def test_the_corpus() -> None:
    """Two hundred texts, no two alike."""
    assert len(CORPUS) == len(set(CORPUS)) == 200


def test_the_check_can_fail() -> None:
    """What is forbidden is found where nobody takes it out."""
    assert alive("<script>x</script>", 0) == ["<script>x</script>"]
    assert alive("[a](https://b.example)", 0) == ["link_open"]
    assert alive("ask @octocat", 0) == ["ask @octocat"]
    assert alive("# x", 0) == ["1 headings"]
    assert steers("a\x1b[31m") == ["0x1b"]
    assert steers("  ::error::x") == ["  ::error::x"]
