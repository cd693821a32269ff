"""Counted reads: what came, what is absent, what is there and cannot be read."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from dhis2cfg.catalogue import shipped
from dhis2cfg.dhis2.reads import lookups
from dhis2cfg.dhis2.reads.objects import Read, Reader
from dhis2cfg.dhis2.reads.queries import Selection
from dhis2cfg.errors import NotSupported, ServerRefused
from dhis2cfg.model.http import Request, Response
from dhis2cfg.model.names import Uid
from tests.unit.dhis2.fakes import JSON, URL, a_session, json_answer, session_over

A, B, C, D, E = (Uid(f"Element000{letter}") for letter in "ABCDE")
NO_DEFAULTS: Mapping[str, Uid] = {}


class Exporting:
    """A server that answers /api/metadata from objects by type.

    `broken` cuts its type off where sharing is told (facts §17.1), and `gist` tells it all the same; a
    `forbidden` type refuses the request.
    """

    def __init__(
        self, objects: Mapping[str, list[dict[str, Any]]], broken: str = "", forbidden: str = ""
    ) -> None:
        self.objects = objects
        self.broken = broken
        self.forbidden = forbidden
        self.gist: Any = None
        self.queries: list[dict[str, str]] = []

    @property
    def url(self) -> str:
        """The base URL."""
        return URL

    def send(self, request: Request) -> Response:
        """The objects that the filters give."""
        query = dict(parse_qsl(urlsplit(request.path).query))
        self.queries.append(query)
        if "/gist" in request.path:
            return json_answer(self.gist)
        if any(name.startswith(f"{self.forbidden}:") for name in query if self.forbidden):
            return json_answer({"message": "may not"}, 409)
        answer: dict[str, Any] = {"system": {"id": "x"}}
        for name, condition in query.items():
            type_name, _, what = name.partition(":")
            if what != "filter":
                continue
            path, operator, text = condition.split(":", 2)
            values = text[1:-1].split(",") if operator == "in" else [text]
            found = [each for each in self.objects.get(type_name, []) if each.get(path) in values]
            if self.broken and "skipSharing" not in query:
                ids = [each["id"] for each in found]
                found = found[: ids.index(Uid(self.broken))] if self.broken in ids else found
            answer[type_name] = found
        return json_answer(answer)

    def close(self) -> None:
        """Nothing to let go of."""


def a_reader(server: Exporting) -> Reader:
    """A reader of a 2.42 server."""
    return Reader(session_over(server), shipped.load("2.42"))


def read(server: Exporting, wanted: Mapping[str, tuple[Uid, ...]]) -> Read:
    """What a reader makes of a server that has no defaults."""
    return a_reader(server).read(wanted, lambda: NO_DEFAULTS)


def elements(*uids: str) -> list[dict[str, Any]]:
    """Data elements of these ids."""
    return [{"id": uid, "name": uid} for uid in uids]


def test_what_came_and_what_is_absent() -> None:
    """An object that does not come is asked for by id alone, before it is called absent."""
    server = Exporting({"dataElements": elements(A, B)})
    got = read(server, {"dataElements": (A, B, C), "options": ()})
    assert got.objects == {
        "dataElements": {A: {"id": A, "name": A}, B: {"id": B, "name": B}, C: None},
        "options": {},
    }
    assert got.hidden == frozenset()
    assert [query.get("dataElements:fields") for query in server.queries] == [":owner", "id"]
    assert server.queries[1]["skipSharing"] == "true"


def test_all_came() -> None:
    """Where all came, nothing is asked again."""
    server = Exporting({"dataElements": elements(A)})
    read(server, {"dataElements": (A,)})
    assert len(server.queries) == 1


def test_a_deleted_group_breaks_a_list() -> None:
    """One object with broken sharing hides itself alone; those that were cut off with it are read."""
    server = Exporting({"dataElements": elements(A, B, C, D, E)}, broken=C)
    got = read(server, {"dataElements": (A, B, C, D, E)})
    assert got.hidden == {("dataElements", C)}
    assert [uid for uid, live in got.objects["dataElements"].items() if live is None] == [C]


def test_sharing_that_no_list_can_tell_is_told_by_the_gist() -> None:
    """It names nobody, so a deleted group does not break it: object and sharing are put together again."""
    server = Exporting({"dataElements": elements(A, B, C)}, broken=B)
    sharing = {"owner": "UserOwner01", "public": "--------", "userGroups": {"GroupGone01": {}}}
    server.gist = {"dataElements": [{"id": B, "sharing": sharing}, {"id": C}]}
    got = read(server, {"dataElements": (A, B, C)})
    assert got.hidden == set()
    assert got.objects["dataElements"][B] == {"id": B, "name": B, "sharing": sharing}
    assert got.objects["dataElements"][C] == {"id": C, "name": C}


def test_a_broken_list_may_be_500() -> None:
    """2.41 may answer 500 to a list with broken sharing: it is read in parts, the broken one is hidden."""
    head = "GET /api/metadata?options:filter=id:"
    ending = "&options:fields=:owner&defaults=INCLUDE"
    session, _, _ = a_session(
        {
            f"{head}in:[{A},{B}]{ending}": Response(
                status=500, headers=JSON, body=b'{"options":[{{"status":500}'
            ),
            f"{head}in:[{A},{B}]&options:fields=id&defaults=INCLUDE&skipSharing=true": json_answer(
                {"options": [{"id": A}, {"id": B}]}
            ),
            f"{head}eq:{A}{ending}": json_answer({"options": [{"id": A, "code": "a"}]}),
            f"{head}eq:{B}{ending}": json_answer({}, 500),
        }
    )
    got = Reader(session, shipped.load("2.42")).read({"options": (A, B)}, lambda: NO_DEFAULTS)
    assert got.objects == {"options": {A: {"id": A, "code": "a"}, B: None}}
    assert got.hidden == {("options", B)}


def test_a_server_in_trouble_is_not_a_broken_list() -> None:
    """Where the read by id alone fails too, that is no broken list but an error."""
    head = "GET /api/metadata?options:filter=id:eq:"
    session, _, _ = a_session(
        {
            f"{head}{A}&options:fields=:owner&defaults=INCLUDE": json_answer({}, 500),
            f"{head}{A}&options:fields=id&defaults=INCLUDE&skipSharing=true": json_answer({}, 500),
        }
    )
    with pytest.raises(ServerRefused, match="500"):
        Reader(session, shipped.load("2.42")).read({"options": (A,)}, lambda: NO_DEFAULTS)


def test_a_type_that_may_not_be_read() -> None:
    """A refusal makes only the objects of its own type unknown."""
    server = Exporting({"dataElements": elements(A)}, forbidden="users")
    got = read(server, {"dataElements": (A,), "users": (B,)})
    assert got.hidden == {("users", B)}
    assert got.objects == {"dataElements": {A: {"id": A, "name": A}}, "users": {B: None}}


def test_other_refusals_raise() -> None:
    """A refusal that is not about rights is not taken for hidden objects."""
    session, _, _ = a_session({})
    with pytest.raises(ServerRefused, match="404"):
        Reader(session, shipped.load("2.42")).read({"options": (A,)}, lambda: NO_DEFAULTS)


def test_an_empty_answer_has_no_objects() -> None:
    """A body without anything, as one broken object alone gives it, is no object."""
    path = "/api/metadata?options:filter=id:eq:ElementA&options:fields={}&defaults=INCLUDE"
    session, _, _ = a_session(
        {
            f"GET {path.format(':owner')}": Response(status=200),
            f"GET {path.format('id')}&skipSharing=true": json_answer({"options": [{"id": "ElementA"}]}),
        }
    )
    got = Reader(session, shipped.load("2.42")).read({"options": (Uid("ElementA"),)}, lambda: NO_DEFAULTS)
    assert got.hidden == {("options", "ElementA")}


def test_no_question_is_asked_twice() -> None:
    """Whole objects are asked for in new words each time: what a server answered before may be stale."""
    server = Exporting({"programRuleActions": elements(A)})
    first, second = (read(server, {"programRuleActions": (A,)}) for _ in range(2))
    assert first == second
    assert server.queries[0] != server.queries[1]


def test_forgotten_fields_are_asked_for() -> None:
    """`:owner` forgets two fields of rule actions, on every version (facts §2.3)."""
    server = Exporting({"programRuleActions": elements(A)})
    read(server, {"programRuleActions": (A,)})
    assert server.queries[0]["programRuleActions:fields"] == (
        ":owner,programRuleActionEvaluationEnvironments,programRuleActionEvaluationTime"
    )


def test_unknown_types_are_never_asked() -> None:
    """A type that the version does not know would export the whole server: it is refused by name."""
    server = Exporting({})
    with pytest.raises(NotSupported, match=r"programz on DHIS2 2\.42, which has no such type"):
        read(server, {"programz": (A,)})
    with pytest.raises(NotSupported):
        a_reader(server).select(
            [Selection(type="programz", path="id", values=("a",), fields="id")], skip_sharing=True
        )
    assert server.queries == []


def test_own_defaults_are_left_out() -> None:
    """A reference to the server's default is left out of the object itself, and kept inside its children."""
    combo = {"id": "Combo000001"}
    default = {"id": "bjDvmb4bfuf"}
    server = Exporting(
        {
            "dataSets": [
                {"id": A, "categoryCombo": default, "dataSetElements": [{"categoryCombo": default}]},
                {"id": B, "categoryCombo": combo},
            ]
        }
    )
    got = a_reader(server).read({"dataSets": (A, B)}, lambda: {"categoryCombos": Uid("bjDvmb4bfuf")})
    assert got.objects["dataSets"] == {
        A: {"id": A, "dataSetElements": [{"categoryCombo": default}]},
        B: {"id": B, "categoryCombo": combo},
    }


