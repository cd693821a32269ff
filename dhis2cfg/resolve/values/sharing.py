"""Sharing: a profile of the package by its name, or the full form (grammar.md, sharing)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.names import Reference
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import Sharing
from dhis2cfg.resolve.nodes import did_you_mean, entries_of, text_of
from dhis2cfg.resolve.objects.scope import Scope

DATA_BITS = slice(2, 4)
ACCESS = re.compile(r"[r-][w-][r-][w-]----")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """How one sharing is read: data bits of a profile are left off where the type has none."""

    scope: Scope
    type: str
    has_data: bool
    is_profile: bool


def read_sharing(
    node: tree.Node, type_name: str, profiles: Mapping[str, tree.Mapping], scope: Scope
) -> Sharing | None:
    """The sharing of an object, None with a finding where it cannot be read."""
    kind = scope.catalogue.types.get(type_name)
    has_data = kind is not None and kind.data_shareable
    name = text_of(node)
    if name is not None and name in profiles:
        reader = _Reader(scope=scope, type=type_name, has_data=has_data, is_profile=True)
        return _full(profiles[name], reader)
    if isinstance(node, tree.Mapping):
        reader = _Reader(scope=scope, type=type_name, has_data=has_data, is_profile=False)
        return _full(node, reader)
    known = {key: profile.place for key, profile in profiles.items()}
    scope.findings.append(
        Finding(
            rule="unknown-reference",
            message=f"sharing profile {name} does not exist" if name else "this is no sharing",
            place=node.place,
            label="no profile under sharing: in package.yaml has this name",
            following=did_you_mean(name or "", known)
            or f"the package has {', '.join(known) or 'none'}; or write {{public: …, userGroups: …}}",
        )
    )
    return None


def _full(node: tree.Mapping, reader: _Reader) -> Sharing:
    public = node.get("public")
    return Sharing(
        public=None if public is None else _access(public, reader),
        user_groups=_entries(node.get("userGroups"), "userGroups", reader),
        users=_entries(node.get("users"), "users", reader),
    )


def _entries(node: tree.Node | None, target: str, reader: _Reader) -> Mapping[Reference, str]:
    """Groups by key, users by name, each with its access."""
    read: dict[Reference, str] = {}
    for entry in entries_of(node):
        found = reader.scope.find(entry.key, target, entry.key_place, None)
        access = _access(entry.value, reader)
        if found is not None and access is not None:
            read[found] = access
    return read


def _access(node: tree.Node, reader: _Reader) -> str | None:
    """An access string, None with a finding where it is none; `{access: …}` says the same."""
    written = node.get("access") if isinstance(node, tree.Mapping) else node
    text = text_of(written)
    if text is None or not ACCESS.fullmatch(text):
        reader.scope.findings.append(_no_access(text, (written or node).place))
        return None
    if reader.has_data or text[DATA_BITS] == "--":
        return text
    if not reader.is_profile:
        reader.scope.findings.append(
            Finding(
                rule="data-sharing",
                message=f"{reader.scope.singular(reader.type)} has no data to share, and {text} shares data",
                place=(written or node).place,
                label="characters 3 and 4 must be --",
                following=f"write {text[:2]}--{text[4:]}",
            )
        )
    return f"{text[:2]}--{text[4:]}"


def _no_access(text: str | None, place: Place) -> Finding:
    return Finding(
        rule="access-string",
        message="an access string is missing" if text is None else f"'{text}' is no access string",
        place=place,
        label="eight characters, like r-rw----",
        following="r and w for metadata, r and w for data, - where not allowed, four dashes",
    )
