"""The examples of the pages: a rule finds its mistake in the wrong one and not in the right one."""

import textwrap
from pathlib import Path

import pytest

from dhis2cfg.pipeline.reading import read, resolved
from dhis2cfg.validate import PAGES
from dhis2cfg.validate.import_pages import PAGES as IMPORT_PAGES
from dhis2cfg.validate.pages import Page
from tests.page_examples import world
from tests.page_examples.layouts import LAYOUTS, PACKAGE, as_permitted
from tests.page_examples.settings import ELSEWHERE, MANIFEST, MUNICIPALITY, SETTINGS, Setting

ROOT = Path(__file__).parents[2]
OF_IMPORTS = tuple(page.rule for page in IMPORT_PAGES)
JUDGED = [page for page in PAGES if page.rule not in {*ELSEWHERE, *OF_IMPORTS, *LAYOUTS}]
SEVERAL = [page for page in PAGES if page.rule in LAYOUTS]


def rules_found(folder: Path, page: Page, example: str, *, is_right: bool) -> set[str]:
    """The rules that find something in a workspace that holds the example where its setting says."""
    setting = SETTINGS.get(page.rule, Setting())
    for name, text in files(setting, example.lstrip("\n"), is_right=is_right).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return found_in(folder)


def found_in(folder: Path) -> set[str]:
    """The rules that find something in a workspace."""
    return {each.rule for each in resolved(read(folder, as_permitted), today="2026-11-25").findings}


def laid_out(folder: Path, page: Page, example: str) -> set[str]:
    """The same, of an example that is no single file."""
    for name, text in (
        ("fleet.yaml", world.FLEET),
        (MUNICIPALITY, world.MUNICIPALITY),
        (f"{PACKAGE}/package.yaml", world.MANIFEST),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    LAYOUTS[page.rule](folder, example.lstrip("\n"))
    return found_in(folder)


def files(setting: Setting, example: str, *, is_right: bool) -> dict[str, str]:
    """The workspace of an example."""
    made = {
        "fleet.yaml": world.FLEET,
        MUNICIPALITY: world.MUNICIPALITY,
        MANIFEST: world.MANIFEST + setting.manifest,
        **setting.beside,
        **(setting.right if is_right else {}),
    }
    if not setting.bare:
        made["packages/demo/around.yaml"] = world.around(example)
    stands = without(made.get(setting.file, ""), example)
    placed = textwrap.indent(example, " " * setting.indent)
    return {**made, setting.file: stands + setting.inside + placed}


def without(text: str, example: str) -> str:
    """A file less the keys that the example has too."""
    keys = {line.partition(":")[0] for line in example.split("\n") if line[:1].isalpha()}
    return "".join(line for line in text.splitlines(keepends=True) if line.partition(":")[0] not in keys)


@pytest.mark.parametrize("page", JUDGED, ids=[page.rule for page in JUDGED])
def test_the_wrong_one_is_found_and_the_right_one_is_not(page: Page, tmp_path: Path) -> None:
    """What a page shows is what its rule does."""
    assert page.rule in rules_found(tmp_path / "wrong", page, page.wrong, is_right=False)
    assert page.rule not in rules_found(tmp_path / "right", page, page.right, is_right=True)


@pytest.mark.parametrize("page", SEVERAL, ids=[page.rule for page in SEVERAL])
def test_so_it_is_with_examples_that_are_no_single_file(page: Page, tmp_path: Path) -> None:
    """Links, sizes, bytes, several files."""
    assert page.rule in laid_out(tmp_path / "wrong", page, page.wrong)
    assert page.rule not in laid_out(tmp_path / "right", page, page.right)


@pytest.mark.parametrize("rule", sorted(ELSEWHERE))
def test_what_no_file_of_the_example_can_hold_is_tested_elsewhere(rule: str) -> None:
    """The test that is named for it speaks of the rule."""
    assert f'"{rule}"' in (ROOT / ELSEWHERE[rule]).read_text(encoding="utf-8")


def test_settings_are_of_rules_that_there_are() -> None:
    """No setting is left over from a rule that is gone."""
    rules = {page.rule for page in PAGES}
    assert {*SETTINGS, *ELSEWHERE, *LAYOUTS} - rules == set()
