"""`unlock`: a dead run's lock goes, after somebody saw whose it is; a live run notices."""

from collections.abc import Callable

from dhis2cfg.dhis2.state.lock import Claim
from dhis2cfg.errors import Unreachable
from dhis2cfg.model.http import Request, Response
from dhis2cfg.wire.canonical import to_json
from tests.e2e.house import House, spoilt

FOUR = "/api/dataStore/dhis2cfg/lock-4"


def lock(house: House, purpose: str = "apply QQQQ", number: int = 4) -> None:
    """A lock that somebody else holds, for years."""
    claim = Claim(
        state="held",
        token="x",  # noqa: S106 - of a lock, and no secret
        by="admin",
        since="2026-11-25T08:00:00+00:00",
        expires="2999-01-01T00:00:00+00:00",
        purpose=purpose,
    )
    house.server.call("POST", f"/api/dataStore/dhis2cfg/lock-{number}", to_json(claim))


def test_a_dead_runs_lock_is_taken(house: House) -> None:
    """Whose it is is said; afterwards an apply goes through, and the lock's numbers only grow."""
    lock(house)
    refused = house.run("apply", "--yes")
    assert refused.code == 7
    assert "if that run is dead: dhis2cfg unlock -m example" in refused.flat
    ran = house.fine("unlock", "--yes")
    assert "example is locked by admin since 2026-11-25 08:00 UTC: apply QQQQ" in ran.err
    assert ran.out == "example is free; see what that run left: dhis2cfg status -m example\n"
    assert house.server.kept("lock-5")["state"] == "released"
    house.fine("apply", "--yes")
    assert house.fine("unlock").out == "example is not locked\n"


def test_unlock_asks_first(house: House) -> None:
    """In a pipeline it wants --yes; on a terminal any other answer leaves the lock."""
    lock(house)
    assert house.run("unlock").code == 64
    house.is_terminal, house.typed = True, "no"
    ran = house.fine("unlock")
    assert "Is that run dead, and shall its lock go? Type 1: " in ran.err
    assert "No lock was taken." in ran.err
    house.typed = "1"
    house.fine("unlock")
    assert house.server.kept("lock-5")["state"] == "released"


def test_a_lock_that_changed_hands_while_somebody_looked(house: House) -> None:
    """Only the lock that was shown goes: exit 7, and the new holder keeps theirs."""
    lock(house)
    listings: list[str] = []

    def hands(request: Request, onwards: Callable[[Request], Response]) -> Response:
        if request.path.endswith("/dataStore/dhis2cfg"):
            listings.append(request.path)
            if len(listings) == 2:
                lock(house, "apply RRRR", 5)
        return onwards(request)

    with spoilt(house.server, hands):
        ran = house.run("unlock", "--yes")
    assert ran.code == 7, ran.said
    assert "apply RRRR" in ran.err
    assert house.server.kept("lock-5")["state"] == "held"


def test_a_lock_that_ended_while_somebody_looked(house: House) -> None:
    """There is nothing left to take."""
    lock(house)
    listings: list[str] = []

    def ends(request: Request, onwards: Callable[[Request], Response]) -> Response:
        if request.path.endswith("/dataStore/dhis2cfg"):
            listings.append(request.path)
            if len(listings) == 2:
                house.server.call("PUT", FOUR, {**house.server.kept("lock-4"), "state": "released"})
        return onwards(request)

    with spoilt(house.server, ends):
        house.fine("unlock", "--yes")
    assert house.server.call("GET", "/api/dataStore/dhis2cfg") == ["lock-4"]


def test_a_server_that_does_not_answer_is_said(house: House) -> None:
    """Exit 8, with its name; nothing is asked."""

    def silent(request: Request, onwards: Callable[[Request], Response]) -> Response:
        del request, onwards
        message = "example does not answer"
        raise Unreachable(message)

    with spoilt(house.server, silent):
        ran = house.run("unlock", "--yes")
    assert ran.code == 8, ran.said
    assert "example does not answer" in ran.err
