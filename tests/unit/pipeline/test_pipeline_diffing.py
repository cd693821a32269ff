"""For whom a change is, and what fleet and municipality files say otherwise."""

import pytest

from dhis2cfg.load.text.events import parse
from dhis2cfg.model.names import Foreign, Ref, Uid
from dhis2cfg.model.plan import Risk
from dhis2cfg.model.sources import FleetSource
from dhis2cfg.model.state import Sharing, State
from dhis2cfg.model.tree import Document
from dhis2cfg.pipeline.diffing.affected import Audience
from dhis2cfg.pipeline.diffing.settings import settings_changes, usernames, written
from dhis2cfg.pipeline.diffing.wording import wording
from tests.unit.plan.planning import child, thing

GROUP = Ref("userGroups", "G")


def shared(access: str, *, foreign: bool = False) -> Sharing:
    """Sharing with one group."""
    group = Foreign("userGroups", Uid("GroupGroup1")) if foreign else GROUP
    return Sharing(public=None, user_groups={group: access})


def document(text: str, file: str = "a.yaml") -> Document:
    """A file."""
    return parse(text, file)[0]


def test_for_whom() -> None:
    """Those who register in a stage, or see a dashboard; a group itself; nobody knows of the rest."""
    objects = (
        thing("userGroups/G", None, name="Leger"),
        thing("dataElements/E", None, name="Felt", sharing=shared("r-------")),
        thing(
            "programStages/P/S",
            None,
            name="Steg",
            sharing=shared("r-r-----"),
            programStageDataElements=(child("E", dataElement=Ref("dataElements", "E")),),
        ),
        thing("programs/P", None, name="Program"),
        thing("dashboards/D", None, name="Tavle", sharing=shared("r-------", foreign=True)),
        thing("dataSets/X", None, name="Sett", sharing=shared("r-------")),
        thing("constants/C", None, name="Tall", value=Foreign("constants", Uid("ConstantCo1"))),
    )
    sees = Audience(State(municipality="", packages=(), objects={each.ref: each for each in objects}))
    assert sees.of(Ref("dataElements", "E")).groups == ("Leger",)
    assert sees.of(Ref("dataElements", "E")).stands_in == ("Steg",)
    assert sees.of(Ref("dashboards", "D")).groups == ("a group of the server",)
    assert sees.of(Ref("dataSets", "X")).groups is None
    assert sees.of(Ref("programs", "P")).groups is None
    assert sees.of(Ref("constants", "C")).groups is None
    assert sees.of(GROUP).groups == ("Leger",)
    alone = Audience(State(municipality="", packages=(), objects={each.ref: each for each in objects[2:4]}))
    assert alone.of(Ref("programStages", "P/S")).groups == ("G",)


def test_values_of_files() -> None:
    """Tags, lists of mappings and lists of lists are told on one line."""
    values = written(document("a: !var b\nc: [{d: !once 1, e: [f, g]}]\nh: {}\n"))
    assert {".".join(path): each.text for path, each in values.items()} == {
        "a": "!var b",
        "c.d: !once 1, e: f, g": "d: !once 1, e: f, g",
        "h": "",
    }
    assert written(None) == {}


def test_files_that_come_and_go() -> None:
    """A municipality that is new, gone, or stands under another name; a workspace without a fleet."""
    one = FleetSource(fleet=None, municipalities={"a": document("number: '1'\nname: A\n")})
    other = FleetSource(fleet=None, municipalities={"b": document("number: '1'\nname: A\n")})
    empty = FleetSource(fleet=None, municipalities={"c": document("")})
    assert [each.kind.value for each in settings_changes(one, other)] == ["move"]
    assert [each.kind.value for each in settings_changes(one, FleetSource(fleet=None))] == ["delete"]
    assert [each.place for each in settings_changes(FleetSource(fleet=None), empty)] == [None]
    unnamed = FleetSource(fleet=None, municipalities={"b": document("number: '1'\n")})
    assert [each.title for each in settings_changes(one, unnamed)] == ["A", "b"]


@pytest.mark.parametrize(
    ("path", "label", "risk"),
    [
        (("something",), "something", Risk.VISIBLE),
        (("servers", "prod", "ca"), "server: ca in prod", Risk.ACCESS),
        (
            ("servers", "prod", "packages", "p", "parameters", "days"),
            "days (parameter of p), in prod alone",
            Risk.VISIBLE,
        ),
        (
            ("servers", "prod", "patches", "programs/P", "sharing"),
            "its own sharing of P, in prod alone",
            Risk.ACCESS,
        ),
        (("servers", "prod", "members", "userGroups/G", "k"), "member k of G, in prod alone", Risk.ACCESS),
        (("server", "url"), "address of the server", Risk.ACCESS),
        (("servers", "prod"), "server: prod", Risk.ACCESS),
        (("packages",), "packages", Risk.VISIBLE),
        (("packages", "p"), "package p", Risk.VISIBLE),
        (("packages", "p", "version"), "version of p", Risk.VISIBLE),
        (("members",), "member of ", Risk.ACCESS),
        (("assign",), "unit that works with ", Risk.ACCESS),
        (("patches",), "its own  of ", Risk.VISIBLE),
        (("patches", "programs/P", "name"), "its own name of P", Risk.VISIBLE),
        (("allow", "x"), "permission x", Risk.ACCESS),
        (("shared", "dataElements/E"), "whose values count for dataElements/E", Risk.ACCESS),
        (
            ("servers", "prod", "adopt", "dataElements/E", "code"),
            "stands on its server already: dataElements/E code, in prod alone",
            Risk.BREAKING,
        ),
    ],
)
def test_words_of_files(path: tuple[str, ...], label: str, risk: Risk) -> None:
    """What each value is called, and what its change may do."""
    told = wording("municipalities", path, is_new=True)
    assert (told.label, told.risk) == (label, risk)


def test_what_is_less_dangerous_when_it_goes() -> None:
    """A permission, a member or a unit that goes gives nobody more."""
    for path in (("allow", "x"), ("members", "userGroups/G", "k"), ("assign", "programs/P", "u")):
        assert wording("municipalities", path, is_new=False).risk.rank < Risk.ACCESS.rank
    assert wording("fleet", ("defaults",), is_new=True).label == "defaults"


def test_names_of_persons() -> None:
    """Members of groups, and users that something is shared with."""
    text = "members: {userGroups/G: [kari, ola]}\nsharing: {public: x, users: {per: r-------}}\nother: [x]\n"
    assert set(usernames(document(text).root)) == {"kari", "ola", "per"}
    assert list(usernames(None)) == []
