"""Secrets: by name in files, sent when their object is, and in no output, record, log or snapshot."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from dhis2cfg.model.http import Request, Response
from tests.e2e.house import URL, House, Server, spoilt

# ruff: noqa: S105 -- made-up secrets, to see that nobody is told them
ROUTE, EXCHANGE, HOOK = 'route-Pa55/ø"x', "exchange-Pa55-2", "hook-Pa55-3"
SECRETS = {
    "DHIS2CFG_SECRET__LAB_PASSWORD": ROUTE,
    "DHIS2CFG_SECRET__EXCHANGE": EXCHANGE,
    "DHIS2CFG_SECRET__HOOK": HOOK,
}
PACKAGE = 'name: wired\nversion: 1.0.0\ndhis2: ">=2.41,<2.44"\nlocale: en\n'
OBJECTS = """
routes:
  LAB:
    name: Lab
    code: lab
    url: https://lab.example.org/api
    headers: {}
    authorities: []
    auth: {type: http-basic, username: robot, password: !secret LAB_PASSWORD}
    sharing: {public: "--------"}
aggregateDataExchanges:
  OUT:
    name: Out
    source: {params: {}, requests: [{name: a, dx: [Ax1234567bc], pe: [LAST_12_MONTHS], ou: [USER_ORGUNIT]}]}
    target: {type: EXTERNAL, api: {url: "https://example.org", username: u, password: !secret EXCHANGE}}
    sharing: {public: "--------"}
eventHooks:
  HOOK:
    name: Hook
    disabled: true
    source: {path: metadata, fields: "id,name"}
    targets:
      - {type: webhook, clientId: a, url: "https://example.org", auth: {type: api-token, token: !secret HOOK}}
    sharing: {public: "--------"}
"""
FILE = "packages/wired/wired.yaml"
TOWN = """
number: "5501"
name: By
server: {url: "http://127.0.0.1:8081", sandbox: true}
organisationUnit: {code: "5501", name: By, shortName: By, openingDate: 2020-01-01}
packages: {wired: {}}
"""


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A municipality with a route, an exchange and an event hook; the secrets are in the environment."""
    house = House(folder=tmp_path, environ=dict(SECRETS))
    house.write("packages/wired/package.yaml", PACKAGE)
    house.write(FILE, OBJECTS)
    house.write("municipalities/by.yaml", TOWN)
    house.write("fleet.yaml", "name: wired\npackages: packages/*\nmunicipalities: municipalities/*.yaml\n")
    house.fine("lock")
    return house


def sent(server: Server, type_name: str) -> list[dict[str, Any]]:
    """What every commit sent of a type."""
    bodies = [
        json.loads(each.body)
        for each in server.requests
        if each.method == "POST" and "importMode=COMMIT" in each.path
    ]
    return [one for body in bodies for one in body.get(type_name, ())]


def is_told(text: str) -> bool:
    """Whether a text holds one of the secrets, in any spelling that JSON or an address gives it."""
    spellings = [ROUTE, json.dumps(ROUTE)[1:-1], "route-Pa55", EXCHANGE, HOOK]
    return any(spelling in text for spelling in spellings)


@pytest.mark.parametrize("version", ["2.41", "2.43"])
def test_secrets_go_out_and_are_told_to_nobody(house: House, version: str) -> None:
    """They are in what is sent, and in no plan, record, run, snapshot, output or debug line."""
    server = house.serve(version=version)
    house.fine("plan", "--out", str(house.folder / "plan.json"))
    ran = house.run("--debug", "apply", str(house.folder / "plan.json"), "--yes")
    assert ran.code == 0, ran.said
    (route,), (exchange,), (hook,) = (
        sent(server, name) for name in ("routes", "aggregateDataExchanges", "eventHooks")
    )
    assert route["auth"] == {"type": "http-basic", "username": "robot", "password": ROUTE}
    assert exchange["target"]["api"]["password"] == EXCHANGE
    assert hook["targets"][0]["auth"]["token"] == HOOK
    plan = (house.folder / "plan.json").read_text(encoding="utf-8")
    assert '"!secret": "LAB_PASSWORD"' in plan
    for text in (ran.out, ran.err, plan, json.dumps(server.everything()["keys"], ensure_ascii=False)):
        assert not is_told(text)
    record = server.kept("record-wired")
    (kept,) = record["objects"]["routes"].values()
    shape, digits = kept["fields"]["auth"].split(", ")
    assert (len(shape), digits.split()[0], len(digits.split()[1])) == (8, "LAB_PASSWORD", 8)
    assert house.plan()["changes"] == []


