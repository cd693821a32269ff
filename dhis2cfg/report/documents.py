"""Findings, plans and outcomes as JSON documents, each with a schema in `schemas/`."""

from collections.abc import Mapping, Sequence
from typing import Any

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.plan import Plan
from dhis2cfg.model.run import Outcome
from dhis2cfg.wire.canonical import pretty, to_json

FORMAT = 1


def plan_document(plans: Sequence[Plan], failed: Mapping[str, Dhis2cfgError]) -> str:
    """`schemas/plan.schema.json`: the plans, and the targets that have none."""
    return pretty({"format": FORMAT, "plans": [to_json(each) for each in plans], "failed": _failed(failed)})


def outcome_document(outcomes: Sequence[Outcome], run_id: str) -> str:
    """`schemas/outcome.schema.json`: one outcome a target."""
    return pretty({"format": FORMAT, "run": run_id, "outcomes": [to_json(each) for each in outcomes]})


def finding_document(findings: Sequence[Finding], files: int, objects: int) -> str:
    """`schemas/finding.schema.json`: every finding, in order."""
    return pretty(
        {
            "format": FORMAT,
            "files": files,
            "objects": objects,
            "findings": [to_json(each) for each in findings],
        }
    )


def _failed(failed: Mapping[str, Dhis2cfgError]) -> list[dict[str, Any]]:
    return [
        {
            "target": name,
            "exit": int(error.exit),
            "what": error.what,
            "details": list(error.details),
            "following": list(error.following),
        }
        for name, error in failed.items()
    ]
