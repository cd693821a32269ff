"""One mistake in the files of a workspace is one finding, at the place of the mistake, and says what next.

The mistakes stand in `mistakes/*.yaml`: `was` stands once in a file and becomes `now`, in which « and » stand
around what the finding must point to.
"""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from dhis2cfg.model.findings import Finding
from dhis2cfg.model.places import Place
from dhis2cfg.pipeline.reading import read, resolved

ROOT = Path(__file__).parents[2]
TABLES = Path(__file__).parent / "mistakes"


def mistakes(name: str) -> list[dict[str, Any]]:
    """One table."""
    return list(yaml.safe_load((TABLES / f"{name}.yaml").read_text(encoding="utf-8")))


EXAMPLE = [each for name in ("references", "properties", "parts", "files") for each in mistakes(name)]


def findings_of(root: Path) -> tuple[Finding, ...]:
    """Everything that validate says of a workspace."""
    return resolved(read(root), today="2026-11-25").findings


def made(root: Path, mistake: dict[str, Any]) -> list[Place]:
    """Make a mistake in the files; the stretches that stood between « and »."""
    places: list[Place] = []
    for edit in (mistake, *mistake.get("also", ())):
        path = root / edit["file"]
        text = path.read_text(encoding="utf-8")
        assert text.count(edit["was"]) == 1, edit
        text = text.replace(edit["was"], edit["now"])
        places += _marked(edit["file"], text)
        path.write_text(text.replace("«", "").replace("»", ""), encoding="utf-8")
    return places


def _marked(file: str, text: str) -> Iterator[Place]:
    for number, line in enumerate(text.split("\n"), 1):
        start, end = line.find("«"), line.find("»")
        if start >= 0:
            yield Place(file=file, line=number, column=start + 1, length=max(end - start - 1, 1))


def told(findings: Iterable[Finding]) -> list[tuple[str, str, int, int, int]]:
    """Rule and place of each finding."""
    return [(each.rule, *where(each.place)) for each in findings]


def where(place: Place) -> tuple[str, int, int, int]:
    """A place without its turn."""
    return place.file, place.line, place.column, place.length


@pytest.mark.parametrize("mistake", EXAMPLE, ids=[each["name"] for each in EXAMPLE])
def test_one_mistake_is_one_finding(mistake: dict[str, Any], made_workspace: Path, tmp_path: Path) -> None:
    """The finding has the rule and the place of the mistake, and says what next."""
    root = tmp_path / "example"
    shutil.copytree(made_workspace, root, ignore=shutil.ignore_patterns("schemas", ".vscode"))
    (place,) = made(root, mistake)
    findings = findings_of(root)
    assert told(findings) == [(mistake["rule"], *where(place))]
    assert findings[0].following


def test_many_mistakes_are_as_many_findings(tmp_path: Path) -> None:
    """In a large package, each of many mistakes is told once, where it was made."""
    for name in ("packages", "municipalities"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("fleet.yaml", "uids.lock"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    wanted = [(each["rule"], *where(place)) for each in mistakes("covid") for place in made(tmp_path, each)]
    findings = findings_of(tmp_path)
    assert sorted(told(findings)) == sorted(wanted)
    assert all(each.following for each in findings)
