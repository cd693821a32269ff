"""Two readings of a workspace in, what differs between them out; no server is asked.

`two` comes first: packages by name through `plan.between`; `affected` says for whom a change is, `settings`
compares fleet and municipality files, `manifests` what packages say of themselves. `planned` reads plans of
servers as a diff.
"""

from dhis2cfg.pipeline.diffing.planned import as_diff
from dhis2cfg.pipeline.diffing.settings import usernames
from dhis2cfg.pipeline.diffing.two import Labels, differ

__all__ = ["Labels", "as_diff", "differ", "usernames"]
