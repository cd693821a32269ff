"""The way back from fields to a body: a live object with new values laid over it, or fields taken off.

DHIS2 replaces whole objects (facts §5), so what is sent is always the live object and ours on top. Law:
`flatten(overlay(live, changes))` is `flatten(live)` with exactly these changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any, Final

from dhis2cfg.catalogue import oddities
from dhis2cfg.catalogue.types import SCALARS, Catalogue, Property, Shape
from dhis2cfg.wire import paths
from dhis2cfg.wire.flatten import by_number, child_key, in_order, uid_of


class Removed:
    """The value of a field, member or child that goes."""

    def __repr__(self) -> str:
        return "REMOVED"


REMOVED: Final = Removed()

NOBODY = "--------"
"""Public access that nobody asks for any longer; left out, it would be everybody's (facts §7.2)."""

Changes = Mapping[str, Any]
"""Field path → new value, or REMOVED."""


def overlay(
    catalogue: Catalogue,
    type_name: str,
    live: Mapping[str, Any],
    changes: Changes,
    desired: Mapping[str, Any],
) -> dict[str, Any]:
    """The body of `live` with `changes` laid over it.

    `desired` is the same object as bound from the packages: new children are taken from there whole, and so
    are the values of what no schema describes. An order path carries the whole new sequence of keys.
    """
    body = deepcopy(dict(live))
    for name, edits in _by_property(changes).items():
        if name == "sharing":
            body["sharing"] = _sharing(body.get("sharing") or {}, edits)
            continue
        prop = catalogue.property(type_name, name)
        if prop is not None:
            body[name] = _property(catalogue, prop, body.get(name), edits, desired.get(name))
    return {name: value for name, value in body.items() if value is not None}


def _by_property(changes: Changes) -> dict[str, dict[str, Any]]:
    grouped: dict[str, dict[str, Any]] = {}
    for path, value in changes.items():
        if path:
            grouped.setdefault(paths.parse(path).property, {})[path] = value
    return grouped


def _property(catalogue: Catalogue, prop: Property, live: Any, edits: Mapping[str, Any], desired: Any) -> Any:
    if prop.shape in SCALARS:
        return _none_if_removed(edits[prop.name])
    match prop.shape:
        case Shape.REFERENCE:
            uid = _none_if_removed(edits[prop.name])
            return None if uid is None else {"id": uid}
        case Shape.REFERENCES:
            return _members(prop.name, [uid_of(each) or "" for each in live or []], edits, as_reference)
        case Shape.VALUES if not prop.ordered:
            return _members(prop.name, [str(each) for each in live or []], edits, str)
        case Shape.CHILD:
            inner = {paths.parse(path).rest: value for path, value in edits.items()}
            return overlay(catalogue, prop.target, live or {}, inner, desired or {}) or None
        case Shape.CHILDREN if (row := oddities.embedded_class(prop.target)) is not None:
            return _children(catalogue, row, prop, live or [], edits, desired or [])
        case Shape.TRANSLATIONS:
            return _translations(live or [], edits)
        case Shape.ATTRIBUTE_VALUES:
            return _attribute_values(live or [], edits)
        case _:
            return desired if edits[prop.name] is not REMOVED else None


def _none_if_removed(value: Any) -> Any:
    return None if value is REMOVED else value


def as_reference(uid: str) -> dict[str, str]:
    """A UID as references are written on the wire."""
    return {"id": uid}


def _members(collection: str, live: Sequence[str], edits: Mapping[str, Any], write: Any) -> list[Any]:
    sequence = edits.get(paths.order(collection))
    gone, new = _gone_and_new(edits)
    kept = [key for key in live if key not in gone]
    kept += [key for key in new if key not in kept]
    if sequence is not None:
        kept = [key for key in sequence if key in kept] + [key for key in kept if key not in sequence]
    return [write(key) for key in kept]


def _gone_and_new(edits: Mapping[str, Any]) -> tuple[set[str], list[str]]:
    gone: set[str] = set()
    new: list[str] = []
    for path, value in edits.items():
        parsed = paths.parse(path)
        if parsed.key is None or parsed.rest:
            continue
        if value is REMOVED:
            gone.add(parsed.key)
        else:
            new.append(parsed.key)
    return gone, new


