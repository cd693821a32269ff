"""The HTML page of `docs` of a published package: fits its window, holds every field, asks for nothing."""

import re
from pathlib import Path

import pytest

from dhis2cfg.cli.work.documenting import dictionary
from dhis2cfg.pipeline.reading import read, resolved
from dhis2cfg.report.handbook import as_html, chapters
from tests.browser.looking import looks, needs_axe, needs_browser
from tests.interchange.conftest import PACKAGES
from tests.interchange.making import taken_from, write_pages

LATEST = PACKAGES / "C19_CS_COMPLETE_1.0.2_DHIS2.37.json"

pytestmark = [
    pytest.mark.packages,
    pytest.mark.skipif(not LATEST.is_file(), reason=f"published packages are not at {PACKAGES}"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """C19_CS as an import writes it."""
    folder = tmp_path_factory.mktemp("package")
    write_pages(taken_from(LATEST), folder)
    return folder


@pytest.fixture(scope="module")
def page(folder: Path) -> str:
    """Its page, as `docs` writes it."""
    files = read(folder)
    (package,) = resolved(files).packages.values()
    book = dictionary(package, {file: each.text for file, each in files.documents.items()})
    return as_html(chapters(book), locale=book.locale)


@needs_browser
def test_a_published_package_fits_its_window(page: str, tmp_path: Path) -> None:
    """C19_CS: nothing is wider than the window, on a desk or on a phone, and nothing is fetched."""
    assert [(each.width, each.scrolls, each.fetched) for each in looks(page, [], tmp_path)] == [
        (1400, False, []),
        (390, False, []),
    ]


@needs_browser
@needs_axe
def test_a_published_package_is_accessible(page: str, tmp_path: Path) -> None:
    """C19_CS: axe finds nothing in either window."""
    assert [each.axe for each in looks(page, [], tmp_path, with_axe=True)] == [[], []]


def test_every_field_is_there_and_nothing_is_fetched(page: str, folder: Path) -> None:
    """All elements of all stages as text; no address, script or font from elsewhere."""
    (package,) = resolved(read(folder)).packages.values()
    fields = {ref.key for ref in package.objects if ref.type in ("dataElements", "trackedEntityAttributes")}
    text = page.partition('<section class="file">')[0]
    missing = {key for key in fields if key not in text}
    assert len(fields) == 93
    assert len(missing) <= 1, "one element stands in no stage"
    assert not re.search(r"<(script|link|img|iframe)|src=|@import|url\(", page)
