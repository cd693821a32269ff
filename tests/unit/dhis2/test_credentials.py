"""Credentials belong to an origin, come from outside the repository, and never show."""

import os
import sys
from pathlib import Path

import pytest

from dhis2cfg.dhis2.credentials import (
    Credentials,
    find,
    is_loopback,
    name_of,
    origin_of,
    refuse_ambiguous,
    usual_file,
)
from dhis2cfg.errors import CredentialsRefused, UsageError
from dhis2cfg.model.fleet import Origin

OSLO = origin_of("https://oslo.example.org/dhis")
LOCAL = origin_of("http://127.0.0.1:8042")
CANARY = "CANARYsecret"
PUBLIC = "sandbox-for-all"


def a_file(folder: Path, text: str, mode: int = 0o600) -> Path:
    """A credentials file."""
    file = folder / "credentials"
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)
    return file


@pytest.mark.parametrize(
    ("url", "origin", "name"),
    [
        ("https://oslo.example.org/dhis", "https://oslo.example.org", "OSLO_EXAMPLE_ORG"),
        ("https://Oslo.Example.org:443", "https://oslo.example.org", "OSLO_EXAMPLE_ORG"),
        ("http://127.0.0.1:8042", "http://127.0.0.1:8042", "127_0_0_1_8042"),
        ("https://a-b.no:8443/x", "https://a-b.no:8443", "A_B_NO_8443"),
        ("http://[::1]:80", "http://::1", "__1"),
    ],
)
def test_origins_and_their_names(url: str, origin: str, name: str) -> None:
    """The origin of a URL and its name in variables: capitals, other signs `_`, the port unless usual."""
    assert (str(origin_of(url)), name_of(origin_of(url))) == (origin, name)


@pytest.mark.parametrize(
    "url",
    [
        "oslo.example.org",
        "ftp://oslo.example.org",
        "https://",
        "https://robot:CANARYsecret@oslo.example.org",
        "https://oslo.example.org/?token=x",
        "https://oslo.example.org/#x",
        "https://oslo.example.org:99999",
        "https://[oslo",
    ],
)
def test_urls_that_are_refused(url: str) -> None:
    """A URL that is none, or that carries credentials, is refused, and its secret is not repeated."""
    with pytest.raises(UsageError) as caught:
        origin_of(url)
    assert CANARY not in caught.value.what


@pytest.mark.parametrize(
    ("host", "is_local"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("10.0.0.1", False),
        ("a.no", False),
    ],
)
def test_this_machine(*, host: str, is_local: bool) -> None:
    """What counts as this machine."""
    assert is_loopback(Origin(scheme="http", host=host, port=80)) is is_local


def test_two_origins_of_one_name() -> None:
    """Two origins whose variables would have one name are refused, also when only the scheme differs."""
    refuse_ambiguous([OSLO, LOCAL, OSLO])
    with pytest.raises(UsageError, match="DHIS2CFG_TOKEN__A_B_NO"):
        refuse_ambiguous([origin_of("https://a-b.no"), origin_of("https://a.b.no")])
    with pytest.raises(UsageError):
        refuse_ambiguous([origin_of("https://a.no"), origin_of("http://a.no")])


def test_token_of_a_variable() -> None:
    """The token of an origin's variable goes before its password, and says where it came from."""
    environ = {
        "DHIS2CFG_TOKEN__OSLO_EXAMPLE_ORG": CANARY,
        "DHIS2CFG_USERNAME__OSLO_EXAMPLE_ORG": "robot",
        "DHIS2CFG_PASSWORD__OSLO_EXAMPLE_ORG": "other",
    }
    found = find(OSLO, environ)
    assert (found.header, found.source) == (f"ApiToken {CANARY}", "DHIS2CFG_TOKEN__OSLO_EXAMPLE_ORG")
    assert found.secrets == (CANARY, CANARY)
    assert found.is_token


def test_password_of_variables() -> None:
    """User name and password of an origin's variables sign in by Basic."""
    found = find(
        LOCAL,
        {"DHIS2CFG_USERNAME__127_0_0_1_8042": "robot", "DHIS2CFG_PASSWORD__127_0_0_1_8042": CANARY},
    )
    assert found.header == "Basic cm9ib3Q6Q0FOQVJZc2VjcmV0"
    assert found.secrets == (CANARY, "cm9ib3Q6Q0FOQVJZc2VjcmV0")
    assert not found.is_token


