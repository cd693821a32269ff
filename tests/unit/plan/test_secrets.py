"""Secrets in a plan: compared by what was sent, sent with every write, refused where they are not there."""

from dataclasses import replace

from dhis2cfg.model.state import DesiredObject, Opaque, Secret
from dhis2cfg.plan.tags.secrets import AGAIN, renews, secret_names, to_renew
from tests.unit.plan.planning import Standing, applied, plan_of, thing

UID = "RouteRoute1"


def route(name: str = "Lab", username: str = "robot") -> DesiredObject:
    """A route whose password is a secret."""
    auth = {"type": "http-basic", "username": username, "password": Secret(name="LAB")}
    return thing("routes/R", UID, name=name, url="https://lab", auth=Opaque(json=auth))


def test_they_go_with_every_write() -> None:
    """By name, also where another field changes; the record holds digests of shape and secret."""
    server = Standing(secrets={"LAB": "0a1b2c3d"})
    made = plan_of([route()], server)
    assert made.body(UID)["auth"]["password"] == {"!secret": "LAB"}
    record = applied([route()], server)
    kept = record.objects["routes"][next(iter(record.objects["routes"]))]
    shape, secret = str(kept.fields["auth"]).split(", ")
    assert (len(shape), secret) == (8, "LAB 0a1b2c3d")
    server.edit("routes", UID, auth={"type": "http-basic", "username": "robot"})
    again = plan_of([route(name="Laboratory")], server, record)
    assert [each[0] for each in again.told] == ["name"]
    assert again.body(UID)["auth"]["password"] == {"!secret": "LAB"}


def test_a_secret_that_is_not_there() -> None:
    """It is named, and what does not send it needs it not."""
    server = Standing()
    assert plan_of([route()], server).refused == [
        ("", "the secret LAB is not there, and routes/R is sent with it")
    ]
    server.secrets["LAB"] = "0a1b2c3d"
    record = applied([route()], server)
    server.secrets.clear()
    assert plan_of([route()], server, record).refused == []


def test_another_value_is_said_and_sent_when_asked_for() -> None:
    """Alone it changes nothing; sent again, or with another change, the record knows the new one."""
    server = Standing(secrets={"LAB": "0a1b2c3d"})
    record = applied([route()], server)
    server.secrets["LAB"] = "ffffffff"
    made = plan_of([route()], server, record)
    assert made.plan.changes == ()
    assert made.plan.notes == ("the secret LAB is another one than was sent: --renew-secrets sends it",)
    assert not renews(made.plan)
    renewed = plan_of([route()], server, to_renew(record))
    assert renewed.told == [("auth", "the package moved on", AGAIN, renewed.change("auth").after)]
    assert renews(renewed.plan)
    for each in (renewed, plan_of([route(name="Other")], server, record)):
        (kept,) = each.record.objects["routes"].values()
        assert str(kept.fields["auth"]).endswith("LAB ffffffff")
    assert to_renew(None) is None
    others = replace(record, objects={"routes": {}, "constants": record.objects["routes"]})
    assert to_renew(others) == others


def test_parts_that_the_package_does_not_say() -> None:
    """An update would wipe somebody's password; a target that is the server itself holds none."""
    server = Standing()
    plain = thing("routes/R", UID, name="Lab", url="https://lab")
    record = applied([plain], server)
    server.edit("routes", UID, auth={"type": "http-basic", "username": "u"})
    moved = thing("routes/R", UID, name="Laboratory", url="https://lab")
    assert plan_of([moved], server, record).refused == [
        ("", "routes/R holds secrets in auth that an update would wipe")
    ]
    exchange = "ExchaExcha1"
    server.put("aggregateDataExchanges", exchange, name="E", target={"type": "INTERNAL"})
    one = thing("aggregateDataExchanges/E", exchange, name="E2")
    assert [word for word, _ in plan_of([one], server).refused] == ["takeover"]


def test_names() -> None:
    """At any depth of a part, and of no other property."""
    inner = Opaque(json=[{"auth": {"token": Secret(name="HOOK")}, "n": 1}])
    hook = thing("eventHooks/H", "EventEvent1", name="H", targets=inner)
    whole = thing("routes/W", "RouteRoute2", name="W", auth=Secret(name="WHOLE"))
    state = plan_of([hook, route()], Standing(secrets={"HOOK": "a", "LAB": "b"})).known.given.state
    assert secret_names(state) == {"HOOK", "LAB"}
    assert secret_names(replace(state, objects={whole.ref: whole})) == {"WHOLE"}
