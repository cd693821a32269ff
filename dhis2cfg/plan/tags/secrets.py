"""`!secret NAME`: sent with every body that its object is sent with, compared by what was sent last.

A server never tells a secret back, and an update without it wipes it. So what stands counts as what we sent;
the record keeps a short digest of the shape and of each secret. Another value of a secret alone changes
nothing until it is asked for (`--renew-secrets`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from dhis2cfg.catalogue.noise import SECRET
from dhis2cfg.model.plan import Plan
from dhis2cfg.model.questions import Answers
from dhis2cfg.model.record import Record, Recorded
from dhis2cfg.model.state import Opaque, Secret, State
from dhis2cfg.wire.bind import Body
from dhis2cfg.wire.flatten import Flat
from dhis2cfg.wire.secrets import named_in, parts_of, short

AGAIN = "to be sent again"


def secret_names(state: State) -> frozenset[str]:
    """Every secret that a state names."""
    return frozenset(
        name
        for ref, each in state.objects.items()
        for part in parts_of(ref.type)
        if part in each.fields
        for name in _names(each.fields[part].value)
    )


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, Secret):
        yield value.name
    elif isinstance(value, Opaque):
        yield from _names(value.json)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _names(inner)


def sent_fields(type_name: str, body: Body, recorded: Recorded | None, answers: Answers) -> Flat:
    """What the record is to hold of the parts with secrets, by property: as it was sent, or as it will be."""
    last = recorded.fields if recorded else {}
    now = now_sent(type_name, body, answers)
    return {
        part: last[part] if str(last.get(part, "")).startswith(short(body[part])) else told
        for part, told in now.items()
    }


def now_sent(type_name: str, body: Body, answers: Answers) -> dict[str, str]:
    """By property, the short digests of the shape and of each secret, as they would go out now."""
    return {
        part: ", ".join((short(body[part]), *_told(body[part], answers)))
        for part in parts_of(type_name)
        if part in body
    }


def _told(part: Any, answers: Answers) -> Iterator[str]:
    for name in sorted(set(named_in(part))):
        yield f"{name} {answers.secrets.get(name) or 'missing'}"


def as_sent(record: Record, bodies: Iterable[tuple[str, Body]], answers: Answers) -> Record:
    """The record once these bodies were sent: with every one of them go the secrets of now."""
    objects = {type_name: dict(several) for type_name, several in record.objects.items()}
    for type_name, body in bodies:
        now = now_sent(type_name, body, answers)
        each = objects.get(type_name, {}).get(body["id"])
        if now and each is not None:
            kept = {part: told for part, told in now.items() if part in each.fields}
            objects[type_name][body["id"]] = replace(each, fields={**each.fields, **kept})
    return replace(record, objects=objects)


def standing_fields(type_name: str, recorded: Recorded | None) -> Flat:
    """What counts as standing: what was sent last; nothing where we never sent it."""
    last = recorded.fields if recorded else {}
    return {part: last[part] for part in parts_of(type_name) if part in last}


def with_secrets(type_name: str, sent: Mapping[str, Any], ours: Body) -> dict[str, Any]:
    """A body with our parts whole: what the server told of them lacks what an update would wipe."""
    return {**sent, **{part: ours[part] for part in parts_of(type_name) if part in ours}}


def to_renew(record: Record | None) -> Record | None:
    """The record of which every secret is to be sent again."""
    if record is None:
        return None
    objects = {
        type_name: {uid: _forgotten(type_name, each) for uid, each in several.items()}
        for type_name, several in record.objects.items()
    }
    return replace(record, objects=objects)


def renews(plan: Plan) -> bool:
    """Whether a plan was made to send secrets again."""
    return any(each.before == AGAIN for each in plan.changes)


def _forgotten(type_name: str, each: Recorded) -> Recorded:
    parts = {part: AGAIN for part in parts_of(type_name) if part in each.fields}
    return replace(each, fields={**each.fields, **parts}) if parts else each


def secret_notes(state: State, record: Record | None, answers: Answers) -> Iterator[str]:
    """Secrets whose value is another one than was sent last."""
    recorded = [
        str(value)
        for type_name, several in (record.objects if record else {}).items()
        for each in several.values()
        for part, value in each.fields.items()
        if (type_name, part) in SECRET
    ]
    for name in sorted(secret_names(state)):
        now = answers.secrets.get(name)
        if now and any(_differs(name, now, told) for told in recorded):
            yield f"the secret {name} is another one than was sent: --renew-secrets sends it"


def _differs(name: str, now: str, told: str) -> bool:
    said = dict(_pairs(told.split(", ")[1:]))
    return name in said and said[name] != now


def _pairs(parts: Iterable[str]) -> Iterator[tuple[str, str]]:
    for part in parts:
        name, _, digits = part.partition(" ")
        yield name, digits
