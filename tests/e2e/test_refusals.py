"""What is refused before anything is written, and with which exit code."""

from pathlib import Path

import pytest

from dhis2cfg.dhis2.state.lock import Claim
from dhis2cfg.wire.canonical import to_json
from tests.e2e.house import URL, House

SECOND, THIRD = "http://127.0.0.1:8082", "http://127.0.0.1:8083"


@pytest.fixture
def three(bare: House) -> House:
    """Three municipalities, each with a fresh server."""
    bare.municipality("second", SECOND, "0002")
    bare.municipality("third", THIRD, "0003")
    for url in (URL, SECOND, THIRD):
        bare.serve(url)
    return bare


def test_a_saved_plan_is_stale_once_somebody_changed_the_server(applied: House, tmp_path: Path) -> None:
    """Exit 6, and the server stands exactly as it did."""
    applied.change("packages/example/dictionary.yaml", "name: Test result", "name: Result")
    saved = str(tmp_path / "plan.json")
    applied.fine("plan", "--out", saved)
    applied.server.edit("optionSets", "EX_RESULT", name="By hand")
    before = applied.server.everything()
    ran = applied.run("apply", saved, "--yes", "--allow", "conflict")
    assert ran.code == 6, ran.said
    assert "what stands on the server changed since the plan was made; nothing was written" in ran.flat
    assert applied.server.everything() == before
    assert not [each for each in applied.server.requests if each.method == "PUT"]


def test_a_saved_plan_is_stale_once_its_files_or_its_address_changed(applied: House, tmp_path: Path) -> None:
    """What was reviewed is not what would happen, so it does not."""
    applied.change("packages/example/dictionary.yaml", "name: Test result", "name: Result")
    saved = str(tmp_path / "plan.json")
    applied.fine("plan", "--out", saved)
    applied.change("packages/example/dictionary.yaml", "name: Born on", "name: Day of birth")
    ran = applied.run("apply", saved, "--yes")
    assert ran.code == 6, ran.said
    assert "the files of the packages or municipalities changed" in ran.flat
    applied.change("packages/example/dictionary.yaml", "name: Day of birth", "name: Born on")
    applied.change("municipalities/example.yaml", URL, SECOND)
    applied.serve(SECOND, like=applied.servers[URL].instance)
    ran = applied.run("apply", saved, "--yes")
    assert ran.code == 6, ran.said
    assert "the address of the server changed" in ran.flat


def test_a_saved_plan_is_applied_as_it_was_shown(applied: House, tmp_path: Path) -> None:
    """Nothing changed meanwhile: what stands in the file is done."""
    applied.change("packages/example/dictionary.yaml", "name: Test result", "name: Result")
    saved = str(tmp_path / "plan.json")
    applied.fine("plan", "--out", saved)
    assert applied.fine("show", saved).out.startswith("example 0.1.0 → 1 target")
    applied.fine("apply", saved, "--yes")
    assert applied.server.found("optionSets", "EX_RESULT")["name"] == "Result"


def test_apply_without_selection_lists_three_targets(three: House) -> None:
    """Which one is meant is not guessed: 64, with the names."""
    ran = three.run("apply", "--yes")
    assert ran.code == 64, ran.said
    for name, number in (("example", "0001"), ("second", "0002"), ("third", "0003")):
        assert name in ran.err
        assert number in ran.err
    assert all(not server.requests for server in three.servers.values())


def test_a_saved_plan_says_whom_it_is_for(three: House, tmp_path: Path) -> None:
    """Without a selection its own targets are meant; another one is refused."""
    saved = str(tmp_path / "plan.json")
    three.fine("plan", "-m", "second", "-m", "third", "--out", saved)
    ran = three.run("apply", saved, "-m", "example", "--yes")
    assert ran.code == 64, ran.said
    assert "the saved plan has none for example" in ran.flat
    done = three.fine("apply", saved, "--yes")
    assert "selected 2" in done.out
    assert three.run("plan", "-m", "example", "--exit-code").code == 2
    assert three.run("plan", "--exclude", "example", "--exit-code").code == 0


def test_a_saved_plan_for_two_environments(bare: House, tmp_path: Path) -> None:
    """Where each municipality has one server, its environment needs no name, neither saved nor applied."""
    bare.municipality("second", SECOND, "0002")
    text = bare.read("municipalities/second.yaml")
    server = f'server: {{url: "{SECOND}", sandbox: true}}'
    bare.write(
        "municipalities/second.yaml", text.replace(server, f"servers: {{test: {server.partition(': ')[2]}}}")
    )
    for url in (URL, SECOND):
        bare.serve(url)
    saved = str(tmp_path / "plan.json")
    plans = bare.fine("plan", "--out", saved, "--format", "json").json["plans"]
    assert [each["environment"] for each in plans] == ["prod", "test"]
    assert "changed 2" in bare.fine("apply", saved, "--yes").flat


