"""The metadata server that planning and applying see: facts, questions, dry run and steps."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.dhis2 import answers
from dhis2cfg.dhis2.importing import ImportMode
from dhis2cfg.dhis2.performing import perform
from dhis2cfg.dhis2.performing.imports import posted
from dhis2cfg.dhis2.reads import lookups, uses
from dhis2cfg.dhis2.reads.combinations import with_combinations
from dhis2cfg.dhis2.reads.objects import Reader
from dhis2cfg.dhis2.reads.settings import SettingsRead, read_settings
from dhis2cfg.dhis2.session import Session
from dhis2cfg.errors import Dhis2cfgError, Unreachable
from dhis2cfg.model.names import COMBINATIONS, Uid
from dhis2cfg.model.plan import Step
from dhis2cfg.model.questions import Account, Answers, ImportReport, Questions, ServerFacts
from dhis2cfg.wire.secrets import filled, named_in, short_secret

NOT_GIVEN = "not-given"
"""What stands for a missing secret where the server only tries a plan that cannot be applied."""


def nothing(_name: str) -> str | None:
    """The secrets of whoever has none."""
    return None


class Dhis2Server:
    """One DHIS2 behind a session; `catalogue_for` gives the catalogue of a version (`2.42.5-SNAPSHOT`).

    `secret` gives the value of a secret that a package names, None where there is none.
    """

    def __init__(
        self,
        session: Session,
        catalogue_for: Callable[[str], Catalogue],
        secret: Callable[[str], str | None] = nothing,
    ) -> None:
        self._session = session
        self._secret = secret
        self._catalogue_for = catalogue_for
        self._facts: ServerFacts | None = None
        self._made_reader: Reader | None = None
        self._defaults: Mapping[str, Uid] | None = None

    def facts(self) -> ServerFacts:
        """Version, time, locales and account; asked once and remembered."""
        if self._facts is None:
            self._facts = _facts(self._session)
        return self._facts

    def answer(self, questions: Questions, known: Answers) -> Answers:
        """`known` and what the server says to one round of questions; counts are the counter's."""
        objects = {name: dict(live) for name, live in known.objects.items()}
        hidden = known.hidden
        if questions.objects:
            read = self._reader().read(questions.objects, self._server_defaults)
            hidden |= read.hidden
            for name, live in read.objects.items():
                objects.setdefault(name, {}).update(live)
        by = lookups.by_value(self._reader(), questions.by) if questions.by else {}
        users = lookups.users(self._session, questions.usernames) if questions.usernames else {}
        beside = SettingsRead()
        if questions.settings:
            beside = read_settings(self._session, questions.settings, self.facts().minor)
        used = uses.uses(self._session, self._catalogue(), questions.uses) if questions.uses else {}
        return replace(
            known,
            objects=objects,
            hidden=hidden,
            by={**known.by, **by},
            users={**known.users, **users},
            uses={**known.uses, **used},
            settings={**known.settings, **beside.values},
            untold=known.untold | beside.untold,
            secrets={**known.secrets, **{name: self._digest(name) for name in questions.secrets}},
            defaults=self._server_defaults() if questions.defaults else known.defaults,
        )

    def dry_run(self, body: Mapping[str, Any]) -> ImportReport:
        """VALIDATE exactly this body; nothing is written, so a missing answer raises."""
        values = {name: self._secret(name) or NOT_GIVEN for name in named_in(body)}
        sent = filled(body, values) if values else body
        sent = with_combinations(self._reader(), sent, lambda: self._server_defaults().get(COMBINATIONS))
        return posted(self._session, sent, self._plurals(), ImportMode.VALIDATE)

    def perform(self, step: Step) -> ImportReport:
        """Do exactly this step, once; what went wrong on the way is a report too."""
        given = self._with_secrets(step)
        sent = replace(given, body=with_combinations(self._reader(), given.body))
        return perform(self._session, self._reader(), self._plurals(), sent)

    def _with_secrets(self, step: Step) -> Step:
        """The step with the secrets that it names; one that nobody gave us ends it before it is sent."""
        values = {name: self._secret(name) for name in named_in(step.body)}
        missing = [name for name, value in values.items() if value is None]
        if missing:
            raise Dhis2cfgError(f"the secret {missing[0]} is not there; the step was not sent")
        given = {name: value for name, value in values.items() if value is not None}
        return replace(step, body=filled(step.body, given)) if given else step

    def _digest(self, name: str) -> str | None:
        value = self._secret(name)
        return None if value is None else short_secret(name, value)

    def _plurals(self) -> Mapping[str, str]:
        """The type of each class; the version is asked for, so that an unknown one is never sent anything."""
        return {each.klass: each.name for each in self._catalogue().types.values()}

    def _catalogue(self) -> Catalogue:
        return self._catalogue_for(self.facts().version)

    def _reader(self) -> Reader:
        if self._made_reader is None:
            self._made_reader = Reader(self._session, self._catalogue())
        return self._made_reader

    def _server_defaults(self) -> Mapping[str, Uid]:
        if self._defaults is None:
            self._defaults = lookups.defaults(self._reader())
        return self._defaults


def _facts(session: Session) -> ServerFacts:
    info = session.find("/api/system/info")
    if not isinstance(info, dict) or not info.get("version"):
        raise Unreachable(
            f"{session.name} does not answer as DHIS2 does ({session.url}/api/system/info)",
            following=(answers.RIGHT_URL,),
        )
    me = session.get("/api/me?fields=id,username,authorities,userRoles%5Bid,authorities%5D")
    locales = session.get("/api/locales/db") or []
    return ServerFacts(
        version=info["version"],
        revision=str(info.get("revision") or ""),
        time=str(info.get("serverDate") or ""),
        locales=tuple(each["locale"] for each in locales),
        database_locale=_database_locale(session),
        account=Account(
            uid=Uid(me["id"]),
            username=me["username"],
            authorities=frozenset(me.get("authorities") or ()),
            roles={
                Uid(role["id"]): frozenset(role.get("authorities") or ())
                for role in me.get("userRoles") or ()
            },
        ),
        is_sandbox=str(info.get("systemName") or "").startswith("dhis2cfg sandbox"),
        system_id=str(info.get("systemId") or ""),
    )


def _database_locale(session: Session) -> str:
    """`keyDbLocale`; empty on 2.41 where nobody set it, and where the account may not ask (facts §17.7)."""
    status, answer = session.ask(
        "/api/systemSettings/keyDbLocale", accept=frozenset({answers.NOT_FOUND, 403, 409})
    )
    is_known = status < 400 and isinstance(answer, dict)  # noqa: PLR2004 - HTTP's own classes
    return str(answer.get("keyDbLocale") or "") if is_known else ""
