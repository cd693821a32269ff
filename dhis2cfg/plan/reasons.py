"""Which rows of the merge table are a change, and what a reader is told why."""

from dhis2cfg.model.plan import Reason
from dhis2cfg.plan.merge import Row

REASONS = {
    Row.CREATE: Reason.NEW,
    Row.CHANGE: Reason.MOVED_ON,
    Row.DRIFT: Reason.DRIFT,
    Row.RESTORE: Reason.DRIFT,
    Row.TAKEOVER: Reason.TAKEOVER,
    Row.CONFLICT: Reason.CONFLICT,
    Row.DROPPED: Reason.DROPPED,
}
"""LET_GO is a note, not a change."""
