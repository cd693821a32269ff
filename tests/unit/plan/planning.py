"""A server that is a dictionary, and plans of a few objects against it, so that tests stay short."""

import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from dhis2cfg.catalogue import shipped
from dhis2cfg.model.fleet import Target
from dhis2cfg.model.names import Foreign, Ref, Reference, Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.plan import Change, Plan, StepKind
from dhis2cfg.model.questions import Account, Answers, Questions, ServerFacts, Use
from dhis2cfg.model.record import Record
from dhis2cfg.model.state import (
    Attributes,
    Child,
    DesiredObject,
    Field,
    PackageUse,
    Sharing,
    State,
    Text,
    Value,
)
from dhis2cfg.plan.asking import ask
from dhis2cfg.plan.build import build
from dhis2cfg.plan.given import Given
from dhis2cfg.plan.survey import Survey, survey
from dhis2cfg.wire.canonical import to_json
from dhis2cfg.wire.codec import from_json

TARGET = Target(name="by", environment="prod", url="http://by", municipalities=("by",))
SAVED = {
    "lastUpdated": "2026-11-02T09:14:00.000",
    "lastUpdatedBy": {"id": "UserLokal01", "username": "lokal.admin", "name": "Lokal Admin"},
}
ROUNDS = 9
DEFAULTS = {
    name: Uid(f"Default{number:04}")
    for number, name in enumerate(("categories", "categoryCombos", "categoryOptionCombos", "categoryOptions"))
}

Objects = Mapping[str, Mapping[str, Any]]


def at(line: int) -> Place:
    """A line of the demo package."""
    return Place(file="packages/demo/objects.yaml", line=line, column=1, length=1)


def fields(values: Mapping[str, Value], line: int = 1) -> dict[str, Field]:
    """Fields by name, each on a line of its own."""
    return {name: Field(value=value, place=at(line + i)) for i, (name, value) in enumerate(values.items())}


def child(key: str, uid: str | None = None, **values: Value) -> Child:
    """An embedded child."""
    return Child(key=key, fields=fields(values, 50), place=at(50), id=Uid(uid) if uid else None)


def thing(ref: str, uid: str | None, /, **values: Value) -> DesiredObject:
    """An object by `type/PATH`; without a UID it is made from the path."""
    type_name, _, path = ref.partition("/")
    return DesiredObject(
        ref=Ref(type_name, path),
        owner="demo",
        place=at(1),
        fields=fields(values),
        uid=Uid(uid) if uid else None,
    )


def text(base: str, **locales: str) -> Text:
    """A Norwegian text with others."""
    return Text(base=base, locale="nb", locales=locales)


def shared(public: str | None, **groups: str) -> Sharing:
    """Sharing with entries of groups by their UIDs."""
    return Sharing(
        public=public, user_groups={Foreign("userGroups", Uid(uid)): value for uid, value in groups.items()}
    )


def attributed(**values: str) -> Attributes:
    """Attribute values by the attributes' UIDs."""
    found: dict[Reference, str] = {Foreign("attributes", Uid(uid)): value for uid, value in values.items()}
    return Attributes(values=found)


def others(type_name: str, *uids: str) -> tuple[Reference, ...]:
    """References to what stands outside all packages."""
    return tuple(Foreign(type_name, Uid(uid)) for uid in uids)


