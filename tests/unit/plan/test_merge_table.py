"""Every cell of the merge table: row × thing, by name, through a whole plan, or the reason why it is empty.

A scene says how base, desired and live are made of letters: `a`, `b`, `c` are values, `-` is not there. The
base is made by a real first apply, the live side by a hand.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from dhis2cfg.model.names import Ref
from dhis2cfg.model.plan import Change, Kind, Reason
from dhis2cfg.model.record import Record
from dhis2cfg.model.state import DesiredObject, Value
from dhis2cfg.plan.merge import ABSENT, CANNOT_OCCUR, ROWS, Row, Thing, decide
from tests.unit.plan.planning import Made, Standing, applied, child, others, plan_of, shared, text, thing

UID, OTHER = "DeSympton01", "OtherThing1"
VALUES = {"a": "first", "b": "second", "c": "third"}


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One thing in one object: how it is written, how it stands, and the path that a change of it has."""

    type: str
    uid: str
    written: Callable[[str], dict[str, Value]]
    live: Callable[[str], dict[str, Any]]
    path: str
    always: Mapping[str, Value]


def _sequence(letter: str) -> tuple[str, ...]:
    return {
        "a": ("Opt1Opt1Opt", "Opt2Opt2Opt", "Opt3Opt3Opt"),
        "b": ("Opt2Opt2Opt", "Opt1Opt1Opt", "Opt3Opt3Opt"),
        "c": ("Opt3Opt3Opt", "Opt2Opt2Opt", "Opt1Opt1Opt"),
    }[letter]


def _references(uids: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"id": uid} for uid in uids]


def _stage_child(letter: str) -> Value:
    """One child; its content is the letter."""
    element = others("dataElements", OTHER)[0]
    return (child("E", dataElement=element, compulsory=letter != "a", displayInReports=letter == "c"),)


def _live_child(letter: str) -> list[dict[str, Any]]:
    return [
        {
            "id": "ChildChild1",
            "dataElement": {"id": OTHER},
            "compulsory": letter != "a",
            "displayInReports": letter == "c",
            "sortOrder": 1,
        }
    ]


ACCESS = {"a": "r-------", "b": "rw------", "c": "--------"}

SCENES = {
    Thing.FIELD: Scene(
        type="dataElements",
        uid=UID,
        written=lambda letter: {"description": VALUES[letter]},
        live=lambda letter: {"description": VALUES.get(letter)},
        path="description",
        always={"name": "Symptom"},
    ),
    Thing.MEMBER: Scene(
        type="dataElementGroups",
        uid=UID,
        written=lambda letter: {"dataElements": others("dataElements", OTHER)},
        live=lambda letter: {"dataElements": _references((OTHER,) if letter != "-" else ())},
        path=f"dataElements[id:{OTHER}]",
        always={"name": "Symptoms"},
    ),
    Thing.CHILD: Scene(
        type="programStages",
        uid=UID,
        written=lambda letter: {"programStageDataElements": _stage_child(letter)},
        live=lambda letter: {"programStageDataElements": _live_child(letter) if letter != "-" else []},
        path=f"programStageDataElements[id:{OTHER}]",
        always={"name": "Stage"},
    ),
    Thing.TRANSLATION: Scene(
        type="dataElements",
        uid=UID,
        written=lambda letter: {"description": text("Beskrivelse", se="Govvádus", en=VALUES[letter])},
        live=lambda letter: {
            "translations": [
                *([_translation("en", VALUES[letter])] if letter != "-" else []),
                _translation("nb", "Beskrivelse"),
                _translation("se", "Govvádus"),
            ]
        },
        path="translations[DESCRIPTION,en]",
        always={"name": "Symptom", "description": text("Beskrivelse", se="Govvádus")},
    ),
    Thing.ENTRY: Scene(
        type="dataElements",
        uid=UID,
        written=lambda letter: {"sharing": shared("--------", **{OTHER: ACCESS[letter]})},
        live=lambda letter: {
            "sharing": {
                "public": "--------",
                "users": {},
                "userGroups": {OTHER: {"id": OTHER, "access": ACCESS[letter]}} if letter != "-" else {},
            }
        },
        path=f"sharing.userGroups[id:{OTHER}]",
        always={"name": "Symptom", "sharing": shared("--------")},
    ),
    Thing.ORDER: Scene(
        type="optionSets",
        uid=UID,
        written=lambda letter: {"options": others("options", *_sequence(letter))},
        live=lambda letter: {"options": _references(_sequence(letter))},
        path="options#order",
        always={"name": "Answers"},
    ),
}