def test_by_value() -> None:
    """Objects are found by exact values; what nobody has gives nothing, empty values are not asked."""
    server = Exporting(
        {"options": [{"id": "B", "code": "x"}, {"id": "A", "code": "x"}, {"id": "C", "code": "a,b"}]}
    )
    found = lookups.by_value(a_reader(server), {("options", "code"): ("x", "y", "a,b", "")})
    assert found == {
        ("options", "code", "x"): ("A", "B"),
        ("options", "code", "y"): (),
        ("options", "code", "a,b"): ("C",),
        ("options", "code", ""): (),
    }
    assert all(query["skipSharing"] == "true" for query in server.queries)


def test_by_empty_values() -> None:
    """Where no value is left to ask for, nothing is asked."""
    server = Exporting({})
    assert lookups.by_value(a_reader(server), {("options", "code"): ("",)}) == {("options", "code", ""): ()}
    assert server.queries == []


def test_by_path() -> None:
    """A property may be a path, through lists too, to find who points at an object."""
    rules = {"programRules": [{"id": "R1", "program": {"id": "P1"}}, {"id": "R2"}]}
    groups = {"dataElementGroups": [{"id": "G1", "dataElements": [{"id": "E1"}, {"id": "E2"}]}]}
    query = (
        "GET /api/metadata?dataElementGroups:filter=dataElements.id:eq:E2"
        "&dataElementGroups:fields=id,dataElements[id]"
        "&programRules:filter=program.id:in:[P1,P2]&programRules:fields=id,program[id]"
        "&defaults=INCLUDE&skipSharing=true"
    )
    session, _, _ = a_session({query: json_answer({**rules, **groups})})
    found = lookups.by_value(
        Reader(session, shipped.load("2.42")),
        {("dataElementGroups", "dataElements.id"): ("E2",), ("programRules", "program.id"): ("P1", "P2")},
    )
    assert found == {
        ("dataElementGroups", "dataElements.id", "E2"): ("G1",),
        ("programRules", "program.id", "P1"): ("R1",),
        ("programRules", "program.id", "P2"): (),
    }