def test_repr_hides() -> None:
    """Neither token, user name nor password show in the repr."""
    shown = repr(Credentials(origin=OSLO, source="x", token=CANARY, username=CANARY, password=CANARY))
    assert CANARY not in shown


def test_half_a_pair() -> None:
    """A user name without a password, or the reverse, is named."""
    with pytest.raises(
        CredentialsRefused, match="USERNAME__OSLO_EXAMPLE_ORG is set, but DHIS2CFG_PASSWORD__"
    ):
        find(OSLO, {"DHIS2CFG_USERNAME__OSLO_EXAMPLE_ORG": "robot"})
    with pytest.raises(
        CredentialsRefused, match="PASSWORD__OSLO_EXAMPLE_ORG is set, but DHIS2CFG_USERNAME__"
    ):
        find(OSLO, {"DHIS2CFG_PASSWORD__OSLO_EXAMPLE_ORG": CANARY})


def test_nothing_found_says_where_it_looked() -> None:
    """Without credentials the message lists what was looked for."""
    with pytest.raises(CredentialsRefused) as caught:
        find(OSLO, {"DHIS2CFG_TOKEN": CANARY, "DHIS2CFG_TOKEN__OTHER_EXAMPLE_ORG": CANARY})
    assert caught.value.what == "there are no credentials for https://oslo.example.org"
    assert caught.value.details == (
        (
            "looked for DHIS2CFG_TOKEN__OSLO_EXAMPLE_ORG, or DHIS2CFG_USERNAME__OSLO_EXAMPLE_ORG"
            " and DHIS2CFG_PASSWORD__OSLO_EXAMPLE_ORG"
        ),
        "no credentials file is there",
    )


def test_another_port_is_another_origin() -> None:
    """The token of one port is not found for another one of the same host."""
    with pytest.raises(CredentialsRefused):
        find(origin_of("http://127.0.0.1:9999"), {"DHIS2CFG_TOKEN__127_0_0_1_8042": CANARY})


def test_plain_http_gets_no_variable() -> None:
    """A url changed from https to http does not get the token of the same name, but this machine does."""
    with pytest.raises(CredentialsRefused) as caught:
        find(origin_of("http://oslo.example.org"), {"DHIS2CFG_TOKEN__OSLO_EXAMPLE_ORG": CANARY})
    assert "plain http needs a section" in caught.value.details[0]
    assert find(LOCAL, {"DHIS2CFG_TOKEN__127_0_0_1_8042": CANARY}).token == CANARY


def test_variables_without_a_host_serve_one_server_alone() -> None:
    """`DHIS2CFG_TOKEN` is for `--server` only."""
    assert find(OSLO, {"DHIS2CFG_TOKEN": CANARY}, for_server=True).source == "DHIS2CFG_TOKEN"
    with pytest.raises(CredentialsRefused) as caught:
        find(OSLO, {}, for_server=True)
    assert "looked for DHIS2CFG_TOKEN, or DHIS2CFG_USERNAME and DHIS2CFG_PASSWORD" in caught.value.details


def test_sandbox_token() -> None:
    """The sandbox's public token goes to this machine only, and after what the user set."""
    assert find(LOCAL, {}, sandbox_token=PUBLIC).token == PUBLIC
    assert find(LOCAL, {"DHIS2CFG_TOKEN__127_0_0_1_8042": CANARY}, sandbox_token=PUBLIC).token == CANARY
    with pytest.raises(CredentialsRefused):
        find(OSLO, {}, sandbox_token=PUBLIC)


@pytest.mark.parametrize("token", ["d2 pat", "d2pat\n", "d2pæt", "d2pat\x00"])
def test_tokens_that_no_header_carries(token: str) -> None:
    """A token with blanks or strange signs is refused here, for a header's own error would quote it."""
    with pytest.raises(CredentialsRefused) as caught:
        find(OSLO, {"DHIS2CFG_TOKEN__OSLO_EXAMPLE_ORG": token})
    assert token not in caught.value.what


def test_colon_in_a_user_name() -> None:
    """Basic cannot carry a colon in a user name."""
    environ = {"DHIS2CFG_USERNAME": "a:b", "DHIS2CFG_PASSWORD": CANARY}
    with pytest.raises(CredentialsRefused, match="colon"):
        find(OSLO, environ, for_server=True)


