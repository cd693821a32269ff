"""Texts that would do something somewhere do nothing in any report, wherever they come from."""

import json
import random
import re
from collections.abc import Callable
from typing import Any
from unicodedata import category

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.diff import Affected, Diff, Item, PackageDiff
from dhis2cfg.model.names import Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.plan import (
    Author,
    Change,
    Digests,
    Kind,
    Local,
    Mark,
    Plan,
    Reason,
    Refusal,
    Risk,
    Touched,
)
from dhis2cfg.report.diffs import Detail, DiffView, diff_text
from dhis2cfg.report.documents import diff_document, plan_document
from dhis2cfg.report.plans import PlanView, plans_text
from dhis2cfg.report.pull_requests import diff_markdown, notes_markdown, plans_markdown
from dhis2cfg.report.signs import guarded
from tests.review.injections import CORPUS

HEADINGS = {"markdown": 2, "notes": 6, "plan markdown": 1}
"""Pages of Markdown, and how many headings of ours they have at most."""
PAIRS = 1_000
"""Seeded pairs: in each, every place holds some text of the corpus."""
FIELDS = (
    "",
    "name",
    "condition",
    "description",
    "translations[NAME,en]",
    "sharing.userGroups[G]",
    "sharing.public",
    "programStageDataElements[E].compulsory",
    "programStageDataElements[E]",
    "programStages#order",
    "authorities[F_X]",
    "programStage",
    "members.userGroups/G.kari",
)
TYPES = (
    "programs",
    "programRules",
    "programRuleActions",
    "options",
    "userRoles",
    "municipalities",
    "fleet",
    "dataElements",
)
OURS = (
    "<details>",
    "</details>",
    "<summary>",
    "</summary>",
    "<!-- -->",
    "<!-- dhis2cfg: diff -->",
    "<!-- dhis2cfg: plan -->",
)
"""The HTML that reports write themselves."""


class Hostile:
    """Values of reports in which every text is one of the corpus."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - a seeded choice of texts
        self.first = CORPUS[seed % len(CORPUS)]

    def text(self) -> str:
        """A text, alone or inside another one; the seed's own one often."""
        chosen = self.first if self.random.random() < 0.4 else self.random.choice(CORPUS)
        return self.random.choice((chosen, chosen, f"Feber {chosen} i dag", f"{chosen} {chosen}"))

    def value(self) -> Any:
        """What a field may hold."""
        return self.random.choice(
            (
                None,
                True,
                38.5,
                self.text(),
                self.text(),
                [self.text(), self.text()],
                {self.text(): self.text()},
            )
        )

    def change(self) -> Change:
        """A change of any kind."""
        field = self.random.choice(FIELDS)
        field = field.replace("[E]", f"[{self.text()}]") if self.random.random() < 0.2 else field
        kind = Kind.MOVE if field.endswith("#order") else self.random.choice(list(Kind))
        return Change(
            type=self.random.choice(TYPES),
            path=f"{self.text()}/{self.text()}",
            field=field or "",
            kind=kind,
            reason=self.random.choice(list(Reason)),
            risk=self.random.choice(list(Risk)),
            uid=Uid("abcdefghijk"),
            title=self.text(),
            within=tuple(self.text() for _ in range(self.random.randrange(3))),
            label=self.text(),
            before=self.value(),
            after=self.value(),
            base=self.value(),
            marks=(Mark.DEVICES,),
            touched=self.random.choice((None, Touched(count=3, what=self.text()), Touched(count=None))),
            place=Place(file=self.text(), line=3, turn=self.random.choice(("", self.text()))),
            author=self.random.choice((None, Author(username=self.text(), at=self.text()))),
            package=self.text(),
            note=self.random.choice(("", self.text())),
            names={self.text(): self.text()},
        )

    def diff(self) -> Diff:
        """A diff of one package and one municipality."""
        items = tuple(
            Item(
                change=self.change(),
                affected=Affected(groups=(self.text(),), municipalities=2, stands_in=(self.text(),)),
            )
            for _ in range(4)
        )
        package = PackageDiff(
            name=self.text(),
            title=self.text(),
            before=self.text(),
            after=self.text(),
            locale="nb",
            municipalities=(self.text(), self.text()),
            items=items,
        )
        return Diff(
            before=self.text(),
            after=self.text(),
            packages=(package,),
            settings=items[:1],
            files=3,
            compared=9,
        )

    def plan(self) -> Plan:
        """A plan of one target."""
        return Plan(
            target=self.text(),
            environment=self.text(),
            url=self.text(),
            municipalities=(self.text(),),
            fleet=self.text(),
            packages={self.text(): self.text()},
            applied={self.text(): self.text()},
            server_version=self.text(),
            compared=9,
            changes=(self.change(), self.change()),
            steps=(),
            local=(
                Local(
                    type="programs", path=self.text(), field="users[x]", title=self.text(), value=self.text()
                ),
            ),
            refusals=(Refusal(word="", message=self.text(), following=self.text()),),
            findings=(),
            notes=(self.text(), f"along the way: {self.text()}"),
            digests=Digests(files="", record="", catalogue="", live="", changes=""),
            group="",
        )


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
FOUND_BY_SITES = re.compile(r"[@#!%^](?=\w)|:(?=\w+:)|:(?=//)|(?i:\bwww\.|\bgh-\d)")
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


@pytest.mark.parametrize("part", range(10))
def test_nothing_of_it_is_alive(part: int) -> None:
    """1,000 seeded pairs, every text of the corpus in every kind of place, in every format."""
    for seed in range(part, PAIRS, 10):
        made = {name: make() for name, make in pages(Hostile(seed)).items()}
        for name, page in made.items():
            assert steers(page) == [], (seed, name)
            if name in HEADINGS:
                assert alive(page, HEADINGS[name]) == [], (seed, name, page)
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
