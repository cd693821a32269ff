"""The reference is what the program is; links lead somewhere and blocks of code can be read."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from dhis2cfg.errors import Exit
from dhis2cfg.load.text.events import parse
from tests.reference.making import FOLDER, MEANINGS, pages

ROOT = Path(__file__).parents[2]
TEXTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
TEXTS += sorted((ROOT / "docs").rglob("*.md"))
LINK = re.compile(r"(?<!!)\[(?P<text>[^\]\n]*)\]\((?P<to>[^)\s]+)\)")
FENCE = re.compile(r"^(?P<indent> *)```(?P<language>[\w-]*)\n(?P<code>.*?)^ *```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (?P<text>.+)$", re.MULTILINE)
RULES = ROOT / "docs" / "rules"
names = [str(path.relative_to(ROOT)) for path in TEXTS]


@pytest.mark.parametrize("name", sorted(pages()))
def test_a_page_is_what_the_program_says(name: str) -> None:
    """`python -m tests.reference.making` writes it."""
    assert (FOLDER / name).read_text(encoding="utf-8") == pages()[name]


def test_nothing_else_stands_there() -> None:
    """No page is left over, and every exit code is told of."""
    assert {path.name for path in FOLDER.iterdir()} == set(pages())
    assert list(MEANINGS) == list(Exit)


@pytest.mark.parametrize("path", TEXTS, ids=names)
def test_links_lead_somewhere(path: Path) -> None:
    """A relative link names a file that there is, and a heading in it."""
    text = path.read_text(encoding="utf-8")
    assert [to for to in _links(text) if not _is_there(path, to)] == []


@pytest.mark.parametrize("path", TEXTS, ids=names)
def test_blocks_of_code_can_be_read(path: Path) -> None:
    """YAML is YAML, JSON is JSON; wrong examples of rules are meant to be wrong."""
    if path.parent == RULES:
        return
    for found in FENCE.finditer(path.read_text(encoding="utf-8")):
        code = "\n".join(line.removeprefix(found["indent"]) for line in found["code"].split("\n"))
        if found["language"] in ("yaml", "yml"):
            assert _is_yaml(code), f"{path.name}: {code}"
        if found["language"] == "json":
            json.loads(code)


def test_what_is_no_link_or_no_yaml_is_seen() -> None:
    """A file that is not there, a heading that is not there, code that cannot be read."""
    readme = ROOT / "README.md"
    assert not _is_there(readme, "docs/nothing.md")
    assert not _is_there(readme, "docs/grammar.md#no-such-heading")
    assert _is_there(readme, "https://example.org/x")
    assert not _is_yaml("a: [1")
    assert list(_links("[a](b.md) `[c](d.md)` ![e](f.png)\n```\n[g](h.md)\n```\n")) == ["b.md"]


def _links(text: str) -> Iterator[str]:
    """Where links lead; what looks so in code is none."""
    outside = re.sub(r"`[^`\n]*`", "", FENCE.sub("", text))
    return (found["to"] for found in LINK.finditer(outside))


def _is_there(path: Path, to: str) -> bool:
    if re.match(r"[a-z]+:", to):
        return True
    name, _, heading = to.partition("#")
    target = path.parent / name if name else path
    if not target.exists():
        return False
    headings = HEADING.finditer(target.read_text(encoding="utf-8")) if heading else ()
    return not heading or heading in {_anchor(each["text"]) for each in headings}


def _anchor(heading: str) -> str:
    """A heading as links name it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _is_yaml(code: str) -> bool:
    """Whether our reader takes it, tags and all, or it is a document of another tool."""
    if parse(code, "block.yaml")[1] == ():
        return True
    try:
        yaml.safe_load(code)
    except yaml.YAMLError:
        return False
    return True
