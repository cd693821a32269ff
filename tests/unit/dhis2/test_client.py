"""The metadata server as planning and applying see it."""

from typing import Any

import pytest

from dhis2cfg.catalogue import shipped
from dhis2cfg.dhis2.client import Dhis2Server
from dhis2cfg.dhis2.importing import ImportMode, import_path
from dhis2cfg.errors import NeverSent, NotSupported, Unreachable
from dhis2cfg.model.http import Response
from dhis2cfg.model.names import Uid
from dhis2cfg.model.questions import Answers, Questions
from tests.unit.dhis2.fakes import Answer, FakeTransport, a_call, a_session, json_answer, page

INFO = "GET /api/system/info"
ME = "GET /api/me?fields=id,username,authorities,userRoles[id,authorities]"
LOCALES = "GET /api/locales/db"
SETTING = "GET /api/systemSettings/keyDbLocale"
VALIDATE = f"POST {import_path(ImportMode.VALIDATE)}"
COMMIT = f"POST {import_path(ImportMode.COMMIT)}"
DEFAULTS = (
    "GET /api/metadata?categories:filter=name:eq:default&categories:fields=id,name"
    "&categoryCombos:filter=name:eq:default&categoryCombos:fields=id,name"
    "&categoryOptionCombos:filter=name:eq:default&categoryOptionCombos:fields=id,name"
    "&categoryOptions:filter=name:eq:default&categoryOptions:fields=id,name&defaults=INCLUDE&skipSharing=true"
)
DEFAULT_COMBO = {"categoryCombos": [{"id": "bjDvmb4bfuf", "name": "default"}]}
OK = {
    "status": "OK",
    "response": {
        "status": "OK",
        "stats": {"created": 1, "updated": 0, "deleted": 0, "ignored": 0, "total": 1},
        "typeReports": [],
    },
}
BODY = {"options": [{"id": "Option00001"}]}


def basics(version: str = "2.42.5.2", **info: Any) -> dict[str, Answer | list[Answer]]:
    """What every server answers."""
    return {
        INFO: json_answer(
            {"version": version, "revision": "91f1f41", "serverDate": "2026-11-24T10:00:00.000", **info}
        ),
        ME: json_answer({"id": "M5zQapPyTZI", "username": "robot", "authorities": ["ALL"]}),
        LOCALES: json_answer([{"locale": "en"}, {"locale": "no"}]),
        SETTING: json_answer({"keyDbLocale": "en"}),
    }


def a_server(answers: dict[str, Any]) -> tuple[Dhis2Server, FakeTransport]:
    """A client over prepared answers."""
    session, transport, _ = a_session(answers)
    return Dhis2Server(session, shipped.for_server), transport


def test_facts() -> None:
    """Facts are asked for once and hold version, time, locales and account."""
    server, transport = a_server(basics(systemId="abc"))
    facts = server.facts()
    assert server.facts() is facts
    assert len(transport.requests) == 4
    assert (facts.version, facts.minor, facts.time) == ("2.42.5.2", "2.42", "2026-11-24T10:00:00.000")
    assert (facts.locales, facts.database_locale, facts.system_id) == (("en", "no"), "en", "abc")
    assert (facts.account.username, facts.account.may_everything) == ("robot", True)
    assert not facts.is_sandbox


@pytest.mark.parametrize(
    "answer",
    [
        json_answer({"keyDbLocale": ""}),
        json_answer({"keyDbLocale": None}),
        json_answer({}, 404),
        Response(status=200),
    ],
)
def test_no_database_locale(answer: Response) -> None:
    """A database language that is not set, or may not be asked for, is empty (2.41)."""
    server, _ = a_server({**basics("2.41.9.1"), SETTING: answer})
    assert server.facts().database_locale == ""


def test_sandbox_is_known() -> None:
    """The embedded server says what it is."""
    server, _ = a_server(basics(systemName="dhis2cfg sandbox"))
    assert server.facts().is_sandbox


@pytest.mark.parametrize("answer", [json_answer({}, 404), json_answer({"status": "up"}), json_answer([])])
def test_something_that_is_no_dhis2(answer: Response) -> None:
    """What does not tell a version is no DHIS2; the url may need a path."""
    server, _ = a_server({INFO: answer})
    with pytest.raises(Unreachable) as caught:
        server.facts()
    assert caught.value.what == (
        "oslo does not answer as DHIS2 does (https://oslo.example.org/api/system/info)"
    )
    assert "https://host/dhis" in caught.value.following[0]


