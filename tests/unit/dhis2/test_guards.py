"""Planning cannot write; nothing that is told holds a secret."""

import pytest

from dhis2cfg.dhis2.guards import Exchange, MaskedTransport, PlanningTransport, Secrets, silent
from dhis2cfg.dhis2.importing import ImportMode, import_path
from dhis2cfg.errors import CredentialsRefused, Dhis2cfgError, Unreachable
from dhis2cfg.model.http import Request
from tests.unit.dhis2.fakes import FakeTransport, json_answer

CANARY = "d2pat_CANARY/+æ"


def masked(transport: FakeTransport) -> tuple[MaskedTransport, list[Exchange]]:
    """A masked transport that knows the canary, and its log."""
    log: list[Exchange] = []
    return MaskedTransport(transport, Secrets([CANARY, "", "pw"]), log.append), log


@pytest.mark.parametrize(
    "said",
    [
        "d2pat_CANARY/+æ",
        "d2pat_CANARY%2F%2B%C3%A6",
        "d2pat_CANARY/+\\u00e6",
        "ZDJwYXRfQ0FOQVJZLyvDpg==",
    ],
)
def test_every_spelling_is_masked(said: str) -> None:
    """A secret is found as it is, in a URL, in JSON and in Basic's own spelling."""
    assert Secrets([CANARY]).mask(f"<{said}>") == "<***>"


def test_longer_secrets_go_first() -> None:
    """A secret that holds another one is masked whole."""
    assert Secrets(["abc", "abcdef"]).mask("abcdef abc") == "*** ***"


def test_repr_hides() -> None:
    """Secrets do not show in their own repr."""
    assert "CANARY" not in repr(Secrets([CANARY]))


def test_exchanges_are_told() -> None:
    """An exchange is told with method, path, status and sizes; the path without secrets."""
    transport, log = masked(FakeTransport({"GET /api/x?q=" + CANARY: json_answer([1])}))
    transport.send(Request(method="GET", path="/api/x?q=d2pat_CANARY%2F%2B%C3%A6"))
    assert str(log[0]).startswith("GET /api/x?q=*** 200 ")
    assert str(log[0]).endswith(" ms, 0 bytes sent, 3 received")


def test_lost_exchanges_are_told_too() -> None:
    """An exchange without an answer is told as such, and the error goes on as it was."""
    error = Unreachable("broke")
    transport, log = masked(FakeTransport({"POST /api/x": error}))
    with pytest.raises(Unreachable) as caught:
        transport.send(Request(method="POST", path="/api/x", body=b"123"))
    assert caught.value is error
    assert str(log[0]).startswith("POST /api/x no answer ")
    assert log[0].sent == 3


def test_errors_are_masked() -> None:
    """An error that holds a secret, in its words or in its chain, becomes one that does not."""
    cause = ValueError(f"illegal header ApiToken {CANARY}")
    error = CredentialsRefused("no", details=(f"said {CANARY}",), following=("next",))
    error.__cause__ = cause
    transport, _ = masked(FakeTransport({"GET /api/x": error}))
    with pytest.raises(CredentialsRefused) as caught:
        transport.send(Request(method="GET", path="/api/x"))
    assert caught.value.details == ("said ***",)
    assert caught.value.following == ("next",)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_refusals_are_masked_and_answers_are_not() -> None:
    """A refusal may quote a token; metadata that happens to hold a password's letters stays as it is."""
    transport, _ = masked(
        FakeTransport(
            {
                "GET /api/no": json_answer({"message": f"bad {CANARY} pw"}, 400),
                "GET /api/yes": json_answer({"name": CANARY}),
            }
        )
    )
    assert transport.send(Request(method="GET", path="/api/no")).body == b'{"message":"bad *** pw"}'
    assert "CANARY" in transport.send(Request(method="GET", path="/api/yes")).body.decode()


def test_planning_reads_and_tries() -> None:
    """GET and the one dry run pass."""
    dry_run = import_path(ImportMode.VALIDATE)
    inner = FakeTransport({"GET /api/x": json_answer(1), f"POST {dry_run}": json_answer(2)})
    transport = PlanningTransport(inner)
    transport.send(Request(method="GET", path="/api/x"))
    transport.send(Request(method="POST", path=dry_run))
    transport.close()
    assert len(inner.requests) == 2
    assert inner.is_closed
    assert transport.url == "https://oslo.example.org"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", import_path(ImportMode.COMMIT)),
        ("POST", import_path(ImportMode.VALIDATE) + "&importMode=COMMIT"),
        ("POST", import_path(ImportMode.VALIDATE).replace("VALIDATE", "validate")),
        ("PUT", "/api/dataStore/dhis2cfg/record-x"),
        ("DELETE", "/api/x"),
        ("PATCH", "/api/x"),
        ("get", "/api/x"),
    ],
)
def test_planning_cannot_write(method: str, path: str) -> None:
    """Everything else is a mistake of ours, and is not sent."""
    inner = FakeTransport({})
    with pytest.raises(Dhis2cfgError, match="planning tried to send"):
        PlanningTransport(inner).send(Request(method=method, path=path))
    assert inner.requests == []


def test_silence() -> None:
    """Who asks for no log gets none, and a masked transport passes the rest on."""
    inner = FakeTransport({"GET /api/x": json_answer(1)})
    transport = MaskedTransport(inner, Secrets(), silent)
    transport.send(Request(method="GET", path="/api/x"))
    transport.close()
    assert (transport.url, inner.is_closed) == ("https://oslo.example.org", True)