def test_a_journal_that_breaks_off_stops_nothing(applied: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server keeps the run; that the copy on this machine is lost is said."""

    def full(descriptor: int) -> None:
        del descriptor
        raise OSError(28, "No space left on device")

    applied.change("packages/example/dictionary.yaml", "name: Test result", "name: Result")
    monkeypatch.setattr("os.fsync", full)
    ran = applied.fine("apply", "--yes")
    assert "the journal on this machine broke off: No space left on device" in ran.flat


def test_without_a_terminal_and_without_yes_nothing_happens(house: House) -> None:
    """A pipeline must say that it means it: 64."""
    ran = house.run("apply")
    assert ran.code == 64, ran.said
    assert "say --yes in a pipeline" in ran.flat
    assert not house.server.has_keys()


@pytest.mark.parametrize(
    ("typed", "code", "is_written"), [("1\n", 0, True), ("y\n", 0, False), ("", 0, False)]
)
def test_at_a_terminal_the_number_of_targets_is_the_answer(
    house: House, typed: str, code: int, *, is_written: bool
) -> None:
    """Anything but the number is a no, and a no writes nothing."""
    house.is_terminal, house.typed = True, typed
    ran = house.run("apply")
    assert ran.code == code, ran.said
    assert "1 target, 17 changes. Go on? Type 1: " in ran.flat
    assert house.server.has_keys() == is_written
    assert ("Nothing was written." in ran.err) == (not is_written)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["apply", "--yes", "--allow", "everything"], "nothing is allowed by the word everything"),
        (["apply", "--yes", "-m", "nowhere"], "no municipality is called nowhere"),
        (["plan", "--exclude", "nowhere"], "no municipality is called nowhere"),
        (["plan", "--exclude", "example"], "no municipality is left to work on"),
        (["plan", "--wave", "7"], "there is no wave 7"),
        (["plan", "--env", "test"], "example has no server in the environment test"),
        (["apply", "--lock-timeout", "soon"], "not a time: soon"),
        (["plan", "--server", "ftp://x"], "--server wants the address of a server"),
        (["plan", "--report", "json"], "--report wants FORMAT=PATH"),
        (["plan", "--report", "xml=x.xml"], "there is no format xml here"),
        (["plan", "--bogus"], "No such option: --bogus"),
        (["nonsense"], "No such command"),
        (["plan", "--format", "xml"], "xml"),
        (["explain", "no-such-rule"], "there is no page on no-such-rule"),
        (["show"], "Missing"),
        ([], "Missing command"),
    ],
)
def test_a_command_line_that_cannot_be_meant_is_64(house: House, arguments: list[str], said: str) -> None:
    """One sentence says what is wrong, and nothing was asked of a server that could write."""
    ran = house.run(*arguments)
    assert ran.code == 64, ran.said
    assert said in ran.flat
    assert "Traceback" not in ran.err
    assert not house.server.has_keys()


def test_a_lock_that_is_held_is_7(house: House) -> None:
    """Who holds it and since when is said; `--lock-timeout` waits."""
    claim = Claim(
        state="held",
        token="x",  # noqa: S106 - of a lock, and no secret
        by="admin",
        since="2026-11-25T08:00:00+00:00",
        expires="2999-01-01T00:00:00+00:00",
        purpose="apply QQQQ",
    )
    house.server.call("POST", "/api/dataStore/dhis2cfg/lock-4", to_json(claim))
    ran = house.run("apply", "--yes")
    assert ran.code == 7, ran.said
    assert "is locked by admin since 2026-11-25 08:00 UTC: apply QQQQ" in ran.flat
    began = house.clock.time
    assert house.run("apply", "--yes", "--lock-timeout", "1m").code == 7
    assert house.clock.time - began >= 60
    assert house.server.call("GET", "/api/dataElements?fields=id&filter=code:like:EX")["dataElements"] == []


def test_a_package_in_a_version_that_nobody_asked_for(applied: House) -> None:
    """The municipality asks for 2.0, the workspace holds 0.1: exit 3, nothing is sent."""
    applied.change(
        "municipalities/example.yaml",
        'packages: {example: {version: ">=0.1"',
        'packages: {example: {version: ">=2"',
    )
    for arguments in (["validate"], ["plan"], ["apply", "--yes"]):
        ran = applied.run(*arguments)
        assert ran.code == 3, ran.said
        assert "example is 0.1.0 here, and >=2 is asked for" in ran.out + ran.err
    assert not applied.server.requests
