"""A page in headless Chromium: what it shows in windows of several widths, and what it prints."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(os.environ.get("DHIS2CFG_AXE", ""))
WIDTHS = (1400, 390)
FRAMES = """<!DOCTYPE html><html lang="en"><title>x</title><body><pre id="told"></pre>
<script id="wanted" type="text/plain">{wanted}</script>
<script>
const read = id => JSON.parse(document.getElementById(id).textContent);
const bare = text => text.replace(/\\s+/g, "");
const told = [];
for (const width of {widths}) {{
  const frame = document.createElement("iframe");
  frame.style = "border:0;height:900px;width:" + width + "px";
  frame.onload = async () => {{
    const inner = frame.contentDocument, root = inner.documentElement, text = bare(inner.body.innerText);
    const wide = [...inner.querySelectorAll("main *")].filter(
      each => each.getBoundingClientRect().right > root.clientWidth + 1 && !each.closest("thead"));
    const look = {{
      width, scrolls: root.scrollWidth > root.clientWidth || wide.length > 0,
      missing: read("wanted").filter(each => !text.includes(bare(each))),
      fetched: frame.contentWindow.performance.getEntriesByType("resource").map(each => each.name),
      roles: {{}}, axe: null,
    }};
    for (const heading of inner.querySelectorAll("h3")) {{
      if (!heading.textContent.startsWith("Role ")) continue;
      const link = heading.nextElementSibling.querySelector("a.line");
      const line = inner.getElementById(link.hash.slice(1));
      link.click();
      await new Promise(done => setTimeout(done, 50));
      const at = line.getBoundingClientRect();
      look.roles[heading.textContent.slice(5)] =
        at.top >= 0 && at.bottom <= 900 && inner.querySelector(":target") === line
          ? line.textContent.trim() : "out of sight";
    }}
    const axe = document.getElementById("axe");
    if (axe) {{
      const script = inner.createElement("script");
      script.textContent = axe.textContent;
      inner.head.append(script);
      const found = await frame.contentWindow.axe.run(inner);
      look.axe = found.violations.map(each => each.impact + " " + each.id + " " + each.nodes.length
        + " " + each.nodes[0].html.slice(0, 200));
    }}
    told.push(look);
    document.getElementById("told").textContent = JSON.stringify(told);
  }};
  frame.src = "page.html";
  document.body.append(frame);
}}
</script>{axe}</body></html>"""

needs_browser = pytest.mark.skipif(BROWSER is None, reason="chromium is not installed")
needs_axe = pytest.mark.skipif(not AXE.is_file(), reason="DHIS2CFG_AXE names no axe.min.js")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A page in one window: what of the wanted cannot be read there, what it asked for, where links lead."""

    width: int
    scrolls: bool
    missing: list[str]
    fetched: list[str]
    roles: dict[str, str]
    axe: list[str] | None


def looks(page: str, wanted: Sequence[str], folder: Path, *, with_axe: bool = False) -> list[Look]:
    """What a browser says of the page, the widest window first."""
    file = folder / "frames.html"
    (folder / "page.html").write_text(page, encoding="utf-8")
    library = AXE.read_text("utf-8").replace("</script", "<\\/script") if with_axe else ""
    text = FRAMES.format(
        wanted=_inside(list(wanted)),
        widths=[*WIDTHS],
        axe=f'<script id="axe" type="text/plain">{library}</script>' if with_axe else "",
    )
    file.write_text(text, encoding="utf-8")
    budget = 120_000 if with_axe else 20_000
    shown = _run(folder, f"--virtual-time-budget={budget}", "--dump-dom", file.as_uri())
    found = re.search(r'<pre id="told">([^<]+)</pre>', shown)
    assert found, shown[:500]
    rows = json.loads(found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    return sorted((Look(**row) for row in rows), key=lambda each: -each.width)


def print_to_pdf(page: str, folder: Path) -> bytes:
    """The page as it would be printed."""
    file, paper = folder / "page.html", folder / "page.pdf"
    file.write_text(page, encoding="utf-8")
    _run(folder, "--no-pdf-header-footer", f"--print-to-pdf={paper}", file.as_uri())
    return paper.read_bytes()


def _inside(value: object) -> str:
    return json.dumps(value).replace("</", "<\\/").replace("<!--", "<\\u0021--")


def _run(folder: Path, *arguments: str) -> str:
    profile = f"--user-data-dir={folder / 'profile'}"
    command = [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", profile]
    command.append("--allow-file-access-from-files")  # a frame may look into the page beside it
    done = subprocess.run(  # noqa: S603 - our own page
        [*command, "--window-size=1900,1000", *arguments], capture_output=True, check=True, timeout=300
    )
    return done.stdout.decode()


def dumped(file: Path, folder: Path) -> str:
    """What a page holds once its own script has run."""
    return _run(folder, "--virtual-time-budget=20000", "--dump-dom", file.as_uri())