def test_a_missing_secret_is_refused_before_any_write(house: House) -> None:
    """By its name and where to put it; the server still tries the rest."""
    server = house.serve()
    del house.environ["DHIS2CFG_SECRET__EXCHANGE"]
    plan = house.plan()
    (refusal,) = plan["refusals"]
    assert refusal["message"] == (
        "the secret EXCHANGE is not there, and aggregateDataExchanges/OUT is sent with it"
    )
    assert refusal["following"] == "set DHIS2CFG_SECRET__EXCHANGE, or secret_EXCHANGE in the credentials file"
    before = server.everything()
    assert house.run("apply", "--yes").code == 4
    assert server.everything() == before


def test_an_update_sends_them_again(house: House) -> None:
    """DHIS2 replaces whole objects: without its password a route would have none (facts §5)."""
    server = house.serve()
    house.fine("apply", "--yes")
    house.change(FILE, "name: Lab\n", "name: Laboratory\n")
    (change,) = house.plan()["changes"]
    assert change["field"] == "name"
    house.fine("apply", "--yes")
    assert [each["auth"]["password"] for each in sent(server, "routes")] == [ROUTE, ROUTE]


def test_another_value_alone_changes_nothing(house: House) -> None:
    """It is said, and sent with `--renew-secrets`; a plan saved so is applied so."""
    server = house.serve()
    house.fine("apply", "--yes")
    house.environ["DHIS2CFG_SECRET__HOOK"] = "hook-Pa55-4"
    plan = house.plan()
    assert plan["changes"] == []
    assert plan["notes"] == ["the secret HOOK is another one than was sent: --renew-secrets sends it"]
    renewed = house.plan("--renew-secrets")
    assert {each["field"] for each in renewed["changes"]} == {"auth", "target", "targets"}
    house.fine("plan", "--renew-secrets", "--out", str(house.folder / "plan.json"))
    house.fine("apply", str(house.folder / "plan.json"), "--yes")
    assert sent(server, "eventHooks")[-1]["targets"][0]["auth"]["token"] == "hook-Pa55-4"
    assert (house.plan()["changes"], house.plan()["notes"]) == ([], [])


def test_another_shape_is_a_change(house: House) -> None:
    """What stands around a secret is compared by what was sent last."""
    server = house.serve()
    house.fine("apply", "--yes")
    house.change(FILE, "username: robot", "username: other")
    (change,) = house.plan()["changes"]
    assert (change["type"], change["field"], change["reason"]) == ("routes", "auth", "the package moved on")
    house.fine("apply", "--yes")
    assert sent(server, "routes")[-1]["auth"]["username"] == "other"
    house.change(FILE, "    auth: {type: http-basic, username: other, password: !secret LAB_PASSWORD}\n", "")
    (gone,) = house.plan()["changes"]
    assert (gone["field"], gone["reason"]) == ("auth", "no longer in the package")


def test_secrets_that_the_package_does_not_know(house: House) -> None:
    """An update would wipe a password that somebody typed in; a target that is the server has none."""
    server = house.serve()
    house.change(FILE, "    auth: {type: http-basic, username: robot, password: !secret LAB_PASSWORD}\n", "")
    house.fine("apply", "--yes")
    server.edit("routes", "lab", auth={"type": "http-basic", "username": "u", "password": "typed-in"})
    house.change(FILE, "name: Lab\n", "name: Laboratory\n")
    (refusal,) = house.plan()["refusals"]
    assert refusal["message"] == "routes/LAB holds secrets in auth that an update would wipe"