def test_section_of_the_file(tmp_path: Path) -> None:
    """The section of the origin serves, whatever else stands in the file; a path in it does not matter."""
    file = a_file(
        tmp_path,
        f"[default]\ntoken = x\n[http://oslo.example.org]\ntoken = y\n"
        f"[https://oslo.example.org/]\nusername = robot\npassword = {CANARY}%\n",
    )
    found = find(OSLO, {}, file=file)
    assert (found.username, found.password) == ("robot", f"{CANARY}%")
    assert found.provenance == (f"the password comes from {file}, section [https://oslo.example.org] and was")


def test_commands_of_the_file(tmp_path: Path) -> None:
    """A command's output is the value, without its line break; a value written goes before a command."""
    command = f"{sys.executable} -c \"print('{CANARY}')\""
    file = a_file(tmp_path, f"[https://oslo.example.org]\ntoken_command = {command}\n")
    assert find(OSLO, {}, file=file).token == CANARY
    file = a_file(tmp_path, f"[https://oslo.example.org]\ntoken = {PUBLIC}\ntoken_command = /nowhere\n")
    assert find(OSLO, {}, file=file).token == PUBLIC


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("/nowhere/at/all", "could not be run: FileNotFoundError"),
        ("'unclosed", "could not be run: ValueError"),
        (f"{sys.executable} -c \"import sys; print('{CANARY}'); sys.exit(3)\"", "ended with exit code 3"),
    ],
)
def test_failing_commands(tmp_path: Path, command: str, says: str) -> None:
    """A command that fails is named by its key and section; what it printed is not repeated."""
    file = a_file(tmp_path, f"[https://oslo.example.org]\ntoken_command = {command}\n")
    with pytest.raises(CredentialsRefused) as caught:
        find(OSLO, {}, file=file)
    assert says in caught.value.what
    assert CANARY not in caught.value.what
    assert "token_command of [https://oslo.example.org]" in caught.value.what


def test_file_that_others_can_read(tmp_path: Path) -> None:
    """A file that is open to others is refused."""
    file = a_file(tmp_path, "[https://oslo.example.org]\ntoken = t\n", mode=0o640)
    with pytest.raises(CredentialsRefused) as caught:
        find(OSLO, {}, file=file)
    assert caught.value.following == (f"chmod 600 {file}",)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"[https://oslo.example.org]\n{CANARY}\n", ", line 2"),
        (f"token = {CANARY}\n", ", line 1"),
        (f"[a]\ntoken = {CANARY}\n[a]\n", ", line 3"),
    ],
)
def test_file_that_is_not_ini(tmp_path: Path, text: str, line: str) -> None:
    """A file that cannot be read as INI is named with its line, and its text is not repeated."""
    file = a_file(tmp_path, text)
    with pytest.raises(CredentialsRefused) as caught:
        find(OSLO, {}, file=file)
    assert caught.value.what == f"the credentials file {file} is not written as INI{line}"
    assert caught.value.__suppress_context__


def test_file_that_is_not_text(tmp_path: Path) -> None:
    """A file that is not UTF-8 is no INI file."""
    file = tmp_path / "credentials"
    file.write_bytes(b"\xff\xfe\xfa")
    file.chmod(0o600)
    with pytest.raises(CredentialsRefused, match="not written as INI"):
        find(OSLO, {}, file=file)


def test_file_that_is_missing(tmp_path: Path) -> None:
    """A file that was named and is not there is refused."""
    with pytest.raises(CredentialsRefused, match="No such file"):
        find(OSLO, {}, file=tmp_path / "missing")


def test_section_that_is_not_enough(tmp_path: Path) -> None:
    """A section without a token or a whole pair is said so; a file without the section says nothing."""
    file = a_file(tmp_path, "[https://oslo.example.org]\nusername = robot\n")
    with pytest.raises(CredentialsRefused, match="neither a token nor a user name and a password"):
        find(OSLO, {}, file=file)
    with pytest.raises(CredentialsRefused) as caught:
        find(LOCAL, {}, file=file)
    assert caught.value.details[1] == f"looked for a section [http://127.0.0.1:8042] in {file}"


def test_usual_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The named file goes first; else the one in the user's configuration, where it is there."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert usual_file({"DHIS2CFG_CREDENTIALS": "/x/y"}) == Path("/x/y")
    assert usual_file({}) is None
    (tmp_path / "dhis2cfg").mkdir()
    (tmp_path / "dhis2cfg" / "credentials").touch()
    if os.name == "posix" and sys.platform != "darwin":
        assert usual_file({}) == tmp_path / "dhis2cfg" / "credentials"