def _translation(locale: str, value: str) -> dict[str, str]:
    return {"property": "DESCRIPTION", "locale": locale, "value": value}


def _written(scene: Scene, letter: str) -> DesiredObject:
    more = scene.written(letter) if letter != "-" else {}
    return thing(f"{scene.type}/KEY", scene.uid, **{**scene.always, **more})


def _server() -> Standing:
    """A server where everything that is referred to stands."""
    server = Standing()
    server.put("dataElements", OTHER, name="Other", code="OTHER")
    server.put("userGroups", OTHER, name="Other group")
    for uid in _sequence("a"):
        server.put("options", uid, name=uid, code=uid)
    return server


def _prepared(scene: Scene, row: str) -> tuple[Standing, Record | None]:
    """The server as the row wants it, and the record of the first apply if there was one."""
    base, live = row[0], row[2]
    server = _server()
    record = None
    if base == "-" and live == "-":
        record = applied([_written(scene, "-")], server)
    elif base == "-":
        server.put(scene.type, scene.uid, name=scene.always["name"], **_base_of(scene), **scene.live(live))
        return server, None
    else:
        record = applied([_written(scene, base)], server)
    server.edit(scene.type, scene.uid, **scene.live(live))
    return server, record


def _base_of(scene: Scene) -> dict[str, Any]:
    """What else a live object of the scene carries."""
    return {"description": "Beskrivelse"} if scene is SCENES[Thing.TRANSLATION] else {}


def _cells() -> Iterator[Any]:
    for row, expected in ROWS.items():
        for thing_ in SCENES:
            if (row, thing_) not in CANNOT_OCCUR:
                yield pytest.param(row, thing_, expected, id=f"{row} {expected.value} {thing_.value}")


REASONS = {
    Row.CREATE: Reason.NEW,
    Row.TAKEOVER: Reason.TAKEOVER,
    Row.CHANGE: Reason.MOVED_ON,
    Row.DRIFT: Reason.DRIFT,
    Row.RESTORE: Reason.DRIFT,
    Row.CONFLICT: Reason.CONFLICT,
    Row.DROPPED: Reason.DROPPED,
}


@pytest.mark.parametrize(("row", "thing_", "expected"), list(_cells()))
def test_cell(row: str, thing_: Thing, expected: Row) -> None:
    """A whole plan does with this thing what the row says."""
    scene = SCENES[thing_]
    server, record = _prepared(scene, row)
    made = plan_of([_written(scene, row[1])], server, record)
    found = [each for each in made.plan.changes if _is_of(scene, each)]
    if thing_ is Thing.CHILD and row == "a-b":
        expected = Row.CONFLICT
    if expected in REASONS:
        assert {each.reason for each in found} == {REASONS[expected]}
        assert scene.path in {each.field for each in found}
    else:
        assert made.plan.changes == ()
    _follows(scene, row, expected, made, server)


def _is_of(scene: Scene, change: Change) -> bool:
    return change.field == scene.path or change.field.startswith(f"{scene.path}.")


def _follows(scene: Scene, row: str, expected: Row, made: Made, server: Standing) -> None:
    """What else the row promises: refusals, notes, what is recorded, what is the municipality's own."""
    words = {word for word, _ in made.refused} & {"takeover", "conflict"}
    assert words == {
        Row.TAKEOVER: {"takeover"},
        Row.CONFLICT: {"conflict"},
    }.get(expected, set())
    recorded = made.record.objects[scene.type]
    kept = {path for each in recorded.values() for path in each.fields}
    was_dropped = row[1] == "-"
    stem = scene.path.replace("id:", "")
    assert (stem in kept) is not was_dropped
    if expected is Row.FOUND:
        assert {path for each in recorded.values() for path in each.found} >= {stem} - {"options#order"}
    if expected is Row.LET_GO:
        assert any("no longer managed" in note for note in made.plan.notes)
    if expected is Row.FORGOTTEN:
        assert any(note.startswith("forgotten: ") for note in made.plan.notes)
    if expected is Row.LOCAL and scene.path.endswith("]"):
        assert scene.path in {each.field for each in made.plan.local}
    server.take(made.plan)
    again = plan_of([_written(scene, row[1])], server, made.record)
    assert again.plan.changes == ()


