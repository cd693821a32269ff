"""Secrets in bodies: by name until they are sent, and never in what was read (design §3).

Of what `noise.SECRET` names (the auth of a route, the target of an exchange or event hook) the parts that
are passwords, tokens or headers are written as `!secret NAME`. In a body such a part is `{"!secret": NAME}`;
whoever sends the body puts the value there at the last moment.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from dhis2cfg.catalogue.noise import SECRET, SENSITIVE
from dhis2cfg.model.state import Secret
from dhis2cfg.wire.canonical import digest

MARK = "!secret"
SHOWN = 8
"""So many hexadecimal digits of a digest are shown and kept: enough to tell two secrets apart."""


def marked(value: Any) -> Any:
    """JSON whose secrets are marks with their names."""
    match value:
        case Secret():
            return {MARK: value.name}
        case Mapping():
            return {name: marked(inner) for name, inner in value.items()}
        case list() | tuple():
            return [marked(inner) for inner in value]
        case _:
            return value


def named_in(value: Any) -> Iterator[str]:
    """The name of every secret that a body wants."""
    if isinstance(value, Mapping):
        if set(value) == {MARK}:
            yield str(value[MARK])
        for inner in value.values():
            yield from named_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from named_in(inner)


def filled(value: Any, values: Mapping[str, str]) -> Any:
    """A body with its secrets in it; only ever made to be sent."""
    if isinstance(value, Mapping):
        if set(value) == {MARK}:
            return values[str(value[MARK])]
        return {name: filled(inner, values) for name, inner in value.items()}
    return [filled(inner, values) for inner in value] if isinstance(value, list | tuple) else value


def parts_of(type_name: str) -> tuple[str, ...]:
    """The properties of a type that hold secrets."""
    return tuple(sorted(name for owner, name in SECRET if owner == type_name))


def without_secrets(type_name: str, wire: Mapping[str, Any]) -> Mapping[str, Any]:
    """An object as read, less what could be a secret, stored or encrypted."""
    parts = [name for name in parts_of(type_name) if name in wire]
    return {**wire, **{name: _public(wire[name]) for name in parts}} if parts else wire


def _public(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _public(inner) for name, inner in value.items() if name not in SENSITIVE}
    return [_public(inner) for inner in value] if isinstance(value, list) else value


def short(value: Any) -> str:
    """The first digits of a digest."""
    return digest(value)[:SHOWN]


def short_secret(name: str, value: str) -> str:
    """What may be shown and kept of a secret: two names with one value do not look alike."""
    return short(["dhis2cfg", name, value])
