"""Which objects of a type a reader gets: rights, filters, order (facts §2.1, §2.2)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dhis2cfg.catalogue.types import MetadataType
from dhis2cfg.sandbox.read.fields import Field
from dhis2cfg.sandbox.read.filters import Filter, matches
from dhis2cfg.sandbox.read.render import value_of
from dhis2cfg.sandbox.read.view import View
from dhis2cfg.sandbox.rights.sharing import can_read
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.store.trouble import Trouble
from dhis2cfg.sandbox.world.default_dimension import DEFAULTS


def select(view: View, kind: MetadataType, filters: Sequence[Filter], *, is_any: bool = False) -> list[Body]:
    """The readable objects that meet the filters (all of them, or any)."""
    return [
        body
        for body in _candidates(view, kind, filters, is_any=is_any)
        if can_read(view.person, kind, body)
        and not (view.without_defaults and body["id"] == DEFAULTS.get(kind.name))
        and _fits(view, kind, body, filters, is_any=is_any)
    ]


def _fits(view: View, kind: MetadataType, body: Body, filters: Sequence[Filter], *, is_any: bool) -> bool:
    if not filters:
        return True
    found = (matches(view, kind, body, one) for one in filters)
    return any(found) if is_any else all(found)


def _candidates(view: View, kind: MetadataType, filters: Sequence[Filter], *, is_any: bool) -> Iterable[Body]:
    """What stands there; asked for by UID, only those."""
    for one in filters if not is_any else ():
        if one.path == ("id",) and one.operator in {"in", "eq"}:
            uids = dict.fromkeys(uid.strip() for uid in one.value.strip("[]").split(","))
            return _by_uid(view, kind, list(uids))
    return view.session.every(kind.name)


def _by_uid(view: View, kind: MetadataType, uids: list[str]) -> Iterator[Body]:
    for uid in uids:
        body = view.session.get(kind.name, uid)
        if body is not None:
            yield body


def ordered(view: View, kind: MetadataType, bodies: list[Body], order: str | None) -> list[Body]:
    """By `property:asc,other:desc`, else by name. An unknown property is ignored, from 2.43 on refused."""
    found = sorted(bodies, key=lambda body: str(body.get("name") or "")) if not order else list(bodies)
    for part in reversed((order or "").split(",")):
        name, _, direction = part.partition(":")
        if not name:
            continue
        if name not in kind.properties and name != "displayName":
            if view.world.release >= (2, 43):
                raise Trouble(400, f"No such property: {name}")
            continue
        is_downward = direction.lower() in {"desc", "idesc"}
        fold = direction.lower() in {"iasc", "idesc"}
        found.sort(key=lambda body: _key(view, kind, body, name, fold=fold), reverse=is_downward)
    return found


def _key(view: View, kind: MetadataType, body: Body, name: str, *, fold: bool) -> tuple[bool, float, str]:
    value: Any = value_of(view, kind, body, Field(name=name))
    if isinstance(value, int | float):
        return value is None, float(value), ""
    text = "" if value is None else str(value)
    return value is None, 0.0, text.lower() if fold else text
