"""What goes to a pull request: diffs and plans come in, Markdown of a limited length goes out.

`diff` and `plan` are called first; `lines` writes rows and risks, `paper` keeps the limit, `markdown` makes
foreign text harmless. `user_notes` are for those who only use what is configured.
"""

from dhis2cfg.report.pull_requests.diff import diff_markdown
from dhis2cfg.report.pull_requests.plan import plans_markdown
from dhis2cfg.report.pull_requests.user_notes import notes_markdown

__all__ = ["diff_markdown", "notes_markdown", "plans_markdown"]
