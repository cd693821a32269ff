"""What stands beside metadata: system settings, their texts by locale, entries of the data store."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import orjson

from dhis2cfg.catalogue.settings.keys import DATA_STORE, SETTINGS, SYSTEM_SETTINGS
from dhis2cfg.catalogue.types import Shape
from dhis2cfg.dhis2 import answers
from dhis2cfg.dhis2.reads.lookups import FORBIDDEN
from dhis2cfg.dhis2.session import Session
from dhis2cfg.model.questions import SettingName

AT_ONCE = 100
"""As many keys as are asked for in one request: a path stays far below what servers take (facts §19.43)."""


LEAVES_OUT = "2.41"
"""The version whose list holds only settings that have some value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsRead:
    """Values by name, None where there is no such entry; `untold` are those that nobody tells us."""

    values: dict[SettingName, Any] = field(default_factory=dict)
    untold: set[SettingName] = field(default_factory=set)


def read_settings(session: Session, names: Iterable[SettingName], minor: str) -> SettingsRead:
    """What stands under these names, on a server of this version (`2.42`).

    A setting that was never set answers its default (facts §18.5). One without a default is left out by 2.41;
    later versions answer an empty text, to keys that they do not know too. So the table says what is known.
    """
    read = SettingsRead()
    asked = sorted(names)
    told = dict(_settings(session, sorted({name.path for name in asked if name.type == SYSTEM_SETTINGS})))
    for name in asked:
        if name.type != SYSTEM_SETTINGS:
            _entry(session, name, read)
        elif not _is_told(name.path, minor) or (name.path not in told and minor != LEAVES_OUT):
            read.untold.add(name)
        elif name.locale:
            read.values[name] = _text(session, name)
        else:
            value = told.get(name.path)
            read.values[name] = None if value == "" else value
    return read


def _is_told(key: str, minor: str) -> bool:
    """Whether a version knows a setting, and tells it."""
    known = SETTINGS.get(key)
    return known is not None and not known.secret and minor in known.versions


def _settings(session: Session, keys: list[str]) -> Iterator[tuple[str, Any]]:
    """Key → value, of those that the server tells; constants as they are written (`name` means NAME)."""
    for start in range(0, len(keys), AT_ONCE):
        query = "&".join(f"key={quote(key, safe='')}" for key in keys[start : start + AT_ONCE])
        answer = session.get(f"/api/{SYSTEM_SETTINGS}?{query}")
        for key, value in (answer if isinstance(answer, dict) else {}).items():
            is_constant = key in SETTINGS and SETTINGS[key].shape is Shape.CONSTANT
            yield key, str(value).upper() if is_constant and value is not None else value


def _text(session: Session, name: SettingName) -> str | None:
    """What is shown in one locale: JSON on 2.41, the bare text later (facts §19.40)."""
    path = f"/api/{SYSTEM_SETTINGS}/{quote(name.path, safe='')}?locale={quote(name.locale, safe='')}"
    told = session.text(path)
    try:
        json = orjson.loads(told)
    except orjson.JSONDecodeError:
        return told or None
    if isinstance(json, dict) and set(json) <= {name.path}:
        return json.get(name.path) or None
    return told or None


def _entry(session: Session, name: SettingName, read: SettingsRead) -> None:
    namespace, _, key = name.path.partition("/")
    path = f"/api/{DATA_STORE}/{quote(namespace, safe='')}/{quote(key, safe='')}"
    status, answer = session.ask(path, accept=frozenset({answers.NOT_FOUND, FORBIDDEN}))
    if status == FORBIDDEN:
        read.untold.add(name)
    else:
        read.values[name] = None if status == answers.NOT_FOUND else answer
