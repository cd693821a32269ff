"""A reader of YAML 1.2's core schema, as editors have it: `no` is a text, `0301` a number, tags are known."""

import re
from typing import Any

import yaml

TAGS = ("var", "tpl", "once", "keep", "secret", "csv", "file", "raw")
_CORE = (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        list("-+0123456789."),
    ),
)


class CoreReader(yaml.SafeLoader):
    """PyYAML's parser with the scalars of YAML 1.2."""


def _number(_: CoreReader, node: yaml.ScalarNode) -> int:
    return int(node.value, 0 if node.value[:2] in ("0o", "0x") else 10)


def _behind(reader: CoreReader, node: yaml.Node) -> Any:
    """What an editor sees behind a tag of ours: the value as it is written."""
    if isinstance(node, yaml.ScalarNode):
        return reader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return reader.construct_sequence(node, deep=True)
    assert isinstance(node, yaml.MappingNode)
    return reader.construct_mapping(node, deep=True)


CoreReader.yaml_implicit_resolvers = {}
for _name, _pattern, _first in _CORE:
    CoreReader.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(rf"(?:{_pattern})\Z"), _first)
CoreReader.add_constructor("tag:yaml.org,2002:int", _number)
for _name in TAGS:
    CoreReader.add_constructor(f"!{_name}", _behind)


def read(text: str) -> Any:
    """One document as JSON; keys are texts, as JSON has no others."""
    return _keyed(yaml.load(text, CoreReader))  # noqa: S506 - a SafeLoader


def _keyed(value: Any) -> Any:
    if isinstance(value, dict):
        return {_key(key): _keyed(inner) for key, inner in value.items()}
    return [_keyed(inner) for inner in value] if isinstance(value, list) else value


def _key(key: Any) -> str:
    return key if isinstance(key, str) else str(key).lower()
