"""A package's data dictionary, and who may do what, as Markdown and as one page of HTML.

In: `model.dictionary`. `chapters` makes headings, paragraphs and tables of it; `as_markdown` and `as_html`
write those, each with an escape of its own.
"""

from dhis2cfg.report.handbook.chapters import chapters
from dhis2cfg.report.handbook.html import as_html
from dhis2cfg.report.handbook.markdown import as_markdown

__all__ = ["as_html", "as_markdown", "chapters"]
