"""System and user settings (facts §18.5, §19.40)."""

from typing import Any

import orjson

from dhis2cfg.catalogue.settings.keys import SETTINGS, ServerSetting
from dhis2cfg.catalogue.types import Shape
from dhis2cfg.sandbox.routes.call import Answer, Call, message
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.store.trouble import Trouble
from dhis2cfg.sandbox.world.locales import DATABASE_LOCALE, database_locale
from dhis2cfg.sandbox.world.settings import NEVER, defaults

_NOTHING = {Shape.BOOLEAN: False, Shape.INTEGER: 0, Shape.NUMBER: 0.0}
"""What stands where nothing was set, and no default is known; any other shape is a text."""


def _is_a_time(setting: ServerSetting) -> bool:
    return setting.noted and "Last" in setting.name and "Runtime" not in setting.name


def known_settings(release: tuple[int, int]) -> Body:
    """The defaults of a version: on 2.41 nobody chose a database language."""
    version = ".".join(map(str, release))
    known: Body = {
        each.name: NEVER if _is_a_time(each) else _NOTHING.get(each.shape, "")
        for each in SETTINGS.values()
        if version in each.versions and not each.secret
    }
    set_ones = {key: value for key, value in defaults(release).items() if key in known}
    return known | set_ones | {DATABASE_LOCALE: database_locale(release)}


def system_settings(call: Call) -> Answer:
    """`/api/systemSettings[/KEY]`."""
    if len(call.parts) == 1:
        return _several(call)
    key = call.parts[1]
    match call.method:
        case "GET":
            return _read(call, key)
        case "POST":
            return _write(call, key)
        case "DELETE":
            call.demand("F_SYSTEM_SETTING")
            _must_know(call, key)
            call.session.database.set_setting("", key, None, call.first("locale"))
            return Answer(status=204)
        case _:
            raise Trouble(405, f"Request method '{call.method}' is not supported")


def _stored(call: Call) -> Body:
    stored = {key: orjson.loads(value) for key, value in call.session.database.settings("").items()}
    return known_settings(call.session.world.release) | stored


def _several(call: Call) -> Answer:
    values = _stored(call)
    if call.method == "GET":
        keys = call.every("key")
        return Answer(body={key: values[key] for key in keys if key in values} if keys else values)
    call.demand("F_SYSTEM_SETTING")
    sent = call.json() or {}
    unknown = [key for key in sent if key not in values]
    if unknown:
        raise _unknown(call, unknown[0])
    for key, value in sent.items():
        call.session.database.set_setting("", key, _typed(call, key, value))
    return message(200, "System settings imported")


def _read(call: Call, key: str) -> Answer:
    values = _stored(call)
    locale = call.first("locale")
    if key not in values:
        raise Trouble(404, f"Setting does not exist: {key}", "E1005")
    if locale:
        text = call.session.database.setting("", key, locale)
        value = values[key] if text is None else orjson.loads(text)
        if call.session.world.release >= (2, 42):
            return Answer(body=str(value), media="text/plain")
        return Answer(body={key: value})
    return Answer(body={key: values[key]})


def _write(call: Call, key: str) -> Answer:
    call.demand("F_SYSTEM_SETTING")
    value = call.first("value") or call.body.decode().strip()
    _must_know(call, key)
    if value in {"", '""'}:
        is_old = call.session.world.release < (2, 42)
        raise Trouble(409 if is_old else 400, "Value must be specified as query param or as payload")
    locale = call.first("locale")
    if locale:
        call.session.database.set_setting("", key, orjson.dumps(value).decode(), locale)
        text = f"Translation for system setting '{key}' and locale: '{locale}' set to: '{value}'"
        return message(200, text)
    call.session.database.set_setting("", key, _typed(call, key, value))
    return message(200, f"System setting '{key}' set to value '{value}'.")


def _must_know(call: Call, key: str) -> None:
    if key not in _stored(call):
        raise _unknown(call, key)


def _unknown(call: Call, key: str) -> Trouble:
    if call.session.world.release < (2, 42):
        return Trouble(409, f"Key is not supported: {key}")
    return Trouble(404, f"Setting does not exist: {key}", "E1005")


def _typed(call: Call, key: str, value: Any) -> str:
    """A value as JSON of the type its key has."""
    default = known_settings(call.session.world.release)[key]
    if isinstance(default, bool):
        return "true" if str(value).lower() == "true" else "false"
    if isinstance(default, int | float):
        try:
            return str(type(default)(value))
        except ValueError as error:
            is_json = isinstance(value, str) and value[:1] in set('"{[-ntf')
            code = "E1003" if is_json and call.session.world.release >= (2, 42) else ""
            raise Trouble(400, f"Not a valid value for setting {key}: {value}", code) from error
    return orjson.dumps(str(value)).decode()


def user_settings(call: Call) -> Answer:
    """`/api/userSettings[/KEY]` of the caller."""
    database, owner = call.session.database, call.person.uid
    if len(call.parts) == 1:
        values = {key: orjson.loads(value) for key, value in database.settings(owner).items()}
        keys = call.every("key")
        return Answer(body={key: values.get(key) for key in keys} if keys else values)
    key = call.parts[1]
    if call.method == "GET":
        text = database.setting(owner, key)
        value = _stored(call).get(key, "") if text is None else orjson.loads(text)
        return Answer(body=str(value), media="text/plain")
    if call.method == "DELETE":
        database.set_setting(owner, key, None)
        return Answer(body="", media="text/plain")
    value = call.first("value") or call.body.decode()
    database.set_setting(owner, key, orjson.dumps(value).decode())
    return message(200, "User setting saved")
