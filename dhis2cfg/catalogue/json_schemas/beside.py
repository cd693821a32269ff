"""The JSON Schema of `systemSettings` and `dataStore` in a package: no types, so no catalogue is asked."""

from dhis2cfg.catalogue.json_schemas.forms import Schema, ref
from dhis2cfg.catalogue.settings.keys import DATA_STORE, SETTINGS, SYSTEM_SETTINGS, ServerSetting
from dhis2cfg.catalogue.shipped import VERSIONS


def beside(*, editor: bool) -> Schema:
    """Both by name; an editor offers the settings that a package may hold, and tells what each takes.

    Other keys are no mistake of form: rules say what is wrong with them.
    """
    held = [each for each in SETTINGS.values() if not editor or not (each.secret or each.noted)]
    return {
        SYSTEM_SETTINGS: {
            "type": ["object", "null"],
            "description": "KEY: value; left out, a setting is not managed; null: the server's default",
            "properties": {each.name: _value(each, editor=editor) for each in held},
        },
        DATA_STORE: {
            "type": ["object", "null"],
            "description": "NAMESPACE: {KEY: any JSON}, or NAMESPACE/KEY: any JSON; null: no such entry",
        },
    }


def _value(each: ServerSetting, *, editor: bool) -> Schema:
    schema = _shape(each)
    if not editor or each.versions == VERSIONS:
        return schema
    return {**schema, "description": f"known to DHIS2 {', '.join(each.versions)}"}


def _shape(each: ServerSetting) -> Schema:
    if each.constants:
        return {"if": {"type": "string"}, "then": {"enum": list(each.constants)}, "else": ref("constant")}
    return ref("texts" if each.translatable else each.shape.value)
