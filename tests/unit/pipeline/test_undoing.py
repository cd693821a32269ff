"""Tests of putting back: what stood, what the run left, what stands now, and what becomes of each."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from dhis2cfg.catalogue import shipped
from dhis2cfg.errors import Unreachable, Unsafe
from dhis2cfg.model.names import Uid
from dhis2cfg.model.plan import Step, StepKind
from dhis2cfg.model.questions import (
    Account,
    Answers,
    CountQuestion,
    ImportReport,
    Live,
    Questions,
    ServerFacts,
    SettingName,
    Use,
)
from dhis2cfg.model.snapshot import Aftermath, Snapshot
from dhis2cfg.pipeline.course.laying_back import clashing
from dhis2cfg.pipeline.course.telling import told_every
from dhis2cfg.pipeline.undoing.back import Back, Clash, Sides, back
from dhis2cfg.pipeline.undoing.closure import closure
from dhis2cfg.pipeline.undoing.doing import looked_at, put_back
from dhis2cfg.pipeline.undoing.guarding import data_in_the_way, users_in_the_way
from dhis2cfg.pipeline.undoing.looking import standing
from dhis2cfg.pipeline.undoing.planning import Undoing, undoing
from dhis2cfg.pipeline.undoing.sent import sent_by, upkeep_of
from dhis2cfg.pipeline.undoing.steps_back import Stands, upkeep_step
from dhis2cfg.pipeline.undoing.taking import inherited
from dhis2cfg.pipeline.undoing.values import value_back
from dhis2cfg.wire.judging import Judge

CATALOGUE = shipped.load("2.42")
JUDGE = Judge(CATALOGUE)
ROBOT, KARI = Uid("RobotRobot1"), Uid("KariKariKa1")
A, B, C, G = Uid("AaaaaaaaaaA"), Uid("BbbbbbbbbbB"), Uid("CcccccccccC"), Uid("GgggggggggG")
FACTS = ServerFacts(
    version="2.42.5",
    revision="",
    time="2026-11-25T10:00:00",
    locales=(),
    database_locale="",
    account=Account(uid=ROBOT, username="robot", authorities=frozenset({"ALL"})),
)


def an_element(**more: Any) -> dict[str, Any]:
    """A data element as a server tells it."""
    sharing = {"owner": ROBOT, "public": "--------", "userGroups": {}, "users": {}}
    plain = {"id": A, "name": "A", "shortName": "A", "valueType": "TEXT", "version": 3, "sharing": sharing}
    return {**plain, "createdBy": {"id": ROBOT}, "lastUpdatedBy": {"id": ROBOT}, **more}


def put(
    before: Live | None,
    left: Live | None,
    now: Live | None,
    *,
    is_ours: bool = False,
    type_name: str = "dataElements",
    dead: frozenset[str] = frozenset(),
) -> Back:
    """What becomes of one object."""
    return back(JUDGE, Sides(type=type_name, before=before, left=left, now=now, is_ours=is_ours), dead)


OLD, NEW, THIRD = an_element(), an_element(name="B"), an_element(name="C")


@pytest.mark.parametrize(
    ("before", "left", "now", "is_deleted", "name"),
    [
        (OLD, OLD, OLD, False, None),
        (OLD, OLD, THIRD, False, None),
        (OLD, NEW, OLD, False, None),
        (OLD, NEW, NEW, False, "A"),
        (OLD, None, None, False, "A"),
        (OLD, None, OLD, False, None),
        (OLD, OLD, None, False, None),
        (None, NEW, None, False, None),
        (None, NEW, NEW, True, None),
        (None, None, NEW, True, None),
    ],
)
def test_the_table(
    before: Live | None, left: Live | None, now: Live | None, *, is_deleted: bool, name: str | None
) -> None:
    """What the run did not touch stays; what it wrote, made or took is set back."""
    found = put(before, left, now)
    assert found.clashes == ()
    assert found.is_deleted is is_deleted
    assert (found.body["name"] if found.body else None) == name
    assert found.is_new is (now is None and found.body is not None)


def test_edited_since() -> None:
    """A clash where somebody else saved it last; set back where nobody did."""
    assert put(OLD, NEW, THIRD).clashes == (Clash(field="name", before="A", left="B", now="C"),)
    forced = put(OLD, NEW, THIRD, is_ours=True)
    assert forced.clashes == ()
    assert forced.body is not None
    assert forced.body["name"] == "A"
    assert put(OLD, NEW, None).clashes == (Clash(field="", before=True, left=True, now=False),)
    made = put(None, NEW, {**NEW, "description": "x"})
    assert (made.is_deleted, made.clashes) == (
        True,
        (Clash(field="description", before=None, left=None, now="x"),),
    )
    assert put(None, NEW, {**NEW, "description": "x"}, is_ours=True).clashes == ()


def test_exactly_what_stood_where_nothing_else_moved() -> None:
    """Also what is never compared, but the counter, which only counts on from where it is (facts §19.13)."""
    before = an_element(fieldMask="x", version=3)
    found = put(before, an_element(name="B", version=3), an_element(name="B", version=4))
    assert found.body == {**before, "version": 4}


def test_an_edit_of_another_field_survives() -> None:
    """The run wrote the name, somebody the description."""
    found = put(OLD, NEW, an_element(name="B", description="theirs"))
    assert found.body is not None
    assert (found.body["name"], found.body["description"]) == ("A", "theirs")


def a_group(*members: Uid, **more: Any) -> dict[str, Any]:
    """A group of data elements."""
    return {
        "id": G,
        "name": "G",
        "shortName": "G",
        "dataElements": [{"id": each} for each in members],
        **more,
    }


def members_of(found: Back, name: str = "dataElements") -> list[str]:
    """The members that are sent."""
    assert found.body is not None
    return [each["id"] for each in found.body[name]]


def test_members_come_and_go_one_by_one() -> None:
    """The run took A and added B; somebody added C."""
    found = put(a_group(A), a_group(B), a_group(B, C), type_name="dataElementGroups")
    assert sorted(members_of(found)) == [A, C]
    assert found.gained == {f"dataElements[{A}]"}


def a_set(*options: Uid) -> dict[str, Any]:
    """An option set with a list in order."""
    return {"id": G, "name": "S", "valueType": "TEXT", "options": [{"id": each} for each in options]}


def test_an_order_is_put_back_around_what_somebody_added() -> None:
    """Ours stand as they stood; theirs stays behind the nearest of ours before it."""
    found = put(a_set(A, B), a_set(B, A), a_set(B, C, A), type_name="optionSets")
    assert members_of(found, "options") == [A, B, C]
    found = put(a_set(A, B), a_set(B), a_set(B, C), type_name="optionSets")
    assert members_of(found, "options") == [A, B, C]
    found = put(a_set(A), a_set(A, B), a_set(A, C, B), type_name="optionSets")
    assert members_of(found, "options") == [A, C]
    assert put(a_set(A, B), a_set(B, A), a_set(A, B), type_name="optionSets") == Back()


def a_stage(*rows: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A stage with elements, each with its number."""
    numbered = [{"sortOrder": index, **row} for index, row in enumerate(rows, start=1)]
    return {"id": G, "name": "S", "program": {"id": B}, "programStageDataElements": numbered, **more}


