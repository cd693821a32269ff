"""The rules of a program as DHIS2's official rule engine wants them, and the engine where Node is there."""

import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import DesiredObject
from tests.covid_no.package import of_type, refs, words

TODAY = "2022-01-10"
"""The day on which every case is looked at."""

EVALUATE = """
const Real = Date; const day = process.argv[3] + 'T00:00:00Z';
globalThis.Date = class extends Real {
  constructor(...given) { if (given.length) super(...given); else super(day); }
  static now() { return new Real(day).getTime(); }
};
const write = console.log; console.log = console.warn = console.info = () => {};
const engine = await import(process.argv[2] + '/@dhis2/rule-engine/rule-engine.mjs');
const { createRequire } = await import('node:module');
const { LocalDate, Instant } = createRequire(process.argv[2] + '/x.js')('@js-joda/core');
const at = text => Instant.parse(text + 'T00:00:00Z');
const variable = each => new engine.RuleVariableJs(engine.RuleVariableType.valueOf(each.source), each.name,
  true, [], each.field, engine.RuleValueType.valueOf(each.type), each.stage);
const rule = each => new engine.RuleJs(each.condition, each.actions.map(action => new engine.RuleActionJs(
  action.data, action.type, new Map(Object.entries(action.values)))), each.key, each.key, each.stage,
  each.priority);
const event = each => new engine.RuleEventJs(each.event, each.stage, each.stage,
  engine.RuleEventStatus.valueOf('ACTIVE'), at(each.date), at(each.date), null, null, 'unit0000001', null,
  Object.entries(each.values).map(([key, value]) => new engine.RuleDataValue(key, value)));
const enrollment = person => new engine.RuleEnrollmentJs('enroll00001', 'Program',
  LocalDate.parse(person.date), LocalDate.parse(person.date),
  engine.RuleEnrollmentStatus.valueOf('ACTIVE'), 'unit0000001', null,
  Object.entries(person.values).map(([key, value]) => new engine.RuleAttributeValue(key, value)));
const judge = question => {
  const context = new engine.RuleEngineContextJs(question.rules.map(rule), question.variables.map(variable),
    new Map([['USER', []]]), new Map());
  const found = new engine.RuleEngineJs(false).evaluateAll(
    enrollment(question.person), question.events.map(event), context);
  return [...found].flatMap(target => [...target.ruleEffects].map(effect => (
    { rule: effect.ruleId, type: effect.ruleAction.type, field: effect.ruleAction.values.get('field') ?? '',
      data: effect.data ?? '' })));
};
const questions = JSON.parse(await new Response(process.stdin).text());
write(JSON.stringify(questions.map(judge)));
"""
"""Questions in, the effects of every target out (@dhis2/rule-engine 3.3.9)."""

