"""The server's own dry run of a whole plan: all calls as one, each object once, in its final form."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dhis2cfg.apply.walk import refused
from dhis2cfg.catalogue.forward import STORED_CHECKS
from dhis2cfg.model.plan import HandOver, Kind, Plan, Refusal, Step, StepKind
from dhis2cfg.model.questions import Account
from dhis2cfg.model.run import Refused
from dhis2cfg.ports import MetadataServer

EXCUSED = frozenset(check.code for check in STORED_CHECKS)
"""What the server cannot know before the first of two calls is done."""

TAKEN = "E5003"
"""A unique value that another object has, which the message names by its UID (facts §1.4)."""

EXISTS = frozenset({"E3001", TAKEN})
"""What says of an object to be made that it stands already: it may not be changed, its value is taken."""

TRIED = frozenset({StepKind.CALL, StepKind.OWN})
"""Steps whose objects an import could hold; the dry run knows nothing of the roads that they go."""

IMPORT = "F_METADATA_IMPORT"


def may_try(account: Account) -> bool:
    """Whether the server would let the account try a plan at all."""
    return account.may_everything or IMPORT in account.authorities


def not_tried(plan: Plan) -> Plan:
    """The plan that says why the server did not try it."""
    return replace(plan, notes=(*plan.notes, f"not tried by the server: the account lacks {IMPORT}"))


def tried(plan: Plan, server: MetadataServer) -> Plan:
    """The plan with what the server's dry run says against it."""
    left = refused_by_trial(plan.steps, server)
    if not left:
        return plan
    if server.facts().account.may_everything:
        return replace(plan, trial=left)
    return without_unseen(replace(plan, trial=left))


def refused_by_trial(steps: Sequence[Step], server: MetadataServer) -> tuple[Refused, ...]:
    """What the server's dry run of all calls as one says against them.

    A check against what is stored is excused for the objects of a call that can be tried only after another,
    and that a value is taken between the two objects of a hand-over.
    """
    calls = tuple(step for step in steps if step.kind in TRIED)
    if not calls:
        return ()
    whole = united(calls)
    report = server.dry_run(whole.body)
    if report.ok:
        return ()
    later = {name for step in calls if not step.tried for name in step.objects}
    errors = refused(whole, report)
    handed = tuple(each for step in calls for each in step.handed)
    return tuple(
        each
        for each in errors
        if not (each.code in EXCUSED and _name(each) in later) and not is_handed(each, handed)
    )


def is_handed(error: Refused, handed: Sequence[HandOver]) -> bool:
    """Whether an error only says that the giver of a hand-over still has what the taker is to get."""
    return error.code == TAKEN and any(
        _name(error) == (each.type, each.taker)
        and error.property == each.property
        and each.holder in error.message
        for each in handed
    )


def without_unseen(plan: Plan) -> Plan:
    """The plan of an account that may not see everything: what stands unseen is no new object, but refused.

    DHIS2 leaves such objects out of every read, also of one by id alone; only its dry run knows of them.
    """
    made = {
        (each.type, each.path): each.place
        for each in plan.changes
        if each.kind is Kind.CREATE and not each.field
    }
    unseen = tuple(each for each in plan.trial if each.code in EXISTS and _name(each) in made)
    refusals = tuple(
        Refusal(
            word="",
            message=f"{type_name}/{path} exists on the server, but this account may not see it",
            place=made[type_name, path],
            following="give the account of the tool read access, or ALL",
        )
        for type_name, path in dict.fromkeys(_name(each) for each in unseen)
    )
    return replace(
        plan,
        refusals=(*plan.refusals, *refusals),
        trial=tuple(each for each in plan.trial if each not in unseen),
    )


def _name(error: Refused) -> tuple[str, str]:
    return (error.type, error.path)


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