def row(uid: Uid, *, compulsory: bool = False) -> dict[str, Any]:
    """An element in a stage."""
    return {"id": f"r{uid[1:]}", "dataElement": {"id": uid}, "compulsory": compulsory}


def test_children_go_and_come_whole_and_are_put_back_field_by_field() -> None:
    """The run made B compulsory, took A out and brought C; nothing inside a child that goes is written."""
    before = a_stage(row(A, compulsory=True), row(B))
    left = a_stage(row(B, compulsory=True), row(C))
    found = put(before, left, left, type_name="programStages")
    assert found.body is not None
    rows = [
        (each["dataElement"]["id"], each["compulsory"]) for each in found.body["programStageDataElements"]
    ]
    assert rows == [(A, True), (B, False)]


def test_the_number_in_a_parents_list_is_put_back() -> None:
    """No plan compares it, and yet the run may have numbered anew."""
    found = put(
        a_stage(sortOrder=1), a_stage(sortOrder=2), a_stage(sortOrder=2, name="T"), type_name="programStages"
    )
    assert found.body is not None
    assert (found.body["sortOrder"], found.body["name"]) == (1, "T")


def test_entries_of_dead_groups_are_left_out() -> None:
    """No call with them is accepted (facts §17.1)."""
    shared = an_element()["sharing"] | {"userGroups": {G: {"id": G, "access": "r-------"}}}
    found = put(an_element(sharing=shared), NEW, NEW, dead=frozenset({G}))
    assert found.body is not None
    assert found.body["sharing"]["userGroups"] == {}
    assert put({"id": A, "name": "x"}, None, None, dead=frozenset({G})).body == {"id": A, "name": "x"}
    owner_only = {"id": A, "sharing": {"owner": ROBOT}}
    assert put(owner_only, None, None, dead=frozenset({G})).body == owner_only


