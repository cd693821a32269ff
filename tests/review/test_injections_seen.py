"""The same texts where people meet them: in a browser, and in a terminal."""

import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from unicodedata import category, east_asian_width

import pytest

from dhis2cfg.report.signs import guarded
from tests.browser.looking import dumped, needs_browser
from tests.review.hostile import Hostile
from tests.review.injections import CORPUS
from tests.review.test_injections import PARSER, books, pages

TERMINAL = shutil.which("tmux")
WIDE = 400
FRAMES = """<!DOCTYPE html><html lang="en"><title>x</title><body><pre id="told"></pre><script>
const alive = "script,img,iframe,object,embed,svg,form,input,base,link,video,audio,meta[http-equiv]";
const told = {{}};
for (const name of {names}) {{
  const frame = document.createElement("iframe");
  frame.onload = () => {{
    const inner = frame.contentDocument, all = [...inner.querySelectorAll("*")];
    const found = [...inner.querySelectorAll(alive)];
    found.push(...inner.querySelectorAll("body style"));
    found.push(...all.filter(each => [...each.attributes].some(one => one.name.startsWith("on"))));
    found.push(...all.filter(each => each.matches("a[href]") && each.getAttribute("href")[0] != "#"));
    const asked = frame.contentWindow.performance.getEntriesByType("resource").map(each => each.name);
    const ran = frame.contentWindow.fired || [];
    told[name] = [...found.map(each => each.outerHTML.slice(0, 80)), ...asked, ...ran];
    document.getElementById("told").textContent = JSON.stringify(told);
  }};
  frame.src = name;
  document.body.append(frame);
}}
</script></body></html>"""


def alive_in(shown: Mapping[str, str], folder: Path) -> dict[str, list[str]]:
    """What of each page a browser takes for more than text: elements, links, handlers, requests."""
    for name, page in shown.items():
        (folder / name).write_text(page, encoding="utf-8", errors="replace")
    file = folder / "frames.html"
    file.write_text(FRAMES.format(names=json.dumps([*shown])), encoding="utf-8")
    found = re.search(r'<pre id="told">([^<]+)</pre>', dumped(file, folder))
    assert found
    told: dict[str, list[str]] = json.loads(
        found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    )
    return told


def rendered(seeds: range) -> Iterator[tuple[str, str]]:
    """Pages of Markdown as a site shows them that lets all HTML through, and pages of `docs`."""
    for name in ("markdown", "notes", "plan markdown", "book"):
        texts = [{**pages(Hostile(seed)), **books(Hostile(seed))}[name]() for seed in seeds]
        page = "<hr>".join(map(PARSER.render, texts))
        yield f"{name.replace(' ', '-')}.html", f'<!DOCTYPE html><meta charset="utf-8"><main>{page}</main>'
    for seed in seeds[::20]:
        yield f"docs-{seed}.html", books(Hostile(seed))["html"]()


@needs_browser
def test_nothing_is_alive_in_a_browser(tmp_path: Path) -> None:
    """Every text of the corpus, in every page that is read in one; a page that is alive is told."""
    shown = dict(rendered(range(len(CORPUS))))
    shown["alive.html"] = "<main><img src=x onerror=fired=['ran']><a href=https://b.example>b</a></main>"
    told = alive_in(shown, tmp_path)
    assert sorted(told) == sorted(shown)
    assert len(told.pop("alive.html")) >= 3
    assert {name: found for name, found in told.items() if found} == {}


def is_narrow(sign: str) -> bool:
    """Whether a sign takes one place of a terminal, so that what it shows can be compared."""
    return east_asian_width(sign) not in "WF" and category(sign)[0] != "M" and sign != "\u00a0"


@pytest.mark.skipif(TERMINAL is None, reason="tmux is not installed")
def test_nothing_steers_a_terminal(tmp_path: Path) -> None:
    """What a terminal shows of reports is the reports, line by line; its title and its clipboard stay."""
    lines = [
        line
        for seed in range(0, len(CORPUS), 10)
        for name in ("text", "plan")
        for line in guarded(pages(Hostile(seed))[name]()).split("\n")
    ]
    lines = [line for line in lines if line.strip() and len(line) < WIDE and all(map(is_narrow, line))]
    assert sum("�" in line for line in lines) > len(CORPUS) / 10, "what was taken out is seen"
    file = tmp_path / "reports.txt"
    file.write_text("\n".join([*lines, "the end"]) + "\n", encoding="utf-8")
    tmux = [str(TERMINAL), "-u", "-S", str(tmp_path / "socket"), "-f", "/dev/null"]

    def told(*words: str) -> str:
        done = subprocess.run([*tmux, *words], capture_output=True, text=True, check=False)  # noqa: S603 - ours
        return done.stdout

    show = f"cat {file}; sleep 30"
    told("new-session", "-d", "-s", "reports", "-x", str(WIDE), "-y", "50", "sh", "-c", show)
    try:
        shown = ""
        for _ in range(100):
            shown = shown if "the end" in shown else told("capture-pane", "-p", "-t", "reports", "-S", "-")
            time.sleep(0.02)
        assert [line for line in shown.split("\n") if line.strip()][-len(lines) - 1 : -1] == [
            line.rstrip() for line in lines
        ]
        assert told("show-buffer") == ""
        assert "title" not in told("display-message", "-p", "-t", "reports", "#{pane_title}")
    finally:
        told("kill-server")
