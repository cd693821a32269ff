"""The HTML page of `docs` in a browser: no sideways scrolling on a phone or a desk, every field as text."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from dhis2cfg.cli.work.documenting import dictionary
from dhis2cfg.pipeline.reading import read, resolved
from dhis2cfg.report.handbook import as_html, chapters
from tests.interchange.conftest import PACKAGES
from tests.interchange.making import taken_from, write_pages

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
LATEST = PACKAGES / "C19_CS_COMPLETE_1.0.2_DHIS2.37.json"
COVID_NO = Path(__file__).parents[2] / "packages" / "covid-no"
WIDTHS = (1400, 390)
FRAMES = """<!DOCTYPE html><html><body><script>
const told = [];
for (const width of {widths}) {{
  const frame = document.createElement("iframe");
  frame.style = "border:0;height:900px;width:" + width + "px";
  frame.onload = () => {{
    const page = frame.contentDocument.documentElement;
    const wide = [...frame.contentDocument.querySelectorAll("main *")].filter(
      each => each.getBoundingClientRect().right > page.clientWidth + 1 && !each.closest("thead"));
    told.push(width + (page.scrollWidth > page.clientWidth || wide.length ? " scrolls" : " fits"));
    document.title = told.sort().join(", ");
  }};
  frame.srcdoc = {page};
  document.body.append(frame);
}}
</script></body></html>"""

needs_browser = pytest.mark.skipif(BROWSER is None, reason="chromium is not installed")


def page_of(folder: Path) -> str:
    """The page of the only package of a folder."""
    (package,) = resolved(read(folder)).packages.values()
    book = dictionary(package)
    return as_html(chapters(book), locale=book.locale)


def measured(page: str, tmp_path: Path) -> str:
    """What a browser says of the page in windows of all widths."""
    file = tmp_path / "frames.html"
    quoted = json.dumps(page).replace("</", "<\\/")
    file.write_text(FRAMES.format(widths=[*WIDTHS], page=quoted), encoding="utf-8")
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    command = [
        str(BROWSER),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        profile,
        "--window-size=1900,1000",
    ]
    done = subprocess.run(  # noqa: S603 - our own page
        [*command, "--virtual-time-budget=3000", "--dump-dom", file.as_uri()],
        capture_output=True,
        check=True,
        timeout=180,
    )
    found = re.search(r"<title>([^<]*)</title>", done.stdout.decode())
    assert found, done.stderr.decode()[-500:]
    return found[1]


@needs_browser
@pytest.mark.packages
@pytest.mark.skipif(not LATEST.is_file(), reason=f"published packages are not at {PACKAGES}")
def test_a_published_package_fits_its_window(tmp_path: Path) -> None:
    """C19_CS: nothing is wider than the window, on a desk or on a phone."""
    folder = tmp_path / "package"
    write_pages(taken_from(LATEST), folder)
    assert measured(page_of(folder), tmp_path) == "1400 fits, 390 fits"


@needs_browser
def test_our_own_package_fits_its_window(tmp_path: Path) -> None:
    """covid-no: nothing is wider than the window, on a desk or on a phone."""
    assert measured(page_of(COVID_NO), tmp_path) == "1400 fits, 390 fits"


@pytest.mark.packages
@pytest.mark.skipif(not LATEST.is_file(), reason=f"published packages are not at {PACKAGES}")
def test_every_field_is_there_and_nothing_is_fetched(tmp_path: Path) -> None:
    """All elements of all stages as text; no address, script or font from elsewhere."""
    write_pages(taken_from(LATEST), tmp_path)
    page = page_of(tmp_path)
    (package,) = resolved(read(tmp_path)).packages.values()
    fields = {ref.key for ref in package.objects if ref.type in ("dataElements", "trackedEntityAttributes")}
    missing = {key for key in fields if key not in page}
    assert len(fields) == 93
    assert len(missing) <= 1, "one element stands in no stage"
    assert not re.search(r"<(script|link|img|iframe)|src=|@import|url\(", page)