def test_values_beside_metadata() -> None:
    """Each value and text by itself; what was empty is the default again."""
    before = {"id": "k", "value": "", "texts": {"nb": "x", "en": None}}
    left = {"id": "k", "value": "new", "texts": {"nb": "y", "en": "z"}}
    now = {"id": "k", "value": "new", "texts": {"nb": "other", "en": None}}
    found = value_back(before, left, now)
    assert found.body == {"id": "k", "value": None, "texts": {"nb": "x"}}
    assert found.clashes == (Clash(field="nb", before="x", left="y", now="other"),)
    assert value_back(before, before, now) == Back()
    assert value_back({"id": "k", "texts": {"nb": "x"}}, None, {"id": "k"}).body == {
        "id": "k",
        "texts": {"nb": "x"},
    }
    assert value_back(None, left, now) == Back()


def a_snapshot(before: Mapping[str, Any], sent: Mapping[str, Any], **more: Any) -> Snapshot:
    """An undo point."""
    plain = Snapshot(
        name="R", fleet="f", account=ROBOT, server_version="2.42.5", taken="", before=before, sent=sent
    )
    return replace(plain, **more)


def undo(snapshot: Snapshot, now: Mapping[str, Any], after: Aftermath | None = None) -> Undoing:
    """What would be done."""
    return undoing(CATALOGUE, FACTS, snapshot, after, Stands(objects=now))


def test_what_a_deletion_took_along_is_put_back() -> None:
    """The element is made again, its group gets it back, the dashboard its item; the calls come in order."""
    item = {"id": "Item0000001", "type": "VISUALIZATION", "visualization": {"id": B}}
    board = {"id": C, "name": "D", "dashboardItems": [item], "sharing": {"public": "--------"}}
    picture = {"id": B, "name": "V", "type": "COLUMN"}
    element = an_element(categoryCombo={"id": "Combo000001"})
    before = {
        "dataElements": {A: element},
        "dataElementGroups": {G: a_group(A, sharing={"public": "--------"})},
        "visualizations": {B: picture},
        "dashboards": {C: board},
    }
    snapshot = a_snapshot(
        before, {"dataElements": {A: None}}, gone={"visualizations": (B,), "dashboards": ()}
    )
    now = {
        "dataElements": {A: None},
        "dataElementGroups": {G: a_group(sharing={"public": "--------"})},
        "visualizations": {B: None},
        "dashboards": {C: {**board, "dashboardItems": []}},
    }
    found = undo(snapshot, now)
    assert found.clashes == {}
    assert {key[0] for key in found.restored} == set(before)
    (call, owner) = found.steps
    assert call.kind is StepKind.CALL
    sent = {name: [each["id"] for each in several] for name, several in call.body.items()}
    assert sent == {"dataElements": [A], "dataElementGroups": [G], "visualizations": [B], "dashboards": [C]}
    assert call.body["dashboards"][0]["dashboardItems"][0]["id"] == "Item0000001"
    assert (owner.kind, owner.objects) == (StepKind.SHARING, (("dataElements", f"id:{A}"),))
    assert owner.body["dataElements"][0]["sharing"]["owner"] == ROBOT