def test_answers_add_up() -> None:
    """A round adds to what was known: objects, values, users and defaults."""
    objects = (
        "GET /api/metadata?dataElements:filter=id:eq:Element000A&dataElements:fields=:owner&defaults=INCLUDE"
    )
    codes = (
        "GET /api/metadata?options:filter=code:eq:X&options:fields=id,code&defaults=INCLUDE&skipSharing=true"
    )
    live = {"id": "Element000A", "categoryCombo": {"id": "bjDvmb4bfuf"}, "name": "a"}
    server, transport = a_server(
        {
            **basics(),
            objects: json_answer({"dataElements": [live]}),
            codes: json_answer({"options": [{"id": "Option00001", "code": "X"}]}),
            DEFAULTS: json_answer(DEFAULT_COMBO),
            "GET /api/users?filter=username:in:[kari]&fields=id,username&paging=false": json_answer(
                {"users": [{"id": "U1", "username": "kari"}]}
            ),
        }
    )
    known = Answers(
        objects={"dataElements": {Uid("Element000B"): None}},
        hidden=frozenset({("programs", Uid("P"))}),
        users={"ola": None},
    )
    got = server.answer(
        Questions(
            objects={"dataElements": (Uid("Element000A"),)},
            by={("options", "code"): ("X",)},
            usernames=("kari",),
            defaults=True,
        ),
        known,
    )
    assert got == Answers(
        objects={
            "dataElements": {Uid("Element000B"): None, Uid("Element000A"): {"id": "Element000A", "name": "a"}}
        },
        hidden=frozenset({("programs", Uid("P"))}),
        by={("options", "code", "X"): (Uid("Option00001"),)},
        users={"ola": None, "kari": Uid("U1")},
        defaults={"categoryCombos": Uid("bjDvmb4bfuf")},
    )
    assert transport.asked.count(DEFAULTS) == 1


def test_nothing_asked() -> None:
    """An empty round gives what was known, and asks the server nothing."""
    server, transport = a_server({})
    assert server.answer(Questions(), Answers()) == Answers()
    assert transport.requests == []


def test_dry_run_and_commit() -> None:
    """A dry run and a commit send the same bytes to their own paths, once."""
    server, transport = a_server({**basics(), VALIDATE: json_answer(OK), COMMIT: json_answer(OK)})
    assert (server.dry_run(BODY).ok, server.dry_run(BODY).committed) == (True, False)
    assert (server.perform(a_call(BODY)).ok, server.perform(a_call(BODY)).committed) == (True, True)
    sent = [request.body for request in transport.requests if request.method == "POST"]
    assert sent == [b'{"options":[{"id":"Option00001"}]}'] * 4


@pytest.mark.parametrize(
    ("answer", "committed", "message"),
    [
        (Unreachable("broke", details=("ReadTimeout",)), None, "broke; ReadTimeout"),
        (page(), None, "the server said 200"),
        (page(403), None, "the server said 403"),
        (json_answer({}, 429), None, "the server said 429"),
        (json_answer({"message": "Unable to perform"}, 500), None, "Unable to perform"),
        (NeverSent("down"), False, "down"),
        (json_answer({}, 401), False, "cannot sign in to oslo"),
        (json_answer({"message": "duplicate key"}, 409), False, "duplicate key"),
        (page(413), False, "oslo refused a request of 34 bytes as too large"),
    ],
)
def test_commits_always_end_in_a_report(*, answer: Answer, committed: bool | None, message: str) -> None:
    """Whatever becomes of a commit, the report says whether something was written, or that nobody knows."""
    server, transport = a_server({**basics(), COMMIT: answer})
    got = server.perform(a_call(BODY))
    assert (got.ok, got.committed) == (False, committed)
    assert got.message.startswith(message)
    assert transport.asked.count(COMMIT) == 1


def test_dry_runs_that_get_no_answer_raise() -> None:
    """A dry run without an answer is an unreachable server."""
    server, _ = a_server({**basics(), VALIDATE: Unreachable("broke")})
    with pytest.raises(Unreachable):
        server.dry_run(BODY)


def test_unknown_versions_are_sent_nothing() -> None:
    """A server without a catalogue is refused before anything is sent to it."""
    server, transport = a_server({**basics("2.99.0")})
    with pytest.raises(NotSupported, match=r"2\.99"):
        server.perform(a_call(BODY))
    assert all(request.method == "GET" for request in transport.requests)
