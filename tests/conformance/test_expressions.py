"""Both expression languages against what the official libraries said (recorded; expressions facts)."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from dhis2cfg.expressions import Found, Kind
from dhis2cfg.expressions.meaning import Checked, check
from dhis2cfg.expressions.syntax import Language, Tree, parse, parse_message, print_back, walk
from dhis2cfg.expressions.syntax.tree import Binary, Group, Literal, Prefixed
from dhis2cfg.expressions.vocabulary import Names, Type, Use, type_of_value_type, use_of
from dhis2cfg.expressions.vocabulary.arithmetic import ARITHMETIC, compute, number_of

ROOT = Path(__file__).resolve().parents[2]
RECORDED = Path(os.environ.get("DHIS2CFG_RECORDED", ROOT.parent / "shared")) / "expressions"
ENGINE = "2.42.4"
"""The release whose rule engine and grammar answered."""
USES = {
    "INDICATOR": Use.INDICATOR,
    "VALIDATION": Use.VALIDATION_RULE,
    "PREDICTOR": Use.PREDICTOR,
    "SKIP": Use.SKIP_TEST,
    "PI": Use.PROGRAM_INDICATOR,
    "FILTER": Use.FILTER,
    "CONDITION": Use.CONDITION,
    "ACTION": Use.DATA,
}
ENGINE_TYPES = {"NUMBER": Type.NUMBER, "STRING": Type.TEXT, "DATE": Type.DATE, "BOOLEAN": Type.BOOLEAN}
CORPUS_EXCEPTIONS = {
    "d2:yearsBetween(A{dateofbirth}, V{current_date})": (
        "the program has no such variable; the official check takes eleven letters for an attribute's UID"
    ),
}
"""Texts on which we and the official check do not agree, and why."""

recorded = pytest.mark.skipif(not RECORDED.is_dir(), reason="no recorded answers here (DHIS2CFG_RECORDED)")


def rows(name: str) -> list[dict[str, Any]]:
    """The lines of a recorded file."""
    with (RECORDED / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


class Server:
    """The elements and attributes that the official check was told of; all else is a number."""

    def __init__(self, types: Mapping[str, str], missing: Type) -> None:
        self.types = types
        self.missing = missing

    def type_of(self, found: Found) -> Type | None:
        """By the last key of the reference."""
        value_type = self.types.get(found.keys[-1].text)
        return type_of_value_type(value_type) if value_type else self.missing


class Variables:
    """The variables that the official rule check was told of, and no constants."""

    def __init__(self, types: Mapping[str, Type]) -> None:
        self.types = types

    def type_of(self, found: Found) -> Type | None:
        """By the variable's name."""
        return self.types.get(found.parts[0]) if found.kind is Kind.RULE_VARIABLE else None


def judged(text: str, use: Use, names: Names) -> Checked:
    """A text with UIDs, judged as that release does."""
    return check(text, use, names, ENGINE, are_uids=True)


@recorded
def test_every_recorded_expression_is_accepted_or_refused_as_officially() -> None:
    """533 texts, each in the dialect it belongs to; no exception."""
    shared, *cases = rows("expression-cases.jsonl")
    metadata = shared["serverMetadata"]
    program = Server({**metadata["dataElements"], **metadata["attributes"]}, Type.NUMBER)
    numbers = Server({}, Type.NUMBER)
    variables = shared["ruleVariables"].items()
    rules = Variables({name: ENGINE_TYPES[each["type"]] for name, each in variables})
    different = []
    for case in cases:
        use = USES[case["dialect"]]
        is_rule = use.language is Language.RULES
        wanted = case["kotlin"].get("valid", False) if is_rule else case["server"].get("ok", False)
        names: Names = program if use in {Use.PROGRAM_INDICATOR, Use.FILTER} else numbers
        if judged(case["text"], use, rules if is_rule else names).is_accepted != wanted:
            different.append(case["id"])
    assert len(cases) == 533
    assert different == []


def corpus() -> Iterator[tuple[dict[str, Any], Use]]:
    """The expressions of eight official packages."""
    for row in rows("corpus.jsonl"):
        use = use_of(f"{row['kind']}s", row["field"])
        if use is not None:
            yield row, use


def corpus_names(row: Mapping[str, Any], use: Use) -> Names:
    """What the package says of the names in one of its texts."""
    context = row.get("ctx", {})
    if use.language is Language.RULES:
        variables = context.get("variables", {}).items()
        return Variables({name: type_of_value_type(each[2] or "TEXT") for name, each in variables})
    return Server(context.get("types", {}), Type.ANY)


@recorded
def test_the_official_packages_are_judged_as_officially() -> None:
    """Each text parses, prints back byte for byte, and gets the official verdict."""
    different, count = {}, 0
    for row, use in corpus():
        count += 1
        found = judged(row["text"], use, corpus_names(row, use))
        assert found.tree is not None
        assert print_back(found.tree) == row["text"]
        if found.is_accepted != row["verdict"].startswith("accepted"):
            different[row["text"]] = row["verdict"]
    assert count == 435
    assert sorted(different) == sorted(CORPUS_EXCEPTIONS)