def test_a_setting_that_goes_away_and_one_that_a_deleted_object_names() -> None:
    """A reference of an object's own counts as let go when what it names was deleted."""
    with_set = an_element(optionSet={"id": G})
    snapshot = a_snapshot({"dataElements": {A: with_set}, "optionSets": {G: None}}, {"optionSets": {G: None}})
    found = undo(snapshot, {"dataElements": {A: an_element()}, "optionSets": {G: None}})
    assert found.restored == (("dataElements", A),)
    assert found.steps[0].body["dataElements"][0]["optionSet"] == {"id": G}


def test_owners_that_the_run_lost() -> None:
    """Sent with one owner and standing with another: put back though nothing else is to be done."""
    theirs = an_element(sharing={**OLD["sharing"], "owner": KARI})
    snapshot = a_snapshot({"dataElements": {A: theirs}}, {"dataElements": {A: theirs}})
    (step,) = undo(snapshot, {"dataElements": {A: OLD}}).steps
    assert step.kind is StepKind.SHARING
    assert step.body["dataElements"][0]["sharing"]["owner"] == KARI
    assert undo(snapshot, {"dataElements": {A: theirs}}).steps == ()
    untouched = a_snapshot({"dataElements": {A: theirs}}, {})
    assert undo(untouched, {"dataElements": {A: OLD}}).steps == ()
    assert undo(snapshot, {"dataElements": {A: None}}).steps == ()


def test_the_aftermath_is_the_base_where_it_is_known() -> None:
    """Then it does not matter who saved an object last."""
    snapshot = a_snapshot({"dataElements": {A: OLD}}, {"dataElements": {A: NEW}})
    after = Aftermath(name="R", fleet="f", after={"dataElements": {A: NEW}})
    assert undo(snapshot, {"dataElements": {A: THIRD}}).clashes == {}
    assert undo(snapshot, {"dataElements": {A: THIRD}}, after).clashes == {
        ("dataElements", A): (Clash(field="name", before="A", left="B", now="C"),)
    }
    theirs = {**THIRD, "lastUpdatedBy": {"id": KARI}}
    assert ("dataElements", A) in undo(snapshot, {"dataElements": {A: theirs}}).clashes


class Server:
    """Answers from what stands; remembers what was asked."""

    def __init__(self, objects: Mapping[str, Mapping[Uid, Live]], **more: Any) -> None:
        self.objects = objects
        self.by: Mapping[tuple[str, str, str], tuple[Uid, ...]] = more.get("by", {})
        self.uses: Mapping[tuple[str, Uid], tuple[Use, ...]] = more.get("uses", {})
        self.settings: Mapping[SettingName, Any] = more.get("settings", {})
        self.hidden: frozenset[tuple[str, Uid]] = more.get("hidden", frozenset())

    def facts(self) -> ServerFacts:
        """Somebody who may see everything."""
        return FACTS

    def answer(self, questions: Questions, known: Answers) -> Answers:
        """What is known, and what was asked."""
        objects = {name: dict(several) for name, several in known.objects.items()}
        for name, uids in questions.objects.items():
            several = objects.setdefault(name, {})
            several.update({uid: self.objects.get(name, {}).get(uid) for uid in uids})
        return replace(
            known,
            objects=objects,
            by={**known.by, **self.by},
            uses={**known.uses, **self.uses},
            settings={**known.settings, **self.settings},
            hidden=self.hidden,
        )

    def dry_run(self, body: Mapping[str, Any]) -> ImportReport:
        """Nobody tries."""
        raise AssertionError

    def perform(self, step: Step) -> ImportReport:
        """Nobody writes."""
        raise AssertionError


