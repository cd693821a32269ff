"""Settings and data store entries: the merge table, what is told, what is written, what is kept."""

from collections.abc import Mapping
from typing import Any

import pytest

from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.plan import Kind, Risk
from dhis2cfg.model.questions import Answers, SettingName
from dhis2cfg.model.record import Record, Recorded
from dhis2cfg.model.state import DesiredSetting, State
from dhis2cfg.plan.settings.comparing import SettingComparison, compare_settings, names_of
from dhis2cfg.plan.settings.telling import setting_changes, setting_notes, untold_settings
from dhis2cfg.plan.settings.writing import recorded_settings, settings_step
from tests.unit.plan.planning import at

KEY = "systemSettings/keyFlag"
ENTRY = "dataStore/space/key"


def wanted(ref: str, value: Any = None, **more: Any) -> DesiredSetting:
    """A setting by `type/PATH`."""
    type_name, _, path = ref.partition("/")
    return DesiredSetting(ref=Ref(type_name, path), owner="demo", place=at(1), value=value, **more)


def compared(  # noqa: PLR0913 - what one value depends on, each by its name
    ref: str,
    *,
    desired: DesiredSetting | None = None,
    base: Mapping[str, Any] | None = None,
    live: Mapping[str, Any] | None = None,
    found: tuple[str, ...] = (),
    once: Mapping[str, Any] | None = None,
    untold: bool = False,
) -> SettingComparison:
    """One value, compared; `live` by locale, empty for the value itself."""
    type_name, _, path = ref.partition("/")
    recorded = Recorded(path=path, owner="demo", fields=base or {}, found=found, once=once or {})
    record = Record(
        fleet="demo",
        environment="prod",
        packages={},
        objects={},
        settings={type_name: {path: recorded}} if base is not None or once is not None else {},
    )
    answers = Answers(
        settings={SettingName(type_name, path, locale): value for locale, value in (live or {}).items()},
        untold=frozenset({SettingName(type_name, path)}) if untold else frozenset(),
    )
    state = State(
        municipality="by", packages=(), objects={}, settings={desired.ref: desired} if desired else {}
    )
    (one,) = compare_settings(state, record, answers)
    return one


def rows(comparison: SettingComparison) -> list[tuple[str, str]]:
    """Path and row of every difference."""
    return [(each.path, each.row.value) for each in comparison.differences]


@pytest.mark.parametrize(
    ("ref", "base", "asked", "live", "row"),
    [
        (KEY, None, "b", "b", None),
        (KEY, None, "b", "a", "create"),
        (ENTRY, None, "b", None, "create"),
        (ENTRY, None, "b", "a", "takeover"),
        (KEY, "a", "a", "a", None),
        (KEY, "a", "b", "a", "change"),
        (KEY, "a", "b", "b", None),
        (KEY, "a", "a", "b", "drift"),
        (ENTRY, "a", "a", None, "restore"),
        (KEY, "a", "b", "c", "conflict"),
        (ENTRY, "a", "b", None, "conflict"),
        (KEY, "a", None, "a", "dropped"),
        (KEY, "a", None, "b", "let go"),
        (ENTRY, "a", None, None, "forgotten"),
    ],
)
def test_the_table(ref: str, base: Any, asked: Any, live: Any, row: str | None) -> None:
    """The same fourteen rows as for every field; only the first write of a setting is no takeover."""
    one = compared(
        ref,
        desired=None if asked is None else wanted(ref, asked),
        base=None if base is None else {"value": base},
        live={"": live},
    )
    assert rows(one) == ([] if row is None else [("value", row)])


def test_values_are_compared_as_json() -> None:
    """65.0 is 65, the order of keys says nothing, and true is not 1."""
    same = {"a": 65.0, "b": [1]}
    assert rows(compared(ENTRY, desired=wanted(ENTRY, {"b": [1], "a": 65}), live={"": same})) == []
    assert rows(compared(ENTRY, desired=wanted(ENTRY, 1), live={"": True})) == [("value", "takeover")]


def test_what_was_found_is_let_go() -> None:
    """What stood as asked for before us is never taken away; once written, it is ours."""
    found = compared(ENTRY, desired=wanted(ENTRY, 1), live={"": 1})
    assert (found.found, dict(found.record)) == (("value",), {"value": 1})
    gone = compared(ENTRY, base={"value": 1}, found=("value",), live={"": 1})
    assert rows(gone) == [("value", "let go")]
    written = compared(ENTRY, desired=wanted(ENTRY, 2), base={"value": 1}, found=("value",), live={"": 1})
    assert (rows(written), written.found) == ([("value", "change")], ())


