"""What `doctor` looks at on one server: each check a value, nothing printed, nothing written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from dhis2cfg.catalogue import quirks, shipped
from dhis2cfg.dhis2.connect import Connection
from dhis2cfg.dhis2.proxies import proxy_of
from dhis2cfg.dhis2.state.server_time import server_now
from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.questions import ServerFacts

CERTIFICATE_DAYS = 30
CLOCK_SECONDS = 60


class Level(Enum):
    """How a check ended."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of `doctor`; `following` says what to do where it is not ok."""

    level: Level
    text: str
    following: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What packages ask of a server: `who` names them, `authorities` is a deed → the names that allow it.

    `locale` is the packages' base language.
    """

    who: str
    authorities: Mapping[str, tuple[str, ...]]
    locale: str


def examine(connection: Connection, needs: Needs, now: datetime) -> Iterator[Check]:
    """All checks of one server, in the order of one screen; `now` is our own clock's time with its zone."""
    yield from _surroundings(connection)
    try:
        facts = connection.server.facts()
    except Dhis2cfgError as error:
        yield Check(level=Level.FAIL, text=_said(error), following="; ".join(error.following))
        return
    yield _answers(connection, now)
    yield _account(connection, facts, needs)
    yield _version(facts)
    yield _clock(connection, now)
    yield _language(facts, needs)
    yield from _keys(connection)


def _surroundings(connection: Connection) -> Iterator[Check]:
    proxy = proxy_of(connection.target.url)
    if proxy:
        yield Check(level=Level.OK, text=f"through the proxy {proxy}")
    if connection.target.ca:
        yield Check(level=Level.OK, text=f"trusts the authorities in {connection.target.ca} too")


def _answers(connection: Connection, now: datetime) -> Check:
    end = connection.certificate_end
    url = connection.target.url
    if end is None:
        return Check(level=Level.OK, text=f"{url} answers")
    days = (end - now).days
    return Check(
        level=Level.WARN if days < CERTIFICATE_DAYS else Level.OK,
        text=f"{url} answers, certificate until {end:%Y-%m-%d}",
        following=f"renew it within {days} days" if days < CERTIFICATE_DAYS else "",
    )


def _account(connection: Connection, facts: ServerFacts, needs: Needs) -> Check:
    kind = "token" if connection.credentials.is_token else "password"
    signed_in = f"signed in as {facts.account.username} ({kind})"
    missing = {
        deed: names
        for deed, names in needs.authorities.items()
        if not facts.account.may_everything and not facts.account.authorities.intersection(names)
    }
    if not missing:
        count = len({name for names in needs.authorities.values() for name in names})
        return Check(
            level=Level.OK,
            text=f"{signed_in}; may do all that {needs.who} needs ({count} authorities)",
        )
    lacks = "; ".join(f"{deed}: {' or '.join(names)}" for deed, names in sorted(missing.items()))
    return Check(
        level=Level.FAIL,
        text=f"{signed_in}; may not do all that {needs.who} needs",
        following=f"give a role of the account what it lacks: {lacks}",
    )


def _version(facts: ServerFacts) -> Check:
    if facts.minor in shipped.VERSIONS:
        return Check(level=Level.OK, text=f"DHIS2 {facts.version} is tested with this version of dhis2cfg")
    return Check(
        level=Level.FAIL,
        text=f"DHIS2 {facts.version} is not known to this version of dhis2cfg",
        following=f"known are {', '.join(shipped.VERSIONS)}; dhis2cfg schema pull reads another one",
    )


def _clock(connection: Connection, now: datetime) -> Check:
    try:
        seconds = (server_now(connection.session) - now.astimezone(UTC)).total_seconds()
    except Dhis2cfgError as error:
        return Check(level=Level.WARN, text=_said(error))
    if abs(seconds) <= CLOCK_SECONDS:
        return Check(level=Level.OK, text="clock of the server agrees with this machine's")
    where = "ahead" if seconds > 0 else "behind"
    return Check(level=Level.WARN, text=f"clock of the server is {round(abs(seconds) / 60)} minutes {where}")


def _language(facts: ServerFacts, needs: Needs) -> Check:
    shown = facts.database_locale
    ours = quirks.database_locales(needs.locale, facts.locales)
    if not shown or not needs.locale or shown in (needs.locale, *ours):
        text = f'database language is "{shown}"' if shown else "no database language is set"
        return Check(level=Level.OK, text=text)
    return Check(
        level=Level.WARN,
        text=(
            f'database language is "{shown}", the package\'s base language is {needs.locale}: '
            f'users who chose no language see the "{shown}" texts'
        ),
        following=f"systemSettings: {{keyDbLocale: {ours[0]}}} in a package, or Settings on the server",
    )


def _keys(connection: Connection) -> Iterator[Check]:
    name = connection.target.name
    try:
        opened = connection.store.open_keys()
    except Dhis2cfgError as error:
        yield Check(level=Level.FAIL, text=_said(error), following="; ".join(error.following))
        return
    if opened:
        yield Check(
            level=Level.FAIL,
            text=f"dhis2cfg's data store keys can be read by everybody: {', '.join(opened)}",
            following=f"dhis2cfg doctor -m {name} --fix",
        )
    else:
        yield Check(level=Level.OK, text="dhis2cfg's data store keys are closed to others")


def _said(error: Dhis2cfgError) -> str:
    return "; ".join((error.what, *error.details))