RULE, ACTION, PROGRAM = Uid("RrrrrrrrrrR"), Uid("XxxxxxxxxxX"), Uid("PpppppppppP")


def test_the_closure_of_a_deletion() -> None:
    """Its parts and theirs, by list and by reference, and who refers to any of them; no people."""
    rule = {"id": RULE, "program": {"id": PROGRAM}, "programRuleActions": [{"id": ACTION}]}
    server = Server(
        {
            "programs": {PROGRAM: {"id": PROGRAM, "programStages": [{"id": G}]}},
            "programStages": {G: {"id": G}},
            "programRules": {RULE: rule},
            "programRuleActions": {ACTION: {"id": ACTION}},
            "relationshipTypes": {A: {"id": A}},
        },
        by={("programRules", "program.id", PROGRAM): (RULE,)},
        uses={
            ("programs", PROGRAM): (
                Use(type="relationshipTypes", uid=A, title="", by="fromConstraint.program"),
                Use(type="users", uid=B, title="", by="x"),
                Use(type="indicators", uid=C, title="", by="numerator", mentions=True),
                Use(type="sections", uid=Uid(""), title="", by="unknown"),
            )
        },
    )
    found = closure(CATALOGUE, server, {"programs": {PROGRAM: None}}, Answers())
    kept = {(name, uid) for name, several in found.before.items() for uid in several}
    assert kept == {
        ("programs", PROGRAM),
        ("programStages", G),
        ("programRules", RULE),
        ("programRuleActions", ACTION),
        ("relationshipTypes", A),
    }
    assert found.gone == {("programStages", G), ("programRules", RULE), ("programRuleActions", ACTION)}


def test_the_closure_of_a_list_that_changes() -> None:
    """Members on both sides; those that are only parts go when they are left out."""
    rule = {"id": RULE, "programRuleActions": [{"id": ACTION}]}
    server = Server({"programRules": {RULE: rule}, "programRuleActions": {ACTION: {"id": ACTION}}})
    sent: Any = {
        "programRules": {RULE: {"id": RULE, "programRuleActions": []}},
        "optionSets": {G: {"id": G, "name": "without a list"}},
    }
    found = closure(CATALOGUE, server, sent, Answers())
    assert found.gone == {("programRuleActions", ACTION)}
    assert found.before["programRuleActions"] == {ACTION: {"id": ACTION}}
    same: Any = {"programRules": {RULE: rule}}
    assert closure(CATALOGUE, server, same, Answers()).before == {"programRules": {RULE: rule}}


def test_what_follows_along() -> None:
    """An event's stage takes the sharing of its program."""
    server = Server(
        {"programs": {PROGRAM: {"id": PROGRAM}}, "programStages": {G: {"id": G}}},
        by={("programStages", "program.id", PROGRAM): (G,)},
    )
    found = closure(CATALOGUE, server, {"programs": {PROGRAM: {"id": PROGRAM}}}, Answers())
    assert found.before["programStages"] == {G: {"id": G}}


def test_what_may_not_be_read_cannot_be_laid_back() -> None:
    """So the run is refused before its first write."""
    server = Server({}, hidden=frozenset({("dataElements", A)}))
    with pytest.raises(Unsafe, match="the run would touch dataElements AaaaaaaaaaA"):
        closure(CATALOGUE, server, {"dataElements": {A: None}}, Answers())


def a_step(kind: StepKind, **body: Any) -> Step:
    """A step with a body."""
    return Step(number=1, kind=kind, objects=(), body=body)


