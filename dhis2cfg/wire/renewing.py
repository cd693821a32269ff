"""A base that another version of this program wrote, in the canonical values of today (design §7)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dhis2cfg.catalogue.types import SCALARS, Catalogue
from dhis2cfg.model.record import Record, Recorded
from dhis2cfg.wire import paths
from dhis2cfg.wire.flatten import atom


def renewed(catalogue: Catalogue, record: Record) -> Record:
    """The record with every single value as `flatten` would write it now; what is unknown stays as it is."""
    objects = {
        type_name: {uid: _object(catalogue, type_name, each) for uid, each in several.items()}
        for type_name, several in record.objects.items()
    }
    return replace(record, objects=objects)


def _object(catalogue: Catalogue, type_name: str, each: Recorded) -> Recorded:
    fields = _fields(catalogue, type_name, each.fields)
    return replace(each, fields=fields, filled=_fields(catalogue, type_name, each.filled))


def _fields(catalogue: Catalogue, type_name: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        path: _value(catalogue, type_name, path, value) if path else value for path, value in fields.items()
    }


def _value(catalogue: Catalogue, owner: str, path: str, value: Any) -> Any:
    parsed = paths.parse(path)
    prop = catalogue.property(owner, parsed.property)
    if prop is None:
        return value
    if parsed.rest:
        return _value(catalogue, prop.target, parsed.rest, value) if prop.target else value
    return atom(prop.shape, value) if prop.shape in SCALARS and parsed.key is None else value