@dataclass(kw_only=True)
class Standing:
    """What stands on a server, by type and UID; it answers questions and takes calls as DHIS2 does, whole."""

    objects: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    hidden: set[tuple[str, str]] = field(default_factory=set)
    users: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int | None] = field(default_factory=dict)
    uses: dict[str, tuple[Use, ...]] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    asked: list[Questions] = field(default_factory=list)
    version: str = "2.42"
    locales: tuple[str, ...] = ("nb", "en")
    authorities: tuple[str, ...] = ("ALL",)
    roles: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def put(self, type_name: str, uid: str, **values: Any) -> None:
        """An object as somebody saved it."""
        kept = {"id": uid, **SAVED, **values}
        self.objects.setdefault(type_name, {})[uid] = kept

    def edit(self, type_name: str, uid: str, **values: Any) -> None:
        """Fields of an object changed by hand; None clears."""
        live = self.objects[type_name][uid]
        live.update(values, **SAVED)

    def remove(self, type_name: str, uid: str) -> None:
        """An object deleted by hand."""
        del self.objects[type_name][uid]

    def answer(self, questions: Questions, known: Answers) -> Answers:
        """Everything known and what these questions give."""
        self.asked.append(questions)
        objects = {name: dict(each) for name, each in known.objects.items()}
        hidden = set(known.hidden)
        for name, uids in questions.objects.items():
            for uid in uids:
                is_hidden = (name, uid) in self.hidden
                hidden |= {(name, uid)} if is_hidden else set()
                live = None if is_hidden else self.objects.get(name, {}).get(uid)
                objects.setdefault(name, {})[uid] = deepcopy(live)
        by = dict(known.by)
        for (name, prop), values in questions.by.items():
            for value in values:
                found = [
                    uid
                    for uid, live in self.objects.get(name, {}).items()
                    if str(_at(live, prop.split("."))) == value
                ]
                by[name, prop, value] = tuple(map(Uid, sorted(found)))
        users = {name: self.users.get(name) for name in questions.usernames}
        return replace(
            known,
            objects=objects,
            hidden=frozenset(hidden),
            by=by,
            secrets={**known.secrets, **{name: self.secrets.get(name) for name in questions.secrets}},
            users={**known.users, **{name: Uid(uid) if uid else None for name, uid in users.items()}},
            uses={
                **known.uses,
                **{(name, uid): self.using(uid) for name, uids in questions.uses.items() for uid in uids},
            },
            counts={**known.counts, **{each: self.counts.get(each.kind) for each in questions.counts}},
            defaults=DEFAULTS if questions.defaults else known.defaults,
        )

    def using(self, uid: Uid) -> tuple[Use, ...]:
        """Everything that names a UID, at the property where it does; authors and its own id left out."""
        if uid in self.uses:
            return self.uses[uid]
        return tuple(
            Use(type=name, uid=Uid(other), title=str(live.get("name") or ""), by=prop)
            for name, several in self.objects.items()
            for other, live in several.items()
            for prop, value in live.items()
            if other != uid and prop not in SAVED and uid in json.dumps(value)
        )

    def take(self, plan: Plan) -> None:
        """Every step of a plan: whole objects in place of what stood, sharing replaced, objects deleted."""
        for step in plan.steps:
            for name, bodies in step.body.items():
                for body in bodies:
                    if step.kind in (StepKind.CALL, StepKind.OWN):
                        self.objects.setdefault(name, {})[body["id"]] = deepcopy(body)
                    elif step.kind is StepKind.SHARING:
                        self.objects[name][body["id"]]["sharing"] = deepcopy(body["sharing"])
                    elif step.kind is StepKind.DELETE:
                        del self.objects[name][body["id"]]


def _at(value: Any, path: list[str]) -> Any:
    """What stands at a path, as `dataSet.id`."""
    return _at(value.get(path[0]), path[1:]) if path and isinstance(value, dict) else value


@dataclass(frozen=True, kw_only=True)
class Made:
    """A plan with the record that stands once it is applied, and what it was made from."""

    plan: Plan
    record: Record
    known: Survey

    def change(self, field_path: str, ref: str = "") -> Change:
        """The one change of this field."""
        (found,) = [
            each
            for each in self.plan.changes
            if each.field == field_path and f"{each.type}/{each.path}".startswith(ref)
        ]
        return found

    @property
    def told(self) -> list[tuple[str, str, Any, Any]]:
        """Field, reason, before and after of every change."""
        return [(each.field, each.reason.value, each.before, each.after) for each in self.plan.changes]

    @property
    def refused(self) -> list[tuple[str, str]]:
        """Word and message of every refusal."""
        return [(each.word, each.message) for each in self.plan.refusals]

    def body(self, uid: str) -> dict[str, Any]:
        """What the last call sends of one object."""
        bodies = [each for step in self.plan.steps for rows in step.body.values() for each in rows]
        return next(dict(each) for each in reversed(bodies) if each["id"] == uid)


def plan_of(
    objects: Iterable[DesiredObject],
    server: Standing,
    record: Record | None = None,
    *,
    thresholds: Mapping[str, int] | None = None,
    prune: bool = False,
    foreign: Mapping[tuple[str, Uid], str] | None = None,
) -> Made:
    """Ask until nothing is asked, then build; the record goes through JSON as it does on a server."""
    given = Given(
        state=State(
            municipality="by",
            packages=(PackageUse(name="demo", version="1.0.0", locale="nb", digest="d"),),
            objects={each.ref: each for each in objects},
        ),
        record=record,
        facts=ServerFacts(
            version=f"{server.version}.1",
            revision="",
            time="2026-11-24T10:00:00.000",
            locales=server.locales,
            database_locale="nb",
            account=Account(
                uid=Uid("RobotUser01"),
                username="robot",
                authorities=frozenset(server.authorities),
                roles={Uid(uid): frozenset(names) for uid, names in server.roles.items()},
            ),
        ),
        catalogue=shipped.load(server.version),
        fleet="demo",
        environment="prod",
        thresholds=thresholds or {},
        prune=prune,
        foreign=foreign or {},
    )
    answers = Answers()
    for _ in range(ROUNDS):
        questions = ask(given, answers)
        if questions.is_empty:
            break
        answers = server.answer(questions, answers)
    else:
        message = "it never stops asking"
        raise AssertionError(message)
    plan, after = build(given, answers, TARGET, "test")
    return Made(plan=plan, record=from_json(Record, to_json(after)), known=survey(given, answers))


def applied(objects: Iterable[DesiredObject], server: Standing, record: Record | None = None) -> Record:
    """Apply a plan to the dictionary, read back, and give the record; the second plan must be empty."""
    wanted = list(objects)
    made = plan_of(wanted, server, record)
    server.take(made.plan)
    again = plan_of(wanted, server, made.record)
    assert again.plan.changes == (), again.told
    return again.record