def test_where_secrets_are_looked_for(house: House, tmp_path: Path) -> None:
    """A server's own variable comes before the user's file, and that before the variable of all servers."""
    server = house.serve()
    file = tmp_path / "credentials"
    file.write_text(f"[{URL}]\ntoken = x\nsecret_HOOK = from-the-file\nsecret_EXCHANGE_command = echo said\n")
    file.chmod(0o600)
    house.environ["DHIS2CFG_CREDENTIALS"] = str(file)
    house.environ["DHIS2CFG_TOKEN__127_0_0_1_8081"] = "d2p_dhis2cfgSandboxPublicTokenOfNobodysServer"
    house.environ["DHIS2CFG_SECRET__LAB_PASSWORD__127_0_0_1_8081"] = "of-this-server"
    house.fine("apply", "--yes")
    assert sent(server, "routes")[0]["auth"]["password"] == "of-this-server"
    assert sent(server, "eventHooks")[0]["targets"][0]["auth"]["token"] == "from-the-file"
    assert sent(server, "aggregateDataExchanges")[0]["target"]["api"]["password"] == "said"


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("!secret LAB_PASSWORD", "hemmelig", "bare-secret"),
        ("!secret LAB_PASSWORD", "!secret 'LAB PASSWORD'", "secret-place"),
        ("url: https://lab.example.org/api", "url: !secret LAB_URL", "secret-place"),
        ("source: {path: metadata", "source: {path: !secret P", "secret-place"),
        ('fields: "id,name"', "fields: [{a: !once [!secret P]}]", "secret-place"),
        ("username: robot", "headers: [a, b]", "bare-secret"),
    ],
)
def test_what_cannot_be_written(house: House, old: str, new: str, rule: str) -> None:
    """A secret in the open, a name that no variable can have, a secret where everybody reads."""
    house.change(FILE, old, new)
    ran = house.run("validate", "--format", "json")
    assert (ran.code, {each["rule"] for each in ran.json["findings"]}) == (3, {rule}), ran.said


ALPHABET = "abcXYZ019-_.:/%+=&?#ø€ \"'\\"


@pytest.mark.parametrize("seed", range(3))
def test_no_secret_is_ever_told(house: House, seed: int) -> None:
    """Whatever it is, and although the server quotes it in a refusal: nothing that is written holds it."""
    rolled = random.Random(seed)  # noqa: S311 - no cryptography, the same secrets each time
    secret = "".join(rolled.choice(ALPHABET) for _ in range(rolled.randint(8, 30))).strip() + "Zq7"
    house.environ["DHIS2CFG_SECRET__LAB_PASSWORD"] = secret
    server = house.serve()

    def quoting(request: Request, onwards: Callable[[Request], Response]) -> Response:
        if "importMode=COMMIT" not in request.path:
            return onwards(request)
        return Response(status=409, headers={"content-type": "application/json"}, body=_quoted(request.body))

    with spoilt(server, quoting):
        refused = house.run("--debug", "apply", "--yes")
    assert refused.code in (1, 9), refused.said
    done = house.run("--debug", "apply", "--yes", "--format", "json")
    written = [refused.out, refused.err, done.out, done.err]
    written += [json.dumps(server.everything()["keys"], ensure_ascii=False)]
    written += [path.read_text(encoding="utf-8") for path in house.folder.rglob("*.json*") if path.is_file()]
    for text in written:
        assert secret not in text
        assert json.dumps(secret)[1:-1] not in text
        assert quote(secret, safe="") not in text


def _quoted(body: bytes) -> bytes:
    """A refusal that says back what it was sent, as some of DHIS2's do."""
    return json.dumps({"httpStatus": "Conflict", "status": "ERROR", "message": body.decode()}).encode()
