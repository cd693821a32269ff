"""Parts that hold secrets: which value is one, and what is a secret that should have been named."""

import re
from collections.abc import Iterator

from dhis2cfg.catalogue.noise import SENSITIVE
from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.state import Secret
from dhis2cfg.resolve.nodes import plain_json, text_of

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def guarded(node: tree.Node, what: str, findings: list[Finding], key: str = "") -> object:
    """The part as JSON, `!secret NAME` as a `Secret`; findings for bad names, and for secrets written out."""
    if isinstance(node, tree.Tagged) and node.tag == "!secret":
        name = text_of(node.value) or ""
        if not NAME.fullmatch(name):
            findings.append(_bad_name(node, name))
        return Secret(name=name)
    if isinstance(node, tree.Mapping):
        return {
            entry.key: guarded(entry.value, what, findings, key if key in SENSITIVE else entry.key)
            for entry in node.entries
        }
    if isinstance(node, tree.Sequence):
        return [guarded(item, what, findings, key) for item in node.items]
    value = plain_json(node)
    if key in SENSITIVE and value not in (None, ""):
        findings.append(_written(node, what, key))
    return value


def secrets_in(node: tree.Node) -> Iterator[tree.Tagged]:
    """Every `!secret` in a value that no schema describes."""
    if isinstance(node, tree.Tagged):
        if node.tag == "!secret":
            yield node
        yield from secrets_in(node.value)
    elif isinstance(node, tree.Sequence):
        for item in node.items:
            yield from secrets_in(item)
    elif isinstance(node, tree.Mapping):
        for entry in node.entries:
            yield from secrets_in(entry.value)


def misplaced(node: tree.Tagged, what: str) -> Finding:
    """A secret where everybody may read what is written."""
    return Finding(
        rule="secret-place",
        message=f"{what} takes no secret",
        place=node.place,
        label="DHIS2 shows this to whoever may see the object",
        following="they stand inside the auth of a route, the target of an exchange, targets of event hooks",
    )


def _bad_name(node: tree.Tagged, name: str) -> Finding:
    return Finding(
        rule="secret-place",
        message=f"'{name}' cannot be the name of a secret",
        place=node.place,
        label="letters, digits and _, a letter first",
        following="the name is the end of a variable: DHIS2CFG_SECRET__NAME",
    )


def _written(node: tree.Node, what: str, key: str) -> Finding:
    return Finding(
        rule="bare-secret",
        message=f"{key} in {what} is written in the file",
        place=node.place,
        label="everybody who reads the repository reads it",
        following=f"write {key}: !secret NAME, give the value as DHIS2CFG_SECRET__NAME, and change it now",
    )
