"""JSON back into the values of `model`, by their own annotations; what does not fit is one error."""

import dataclasses
import types
from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


class DoesNotFit(ValueError):
    """JSON that is not what a value needs; the message begins with the path (`changes[3].kind`)."""


def from_json(wanted: type[T], json: Any) -> T:
    """A value of `wanted` (a dataclass of `model`) from its JSON; fields left out take their defaults."""
    value = _read(wanted, json, "")
    assert isinstance(value, wanted)  # noqa: S101 - tells mypy what _dataclass made
    return value


@cache
def _hints(wanted: type) -> Mapping[str, Any]:
    return get_type_hints(wanted)


def _read(wanted: Any, json: Any, path: str) -> Any:
    origin = get_origin(wanted)
    if wanted is Any:
        return json
    if hasattr(wanted, "__supertype__"):
        return _read(wanted.__supertype__, json, path)
    if origin in (Union, types.UnionType):
        return _union(get_args(wanted), json, path)
    if origin is tuple:
        return _tuple(get_args(wanted), json, path)
    if origin is not None and issubclass(origin, Mapping):
        if not isinstance(json, dict):
            raise DoesNotFit(f"{path or 'value'}: an object is wanted")
        return {key: _read(get_args(wanted)[1], item, f"{path}.{key}") for key, item in json.items()}
    if dataclasses.is_dataclass(wanted):
        return _dataclass(wanted, json, path)
    return _atom(wanted, json, path)


def _union(options: tuple[Any, ...], json: Any, path: str) -> Any:
    if json is None and types.NoneType in options:
        return None
    for option in options:
        if option is types.NoneType:
            continue
        try:
            return _read(option, json, path)
        except DoesNotFit:
            if option is options[-1] or len(options) == 2:  # noqa: PLR2004 - "X or None"
                raise
    raise DoesNotFit(f"{path or 'value'}: nothing fits")


def _tuple(arguments: tuple[Any, ...], json: Any, path: str) -> tuple[Any, ...]:
    if not isinstance(json, list):
        raise DoesNotFit(f"{path or 'value'}: a list is wanted")
    if len(arguments) == 2 and arguments[1] is Ellipsis:  # noqa: PLR2004 - tuple[X, ...]
        return tuple(_read(arguments[0], item, f"{path}[{index}]") for index, item in enumerate(json))
    if len(json) != len(arguments):
        raise DoesNotFit(f"{path or 'value'}: {len(arguments)} items are wanted")
    return tuple(
        _read(each, item, f"{path}[{index}]")
        for index, (each, item) in enumerate(zip(arguments, json, strict=True))
    )


def _dataclass(wanted: Any, json: Any, path: str) -> Any:
    if not isinstance(json, dict):
        raise DoesNotFit(f"{path or 'value'}: an object is wanted")
    given = {}
    for each in dataclasses.fields(wanted):
        if each.name in json:
            inner = f"{path}.{each.name}" if path else each.name
            given[each.name] = _read(_hints(wanted)[each.name], json[each.name], inner)
        elif each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING:
            raise DoesNotFit(f"{path + '.' if path else ''}{each.name}: is missing")
    return wanted(**given)


def _atom(wanted: Any, json: Any, path: str) -> Any:
    if issubclass(wanted, Enum):
        try:
            return wanted(json)
        except ValueError as error:
            raise DoesNotFit(f"{path or 'value'}: {json!r} is none of its values") from error
    fits = isinstance(json, wanted) and (wanted is bool or not isinstance(json, bool))
    if wanted is float and isinstance(json, int) and not isinstance(json, bool):
        return float(json)
    if not fits:
        raise DoesNotFit(f"{path or 'value'}: {wanted.__name__} is wanted")
    return json
