"""Two desired states in, their differences out as changes of a plan; no server is asked.

`states` comes first: objects, by the merge table; `beside` are settings and data store entries, `tags` what
starting values, secrets and fields that are let go differ in.
"""

from dhis2cfg.plan.between.states import between

__all__ = ["between"]