@pytest.mark.parametrize(
    ("row", "type_name", "refused"),
    [
        pytest.param("-b-", "dataElementGroups", [], id="-b- create object"),
        pytest.param("-bb", "dataElementGroups", [], id="-bb found object"),
        pytest.param("aaa", "dataElementGroups", [], id="aaa same object"),
        pytest.param("aa-", "dataElementGroups", [], id="aa- restore object"),
        pytest.param("ab-", "dataElementGroups", ["conflict"], id="ab- conflict object"),
        pytest.param("a-a", "dataElementGroups", [], id="a-a dropped object: an orphan"),
        pytest.param("a-a", "programIndicators", [], id="a-a dropped object: logic goes"),
        pytest.param("a-b", "dataElementGroups", [], id="a-b let go object: an orphan, edited or not"),
        pytest.param("a-b", "programIndicators", ["conflict"], id="a-b conflict object: logic edited since"),
        pytest.param("a--", "dataElementGroups", [], id="a-- forgotten object"),
    ],
)
def test_cell_of_objects(row: str, type_name: str, refused: list[str]) -> None:
    """Objects are there or not; what was dropped is an orphan, or logic, which goes."""
    base, desired, live = tuple(row)
    server, record = Standing(), None
    whole = thing(f"{type_name}/KEY", UID, name="Symptoms")
    if base == "a":
        record = applied([whole], server)
    if live == "-" and base == "a":
        server.remove(type_name, UID)
    if live == "b":
        if base == "a":
            server.edit(type_name, UID, name="Changed by hand")
        else:
            server.put(type_name, UID, name="Symptoms")
    wanted = {
        "-": [],
        "a": [whole],
        "b": [thing(f"{type_name}/KEY", UID, name="Symptoms" if base == "-" else "Signs")],
    }[desired]
    made = plan_of(wanted, server, record)
    assert [word for word, _ in made.refused] == refused
    kinds = [each.kind for each in made.plan.changes]
    goes = desired == "-" and live != "-" and type_name == "programIndicators"
    expected = [Kind.CREATE] if row in ("-b-", "aa-", "ab-") else [Kind.DELETE] if goes else []
    assert kinds == expected
    stays = desired != "-" or (live != "-" and type_name == "dataElementGroups")
    assert (UID in made.record.objects.get(type_name, {})) is stays
    if row == "-bb":
        assert "" in made.record.objects[type_name][made.known.uid(Ref(type_name, "KEY"))].found
    if desired == "-":
        assert len(made.plan.notes) == (0 if goes else 1)


def test_every_cell_is_tested_or_cannot_occur() -> None:
    """Fourteen rows by seven things: each cell has a test above, or a reason in the table."""
    tested = {(param.values[0], param.values[1]) for param in _cells()}
    objects = {"-b-", "-bb", "aaa", "aa-", "ab-", "a-a", "a-b", "a--"}
    tested |= {(row, Thing.OBJECT) for row in objects}
    cells = {(row, thing_) for row in ROWS for thing_ in Thing}
    assert len(cells) == 98
    assert tested | set(CANNOT_OCCUR) == cells
    assert tested & set(CANNOT_OCCUR) == set()
    assert all(CANNOT_OCCUR.values())


@pytest.mark.parametrize("row", ROWS)
def test_decide_is_the_table(row: str) -> None:
    """The one function gives the row for three values, whatever they are."""
    values = {"-": ABSENT, "a": 1, "b": 2, "c": 3}
    assert decide(*(values[letter] for letter in row)) is ROWS[row]


def test_three_times_nothing_is_nothing() -> None:
    """What nobody has is no row of the table."""
    assert decide(ABSENT, ABSENT, ABSENT) is Row.NOTHING
    assert repr(ABSENT) == "ABSENT"
