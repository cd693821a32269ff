"""What an empty server would be sent: the steps of the plan of one, so that an export is what apply does."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from dhis2cfg.catalogue import shipped
from dhis2cfg.errors import NotSupported
from dhis2cfg.model.fleet import Target
from dhis2cfg.model.names import Uid
from dhis2cfg.model.plan import Step
from dhis2cfg.model.questions import Account, Answers, CountQuestion, ImportReport, Questions, ServerFacts
from dhis2cfg.model.state import State
from dhis2cfg.pipeline.learning import learn
from dhis2cfg.plan.build import build
from dhis2cfg.plan.given import Given
from dhis2cfg.plan.survey import survey
from dhis2cfg.wire.combinations import wanted_in


class EmptyServer:
    """A server of a version that holds nothing, and nobody but an account that may do everything."""

    def __init__(self, version: str) -> None:
        self._version = version

    def facts(self) -> ServerFacts:
        """What it says of itself: the version alone."""
        account = Account(uid=Uid("M5zQapPyTZI"), username="admin", authorities=frozenset({"ALL"}))
        return ServerFacts(
            version=self._version, revision="", time="", locales=(), database_locale="", account=account
        )

    def answer(self, questions: Questions, known: Answers) -> Answers:
        """Nothing is there, whatever is asked for."""
        if questions.usernames:
            raise NotSupported(
                "users in an exported file",
                details=(f"the package names {', '.join(questions.usernames)}",),
                following=("share with user groups instead, or apply the package",),
            )
        if questions.defaults:
            raise _combinations("default")
        objects: dict[str, dict[Uid, Any]] = {name: dict(live) for name, live in known.objects.items()}
        for name, uids in questions.objects.items():
            objects.setdefault(name, {}).update(dict.fromkeys(uids))
        by = {(name, prop, each): () for (name, prop), asked in questions.by.items() for each in asked}
        return replace(
            known,
            objects=objects,
            by={**known.by, **by},
            settings={**known.settings, **dict.fromkeys(questions.settings)},
            secrets={**known.secrets, **dict.fromkeys(questions.secrets)},
            uses={
                **known.uses,
                **{(name, uid): () for name, uids in questions.uses.items() for uid in uids},
            },
        )

    def dry_run(self, body: Mapping[str, Any]) -> ImportReport:
        """Nothing can be tried here."""
        raise NotSupported(f"a dry run of {len(body)} types without a server")

    def perform(self, step: Step) -> ImportReport:
        """Nothing can be done here."""
        raise NotSupported(f"step {step.number} without a server")

    def counts(self, questions: Iterable[CountQuestion]) -> dict[CountQuestion, int | None]:
        """It holds no data."""
        return dict.fromkeys(questions, 0)


def steps_on_nothing(state: State, version: str) -> tuple[Step, ...]:
    """Everything that makes a state on an empty server of this version (`2.42`), in order."""
    server = EmptyServer(version)
    given = Given(
        state=state,
        record=None,
        facts=server.facts(),
        catalogue=shipped.load(version),
        fleet="export",
        environment="",
    )
    answers = learn(given, server, server)
    target = Target(name="export", environment="", url="", municipalities=())
    plan, _ = build(given, answers, target, "")
    named = [meant for meant, uid in survey(given, answers).combinations.items() if any(wanted_in(uid))]
    if named:
        raise _combinations(min(each.key for each in named))
    return plan.steps


def _combinations(key: str) -> NotSupported:
    return NotSupported(
        "option combinations in an exported file",
        details=(f"the package names {key}, and each server makes and numbers its own",),
        following=("apply the package, which reads them from the server",),
    )
