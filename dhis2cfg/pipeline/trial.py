"""The server's own dry run of a whole plan: all calls as one, each object once, in its final form."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dhis2cfg.apply.walk import refused
from dhis2cfg.catalogue.forward import STORED_CHECKS
from dhis2cfg.model.plan import Plan, Step, StepKind
from dhis2cfg.ports import MetadataServer

EXCUSED = frozenset(check.code for check in STORED_CHECKS)
"""What the server cannot know before the first of two calls is done: excused where there are two."""


def tried(plan: Plan, server: MetadataServer) -> Plan:
    """The plan with what the server's dry run says against it."""
    if not plan.steps:
        return plan
    whole = united(plan.steps)
    report = server.dry_run(whole.body)
    if report.ok:
        return plan
    errors = refused(whole, report)
    if len(plan.steps) > 1:
        errors = tuple(each for each in errors if each.code not in EXCUSED)
    return replace(plan, trial=errors)


def united(steps: Sequence[Step]) -> Step:
    """All calls as one body; an object that is sent twice counts in its last form."""
    objects: dict[tuple[str, str], Any] = {}
    names: dict[tuple[str, str], tuple[str, str]] = {}
    for step in steps:
        bodies = [(type_name, each) for type_name, several in step.body.items() for each in several]
        for (type_name, each), name in zip(bodies, step.objects, strict=True):
            objects[type_name, each["id"]] = each
            names[type_name, each["id"]] = name
    body: dict[str, list[Any]] = {}
    for (type_name, _), each in objects.items():
        body.setdefault(type_name, []).append(each)
    ordered = [names[type_name, each["id"]] for type_name, several in body.items() for each in several]
    return Step(number=0, kind=StepKind.CALL, objects=tuple(ordered), body=body)
