"""Credentials bound to an origin outside the repository, from variables or the user's own file."""

import base64
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dhis2cfg.dhis2.credentials.origins import is_loopback, name_of
from dhis2cfg.dhis2.credentials.user_file import read_section
from dhis2cfg.errors import CredentialsRefused
from dhis2cfg.model.fleet import Origin

PREFIX = "DHIS2CFG"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """A token, or a user name and a password, for one origin; `source` says where they came from."""

    origin: Origin
    source: str
    token: str = field(default="", repr=False)
    username: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def is_token(self) -> bool:
        """Whether a token signs in, which opens no session (facts §8)."""
        return bool(self.token)

    @property
    def header(self) -> str:
        """The value of `Authorization`."""
        if self.token:
            return f"ApiToken {self.token}"
        return "Basic " + base64.b64encode(f"{self.username}:{self.password}".encode()).decode()

    @property
    def provenance(self) -> str:
        """Where they came from, as the beginning of a sentence on what became of them."""
        kind = "token" if self.token else "password"
        if not self.source.startswith(f"{PREFIX}_"):
            return f"the {kind} comes from {self.source} and was"
        verbs = "is set but was" if self.token else "are set but were"
        return f"the {kind} comes from {self.source}, which {verbs}"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What may never be said."""
        whole = self.header.partition(" ")[2]
        return tuple(each for each in (self.token, self.password, whole) if each)


def find(
    origin: Origin,
    environ: Mapping[str, str],
    *,
    file: Path | None = None,
    for_server: bool = False,
    sandbox_token: str = "",
) -> Credentials:
    """The credentials of an origin; `CredentialsRefused` says where they were looked for.

    Variables with the origin's name come first, then the user's `file`, then, `for_server` only (`--server`),
    those without a name, then `sandbox_token`, on this machine only. Names know no scheme, so that variables
    serve https and this machine: a `url` changed to plain http must not put a token on the open wire.
    """
    name = name_of(origin)
    may_use_names = origin.scheme == "https" or is_loopback(origin)
    found = _from_variables(origin, environ, f"__{name}") if may_use_names else None
    found = found or _from_file(origin, file)
    if found is None and for_server:
        found = _from_variables(origin, environ, "")
    if found is None and sandbox_token and is_loopback(origin):
        found = Credentials(origin=origin, source="the sandbox's public token", token=sandbox_token)
    if found is None:
        raise _nothing(origin, file, may_use_names=may_use_names, for_server=for_server)
    return _checked(found)


def _from_variables(origin: Origin, environ: Mapping[str, str], ending: str) -> Credentials | None:
    token, username, password = (f"{PREFIX}_{each}{ending}" for each in ("TOKEN", "USERNAME", "PASSWORD"))
    if environ.get(token):
        return Credentials(origin=origin, source=token, token=environ[token])
    if bool(environ.get(username)) is not bool(environ.get(password)):
        there, missing = (username, password) if environ.get(username) else (password, username)
        raise CredentialsRefused(f"{there} is set, but {missing} is not")
    if environ.get(username):
        return Credentials(
            origin=origin,
            source=f"{username} and {password}",
            username=environ[username],
            password=environ[password],
        )
    return None


def _from_file(origin: Origin, file: Path | None) -> Credentials | None:
    section = read_section(file, origin) if file else None
    if section is None:
        return None
    token, username, password = (section.get(each, "") for each in ("token", "username", "password"))
    if not token and not (username and password):
        raise CredentialsRefused(
            f"{file} has a section for {origin}, but neither a token nor a user name and a password in it"
        )
    source = f"{file}, section [{origin}]"
    if token:
        return Credentials(origin=origin, source=source, token=token)
    return Credentials(origin=origin, source=source, username=username, password=password)


def _nothing(
    origin: Origin, file: Path | None, *, may_use_names: bool, for_server: bool
) -> CredentialsRefused:
    endings = ([f"__{name_of(origin)}"] if may_use_names else []) + ([""] if for_server else [])
    looked = [
        f"looked for {PREFIX}_TOKEN{ending}, or {PREFIX}_USERNAME{ending} and {PREFIX}_PASSWORD{ending}"
        for ending in endings
    ]
    if not may_use_names:
        looked.append("variables serve https only: plain http needs a section in the credentials file")
    looked.append(f"looked for a section [{origin}] in {file}" if file else "no credentials file is there")
    return CredentialsRefused(
        f"there are no credentials for {origin}",
        details=tuple(looked),
        following=("credentials belong to an address, so a changed address needs its own",),
    )


def _checked(found: Credentials) -> Credentials:
    """The credentials, where HTTP can carry them; a header's error message would quote them."""
    fits = set(string.printable) - set(string.whitespace)
    if found.token and not set(found.token) <= fits:
        raise CredentialsRefused(f"the token from {found.source} holds blanks or signs that no token has")
    if ":" in found.username:
        raise CredentialsRefused(f"the user name from {found.source} holds a colon, which Basic cannot carry")
    return found
