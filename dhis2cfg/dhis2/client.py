"""The metadata server that planning and applying see: facts, questions, dry run and commit."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.dhis2 import answers
from dhis2cfg.dhis2.importing import ImportMode, import_path, no_report, objects_in, read_report
from dhis2cfg.dhis2.reads import lookups
from dhis2cfg.dhis2.reads.objects import Reader
from dhis2cfg.dhis2.session import Session
from dhis2cfg.errors import CredentialsRefused, NeverSent, ServerRefused, Unreachable
from dhis2cfg.model.names import Uid
from dhis2cfg.model.questions import Account, Answers, ImportReport, Questions, ServerFacts

IMPORT_SECONDS = 600.0


class Dhis2Server:
    """One DHIS2 behind a session; `catalogue_for` gives the catalogue of a version (`2.42.5-SNAPSHOT`)."""

    def __init__(self, session: Session, catalogue_for: Callable[[str], Catalogue]) -> None:
        self._session = session
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
        return replace(
            known,
            objects=objects,
            hidden=hidden,
            by={**known.by, **by},
            users={**known.users, **users},
            defaults=self._server_defaults() if questions.defaults else known.defaults,
        )

    def dry_run(self, body: Mapping[str, Any]) -> ImportReport:
        """VALIDATE exactly this body; nothing is written, so a missing answer raises."""
        return self._import(body, ImportMode.VALIDATE, self._plurals())

    def commit(self, body: Mapping[str, Any]) -> ImportReport:
        """COMMIT exactly this body, once; what went wrong on the way is a report too.

        `committed` is None where the answer never came: a server finishes an import whose sender is gone
        (facts §19.44). It is False where the request was never taken.
        """
        plurals = self._plurals()
        try:
            return self._import(body, ImportMode.COMMIT, plurals)
        except (NeverSent, CredentialsRefused, ServerRefused) as error:
            return no_report(error, committed=False)
        except Unreachable as error:
            return no_report(error, committed=None)

    def _import(self, body: Mapping[str, Any], mode: ImportMode, plurals: Mapping[str, str]) -> ImportReport:
        response = self._session.send("POST", import_path(mode), body, timeout=IMPORT_SECONDS)
        json = answers.json_or_none(response)
        return read_report(response, json, mode=mode, sent=objects_in(body), plurals=plurals)

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
    me = session.get("/api/me?fields=id,username,authorities")
    locales = session.get("/api/locales/db") or []
    return ServerFacts(
        version=info["version"],
        revision=str(info.get("revision") or ""),
        time=str(info.get("serverDate") or ""),
        locales=tuple(each["locale"] for each in locales),
        database_locale=_database_locale(session),
        account=Account(
            uid=Uid(me["id"]), username=me["username"], authorities=frozenset(me.get("authorities") or ())
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
