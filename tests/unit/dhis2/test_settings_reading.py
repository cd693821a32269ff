"""What stands beside metadata, as the versions tell it."""

from typing import Any

import pytest

from dhis2cfg.dhis2.reads.settings import SettingsRead, read_settings
from dhis2cfg.model.http import Response
from dhis2cfg.model.questions import SettingName
from tests.unit.dhis2.fakes import Answer, a_session, json_answer

TITLE = SettingName("systemSettings", "applicationTitle")
LIST = "GET /api/systemSettings?key="


def read(answers: dict[str, Answer | list[Answer]], *names: SettingName, minor: str = "2.42") -> SettingsRead:
    """What is read of a server that answers so."""
    session, _, _ = a_session(answers)
    return read_settings(session, names, minor)


def setting(key: str) -> SettingName:
    """A setting by its key."""
    return SettingName("systemSettings", key)


def test_values_come_with_their_types() -> None:
    """In one request; a constant is read as it is written, an empty text is nothing."""
    told = {"factorDeviation": 2.0, "keyAnalysisDisplayProperty": "shortName", "keyCustomCss": ""}
    names = [setting(key) for key in told]
    answers: dict[str, Answer | list[Answer]] = {LIST + "&key=".join(told): json_answer(told)}
    assert read(answers, *names).values == {
        setting("factorDeviation"): 2.0,
        setting("keyAnalysisDisplayProperty"): "SHORTNAME",
        setting("keyCustomCss"): None,
    }


@pytest.mark.parametrize(
    ("minor", "key", "answer", "is_told"),
    [
        ("2.41", "keyDbLocale", {}, True),
        ("2.42", "keyDbLocale", {}, False),
        ("2.42", "zzNothing", {"zzNothing": ""}, False),
        ("2.41", "globalShellEnabled", {}, False),
        ("2.42", "keyEmailPassword", {"keyEmailPassword": ""}, False),
        ("2.42", "keyDbLocale", [], False),
    ],
)
def test_what_nobody_tells(minor: str, key: str, answer: Any, *, is_told: bool) -> None:
    """2.41 leaves out what has no default, later versions answer nothing to any key: the table decides."""
    got = read({LIST + key: json_answer(answer)}, setting(key), minor=minor)
    assert (setting(key) in got.values, setting(key) in got.untold) == (is_told, not is_told)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b'{"applicationTitle":"Tittel"}', "Tittel"),
        (b'{"applicationTitle":""}', None),
        (b"{}", None),
        ("Smittevern æ".encode(), "Smittevern æ"),
        (b'{"other": 1}', '{"other": 1}'),
        (b"12", "12"),
        (b"", None),
    ],
)
def test_texts_by_locale(body: bytes, text: str | None) -> None:
    """JSON on 2.41, the bare text later; a text that looks like JSON is one all the same."""
    name = SettingName("systemSettings", "applicationTitle", "nb")
    answers: dict[str, Answer | list[Answer]] = {
        LIST + "applicationTitle": json_answer({"applicationTitle": "Title"}),
        "GET /api/systemSettings/applicationTitle?locale=nb": Response(
            status=200, headers={"content-type": "text/plain"}, body=body
        ),
    }
    assert read(answers, TITLE, name).values == {TITLE: "Title", name: text}


def test_entries() -> None:
    """Any JSON; one that is not there is None, one that may not be read is not told."""
    names = [SettingName("dataStore", f"my space/{key}") for key in ("a", "none", "closed")]
    base = "GET /api/dataStore/my space/"
    got = read(
        {
            f"{base}a": json_answer({"x": [1, None]}),
            f"{base}none": json_answer({"message": "Key not found"}, 404),
            f"{base}closed": json_answer({"message": "Access denied"}, 403),
        },
        *names,
    )
    assert got.values == {names[0]: {"x": [1, None]}, names[1]: None}
    assert got.untold == {names[2]}


def test_nothing_asked() -> None:
    """No name, no request."""
    session, transport, _ = a_session({})
    assert read_settings(session, (), "2.42") == SettingsRead()
    assert transport.asked == []
