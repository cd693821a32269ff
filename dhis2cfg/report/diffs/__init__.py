"""What differs between two states, for who reviews it: a diff comes in, text or Markdown goes out.

`text` and `markdown` are called first; `sections` sorts and folds, `sentences` say one change, `marked` and
`formulas` what of a text or an expression is another one, `access` who may do more and who less;
`user_notes` are for those who only use what is configured. `people` keeps names of persons out.
"""

from dhis2cfg.report.diffs.markdown import diff_markdown
from dhis2cfg.report.diffs.people import without_people
from dhis2cfg.report.diffs.text import diff_text
from dhis2cfg.report.diffs.user_notes import notes_markdown
from dhis2cfg.report.diffs.view import Detail, DiffView

__all__ = ["Detail", "DiffView", "diff_markdown", "diff_text", "notes_markdown", "without_people"]