def test_defaults() -> None:
    """The defaults are found by their name; a type without one is left out."""
    server = Exporting({"categories": [{"id": "GLevLNI9wkl", "name": "default"}], "categoryCombos": []})
    assert lookups.defaults(a_reader(server)) == {"categories": "GLevLNI9wkl"}


LIST = "GET /api/users?filter=username:in:[kari,o,la]&fields=id,username&paging=false"


def test_users() -> None:
    """Users are found in the list; who is not in it is looked up alone, and compared by name."""
    session, transport, _ = a_session(
        {
            LIST: json_answer({"users": [{"id": "U1", "username": "kari"}, {"id": "U9"}]}),
            "GET /api/userLookup/o,la": json_answer({"id": "U2", "username": "another"}),
        }
    )
    assert lookups.users(session, ("kari", "o,la")) == {"kari": "U1", "o,la": None}
    assert len(transport.requests) == 2


def test_users_without_the_authority() -> None:
    """An account that may not list users looks each one up; an empty answer is nobody."""
    session, _, _ = a_session(
        {
            LIST: json_answer({}, 403),
            "GET /api/userLookup/kari": json_answer({"id": "U1", "username": "kari"}),
            "GET /api/userLookup/o,la": Response(status=200),
        }
    )
    assert lookups.users(session, ("kari", "o,la")) == {"kari": "U1", "o,la": None}


def test_users_that_may_not_be_looked_up() -> None:
    """Where even that is refused, the message says which authority is missing."""
    session, _, _ = a_session(
        {LIST: json_answer({}, 403), "GET /api/userLookup/kari": json_answer({"message": "no"}, 403)}
    )
    with pytest.raises(ServerRefused) as caught:
        lookups.users(session, ("kari", "o,la"))
    assert caught.value.what == "the account may not look up the user kari on oslo"
    assert caught.value.details == ("no",)
    assert "F_USER_VIEW" in caught.value.following[0]