def test_what_steps_send() -> None:
    """The last form of each object; sharing over what is sent or stands; None for what goes."""
    steps = [
        a_step(StepKind.CALL, dataElements=[{"id": A, "name": "x"}]),
        a_step(StepKind.SHARING, dataElements=[{"id": A, "sharing": 1}, {"id": B, "sharing": 2}]),
        a_step(StepKind.SHARING, dataElements=[{"id": C, "sharing": 3}]),
        a_step(StepKind.DELETE, options=[{"id": G}]),
        a_step(StepKind.MAINTENANCE, maintenance=[{"id": "ouPathsUpdate"}]),
    ]
    live: Any = {"dataElements": {B: {"id": B, "name": "b"}}}
    assert sent_by(steps, live) == {
        "dataElements": {
            A: {"id": A, "name": "x", "sharing": 1},
            B: {"id": B, "name": "b", "sharing": 2},
            C: {"id": C, "sharing": 3},
        },
        "options": {G: None},
    }
    assert upkeep_of(steps) == ("ouPathsUpdate",)


def test_texts_that_no_member_is() -> None:
    """Lists of plain values stay as they are when something was deleted."""
    role = {"id": B, "name": "R", "authorities": ["F_X"], "dataElements": ["x"]}
    snapshot = a_snapshot({"dataElements": {A: OLD}, "userRoles": {B: role}}, {"dataElements": {A: None}})
    assert undo(snapshot, {"dataElements": {A: OLD}, "userRoles": {B: role}}).steps == ()


def test_upkeep_once_more() -> None:
    """A step of what was asked for; none where nothing was."""
    step = upkeep_step(("ouPathsUpdate",))
    assert step is not None
    assert (step.kind, step.body) == (StepKind.MAINTENANCE, {"maintenance": [{"id": "ouPathsUpdate"}]})
    assert upkeep_step(()) is None


def test_what_stands_is_read_anew() -> None:
    """Objects and values; groups only where something is shared with one."""
    name = SettingName("systemSettings", "applicationTitle", "nb")
    server = Server({"options": {A: {"id": A}}}, settings={name: "Vår"})
    before: Any = {
        "options": {A: {"id": A}},
        "systemSettings": {Uid("applicationTitle"): {"id": "applicationTitle", "texts": {"nb": "x"}}},
    }
    now = standing(server, a_snapshot(before, {}))
    assert now.objects == {
        "options": {A: {"id": A}},
        "systemSettings": {"applicationTitle": {"id": "applicationTitle", "texts": {"nb": "Vår"}}},
    }
    assert now.dead == frozenset()
    shared = an_element(sharing={"userGroups": {G: {"id": G, "access": "r-------"}}})
    now = standing(server, a_snapshot({"dataElements": {A: shared}}, {}))
    assert now.dead == {G}


class Journal:
    """Keeps nothing, counts nothing, tells nothing, waits for nobody."""

    def __init__(self, counted: int | None = None) -> None:
        self.counted = counted
        self.told: list[str] = []

    def counts(self, questions: Iterable[CountQuestion]) -> dict[CountQuestion, int | None]:
        """Always so many."""
        return dict.fromkeys(questions, self.counted)

    def tell(self, target: str, message: str) -> None:
        """Remember it."""
        self.told.append(f"{target}: {message}")


def ports_of(server: Any, counted: int | None = None) -> Any:
    """As much of the ports as guarding needs."""
    return SimpleNamespace(server=server, counter=Journal(counted))


MADE = Undoing(steps=(), clashes={}, restored=(("dataElementGroups", G),), made=(("dataElements", A),))


def test_data_in_the_way() -> None:
    """Counted ones stop it; what cannot be counted does where that counts; none do not."""
    server = Server({"dataElements": {A: {**OLD, "domainType": "TRACKER"}}})
    snapshot = a_snapshot({}, {}, names={"dataElements": {A: "KEY"}})
    assert data_in_the_way(ports_of(server, 2), snapshot, MADE, unknown_counts=False) == (
        "dataElements/KEY holds 2 events",
    )
    assert data_in_the_way(ports_of(server, 0), snapshot, MADE, unknown_counts=True) == ()
    assert data_in_the_way(ports_of(server), snapshot, MADE, unknown_counts=False) == ()
    assert data_in_the_way(ports_of(server), snapshot, MADE, unknown_counts=True) == (
        "dataElements/KEY may hold events: they cannot be counted",
    )
    nothing = replace(MADE, made=())
    assert data_in_the_way(ports_of(server), snapshot, nothing, unknown_counts=True) == ()
    assert users_in_the_way(ports_of(server), snapshot, nothing) == ()


