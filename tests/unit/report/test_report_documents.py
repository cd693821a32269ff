"""JSON documents and the schemas that describe them."""

import json
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from dhis2cfg.errors import Unreachable
from dhis2cfg.explain.describe import describe
from dhis2cfg.explain.lookup import find
from dhis2cfg.model.diff import Affected, Diff, Item, PackageDiff
from dhis2cfg.model.findings import Related
from dhis2cfg.model.names import Uid
from dhis2cfg.model.record import Record, Recorded
from dhis2cfg.model.run import Outcome, Phase, Refused, Result, Run, Runs, StepOutcome, StepState
from dhis2cfg.model.snapshot import Aftermath, Snapshot
from dhis2cfg.model.status import Status
from dhis2cfg.report.checks import CheckRow
from dhis2cfg.report.descriptions import description_document
from dhis2cfg.report.documents import (
    checks_document,
    diff_document,
    drift_document,
    finding_document,
    history_document,
    outcome_document,
    plan_document,
    status_document,
)
from dhis2cfg.report.documents.schemas import generated, schema_of
from dhis2cfg.report.statuses import StatusRow
from dhis2cfg.wire.canonical import pretty
from tests.unit.explain.clinic import clinic
from tests.unit.report.building import UID, a_finding, a_place, a_plan, a_refusal, for_target
from tests.unit.report.release import DESCRIPTION, OWN, RELEASE

SCHEMAS = Path(__file__).parents[3] / "schemas"
GONE = Unreachable("oslo does not answer", details=("https://oslo.example.org",), following=("try later",))
PLANS = plan_document(
    [
        RELEASE,
        for_target(
            RELEASE,
            "oslo",
            DESCRIPTION,
            local=OWN,
            findings=(a_finding(label="here"),),
            refusals=(a_refusal("conflict", place=a_place(), changes=(("a", "b", "c"),)),),
            trial=(Refused(type="programs", path="P", code="E4057", message="no", property="name"),),
        ),
        a_plan(target="amot"),
    ],
    {"bodo": GONE},
)
STEP = StepOutcome(
    number=1,
    state=StepState.REFUSED,
    stats={"created": 4},
    errors=(Refused(type="a", path="b", code="E1", message="m"),),
    seconds=1.5,
)
OUTCOMES = outcome_document(
    [
        Outcome(
            target="oslo", result=Result.BETWEEN, exit=9, steps=(STEP,), residual=(DESCRIPTION,), todo=("x",)
        )
    ],
    "7Q2M",
)
FINDINGS = finding_document([a_finding(related=(Related(message="here", place=a_place()),))], 43, 612)
STATES = status_document(
    [
        StatusRow(
            target="oslo",
            number="0301",
            status=Status(packages={"covid-no": "1.4.0"}, phase=Phase.DONE, behind=2),
            error=None,
        ),
        StatusRow(target="bodo", number="1804", status=None, error=GONE),
    ]
)
DRIFT = drift_document([a_plan(DESCRIPTION)], {"bodo": GONE})
CHECKS = checks_document({"oslo": [CheckRow(level="ok", text="answers")]})
RECORD = pretty(
    Record(
        fleet="f",
        environment="prod",
        packages={"covid-no": "1.4.0"},
        objects={"options": {UID: Recorded(path="A/B", owner="covid-no", fields={"name": "x", "": True})}},
    )
)
A_RUN = Run(
    id="7Q2M",
    fleet="f",
    target="oslo",
    plan="d",
    phase=Phase.RUNNING,
    steps=2,
    done=1,
    started="2026-11-24T10:15:00",
    packages={"covid-no": "1.4.0"},
    allowed=("breaking",),
    created={"options": (UID,)},
)
RUN = pretty(A_RUN)
A_SNAPSHOT = Snapshot(
    name="7Q2M",
    fleet="f",
    account=UID,
    server_version="2.42.5",
    taken="2026-11-24T10:15:00",
    before={"options": {UID: {"id": UID}, Uid("Option00002"): None}},
    sent={"options": {UID: None}},
    gone={"options": (UID,)},
    names={"options": {UID: "S/A"}},
    upkeep=("ouPathsUpdate",),
)
HISTORY = history_document({"oslo": [A_RUN]}, {"bodo": GONE})
DIFFERENCE = Diff(
    before="main",
    after="HEAD",
    packages=(
        PackageDiff(
            name="covid-no",
            title="Smittesporing",
            before="1.3.2",
            after="1.4.0",
            locale="nb",
            municipalities=("Oslo",),
            items=(Item(change=DESCRIPTION, affected=Affected(groups=("Leger",), municipalities=1)),),
        ),
    ),
    settings=(),
    files=1,
    compared=612,
)
DESCRIBED = describe(clinic(), find(clinic(), "PROVE/SVAR")[0])
DOCUMENTS = {
    "description": description_document(DESCRIBED),
    "plan": PLANS,
    "change": pretty(DESCRIPTION),
    "outcome": OUTCOMES,
    "finding": FINDINGS,
    "status": STATES,
    "diff": diff_document(DIFFERENCE),
    "doctor": CHECKS,
    "drift": DRIFT,
    "history": HISTORY,
    "record": RECORD,
    "run": RUN,
    "runs": pretty(Runs(fleet="f", runs=(A_RUN,))),
    "snapshot": pretty(A_SNAPSHOT),
    "aftermath": pretty(Aftermath(name="7Q2M", fleet="f", after=A_SNAPSHOT.before)),
}


