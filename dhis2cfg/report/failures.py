"""A failure as people read it: one sentence what, one where, one what next."""

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.report.layout import folded
from dhis2cfg.report.signs import clean


def failure_text(error: Dhis2cfgError, width: int) -> str:
    """What failed, its details and next steps below, each in lines that fit."""
    lines = folded(f"error: {clean(error.what)}", width)
    for line in (*error.details, *error.following):
        lines += folded(clean(line), width, 2)
    return "\n".join(lines) + "\n"
