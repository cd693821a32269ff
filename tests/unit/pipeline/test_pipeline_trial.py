"""Tests of what a dry run says against a plan."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dhis2cfg.catalogue.forward import STORED_CHECKS
from dhis2cfg.model.names import Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.plan import Change, Digests, HandOver, Kind, Plan, Reason, Risk, Step, StepKind
from dhis2cfg.model.questions import Account, Answers, ImportProblem, ImportReport, Questions, ServerFacts
from dhis2cfg.pipeline.trial import tried, united

RULE = ("programRuleActions", "P/R/HIDE")
ELEMENT = ("dataElements", "E")
PLACE = Place(file="a.yaml", line=3)


class Server:
    """Answers every trial with these errors, as seen by an account with these authorities."""

    def __init__(self, *errors: ImportProblem, authority: str = "ALL") -> None:
        self.errors = errors
        self.authority = authority
        self.bodies: list[Mapping[str, Any]] = []

    def facts(self) -> ServerFacts:
        """Who we are."""
        account = Account(uid=Uid("u"), username="u", authorities=frozenset({self.authority}))
        return ServerFacts(
            version="2.42.0", revision="", time="", locales=(), database_locale="", account=account
        )

    def answer(self, questions: Questions, known: Answers) -> Answers:
        """Nobody asks."""
        raise AssertionError

    def dry_run(self, body: Mapping[str, Any]) -> ImportReport:
        """The errors, if there are any."""
        self.bodies.append(body)
        return ImportReport(ok=not self.errors, stats={}, errors=self.errors)

    def perform(self, step: Step) -> ImportReport:
        """Nobody writes."""
        raise AssertionError


def a_call(number: int, *objects: tuple[tuple[str, str], str], tried: bool = True) -> Step:
    """A call of objects by name and UID."""
    body: dict[str, list[Any]] = {}
    for (type_name, _), uid in objects:
        body.setdefault(type_name, []).append({"id": uid, "call": number})
    names = tuple(name for name, _ in objects)
    return Step(number=number, kind=StepKind.CALL, objects=names, body=body, tried=tried)


def a_plan(*steps: Step) -> Plan:
    """A plan that makes the element."""
    made = Change(
        type=ELEMENT[0],
        path=ELEMENT[1],
        field="",
        kind=Kind.CREATE,
        reason=Reason.NEW,
        risk=Risk.SAFE,
        uid=Uid("E0"),
        title="E",
        place=PLACE,
    )
    return Plan(
        target="t",
        environment="prod",
        url="https://t",
        municipalities=("t",),
        fleet="f",
        packages={},
        applied={},
        server_version="2.42.0",
        compared=1,
        changes=(made,),
        steps=steps,
        local=(),
        refusals=(),
        findings=(),
        notes=(),
        digests=Digests(files="", record="", catalogue="", live="", changes=""),
        group="",
    )


TWO = a_plan(a_call(1, (ELEMENT, "E0")), a_call(2, (RULE, "R0"), tried=False))


def an_error(code: str, uid: str) -> ImportProblem:
    """One error of a trial."""
    return ImportProblem(type="", uid=uid, code=code, message="no")


def test_a_plan_without_calls_is_not_sent() -> None:
    """There is nothing to be tried."""
    server = Server(an_error("E1", "x"))
    assert tried(a_plan(), server) == a_plan()
    assert server.bodies == []


def test_what_only_the_first_call_can_bring_is_excused_in_the_second_alone() -> None:
    """A check against what is stored counts where its object stands in a call that could be tried."""
    code = STORED_CHECKS[0].code
    assert tried(TWO, Server()).trial == ()
    assert tried(TWO, Server(an_error(code, "R0"))).trial == ()
    assert [each.path for each in tried(TWO, Server(an_error(code, "E0"))).trial] == ["E"]
    assert [each.code for each in tried(TWO, Server(an_error("E4000", "R0"))).trial] == ["E4000"]
    both = replace(TWO, steps=(TWO.steps[0], replace(TWO.steps[1], tried=True)))
    assert [each.code for each in tried(both, Server(an_error(code, "R0"))).trial] == [code]


def test_what_stands_unseen_is_refused_by_name() -> None:
    """An account that may not see everything is told of what exists; all else stays what the server said."""
    server = Server(an_error("E5003", "E0"), an_error("E5003", "R0"), authority="F_METADATA_IMPORT")
    plan = tried(TWO, server)
    assert [(each.message, each.place) for each in plan.refusals] == [
        ("dataElements/E exists on the server, but this account may not see it", PLACE)
    ]
    assert [each.path for each in plan.trial] == ["P/R/HIDE"]
    seen = tried(TWO, Server(an_error("E5003", "E0")))
    assert (seen.refusals, [each.path for each in seen.trial]) == ((), ["E"])


def test_an_object_that_is_sent_twice_is_tried_in_its_last_form() -> None:
    """All calls as one body, each object once."""
    whole = united((a_call(1, (ELEMENT, "E0"), (RULE, "R0")), a_call(2, (ELEMENT, "E0"))))
    assert whole.body == {
        "dataElements": [{"id": "E0", "call": 2}],
        "programRuleActions": [{"id": "R0", "call": 1}],
    }
    assert whole.objects == (ELEMENT, RULE)


def test_a_hand_over_excuses_its_two_objects_alone() -> None:
    """E5003 says nothing where the taker wants the giver's value; of anything else it does."""
    freed = HandOver(
        type="dataElements", property="name", value="Dag", giver="OLD", taker="E", holder=Uid("HolderHold1")
    )
    step = replace(a_call(1, (ELEMENT, "a"), (("dataElements", "F"), "f")), handed=(freed,))

    def said(uid: str, code: str, message: str, name: str = "name") -> ImportProblem:
        return ImportProblem(type="dataElements", uid=uid, code=code, message=message, property=name)

    meant = said("a", "E5003", "already exists on object HolderHold1")
    others = (
        said("f", "E5003", "already exists on object HolderHold1"),
        said("a", "E5003", "already exists on object SomebodyEl1"),
        said("a", "E5003", "already exists on object HolderHold1", "shortName"),
        said("a", "E5002", "HolderHold1"),
    )
    assert tried(a_plan(step), Server(meant)).trial == ()
    assert len(tried(a_plan(step), Server(meant, *others)).trial) == len(others)