def test_an_option_is_asked_for_by_the_users_of_its_set() -> None:
    """Values hold its code; a group without data is not asked for at all."""
    option = {"id": B, "code": "POS", "optionSet": {"id": C}}
    use = Use(type="dataElements", uid=A, title="E", by="optionSet")
    server = Server({"options": {B: option}}, uses={("optionSets", C): (use,)})
    made = replace(MADE, made=(("options", B), ("userGroups", G)))
    assert data_in_the_way(ports_of(server, 3), a_snapshot({}, {}), made, unknown_counts=True) == (
        f"options/id:{B} holds 3 events",
    )


def test_what_goes_with_what_is_counted_is_not_counted_again() -> None:
    """A stage of a program that goes, an option of elements that go; the same beside one that stays."""
    option = {"id": B, "code": "POS", "optionSet": {"id": C}}
    stage = {"id": G, "program": {"id": PROGRAM}}
    use = Use(type="dataElements", uid=A, title="E", by="optionSet")
    server = Server({"options": {B: option}, "programStages": {G: stage}}, uses={("optionSets", C): (use,)})
    every = (
        ("options", B),
        ("optionSets", C),
        ("dataElements", A),
        ("programStages", G),
        ("programs", PROGRAM),
    )
    counted = data_in_the_way(
        ports_of(server, 3), a_snapshot({}, {}), replace(MADE, made=every), unknown_counts=True
    )
    assert [each.partition("/")[0] for each in counted] == ["dataElements", "programs"]
    counted = data_in_the_way(
        ports_of(server, 3), a_snapshot({}, {}), replace(MADE, made=every[:2]), unknown_counts=True
    )
    assert [each.partition("/")[0] for each in counted] == ["options"]


def test_users_in_the_way() -> None:
    """Who is put back too, only mentions it, or is nobody in particular, stands in no way."""
    uses = (
        Use(type="dataElementGroups", uid=G, title="G", by="dataElements"),
        Use(type="indicators", uid=C, title="I", by="numerator", mentions=True),
        Use(type="sections", uid=Uid(""), title="", by="unknown"),
        Use(type="dashboards", uid=B, title="", by="dashboardItems.visualization"),
    )
    server = Server({}, uses={("dataElements", A): uses})
    assert users_in_the_way(ports_of(server), a_snapshot({}, {}), MADE) == (
        f"dataElements/id:{A} is used by dashboards {B} since",
    )


def test_what_takes_long_is_told() -> None:
    """A line every so many seconds, until it is over."""
    journal = Journal()
    with told_every(journal, "oslo", "call 1 of 2", seconds=0.01):
        while len(journal.told) < 2:
            time.sleep(0.005)
    assert journal.told[0] == "oslo: call 1 of 2 is under way for 0 s"
    count = len(journal.told)
    time.sleep(0.03)
    assert len(journal.told) == count


def test_settings_that_no_plan_asked_for_are_read() -> None:
    """As they stand, in the form in which they are sent."""
    name = SettingName("systemSettings", "keyFlag")
    server = Server({}, settings={name: "norway"})
    sent: Any = {"systemSettings": {Uid("keyFlag"): {"id": "keyFlag", "value": "sweden"}}}
    found = closure(CATALOGUE, server, sent, Answers())
    assert found.before == {"systemSettings": {"keyFlag": {"id": "keyFlag", "value": "norway"}}}


