"""One step of a plan, done: a module for each kind, all of them told by one report.

In: a `Step` and the session of a server. Out: an `ImportReport`, whatever became of it; nothing is ever sent
twice.
"""

from dhis2cfg.dhis2.performing.perform import perform

__all__ = ["perform"]