PROBE = {"type": "DISPLAYTEXT", "data": "true", "values": {"location": "probe"}}
"""Beside each rule's own actions: the engine tells nothing of a rule that only sets calculated variables."""
_TYPES = {
    "BOOLEAN": "BOOLEAN",
    "TRUE_ONLY": "BOOLEAN",
    "DATE": "DATE",
    "DATETIME": "DATE",
    "NUMBER": "NUMERIC",
    "INTEGER_ZERO_OR_POSITIVE": "NUMERIC",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event: its stage and values by key."""

    stage: str
    values: Mapping[str, str]
    date: str = "2022-01-10"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A person or cluster with events; what was typed, by key."""

    program: str
    name: str
    person: Mapping[str, str]
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the engine does: rules with an effect, values set by key; `errors`: rules that it cannot run."""

    fired: frozenset[str]
    sets: Mapping[str, str] = field(default_factory=dict)
    errors: frozenset[str] = frozenset()


def question(case: Case) -> dict[str, Any]:
    """A case with the rules of its program, texts exactly as they are sent."""
    return {
        "rules": _rules(case.program),
        "variables": _variables(case.program),
        "person": {"date": "2022-01-05", "values": dict(case.person)},
        "events": [
            {
                "event": f"event{number:06}",
                "stage": each.stage,
                "date": each.date,
                "values": dict(each.values),
            }
            for number, each in enumerate(case.events)
        ],
    }


def digest(questions: Iterable[Mapping[str, Any]]) -> str:
    """What the recorded verdicts were asked for; another text or case gives another one."""
    return hashlib.sha256(json.dumps(list(questions), sort_keys=True).encode()).hexdigest()


def verdict(effects: Iterable[Mapping[str, str]]) -> Verdict:
    """The engine's answer to one question."""
    rows = list(effects)
    return Verdict(
        fired=frozenset(each["rule"] for each in rows if each["type"] != "ERROR"),
        sets={each["field"]: each["data"] for each in rows if each["type"] == "ASSIGN" and each["field"]},
        errors=frozenset(each["rule"] for each in rows if each["type"] == "ERROR"),
    )


def ask(folder: Path, questions: list[dict[str, Any]]) -> list[Verdict]:
    """The official engine's verdicts; `folder` is where npm installed @dhis2/rule-engine."""
    node = shutil.which("node")
    assert node is not None, "node is not installed"
    done = subprocess.run(  # noqa: S603 - node, with a text of ours
        [node, "--input-type=module", "-", str(folder / "node_modules"), TODAY],
        input=EVALUATE.replace("JSON.parse(await new Response(process.stdin).text())", json.dumps(questions)),
        capture_output=True,
        text=True,
        check=True,
    )
    return [verdict(effects) for effects in json.loads(done.stdout)]


def rule_keys(program: str) -> frozenset[str]:
    """The keys of a program's rules."""
    return frozenset(each["key"] for each in _rules(program))


def _below(type_name: str, program: str) -> dict[str, DesiredObject]:
    return {
        path.removeprefix(f"{program}/"): each
        for path, each in of_type(type_name).items()
        if path.startswith(f"{program}/")
    }


def _rules(program: str) -> list[dict[str, Any]]:
    actions = of_type("programRuleActions")
    return [
        {
            "key": key,
            "condition": words(each.fields["condition"]),
            "stage": _key(each, "programStage") or None,
            "priority": each.fields["priority"].value if "priority" in each.fields else None,
            "actions": [
                PROBE,
                *(_action(actions[ref.path]) for ref in refs(each.fields["programRuleActions"])),
            ],
        }
        for key, each in _below("programRules", program).items()
    ]


def _action(each: DesiredObject) -> dict[str, Any]:
    element, attribute = _key(each, "dataElement"), _key(each, "trackedEntityAttribute")
    kind = "DATA_ELEMENT" if element else "TRACKED_ENTITY_ATTRIBUTE" if attribute else "UNKNOWN"
    values = {
        "field": element or attribute,
        "content": words(each.fields.get("content")),
        "attributeType": kind,
    }
    return {
        "type": str(each.fields["programRuleActionType"].value),
        "data": words(each.fields.get("data")) or None,
        "values": {name: value for name, value in values.items() if value},
    }


def _variables(program: str) -> list[dict[str, Any]]:
    return [
        {
            "name": key,
            "source": str(each.fields["programRuleVariableSourceType"].value),
            "field": _key(each, "dataElement") or _key(each, "trackedEntityAttribute"),
            "stage": _key(each, "programStage") or None,
            "type": _type(each),
        }
        for key, each in _below("programRuleVariables", program).items()
    ]


def _type(each: DesiredObject) -> str:
    element, attribute = _key(each, "dataElement"), _key(each, "trackedEntityAttribute")
    source = of_type("dataElements").get(element) or of_type("trackedEntityAttributes").get(attribute) or each
    return _TYPES.get(str(source.fields["valueType"].value), "TEXT")


def _key(each: DesiredObject, name: str) -> str:
    """The last part of the key of what a reference names."""
    value = each.fields[name].value if name in each.fields else None
    return value.key if isinstance(value, Ref) else ""