class Writable(Server):
    """Takes every call, or breaks; what was asked of it is remembered."""

    def __init__(self, objects: dict[str, dict[Uid, Any]], *, breaks: int = 0, upkeep: bool = True) -> None:
        super().__init__(objects)
        self.stored = objects
        self.breaks, self.upkeep = breaks, upkeep
        self.kinds: list[StepKind] = []

    def dry_run(self, body: Mapping[str, Any]) -> ImportReport:
        """Fine, once it answers."""
        if self.breaks:
            self.breaks -= 1
            raise Unreachable("the connection broke")
        return ImportReport(ok=True, stats={})

    def perform(self, step: Step) -> ImportReport:
        """Store what is sent."""
        self.kinds.append(step.kind)
        if step.kind is StepKind.MAINTENANCE:
            return ImportReport(ok=self.upkeep, stats={}, message="no")
        for name, items in step.body.items():
            self.stored[name].update({Uid(each["id"]): each for each in items})
        return ImportReport(ok=True, stats={}, committed=True)


def laid(server: Writable) -> Any:
    """Putting the name of an element back."""
    snapshot = a_snapshot({"dataElements": {A: OLD}}, {"dataElements": {A: NEW}}, upkeep=("ouPathsUpdate",))
    clock = SimpleNamespace(seconds=lambda: 1.0, pause=lambda seconds: None)
    ports: Any = SimpleNamespace(server=server, clock=clock)
    return put_back(ports, snapshot, None, looked_at(ports, snapshot, None), lambda message: None)


def test_putting_back_ends_with_the_upkeep_of_the_run() -> None:
    """Nobody knows whether it was done; where it is refused, not all is well."""
    server = Writable({"dataElements": {A: NEW}})
    assert laid(server).is_whole
    assert server.kinds == [StepKind.CALL, StepKind.MAINTENANCE]
    assert not laid(Writable({"dataElements": {A: NEW}}, upkeep=False)).is_whole


def test_a_server_that_does_not_answer_while_putting_back() -> None:
    """Asked again after a while; in the end its silence is the answer."""
    server = Writable({"dataElements": {A: NEW}}, breaks=2)
    assert laid(server).is_whole
    with pytest.raises(Unreachable):
        laid(Writable({"dataElements": {A: NEW}}, breaks=99))


def test_a_second_attempt_keeps_the_first_undo_point_where_somebody_edited_the_same_field() -> None:
    """What stood before the first attempt counts, for nobody can tell what they wanted."""
    theirs = {**THIRD, "lastUpdatedBy": {"id": KARI}}
    ports: Any = SimpleNamespace(server=Server({"dataElements": {A: theirs}}))
    first = a_snapshot(
        {"dataElements": {A: OLD}}, {"dataElements": {A: NEW}}, gone={"options": (B,)}, upkeep=("x",)
    )
    second = a_snapshot({"dataElements": {A: theirs}}, {"dataElements": {A: theirs}}, gone={"options": (C,)})
    united = inherited(first, second, ports)
    assert united.before == {"dataElements": {A: OLD}}
    assert (united.gone, united.upkeep) == ({"options": (B, C)}, ("x",))


def test_members_that_are_no_parts_are_only_orphaned() -> None:
    """An option that leaves its set stands on by itself."""
    before = {"id": G, "options": [{"id": A}]}
    server = Server({"optionSets": {G: before}, "options": {A: {"id": A}}})
    sent: Any = {"optionSets": {G: {"id": G, "options": []}}}
    found = closure(CATALOGUE, server, sent, Answers())
    assert (found.gone, found.before["options"]) == (frozenset(), {A: {"id": A}})


def test_clashes_in_words() -> None:
    """Both values, and what stood before; an object that is gone is said as such."""
    snapshot = a_snapshot({}, {}, names={"dataElements": {A: "KEY"}})
    clashes = {
        ("dataElements", A): (
            Clash(field="", before=True, left=True, now=False),
            Clash(field="name", before=None, left="B", now=7),
        )
    }
    assert list(clashing(snapshot, replace(MADE, clashes=clashes))) == [
        "dataElements/KEY was deleted by hand since the run changed it",
        "dataElements/KEY name was edited since: “B” → 7; it was nothing",
    ]
