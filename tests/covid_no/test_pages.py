"""What `docs` makes of the package: every field and every right, on a desk, on a phone and on paper."""

import re
from functools import lru_cache
from pathlib import Path

from dhis2cfg.cli.work.documenting import dictionary
from dhis2cfg.explain.rights import MAY
from dhis2cfg.model.dictionary import Dictionary
from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import DesiredObject, Sharing, Text
from dhis2cfg.report.handbook import as_html, as_markdown, chapters
from dhis2cfg.resolve import resolve_package
from tests.browser.looking import looks, needs_axe, needs_browser, print_to_pdf
from tests.browser.paper import text_of
from tests.covid_no.package import catalogue, source_of, workspace

PACKAGE = "packages/covid-no"
ROLES = {
    "Administrator i kommunen": "NO_UR_KOMMUNEADMIN:",
    "Integrasjonsbruker": "NO_UR_INTEGRASJON:",
    "KS-forvalter": "NO_UR_KS_FORVALTER:",
    "Kommuneoverlege": "NO_UR_KOMMUNELEGE:",
    "Leser ved FHI": "NO_UR_FHI_LESER:",
    "Smittesporer": "NO_UR_SMITTESPORER:",
    "Smittesporingskoordinator": "NO_UR_KOORDINATOR:",
}
"""Each role's name on the page, and the line that its link leads to."""
HEADS = ("FieldHoldsRulesWhere", "WhatMayWhich,andwhy", "AllowsWhy")
"""What stands on top of a table, on every sheet again, so in the middle of what a sheet ends with."""
KEYS = ("dataElements", "trackedEntityAttributes", "programs", "programStages", "dataSets")


@lru_cache(maxsize=1)
def objects() -> dict[Ref, DesiredObject]:
    """What the package holds."""
    return dict(resolve_package(source_of()[0], catalogue())[0].objects)


@lru_cache(maxsize=1)
def book() -> Dictionary:
    """Its book, with the texts of its files."""
    files = workspace().documents
    resolved = resolve_package(source_of()[0], catalogue())[0]
    return dictionary(resolved, {file: each.text for file, each in files.items()})


@lru_cache(maxsize=1)
def page() -> str:
    """Its page."""
    return as_html(chapters(book()), locale="nb")


def fields() -> set[str]:
    """Keys of all that is asked for, and of what asks for it."""
    return {ref.key if ref.type in KEYS[:2] else ref.path for ref in objects() if ref.type in KEYS}


def rights() -> set[tuple[str, str, tuple[str, ...]]]:
    """Group, name of an object, what it allows: worked out from the sharing of every object."""
    found = set()
    for each in objects().values():
        sharing = each.fields["sharing"].value if "sharing" in each.fields else None
        if isinstance(sharing, Sharing):
            for group, access in sharing.user_groups.items():
                assert isinstance(group, Ref)
                may = tuple(word for word, sign in zip(MAY, access, strict=False) if sign != "-")
                found.add((group.key, name_of(each), may))
    return found


def authorities() -> dict[str, set[str]]:
    """Role → what it grants."""
    granted = {}
    for ref, each in objects().items():
        if ref.type == "userRoles":
            listed = each.fields["authorities"].value
            assert isinstance(listed, tuple)
            granted[ref.key] = {str(one) for one in listed}
    return granted


def name_of(each: DesiredObject) -> str:
    """The base text of its name; a stage's with its program's."""
    value = each.fields["name"].value
    name = str(value.base if isinstance(value, Text) else value)
    if each.ref.type == "programStages":
        return f"{name} ({name_of(objects()[Ref('programs', each.ref.parent_path)])})"
    return name


def wanted() -> list[str]:
    """All that must be readable."""
    names = {name for _, name, _ in rights()}
    return sorted(fields() | names | {one for each in authorities().values() for one in each})


def test_every_right_stands_under_its_group_with_its_line() -> None:
    """Group by group what it may see, change and enter; every profile of the package is told by its line."""
    groups = {name_of(each): ref.key for ref, each in objects().items() if ref.type == "userGroups"}
    told = {(groups[each.who], each.what.name, each.may) for each in book().rights}
    assert told == rights()
    assert len(groups) == 7
    assert {each.role.path: set(each.authorities) for each in book().roles} == authorities()
    assert all(each.place.file.startswith(f"{PACKAGE}/") for each in book().rights)
    markdown = as_markdown(chapters(book()))
    rows = [
        line for line in markdown.split("\n") if line.startswith("| 3 programs | see, see data, enter data")
    ]
    assert len(rows) == 3, "tracers, coordinators and integrations register; nobody else does"


def test_nothing_of_it_comes_from_elsewhere() -> None:
    """No script, style sheet, picture, font or address."""
    head, _, files = page().partition('<section class="file">')
    assert not re.search(r"<(script|link|img|iframe)|src=|@import|url\(|https?:", head)
    assert not re.search(r"<(script|link|img|iframe|a)\b", files)


@needs_browser
def test_every_field_and_right_can_be_read_at_both_widths(tmp_path: Path) -> None:
    """1400 and 390 px: nothing is missing or wider than the window; a role's line is one click away."""
    for look in looks(page(), wanted(), tmp_path):
        assert (look.scrolls, look.missing, look.fetched) == (False, [], [])
        assert look.roles == ROLES


@needs_browser
def test_every_field_and_right_is_on_paper(tmp_path: Path) -> None:
    """Printed to PDF, nothing is missing either; the files stay on the screen."""
    paper = "".join(text_of(print_to_pdf(page(), tmp_path)).split())
    for head in HEADS:
        paper = paper.replace(head, "")
    assert [each for each in wanted() if "".join(each.split()) not in paper] == []
    assert "yaml-language-server" not in paper


@needs_browser
@needs_axe
def test_the_page_is_accessible(tmp_path: Path) -> None:
    """Axe finds nothing in either window, and finds what is planted."""
    assert [each.axe for each in looks(page(), [], tmp_path, with_axe=True)] == [[], []]
    planted = page().replace('<html lang="nb">', "<html>").replace("#1b1b1b", "#dddddd")
    found = {
        line.split()[1] for each in looks(planted, [], tmp_path, with_axe=True) for line in each.axe or []
    }
    assert {"color-contrast", "html-has-lang"} <= found
