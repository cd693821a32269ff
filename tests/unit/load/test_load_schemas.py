"""Tests of documents against JSON Schemas: whether by one library, why by the other, in our words."""

import json
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from dhis2cfg.catalogue.json_schemas.metadata import metadata_schema
from dhis2cfg.catalogue.shipped import load, schema_text
from dhis2cfg.load.forms.schemas import Checker, as_json
from dhis2cfg.load.text.events import parse
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.tree import Mapping

SMALL: dict[str, Any] = {
    "type": "object",
    "properties": {
        "things": {
            "type": ["object", "null"],
            "propertyNames": {"pattern": "^[A-Z]+$"},
            "additionalProperties": {"$ref": "#/$defs/thing"},
        },
        "kinds": {"type": "object", "propertyNames": {"enum": ["programs", "options"]}},
        "words": {"type": "object", "propertyNames": {"maxLength": 3}},
        "level": {"enum": ["error", "info", None]},
        "count": {"type": "integer", "minimum": 0, "maximum": 9},
        "list": {"type": "array", "items": {"type": ["string", "number"]}},
        "few": {"type": "array", "maxItems": 1, "description": "at most one"},
    },
    "patternProperties": {"^x-": True},
    "additionalProperties": False,
    "$defs": {
        "thing": {
            "type": "object",
            "properties": {
                "size": {
                    "anyOf": [
                        {"type": "boolean"},
                        {"type": "object", "properties": {"a": {"type": "boolean"}}},
                    ]
                },
            },
            "additionalProperties": False,
        }
    },
}


def tree_of(text: str) -> Mapping:
    """The untyped tree of a text."""
    document, findings = parse(text, "a.yaml")
    assert findings == ()
    assert document.root is not None
    return document.root


def findings_of(text: str) -> tuple[Finding, ...]:
    """What the small schema says of a text, all of whose scalars are texts."""
    return Checker(SMALL).findings(tree_of(text))


@pytest.mark.parametrize(
    ("text", "rule", "line", "column", "message", "following"),
    [
        (
            "thing: {}\n",
            "unknown-property",
            1,
            1,
            "thing is no property of this file",
            "did you mean things?",
        ),
        (
            "x-a: 1\nqq: {}\n",
            "unknown-property",
            2,
            1,
            "qq is no property of this file",
            "known here: things, kinds, words, level, count, list, few",
        ),
        (
            "things: {A: {sise: x}}\n",
            "unknown-property",
            1,
            14,
            "sise is no property of A",
            "did you mean size?",
        ),
        ("things: x\n", "wrong-form", 1, 9, 'things takes a mapping, not "x"', "write it in that form"),
        (
            "count: [1]\n",
            "wrong-form",
            1,
            8,
            "count takes a whole number, not a list",
            "write it in that form",
        ),
        (
            "kinds: {program: 1}\n",
            "unknown-type",
            1,
            9,
            "program is no type that a package may hold",
            "did you mean programs?",
        ),
        (
            "kinds: {x: 1}\n",
            "unknown-type",
            1,
            9,
            "x is no type that a package may hold",
            "types are named as in DHIS2's API, in the plural",
        ),
        (
            "words: {abcd: 1}\n",
            "wrong-form",
            1,
            9,
            "abcd cannot be a key here",
            "see docs/grammar.md for its form",
        ),
        ("level: fatal\n", "not-one-of", 1, 8, 'level cannot be "fatal"', "write one of error, info"),
        (
            "list: [a, ~]\n",
            "wrong-form",
            1,
            11,
            "an item of list takes a text or a number, not nothing",
            "write it in that form",
        ),
        (
            "list: [a, {b: c}]\n",
            "wrong-form",
            1,
            11,
            "an item of list takes a text or a number, not a mapping",
            "write it in that form",
        ),
        ("few: [a, b]\n", "wrong-form", 1, 6, "few cannot be a list", "at most one"),
        (
            "things: {A: {size: {a: x}}}\n",
            "wrong-form",
            1,
            24,
            'a takes true or false, not "x"',
            "write it in that form",
        ),
        ("things: {A: {size: !once {a: x}}}\n", "unknown-property", 1, 1, "", ""),
    ],
)
def test_why_a_document_fails(
    text: str, rule: str, line: int, column: int, message: str, following: str
) -> None:
    """The deepest cause, at its node, in words that say what to write."""
    if not message:
        assert findings_of(text) == ()
        return
    (found,) = findings_of(text)
    assert (found.rule, found.message, found.following) == (rule, message, following)
    assert (found.place.line, found.place.column) == (line, column)


def test_bounds() -> None:
    """What is too small or too large is told the bound."""
    schema = {"properties": {"a": {"type": "object", "properties": {"!once": {"maximum": 9, "minimum": 0}}}}}
    root = tree_of("a: !once x\n")
    assert Checker(schema).findings(root) == ()
    told = {"properties": {"a": {"properties": {"!once": {"type": "integer"}}}}}
    (found,) = Checker(told).findings(root)
    assert (found.message, found.place.column) == ('a takes a whole number, not "x"', 10)


def test_patterns_are_left_to_the_rules() -> None:
    """Keys, UIDs and access strings are said by the stages that know their meaning."""
    assert findings_of("things: {a-b: {}}\n") == ()


def test_a_tag_is_a_mapping_with_the_tag_as_key() -> None:
    """That is how the schemas describe one."""
    assert as_json(tree_of("a: !var x\nb: [!keep , c]\n")) == {
        "a": {"!var": "x"},
        "b": [{"!keep": None}, "c"],
    }


@cache
def _both(name: str) -> tuple[Any, Any]:
    schema = (
        metadata_schema(load("2.42"), editor=False)
        if name == "metadata"
        else SMALL
        if name == "small"
        else json.loads(schema_text(name))
    )
    return jsonschema_rs.validator_for(schema), Draft202012Validator(schema)


_KEYS = st.sampled_from(
    [
        "dataElements",
        "programs",
        "A",
        "name",
        "nb",
        "id",
        "valueType",
        "zeroIsSignificant",
        "!var",
        "things",
        "optionSet",
        "sharing",
        "public",
        "for_each",
        "programStages",
        "url",
        "count",
        "list",
        "level",
        "size",
        "programStageDataElements",
        "parameters",
        "waves",
        "servers",
        "prod",
        "thresholds",
        "version",
        "a/b",
        "-",
    ]
)
_VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-3, 12),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_KEYS, inner, max_size=3)),
    max_leaves=15,
)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(_KEYS, _VALUES, max_size=4),
    st.sampled_from(
        ["metadata", "small", "package.schema.json", "fleet.schema.json", "municipality.schema.json"]
    ),
)
def test_both_libraries_give_the_same_verdict(instance: dict[str, Any], name: str) -> None:
    """Whether a document is valid does not depend on who is asked."""
    fast, thorough = _both(name)
    assert fast.is_valid(instance) == thorough.is_valid(instance)
