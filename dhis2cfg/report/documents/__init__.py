"""The JSON forms: values go in, a document comes out, always the same bytes for the same values.

`printing` makes the documents, `schemas` the JSON Schemas of `schemas/` that describe them.
"""

from dhis2cfg.report.documents.printing import (
    checks_document,
    diff_document,
    drift_document,
    finding_document,
    history_document,
    outcome_document,
    plan_document,
    status_document,
)

__all__ = [
    "checks_document",
    "diff_document",
    "drift_document",
    "finding_document",
    "history_document",
    "outcome_document",
    "plan_document",
    "status_document",
]