@recorded
def test_the_other_texts_of_the_packages_are_read_too() -> None:
    """Period boundaries as officially; messages and patterns, which nobody judges, print back."""
    counts = {"analyticsPeriodBoundary": 0, "programRuleAction": 0, "textPattern": 0}
    for row in rows("corpus.jsonl"):
        if row["kind"] == "analyticsPeriodBoundary":
            found = judged(row["text"], Use.BOUNDARY, Server({}, Type.ANY))
            assert found.is_accepted == row["verdict"].startswith("accepted")
            tree = found.tree
        elif row["field"] in {"content", "pattern"}:
            tree = parse_message(row["text"]).tree
        else:
            continue
        counts[row["kind"]] += 1
        assert tree is not None
        assert print_back(tree) == row["text"]
    assert counts == {"analyticsPeriodBoundary": 4, "programRuleAction": 4, "textPattern": 3}


def value_of(tree: Tree) -> float | None:
    """What a sum of numbers comes to as we group it; None where it is more than that."""
    done: dict[object, float] = {}
    for node in walk(tree.root):
        parts = [done[part] for part in node.parts if part in done]
        number = number_of(node.text) if isinstance(node, Literal) else None
        if number is not None:
            done[node] = number
        elif len(parts) != len(node.parts) or not parts:
            return None
        elif isinstance(node, Binary) and node.operator in ARITHMETIC:
            done[node] = compute(tree.language, node.operator, *parts)
        elif isinstance(node, Prefixed) and node.operator in {"+", "-"}:
            done[node] = -parts[0] if node.operator == "-" else parts[0]
        elif isinstance(node, Group):
            done[node] = parts[0]
        else:
            return None
    return done[tree.root]


WRONG_REMAINDERS = {"10 % 3", "1000 % 365", "10000 % 365", "100 % 7", "2*12%5", "100/10%3"}
"""Sums whose remainder the rule engine gets wrong (expressions facts §5.2); we compute the right one."""


@recorded
def test_sums_group_as_the_rule_engine_groups_them() -> None:
    """Each recorded sum of a rule comes to the value that the engine gave, its broken remainders aside."""
    compared, different = 0, set()
    for case in rows("rule-cases.jsonl"):
        effects = [each for listed in case["expect"].get("effects", {}).values() for each in listed]
        for rule in case["rules"]:
            actions = rule["actions"]
            data = [action["data"] for action in actions if isinstance(action.get("data"), str)]
            if len(data) != 1 or len(effects) != 1 or len(case["rules"]) != 1:
                continue
            tree = parse(data[0], Language.RULES).tree
            wanted = number_of(effects[0].get("data"))
            value = value_of(tree) if tree and effects[0]["type"] != "ERROR" else None
            if value is None or wanted is None or abs(value) > 2**31:
                continue
            compared += 1
            if value != pytest.approx(wanted, nan_ok=True):
                different.add(data[0])
    assert compared >= 20
    assert different <= WRONG_REMAINDERS


@recorded
@pytest.mark.parametrize("language", Language)
def test_sums_group_as_officially(language: Language) -> None:
    """Recorded values of sums, by both libraries."""
    compared, different = 0, set()
    for case in rows("expression-cases.jsonl")[1:]:
        tree = parse(case["text"], language).tree
        value = value_of(tree) if tree else None
        official = case["server"].get("eval", {}) if language is Language.SERVER else case["kotlin"]
        wanted = official.get("value")
        wanted = wanted.get("v") if isinstance(wanted, dict) else wanted
        if value is None or wanted is None or case["text"].startswith("00"):
            continue
        compared += 1
        if value != pytest.approx(float(wanted), nan_ok=True):
            different.add(case["text"])
    assert compared >= 40
    assert different <= (WRONG_REMAINDERS if language is Language.RULES else set())


@recorded
def test_what_rules_refuse_at_run_time_is_known() -> None:
    """Texts that the engine could not even read are refused by the parser or the tables."""
    said = ("Unknown function", "Unexpected input", "expected ", "Invalid ", "Expected more", "unclosed")
    missed = []
    for case in rows("rule-cases.jsonl"):
        texts = [rule["condition"] for rule in case["rules"]]
        texts += [action.get("data") for rule in case["rules"] for action in rule["actions"]]
        whole = json.dumps(case["expect"])
        unread = re.findall(r"raised an unexpected exception: (.{20})", whole)
        if any(each.startswith(said) for each in unread):
            found = [check(text, Use.DATA, None, ENGINE) for text in texts if isinstance(text, str)]
            if all(each.is_accepted for each in found):
                missed.append(case["id"])
    assert missed == []