def test_texts_by_locale() -> None:
    """A locale without a text of its own shows the value; one that is to be like it, is."""
    title = "systemSettings/applicationTitle"
    one = wanted(title, "A", texts={"en": "B", "fr": "A"})
    fresh = compared(title, desired=one, live={"": "A", "en": "A", "fr": "A"})
    assert rows(fresh) == [("texts[en]", "create")]
    step = settings_step("systemSettings", [fresh])
    assert step is not None
    assert step.body == {"systemSettings": [{"id": "applicationTitle", "texts": {"en": "B"}}]}
    gone = compared(title, base={"value": "A", "texts[en]": "B"}, live={"": "A", "en": "B"})
    assert rows(gone) == [("value", "dropped"), ("texts[en]", "dropped")]
    step = settings_step("systemSettings", [gone])
    assert step is not None
    assert step.body["systemSettings"] == [{"id": "applicationTitle", "value": None, "texts": {"en": None}}]
    kinds = [(each.field, each.kind, each.label) for each in setting_changes([gone])]
    assert kinds == [("value", Kind.UPDATE, "value"), ("texts[en]", Kind.DELETE, "text (en)")]
    assert names_of(
        State(municipality="", packages=(), objects={}, settings={one.ref: one}),
        None,
    ) == {SettingName("systemSettings", "applicationTitle", locale) for locale in ("", "en", "fr")}


def test_starting_values() -> None:
    """Written once; what is kept of it is only that it was given."""
    first = compared(KEY, desired=wanted(KEY, "a", once=True), live={"": "z"})
    assert (rows(first), dict(first.record), dict(first.once)) == (
        [("value", "create")],
        {},
        {"value": "a"},
    )
    later = compared(KEY, desired=wanted(KEY, "b", once=True), once={"value": "a"}, live={"": "c"})
    assert rows(later) == []
    assert list(setting_notes([later])) == [f"{KEY}: the package now starts with b, here it is c"]
    gone = compared(ENTRY, desired=wanted(ENTRY, 2, once=True), once={"value": 1}, live={"": None})
    assert list(setting_notes([gone])) == [f"{ENTRY}: the package now starts with 2, here it is nothing"]
    managed = compared(KEY, desired=wanted(KEY, "b", once=True), base={"value": "a"}, live={"": "c"})
    assert (rows(managed), list(setting_notes([managed]))) == ([], [])
    kept = recorded_settings([later])["systemSettings"]["keyFlag"]
    assert (dict(kept.fields), dict(kept.once)) == ({}, {"value": "b"})


def test_letting_go() -> None:
    """`!keep` takes it out of the record and writes nothing."""
    one = compared(KEY, desired=wanted(KEY, keep=True), base={"value": "a"}, live={"": "a"})
    assert rows(one) == [("value", "let go")]
    assert settings_step("systemSettings", [one]) is None
    assert recorded_settings([one]) == {}
    assert list(setting_notes([one])) == [f"no longer managed: {KEY}, which stays as it is"]


def test_what_is_not_told() -> None:
    """Nothing is compared or written, what we wrote stays recorded, and apply refuses."""
    one = compared(KEY, desired=wanted(KEY, "b"), base={"value": "a"}, untold=True)
    assert (one.differences, dict(one.record)) == ((), {"value": "a"})
    (refusal,) = untold_settings([one], frozenset({SettingName("systemSettings", "keyFlag")}))
    assert (refusal.word, refusal.place) == ("", at(1))
    dropped = compared(KEY, base={"value": "a"}, untold=True)
    assert recorded_settings([dropped]) == {}
    assert list(untold_settings([dropped], frozenset({SettingName("systemSettings", "keyFlag")}))) == []


@pytest.mark.parametrize(
    ("ref", "risk"),
    [
        (KEY, Risk.VISIBLE),
        ("systemSettings/keyCustomJs", Risk.ACCESS),
        ("systemSettings/keyCalendar", Risk.BREAKING),
        ("dataStore/keyCalendar/keyCustomJs", Risk.VISIBLE),
    ],
)
def test_risks(ref: str, risk: Risk) -> None:
    """What decides who gets in, and what gives stored data another meaning, needs a word."""
    (change,) = setting_changes([compared(ref, desired=wanted(ref, "b"), live={"": "a"})])
    assert change.risk is risk


def test_what_is_told() -> None:
    """An entry comes and goes as a whole; a conflict shows what was applied last."""
    made, gone, conflict = (
        next(setting_changes([one]))
        for one in (
            compared(ENTRY, desired=wanted(ENTRY, 1), live={"": None}),
            compared(ENTRY, base={"value": 1}, live={"": 1}),
            compared(KEY, desired=wanted(KEY, "b"), base={"value": "a"}, live={"": "c"}),
        )
    )
    assert (made.kind, made.field, made.after, made.uid) == (Kind.CREATE, "", {"value": 1}, Uid("space/key"))
    assert (gone.kind, gone.field, gone.before, gone.place) == (Kind.DELETE, "", {"value": 1}, None)
    assert (conflict.kind, conflict.before, conflict.after, conflict.base) == (Kind.UPDATE, "c", "b", "a")
    assert settings_step("dataStore", []) is None