def _children(
    catalogue: Catalogue,
    row: oddities.EmbeddedClass,
    prop: Property,
    live: Iterable[Mapping[str, Any]],
    edits: Mapping[str, Any],
    desired: Iterable[Mapping[str, Any]],
) -> list[dict[str, Any]]:
    standing = {child_key(row, child): dict(child) for child in in_order(row, list(live))}
    wanted = {child_key(row, child): dict(child) for child in desired}
    gone, new = _gone_and_new(edits)
    for key in new:
        standing.setdefault(key, wanted[key])
    for key, inner in _inner_edits(edits).items():
        if key in standing and key not in gone and key not in new:
            standing[key] = overlay(catalogue, prop.target, standing[key], inner, wanted.get(key, {}))
    for key in gone:
        standing.pop(key, None)
    sequence = edits.get(paths.order(prop.name))
    if sequence is None:
        return _numbered_behind(row, standing, new)
    keys = [key for key in sequence if key in standing] + [key for key in standing if key not in sequence]
    return renumbered(row, [standing[key] for key in keys])


def _inner_edits(edits: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    inner: dict[str, dict[str, Any]] = {}
    for path, value in edits.items():
        parsed = paths.parse(path)
        if parsed.key is not None and parsed.rest:
            inner.setdefault(parsed.key, {})[parsed.rest] = value
    return inner


def renumbered(row: oddities.EmbeddedClass, children: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The children with numbers from the first one on, where their class is ordered by a number."""
    if row.order in ("", "list"):
        return list(children)
    return [{**child, row.order: row.first + index} for index, child in enumerate(children)]


def _numbered_behind(
    row: oddities.EmbeddedClass, standing: Mapping[str, dict[str, Any]], new: Iterable[str]
) -> list[dict[str, Any]]:
    """Children whose order does not change keep their numbers; new ones come behind the last."""
    if row.order in ("", "list"):
        return list(standing.values())
    added = set(new)
    last = max((child.get(row.order, 0) for key, child in standing.items() if key not in added), default=-1)
    children = []
    for key, child in standing.items():
        if key in added:
            last += 1
            children.append({**child, row.order: max(last, row.first)})
        else:
            children.append(child)
    return children


def _translations(live: Iterable[Mapping[str, Any]], edits: Mapping[str, Any]) -> list[dict[str, Any]]:
    pairs = {f"{each['property']},{each['locale']}": dict(each) for each in live}
    for path, value in edits.items():
        key = paths.parse(path).key or ""
        if value is REMOVED:
            pairs.pop(key, None)
        else:
            name, _, locale = key.partition(",")
            pairs[key] = {"property": name, "locale": locale, "value": value}
    return list(pairs.values())


def _attribute_values(live: Iterable[Mapping[str, Any]], edits: Mapping[str, Any]) -> list[dict[str, Any]]:
    values = {each["attribute"]["id"]: each.get("value") for each in live}
    for path, value in edits.items():
        key = paths.parse(path).key or ""
        if value is REMOVED:
            values.pop(key, None)
        else:
            values[key] = value
    return [{"attribute": {"id": uid}, "value": value} for uid, value in values.items()]


def _sharing(live: Mapping[str, Any], edits: Mapping[str, Any]) -> dict[str, Any]:
    """Sharing merged by part; `owner` always goes as it stands (facts §17.5)."""
    sharing: dict[str, Any] = {
        **live,
        "userGroups": dict(live.get("userGroups") or {}),
        "users": dict(live.get("users") or {}),
    }
    for path, value in edits.items():
        part = paths.parse(paths.parse(path).rest)
        if part.key is None:
            sharing["public"] = NOBODY if value is REMOVED else value
        elif value is REMOVED:
            sharing[part.property].pop(part.key, None)
        else:
            sharing[part.property][part.key] = {"id": part.key, "access": value}
    return sharing


__all__ = ["REMOVED", "Changes", "Removed", "as_reference", "by_number", "overlay", "renumbered"]
