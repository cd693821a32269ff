"""A sent object → typed values of the properties that its class knows (facts §1.1, §19.24)."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from dhis2cfg.catalogue.types import Property, Shape
from dhis2cfg.sandbox.rights.sharing import read_sharing
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.store.trouble import Trouble
from dhis2cfg.sandbox.world.children import EXTRA
from dhis2cfg.sandbox.world.periods import PERIOD_TYPES
from dhis2cfg.sandbox.world.world import World

_PERIOD_TYPE = frozenset({"periodType", "expiryPeriodType"})
_LEAST, _MOST = -2147483648, 2147483647
_BLANKS = re.compile(r" {2,}")


class Unreadable(Exception):
    """A value that no object can be made of; the whole body is refused."""

    def status(self, release: tuple[int, int]) -> int:
        """The HTTP status of the refusal."""
        return 409 if release >= (2, 43) else 500


class BadDate(Unreadable):
    """What is no date."""

    def status(self, release: tuple[int, int]) -> int:
        """The HTTP status of the refusal."""
        del release
        return 400


class Emptied(Exception):
    """A list or an object where a text belongs: nothing of the object is kept (facts §19.24)."""


def read_object(world: World, kind: str, sent: Mapping[str, Any]) -> Body:
    """The values that were sent and are known; None for null and for empty text. Unknown keys vanish."""
    try:
        return _read(world, kind, sent)
    except Emptied:
        return {"id": sent["id"]} if isinstance(sent.get("id"), str) else {}


def _read(world: World, kind: str, sent: Mapping[str, Any]) -> Body:
    properties, extra = world.kind(kind).properties, EXTRA.get(kind, {})
    found = {
        name: _value(world, properties[name], value) for name, value in sent.items() if name in properties
    }
    return found | {name: value for name, value in sent.items() if name in extra}


def _value(world: World, prop: Property, value: Any) -> Any:
    if value is None or value == "":
        return None
    scalar = _SCALARS.get(prop.shape)
    if scalar is not None:
        return scalar(prop, value)
    match prop.shape:
        case Shape.REFERENCE:
            return _reference(value)
        case Shape.REFERENCES | Shape.CHILDREN | Shape.VALUES:
            return _list(world, prop, value)
        case Shape.CHILD:
            return _child(world, prop.target, value)
        case Shape.SHARING:
            return _sharing(value)
        case Shape.TRANSLATIONS:
            return _translations(value)
        case Shape.ATTRIBUTE_VALUES:
            return _attribute_values(world, value)
        case _:
            return value


def _known_text(prop: Property, value: Any) -> str | None:
    text = _text(value)
    return text if prop.name not in _PERIOD_TYPE or text in PERIOD_TYPES else None


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    raise Emptied


def _number(prop: Property, value: Any) -> float | int:
    try:
        number = float(value)
    except (TypeError, ValueError) as error:
        raise Unreadable(f'Cannot deserialize value of type number from "{value}"') from error
    if prop.shape is Shape.NUMBER:
        return number
    if not _LEAST <= number <= _MOST:
        raise Unreadable(f"Numeric value ({int(number)}) out of range of int ({_LEAST} - {_MOST})")
    return int(number)


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() in {"true", "false"}:
        return str(value).lower() == "true"
    if isinstance(value, int):
        return bool(value)
    raise Unreadable(f'Cannot deserialize value of type `boolean` from "{value}"')


def _constant(prop: Property, value: Any) -> str:
    if not isinstance(value, str) or (prop.constants and value not in prop.constants):
        accepted = ", ".join(prop.constants)
        raise Unreadable(
            f'Cannot deserialize {prop.name} from String "{value}": '
            f"not one of the values accepted: [{accepted}]"
        )
    return value


def read_date(value: Any) -> str:
    """A date as DHIS2 writes it: milliseconds, no zone; also from milliseconds since 1970."""
    try:
        if isinstance(value, int):
            moment = datetime.fromtimestamp(value / 1000, tz=UTC)
        else:
            moment = datetime.fromisoformat(str(value))
    except (ValueError, OverflowError) as error:
        raise BadDate(
            f"Invalid date format '{value}', only ISO format or UNIX Epoch timestamp is supported."
        ) from error
    if moment.tzinfo:
        moment = moment.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}"


def _reference(value: Any) -> Body | None:
    if not isinstance(value, dict):
        raise Unreadable(f"Cannot construct an object from {value!r}")
    found = {key: value[key] for key in ("id", "code") if isinstance(value.get(key), str)}
    if "id" not in found:
        return found
    return {"id": found["id"]} | ({"code": found["code"]} if "code" in found else {})


def _list(world: World, prop: Property, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Unreadable(f"Cannot deserialize a list from {value!r}")
    if prop.shape is Shape.CHILDREN:
        return [_child(world, prop.target, one) for one in value if one is not None]
    members: list[Any]
    if prop.shape is Shape.VALUES:
        item = Property(name=prop.name, shape=prop.item or Shape.TEXT, constants=prop.constants)
        members = [_value(world, item, one) for one in value]
    else:
        members = [_reference(one) for one in value if one is not None]
    members = [member for member in members if member is not None and member != {}]
    return members if prop.ordered else _once(members)


def _once(members: list[Any]) -> list[Any]:
    found: list[Any] = []
    seen: set[str] = set()
    for member in members:
        if str(member) not in seen:
            seen.add(str(member))
            found.append(member)
    return found


def _child(world: World, target: str, value: Any) -> Any:
    if not isinstance(value, dict):
        raise Unreadable(f"Cannot construct an object from {value!r}")
    return _read(world, target, value)


def _sharing(value: Any) -> Body | None:
    for part in ("users", "userGroups") if isinstance(value, dict) else ():
        entries = value.get(part) or {}
        if not isinstance(entries, dict) or not all(isinstance(one, dict) for one in entries.values()):
            raise Unreadable(f"Cannot construct the entries of {part} from {entries!r}")
    return read_sharing(value)


def _translations(value: Any) -> list[Body]:
    found = [
        {key: row.get(key) for key in ("locale", "property", "value")}
        for row in (value if isinstance(value, list) else [])
        if isinstance(row, dict)
    ]
    return _once(found)


def _attribute_values(world: World, value: Any) -> list[Body]:
    """One value an attribute; from 2.42 on the server stumbles over a row without one."""
    rows = value if isinstance(value, list) else []
    found: dict[str, Body] = {}
    for row in rows:
        attribute = (row.get("attribute") or {}).get("id")
        if attribute is None and world.release >= (2, 42):
            raise Trouble(500, None)
        if attribute is None:
            continue
        text = "" if row.get("value") is None else _text(row["value"])
        found[attribute] = {"attribute": {"id": attribute}, "value": _BLANKS.sub(" ", text)}
    return list(found.values())


_SCALARS: Mapping[Shape, Callable[[Property, Any], Any]] = {
    Shape.TEXT: _known_text,
    Shape.INTEGER: _number,
    Shape.NUMBER: _number,
    Shape.BOOLEAN: lambda _prop, value: _truth(value),
    Shape.CONSTANT: _constant,
    Shape.DATE: lambda _prop, value: read_date(value),
}
