"""What the steps of a plan leave of each object that they write: its final form, or None where it goes."""

from collections.abc import Iterable, Mapping
from typing import Any

from dhis2cfg.catalogue.settings.keys import DATA_STORE, SYSTEM_SETTINGS
from dhis2cfg.model.names import Uid
from dhis2cfg.model.plan import Step, StepKind
from dhis2cfg.model.questions import Live

Sent = dict[str, dict[Uid, Live | None]]
BESIDE = frozenset({SYSTEM_SETTINGS, DATA_STORE})
"""What stands among objects and is none: values with a name."""


def sent_by(steps: Iterable[Step], live: Mapping[str, Mapping[Uid, Live | None]]) -> Sent:
    """Type → UID → final form; an object of which only the sharing is sent is the live one with it."""
    sent: Sent = {}
    for step in steps:
        for type_name, items in step.body.items() if step.kind is not StepKind.MAINTENANCE else ():
            objects = sent.setdefault(type_name, {})
            for each in items:
                uid = Uid(each["id"])
                known = objects[uid] if uid in objects else live.get(type_name, {}).get(uid)
                objects[uid] = _after(step.kind, each, known)
    return sent


def _after(kind: StepKind, item: Mapping[str, Any], known: Live | None) -> Live | None:
    match kind:
        case StepKind.DELETE:
            return None
        case StepKind.SHARING:
            return {**(known or {"id": item["id"]}), "sharing": item["sharing"]}
        case _:
            return item


def upkeep_of(steps: Iterable[Step]) -> tuple[str, ...]:
    """What the server is asked to put in order."""
    asked = [step for step in steps if step.kind is StepKind.MAINTENANCE]
    return tuple(each["id"] for step in asked for items in step.body.values() for each in items)


def names_by(steps: Iterable[Step]) -> dict[str, dict[Uid, str]]:
    """Type → UID → key path, of what the steps write."""
    names: dict[str, dict[Uid, str]] = {}
    for step in steps:
        items = [(name, each) for name, several in step.body.items() for each in several]
        for (type_name, each), (_, path) in zip(items, step.objects, strict=True):
            names.setdefault(type_name, {})[Uid(each["id"])] = path
    return names
