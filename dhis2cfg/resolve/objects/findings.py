"""What can be wrong with where objects stand, as findings."""

from collections.abc import Mapping

from dhis2cfg.catalogue.oddities import CLOSED, NestedList
from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.names import Ref
from dhis2cfg.model.places import Place
from dhis2cfg.resolve.nodes import did_you_mean, text_of


def without_parent(type_name: str, entry: tree.Entry, back: str, known: Mapping[str, Place]) -> Finding:
    """A scoped object at the top that names no parent, or one that is not there."""
    node = entry.value
    written = node.entry(back) if isinstance(node, tree.Mapping) else None
    wanted = text_of(written.value) if written else None
    if written is None or wanted is None:
        return Finding(
            rule="missing-parent",
            message=f"{type_name}/{entry.key} stands at the top and names no {back}",
            place=entry.key_place,
            label=f"wanted: {back}: KEY",
            following=f"name its {back}, or write it inside the {back}",
        )
    return Finding(
        rule="unknown-reference",
        message=f"{back} {wanted} does not exist",
        place=written.value.place,
        label=f"no {back} of this package has this key",
        following=did_you_mean(wanted, known) or "write the whole path, PARENT/KEY",
    )


def two_parents(ref: Ref, place: Place, one: Ref, other: Ref) -> Finding:
    """An object that names one parent and stands in the list of another."""
    return Finding(
        rule="two-parents",
        message=f"{ref} belongs to {one} and stands in the list of {other}",
        place=place,
        label=f"{one} is its parent",
        following="take it out of the list, or change what it belongs to",
    )


def closed(types: tree.Entry) -> Finding:
    """A type that a package may not hold."""
    return Finding(
        rule="closed-type",
        message=f"a package may not hold {types.key}",
        place=types.key_place,
        label=CLOSED[types.key],
        following="take it out of the package",
    )


def bad_key(ref: Ref, place: Place) -> Finding:
    """A key that is none."""
    return Finding(
        rule="key-form",
        message=f"'{ref.key}' cannot be a key",
        place=place,
        label="letters A to Z, digits, _ and -, at most 100",
        following="choose another key; what the server shows is name and code",
    )


def no_object(ref: Ref, place: Place) -> Finding:
    """A key with something else than an object."""
    return Finding(
        rule="not-an-object",
        message=f"{ref} is no object",
        place=place,
        label="wanted: a mapping of properties",
        following="write its properties below the key",
    )


def no_member(row: NestedList, place: Place) -> Finding:
    """A list that is neither mapping nor list of keys."""
    return Finding(
        rule="not-an-object",
        message=f"{row.collection} is a mapping of key → object, or a list of keys",
        place=place,
        label="neither",
        following="give each member a key",
    )


def twice(ref: Ref, place: Place, before: Place) -> Finding:
    """One object in two places."""
    return Finding(
        rule="duplicate-key",
        message=f"{ref} is defined twice",
        place=place,
        label="defined before, inside its parent or at the top",
        following="keep one of the two, or give the second another key",
        related=(Related(message="first defined here", place=before),),
    )


def case_clash(ref: Ref, place: Place, before: Ref, other: Place) -> Finding:
    """Two keys that differ only in case."""
    return Finding(
        rule="duplicate-key",
        message=f"{ref} and {before} differ only in case",
        place=place,
        label="too easily taken for the other",
        following="give one of them another key",
        related=(Related(message="the other", place=other),),
    )
