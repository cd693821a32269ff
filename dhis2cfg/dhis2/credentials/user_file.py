"""The user's credentials file: INI, a section an origin, readable by its owner alone (design §5)."""

import configparser
import os
import shlex
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from dhis2cfg.dhis2.credentials.origins import origin_of
from dhis2cfg.errors import CredentialsRefused, UsageError
from dhis2cfg.model.fleet import Origin

VARIABLE = "DHIS2CFG_CREDENTIALS"
KEYS = ("token", "username", "password")
COMMAND_SECONDS = 60


def usual_file(environ: Mapping[str, str]) -> Path | None:
    """The file that `DHIS2CFG_CREDENTIALS` names, else the one in the user's configuration, if any."""
    named = environ.get(VARIABLE)
    if named:
        return Path(named)
    usual = platformdirs.user_config_path("dhis2cfg") / "credentials"
    return usual if usual.exists() else None


def read_section(file: Path, origin: Origin) -> dict[str, str] | None:
    """Token, user name and password of one origin, commands run; None where the file has no such section."""
    parser = _parsed(file)
    for section in parser.sections():
        if _names(section, origin):
            return _values(parser[section], file, origin)
    return None


def read_secret(file: Path, origin: Origin, name: str) -> str | None:
    """One secret of an origin (`secret_NAME`, or what `secret_NAME_command` prints), None where it is not."""
    key = f"secret_{name}".lower()
    parser = _parsed(file)
    for section in parser.sections():
        if _names(section, origin):
            return _value(parser[section], key, file, origin)
    return None


def _parsed(file: Path) -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser(delimiters=("=",), comment_prefixes=("#", ";"))
    try:
        with file.open(encoding="utf-8") as stream:
            _refuse_readable_by_others(file, os.fstat(stream.fileno()).st_mode)
            parser.read_file(stream)
    except OSError as error:
        raise CredentialsRefused(f"the credentials file {file} cannot be read: {error.strerror}") from error
    except (configparser.Error, UnicodeDecodeError) as error:
        line = getattr(error, "lineno", None) or next(iter(getattr(error, "errors", [])), (None,))[0]
        where = f", line {line}" if line else ""
        message = f"the credentials file {file} is not written as INI{where}"
        raise CredentialsRefused(message) from None  # the parser's message quotes the line
    return parser


def _refuse_readable_by_others(file: Path, mode: int) -> None:
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise CredentialsRefused(
            f"the credentials file {file} can be read by others", following=(f"chmod 600 {file}",)
        )


def _names(section: str, origin: Origin) -> bool:
    try:
        return origin_of(section) == origin
    except UsageError:
        return False


def _values(section: configparser.SectionProxy, file: Path, origin: Origin) -> dict[str, str]:
    values = {key: _value(section, key, file, origin) for key in KEYS}
    return {key: value for key, value in values.items() if value is not None}


def _value(section: configparser.SectionProxy, key: str, file: Path, origin: Origin) -> str | None:
    """A value, or what its command prints; keys of INI files know no capitals."""
    command = section.get(f"{key}_command")
    if section.get(key) or not command:
        return section.get(key) or None
    return _said_by(command, f"{key}_command of [{origin}] in {file}")


def _said_by(command: str, which: str) -> str:
    """What a command of the user's own file prints, without its last line break; no shell, nothing quoted."""
    try:
        done = subprocess.run(  # noqa: S603 - the command stands in a file that only its owner can write
            shlex.split(command), capture_output=True, text=True, timeout=COMMAND_SECONDS, check=False
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise CredentialsRefused(f"the {which} could not be run: {type(error).__name__}") from None
    if done.returncode:
        raise CredentialsRefused(f"the {which} ended with exit code {done.returncode}")
    return done.stdout.rstrip("\r\n")
