"""A diff as Markdown for a pull request: whole where it fits, never without a risk."""

from dhis2cfg.report.diffs.sections import told
from dhis2cfg.report.diffs.text import nothing
from dhis2cfg.report.diffs.view import Detail, DiffView
from dhis2cfg.report.pull_requests.lines import add_access, add_section, risk_lines
from dhis2cfg.report.pull_requests.markdown import as_markdown, fenced, folded
from dhis2cfg.report.pull_requests.paper import SPARE, Paper
from dhis2cfg.report.signs import number

MARKER = "<!-- dhis2cfg: diff -->"
"""By this line the comment is found again, and replaced instead of repeated."""


def diff_markdown(view: DiffView) -> str:
    """A comment of fewer characters than the view's limit."""
    parts = told(view.diff, full=view.full)
    paper = Paper(view.limit - SPARE)
    paper.add([MARKER, *_wrong(view)])
    if not parts:
        paper.add([nothing(view.diff)])
        return paper.text()
    paper.add([line for part in parts for line in (f"### {as_markdown(part.head)}", "")])
    paper.add(risk_lines([row for part in parts for row in part.risks], paper.room * 2 // 3))
    if view.detail is not Detail.SUMMARY:
        for section in (section for part in parts for section in part.sections):
            add_section(section, paper)
    add_access([row for part in parts for row in part.access], paper)
    if view.detail is not Detail.SUMMARY:
        _files(view, paper)
    paper.end(view.command)
    return paper.text()


def _wrong(view: DiffView) -> list[str]:
    if not view.diff.errors:
        return []
    errors = number(view.diff.errors, "error")
    return [f"> {errors} in the files: what is told may not be all (`dhis2cfg validate`).", ""]


def _files(view: DiffView, paper: Paper) -> None:
    """How the files differ, where there is room for it."""
    if not view.lines:
        return
    lines = folded(f"As YAML sees it ({number(len(view.lines), 'line')})", fenced(list(view.lines), "diff"))
    if paper.fits(lines):
        paper.add([*lines, ""])