def a_schema(name: str) -> Any:
    """A committed schema."""
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_every_document_fits_its_schema(name: str) -> None:
    """What the program prints or keeps is what the schema says."""
    jsonschema.Draft202012Validator.check_schema(a_schema(name))
    jsonschema.validate(json.loads(DOCUMENTS[name]), a_schema(name), cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_a_schema_refuses_a_word_it_does_not_know(name: str) -> None:
    """A planted word, a missing one and a wrong format are found."""
    document = json.loads(DOCUMENTS[name])
    validator = jsonschema.Draft202012Validator(a_schema(name))
    assert not validator.is_valid({**document, "surprise": 1})
    assert not validator.is_valid({})
    if "format" in document:
        assert not validator.is_valid({**document, "format": 2})


def test_the_committed_schemas_are_those_that_are_made() -> None:
    """`dhis2cfg schema write` would change nothing; every document has one."""
    made = dict(generated())
    assert {name.removesuffix(".schema.json") for name in made} == set(DOCUMENTS)
    for name, text in made.items():
        assert (SCHEMAS / name).read_text(encoding="utf-8") == text, f"{name} is stale: dhis2cfg schema write"


def test_the_same_plan_twice_is_the_same_bytes() -> None:
    """No moment, no order of a dictionary, no address in it."""
    assert plan_document([RELEASE], {"bodo": GONE}) == plan_document([RELEASE], {"bodo": GONE})


def test_a_target_without_a_plan_says_why() -> None:
    """Its exit code, where, and what next."""
    assert json.loads(PLANS)["failed"] == [
        {
            "target": "bodo",
            "exit": 8,
            "what": "oslo does not answer",
            "details": ["https://oslo.example.org"],
            "following": ["try later"],
        }
    ]


def test_a_document_cannot_steer_a_terminal_and_says_the_same() -> None:
    """Signs that steer are escaped, letters are not."""
    hostile = "å\x9b2J\u202e\u00a0\U000e0001"
    text = finding_document([a_finding(message=hostile)], 1, 1)
    assert r"å\u009b2J\u202e\u00a0\udb40\udc01" in text
    assert json.loads(text)["findings"][0]["message"] == hostile


class Light(Enum):
    """Stop or go."""

    RED = "red"
    GREEN = "green"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One of each.

    A second paragraph is for readers of the code.
    """

    name: str
    pair: tuple[str, int]
    many: tuple[float, ...] = ()
    uid: Uid | None = None
    state: Light = Light.RED
    either: Light | None = None
    amount: int = 0


def test_a_schema_follows_the_annotations() -> None:
    """What is left out when it is empty is not required; enums, pairs and references are told."""
    assert schema_of(Sample) == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Sample",
        "description": "One of each.",
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "pair": {
                "type": "array",
                "prefixItems": [{"type": "string"}, {"type": "integer"}],
                "items": False,
                "minItems": 2,
                "maxItems": 2,
            },
            "many": {"type": "array", "items": {"type": "number"}},
            "uid": {"type": ["string", "null"]},
            "state": {"$ref": "#/$defs/Light"},
            "either": {"anyOf": [{"$ref": "#/$defs/Light"}, {"type": "null"}]},
            "amount": {"type": "integer"},
        },
        "required": ["name", "pair", "state", "amount"],
        "additionalProperties": False,
        "$defs": {
            "Light": {"description": "Stop or go.", "enum": ["red", "green"]},
        },
    }
