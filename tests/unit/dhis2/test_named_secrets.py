"""Secrets that packages name: where they are looked for, and that they never show."""

import sys
from pathlib import Path

import pytest

from dhis2cfg.dhis2.client import NOT_GIVEN, Dhis2Server, nothing
from dhis2cfg.dhis2.credentials import NamedSecrets, origin_of
from dhis2cfg.dhis2.guards import MASK, Secrets
from dhis2cfg.errors import CredentialsRefused, Dhis2cfgError
from dhis2cfg.wire.secrets import filled, marked, named_in, without_secrets
from tests.unit.dhis2.fakes import a_call, a_session

OSLO = origin_of("https://oslo.example.org/dhis")
PLAIN = origin_of("http://oslo.example.org")
VARIABLE = "DHIS2CFG_SECRET__LAB"
CANARY = "CANARY secret"


def a_file(folder: Path, text: str) -> Path:
    """A credentials file."""
    file = folder / "credentials"
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)
    return file


def test_the_order_in_which_they_are_looked_for(tmp_path: Path) -> None:
    """A server's own variable, the user's file, the variable of all servers."""
    file = a_file(tmp_path, "[https://oslo.example.org]\ntoken = t\nsecret_LAB = of the file\n")
    environ = {VARIABLE: "of all", f"{VARIABLE}__OSLO_EXAMPLE_ORG": "of oslo"}
    assert NamedSecrets(origin=OSLO, environ=environ, file=file).value("LAB") == "of oslo"
    environ.pop(f"{VARIABLE}__OSLO_EXAMPLE_ORG")
    assert NamedSecrets(origin=OSLO, environ=environ, file=file).value("LAB") == "of the file"
    assert NamedSecrets(origin=OSLO, environ=environ).value("LAB") == "of all"
    assert NamedSecrets(origin=OSLO, environ={}, file=file).value("OTHER") is None
    elsewhere = a_file(tmp_path, "[https://bergen.example.org]\nsecret_LAB = x\n")
    assert NamedSecrets(origin=OSLO, environ={}, file=elsewhere).value("LAB") is None


def test_plain_http_wants_the_file(tmp_path: Path) -> None:
    """A `url` changed to plain http must not put a secret on the open wire."""
    environ = {VARIABLE: "x", f"{VARIABLE}__OSLO_EXAMPLE_ORG": "y"}
    assert NamedSecrets(origin=PLAIN, environ=environ).value("LAB") is None
    file = a_file(tmp_path, "[http://oslo.example.org]\nsecret_lab = z\n")
    assert NamedSecrets(origin=PLAIN, environ=environ, file=file).value("LAB") == "z"


def test_a_command_of_the_file(tmp_path: Path) -> None:
    """What it prints; one that fails says which, and not what it printed."""
    print_it = f"{sys.executable} -c \"print('{CANARY}')\""
    file = a_file(tmp_path, f"[https://oslo.example.org]\nsecret_LAB_command = {print_it}\n")
    told: list[str] = []
    assert NamedSecrets(origin=OSLO, environ={}, file=file, used=told.extend).value("LAB") == CANARY
    assert told == [CANARY]
    file = a_file(tmp_path, "[https://oslo.example.org]\nsecret_LAB_command = false\n")
    with pytest.raises(CredentialsRefused, match="secret_lab_command of"):
        NamedSecrets(origin=OSLO, environ={}, file=file).value("LAB")


def test_they_never_show() -> None:
    """Neither in what a Python programmer sees, nor in what is masked once it is known."""
    named = NamedSecrets(origin=OSLO, environ={VARIABLE: CANARY})
    assert CANARY not in repr(named)
    secrets = Secrets()
    secrets.add((CANARY, ""))
    assert secrets.mask(f"said {CANARY}") == f"said {MASK}"


def test_bodies() -> None:
    """Marks by name, filled at the last moment; what was read loses what could be a secret."""
    body = {"routes": [{"id": "R", "auth": {"type": "t", "token": {"!secret": "LAB"}}, "tags": ("a",)}]}
    assert list(named_in(body)) == ["LAB"]
    assert filled(body, {"LAB": "v"})["routes"][0]["auth"]["token"] == "v"  # noqa: S105 - made up
    assert marked({"a": ("b", 1)}) == {"a": ["b", 1]}
    read = {
        "id": "E",
        "targets": [{"auth": {"token": "x", "type": "t"}, "headers": {"a": "b"}}],
        "token": "y",
    }
    assert without_secrets("eventHooks", read) == {
        "id": "E",
        "targets": [{"auth": {"type": "t"}}],
        "token": "y",
    }
    assert without_secrets("constants", read) is read


def test_a_step_whose_secret_is_not_there_is_not_sent() -> None:
    """Planning refuses it long before; here nothing goes out all the same."""
    session, transport, _ = a_session({})
    server = Dhis2Server(session, lambda _: pytest.fail("never asked"))
    step = a_call({"routes": [{"id": "R", "auth": {"token": {"!secret": "LAB"}}}]})
    with pytest.raises(Dhis2cfgError, match="the secret LAB is not there"):
        server.perform(step)
    assert transport.asked == []
    assert (nothing("LAB"), NOT_GIVEN) == (None, "not-given")
