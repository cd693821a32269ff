"""What differs between two states, for who reviews it: a diff comes in, text goes out.

`text` is called first; `sections` sorts and folds, `rows` are its lines, `sentences` say one change, `access`
tells who may do more and who less. `people` keeps names of persons out.
"""

from dhis2cfg.report.diffs.people import without_people
from dhis2cfg.report.diffs.text import diff_text
from dhis2cfg.report.diffs.view import Detail, DiffView

__all__ = ["Detail", "DiffView", "diff_text", "without_people"]
