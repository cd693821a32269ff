"""Credentials stay where they belong: sent to their own origin only, and found nowhere else."""

import base64
from pathlib import Path

import pytest

from dhis2cfg.errors import Unreachable
from dhis2cfg.model.http import Request, Response
from dhis2cfg.sandbox.seed import SANDBOX_TOKEN
from tests.e2e.house import URL, House, Server
from tests.e2e.spoilers import Onwards, json_answer

OTHER_PORT, OTHER_HOST = "http://127.0.0.1:8099", "https://dhis2.example.org"
VARIABLE = "DHIS2CFG_TOKEN__127_0_0_1_8081"
CANARY = "Canary-2026-password"


@pytest.fixture
def signed_in(house: House) -> House:
    """A municipality whose server is no sandbox by name, and a token for exactly that origin."""
    house.change("municipalities/example.yaml", f'{{url: "{URL}", sandbox: true}}', f'{{url: "{URL}"}}')
    house.environ = {VARIABLE: SANDBOX_TOKEN}
    house.fine("plan")
    return house


@pytest.mark.parametrize("url", [OTHER_PORT, OTHER_HOST], ids=["another port", "another host"])
@pytest.mark.parametrize("command", ["plan", "apply --yes", "status", "doctor", "schema pull"])
def test_a_changed_address_gets_no_credentials(signed_in: House, url: str, command: str) -> None:
    """Exit 8, and the second server was not asked anything at all."""
    second = signed_in.serve(url)
    signed_in.change("municipalities/example.yaml", URL, url)
    ran = signed_in.run("--debug", *command.split())
    assert ran.code == 8, ran.said
    assert f"there are no credentials for {url}" in ran.flat
    assert second.requests == []


def test_a_redirect_to_another_origin_is_not_followed(signed_in: House) -> None:
    """A server that sends us elsewhere does not send our token along."""
    second = signed_in.serve(OTHER_PORT)

    def elsewhere(request: Request, onwards: Onwards) -> Response:
        del request, onwards
        return Response(status=302, headers={"location": f"{OTHER_PORT}/api/me"})

    signed_in.servers[URL].spoiler = elsewhere
    ran = signed_in.run("plan")
    assert ran.code == 8, ran.said
    assert second.requests == []


def test_two_origins_that_share_a_variable_are_refused(signed_in: House) -> None:
    """A second address of the same name in variables would be sent the first one's token."""
    first, twin = "https://oslo-a.example.org", "https://oslo.a.example.org"
    signed_in.environ = {"DHIS2CFG_TOKEN__OSLO_A_EXAMPLE_ORG": SANDBOX_TOKEN}
    signed_in.change("municipalities/example.yaml", URL, first)
    text = signed_in.read("municipalities/example.yaml").replace(first, twin)
    signed_in.write("municipalities/twin.yaml", text)
    servers = [signed_in.serve(first), signed_in.serve(twin)]
    ran = signed_in.run("plan", "-m", "twin")
    assert ran.code == 64 or "would share the variable" in ran.flat, ran.said
    assert all(not server.requests for server in servers)


def test_a_variable_without_a_host_serves_only_server(house: House) -> None:
    """`DHIS2CFG_TOKEN` goes where `--server` points, never where a file does."""
    house.change("municipalities/example.yaml", f'{{url: "{URL}", sandbox: true}}', f'{{url: "{URL}"}}')
    house.environ = {"DHIS2CFG_TOKEN": SANDBOX_TOKEN}
    assert house.run("plan").code == 8
    assert house.server.requests == []
    house.fine("plan", "--server", URL)


def quotes_everything(request: Request, onwards: Onwards) -> Response:
    """A server that refuses and quotes all that it was sent, credentials too."""
    del onwards
    quoted = f"{dict(request.headers)} {request.path} {request.body.decode()}"
    return json_answer(500, {"httpStatusCode": 500, "status": "ERROR", "message": quoted})


def breaks_loudly(request: Request, onwards: Onwards) -> Response:
    """A connection whose error quotes the headers."""
    del onwards
    cause = OSError(f"could not send {dict(request.headers)}")
    raise Unreachable(f"broken while sending {dict(request.headers)}") from cause


def crashes(request: Request, onwards: Onwards) -> Response:
    """A mistake of ours whose message quotes the headers."""
    del onwards
    raise RuntimeError(f"cannot do {dict(request.headers)}")


def web_page(request: Request, onwards: Onwards) -> Response:
    """A login page that quotes the headers."""
    del onwards
    body = f"<html>{dict(request.headers)}</html>".encode()
    return Response(status=200, headers={"content-type": "text/html"}, body=body)


def canary_account(server: Server) -> None:
    """An account of the municipality with a password that is easily recognised."""
    (role,) = server.call("GET", "/api/userRoles?fields=id&filter=name:eq:Superuser")["userRoles"]
    person = {
        "username": "canary",
        "firstName": "Canary",
        "surname": "Bird",
        "password": CANARY,
        "userRoles": [role],
    }
    server.call("POST", "/api/users", person)


def spellings(secret: str) -> list[bytes]:
    """The forms in which a secret could turn up."""
    whole = base64.b64encode(f"canary:{secret}".encode()).decode()
    return [each.encode() for each in (secret, base64.b64encode(secret.encode()).decode(), whole)]


COMMANDS = [
    ["validate"],
    ["explain", "unknown-reference"],
    ["lock"],
    ["plan", "--out", "plan.json", "--report", "json=report.json", "--report", "text=report.txt"],
    ["show", "plan.json"],
    ["apply", "--yes", "--report", "json=outcome.json", "--allow", "access"],
    ["status"],
    ["doctor"],
    ["doctor", "--fix"],
    ["schema", "pull", "--out", "catalogue.json"],
]


ASKING = [each for each in COMMANDS if each[0] in ("plan", "apply", "status", "doctor", "schema")]
"""Those that ask a server, which can fail them."""


@pytest.mark.parametrize("kind", ["token", "password"])
def test_a_secret_is_found_nowhere(
    signed_in: House, kind: str, nobodys_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command with --debug, well and with a planted failure: not on disk, not on a stream."""
    monkeypatch.chdir(signed_in.folder)
    canary_account(signed_in.server)
    if kind == "token":
        secret = signed_in.server.call("POST", "/api/apiToken", {})["response"]["key"]
        signed_in.environ = {VARIABLE: secret}
    else:
        secret = CANARY
        signed_in.environ = {
            "DHIS2CFG_USERNAME__127_0_0_1_8081": "canary",
            "DHIS2CFG_PASSWORD__127_0_0_1_8081": secret,
        }
    said = []
    for spoiler in (None, quotes_everything, breaks_loudly, crashes, web_page):
        signed_in.server.spoiler = spoiler
        for command in COMMANDS if spoiler is None else ASKING:
            ran = signed_in.run("--debug", *command)
            said.append(ran.out + ran.err)
            assert spoiler or ran.code == 0, ran.said
    printed = "\n".join(said).encode()
    kept = [path for path in (*signed_in.folder.rglob("*"), *nobodys_machine.rglob("*")) if path.is_file()]
    assert any(path.suffix == ".jsonl" for path in kept), "the journal lies there too"
    for form in spellings(secret):
        assert form not in printed
        for path in kept:
            assert form not in path.read_bytes(), path
