"""A municipality's patches: properties laid over those of a package's object."""

from collections.abc import Mapping
from dataclasses import replace

from dhis2cfg.catalogue.oddities import nested
from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.names import Ref
from dhis2cfg.resolve.nodes import entries_of


def read_patches(node: tree.Mapping | None) -> Mapping[Ref, tree.Entry]:
    """`TYPE/KEY` → the entry that holds what is laid over it."""
    return {Ref(*entry.key.split("/", 1)): entry for entry in entries_of(node) if "/" in entry.key}


def with_defaults(node: tree.Mapping, defaults: tree.Mapping | None) -> tree.Mapping:
    """The object with what it does not say filled in."""
    if defaults is None:
        return node
    said = {entry.key for entry in node.entries}
    filled = tuple(entry for entry in defaults.entries if entry.key not in said)
    return replace(node, entries=(*node.entries, *filled))


def patched(
    node: tree.Mapping, patch: tree.Mapping, ref: Ref, locale: str, findings: list[Finding]
) -> tree.Mapping:
    """The object with a patch laid over it; what a patch may not touch is a finding."""
    entries = {entry.key: entry for entry in node.entries}
    for entry in patch.entries:
        if entry.key == "id" or nested(ref.type, entry.key):
            findings.append(_refused(ref, entry))
            continue
        before = entries.get(entry.key)
        value = laid_over(before.value, entry.value, locale) if before else entry.value
        entries[entry.key] = tree.Entry(key=entry.key, key_place=entry.key_place, value=value)
    return tree.Mapping(entries=tuple(entries.values()), place=node.place)


def laid_over(below: tree.Node, above: tree.Node, locale: str) -> tree.Node:
    """One value over another; mappings key by key, a text under a map of languages becomes its base."""
    if not isinstance(above, tree.Mapping):
        return above
    if isinstance(below, tree.Scalar) and above.get(locale) is None and _is_languages(above):
        base = tree.Entry(key=locale, key_place=below.place, value=below)
        return tree.Mapping(entries=(base, *above.entries), place=above.place)
    if not isinstance(below, tree.Mapping):
        return above
    entries = {entry.key: entry for entry in below.entries}
    for entry in above.entries:
        before = entries.get(entry.key)
        value = laid_over(before.value, entry.value, locale) if before else entry.value
        entries[entry.key] = tree.Entry(key=entry.key, key_place=entry.key_place, value=value)
    return tree.Mapping(entries=tuple(entries.values()), place=above.place)


def _is_languages(node: tree.Mapping) -> bool:
    """Whether a mapping may be a text per locale: it holds nothing but scalars."""
    return all(isinstance(entry.value, tree.Scalar | tree.Tagged) for entry in node.entries)


def _refused(ref: Ref, entry: tree.Entry) -> Finding:
    following = "patch the members themselves, each under its own TYPE/KEY"
    return Finding(
        rule="patch-not-allowed",
        message=f"a patch may not change {entry.key} of {ref}",
        place=entry.key_place,
        label="the package alone says which objects there are",
        following="take it out" if entry.key == "id" else following,
    )
