"""The JSON Schemas of `package.yaml`, `fleet.yaml` and a municipality's file, by hand (grammar.md)."""

from dhis2cfg.catalogue import oddities
from dhis2cfg.catalogue.json_schemas import forms
from dhis2cfg.catalogue.json_schemas.forms import Schema, ref
from dhis2cfg.catalogue.json_schemas.metadata import definitions
from dhis2cfg.catalogue.types import Catalogue

_TEXT: Schema = {"type": ["string", "number", "null"]}
"""A text; an editor reads some of them as numbers (`number: 0301`)."""
_TEXTS: Schema = {"type": ["array", "null"], "items": {"type": ["string", "number"]}}
_TEXT_OR_TEXTS: Schema = {"type": ["string", "array", "null"], "items": {"type": "string"}}
_OBJECT: Schema = {"type": ["object", "null"]}
_VALUE: Schema = {"type": ["string", "number", "boolean", "null", "array"]}
_LATER: Schema = {"extends": {"description": "Reserved; means nothing yet"}}
_NOT_HERE: Schema = {"adopt": {"description": "Means something under defaults: only"}}
_PATCHED = "[A-Za-z0-9]+/.+"
_SHARED = r"(?:\*|[A-Za-z0-9]+(?:/.+)?)"


def _said(schema: Schema, description: str, *, pattern: str = "", names: str = "") -> Schema:
    extra: Schema = {"pattern": pattern} if pattern else {}
    extra |= {"propertyNames": {"pattern": f"^{names}$"}} if names else {}
    return {**schema, **extra, "description": description}


def _record(properties: Schema) -> Schema:
    return {"type": ["object", "null"], "properties": properties, "additionalProperties": False}


def _table(value: Schema) -> Schema:
    return {"type": ["object", "null"], "additionalProperties": value}


_LOCALES = _record(
    {
        "required": _said(_TEXTS, "Every text must have these too"),
        "inline": _said(_TEXTS, "Others that stand beside the base text"),
        "optional": _said(_TEXTS, "Others in translations/LOCALE.yaml"),
    }
)

_PRIVACY = _record(
    {
        "persons": _said(_TEXTS, "Tracked entity types that are people"),
        "readers": _said(_TEXTS, "User groups that may read people"),
        "numbers": _said(_TEXTS, "Attributes that say who somebody is: confidential and unique"),
        "never": _said(_TEXTS, "Authorities that no role may grant"),
    }
)

_SHARED_WITH: dict[str, Schema] = {
    "texts": {
        "type": ["string", "object", "null"],
        "patternProperties": {forms.LOCALE: _TEXT},
        "additionalProperties": False,
    },
    "profile": _record({"public": ref("access"), "userGroups": ref("who"), "users": ref("who")}),
    "who": _table({"type": ["string", "object"], "properties": {"access": ref("access")}}),
    "access": {"type": ["string", "null"], "pattern": forms.ACCESS},
}


def package_schema(catalogue: Catalogue) -> Schema:
    """`package.yaml`: what a package says of itself."""
    types = sorted(set(catalogue.types) - set(oddities.CLOSED))
    return _file(
        "A package of DHIS2 configuration",
        {
            "name": _said(_TEXT, "Name of the package; part of every UID that is made for it"),
            "version": {**_said(_TEXT, "X.Y.Z", pattern=r"^\d+\.\d+\.\d+$"), "default": "0.1.0"},
            "title": ref("texts"),
            "description": ref("texts"),
            "dhis2": {
                **_said(_TEXT, 'The DHIS2 versions it is for, in quotes: ">=2.41,<2.44"'),
                "default": ">=2.41,<2.44",
            },
            "locale": _said(_TEXT, "The base language", pattern=forms.LOCALE),
            "locales": _LOCALES,
            "parameters": _table(_parameter()),
            "sharing": _said(_table(ref("profile")), "Named profiles: who may do what"),
            "defaults": {
                **_table(_OBJECT),
                "propertyNames": {"enum": types},
                "description": "By type, what holds where an object does not say",
            },
            "requires": {"type": ["object", "array", "null"], "additionalProperties": _TEXT, "items": _TEXT},
            "severity": _said(
                _table({"enum": ["error", "warning", "info", None]}),
                "Rule of validate: how much it weighs here",
            ),
            "privacy": _PRIVACY,
            "was": _said(_TEXT_OR_TEXTS, "Former names"),
            "adopt": _adopt(),
        },
        definitions=_SHARED_WITH,
    )


def municipality_schema(catalogue: Catalogue) -> Schema:
    """`municipalities/NAME.yaml`: one place that is configured."""
    return _file(
        "A municipality",
        _municipality(),
        definitions=_unit_definitions(catalogue),
    )


def fleet_schema(catalogue: Catalogue) -> Schema:
    """`fleet.yaml`: the municipalities, what they have in common, and their waves."""
    return _file(
        "A fleet of municipalities",
        {
            "name": _said(_TEXT, "Whose record stands on a server"),
            "dhis2cfg": _said(_TEXT, 'The versions of dhis2cfg that may be used, in quotes: ">=1.0"'),
            "packages": {
                **_said(_TEXT_OR_TEXTS, "Folders of packages: packages/*"),
                "default": "packages/*",
            },
            "municipalities": {
                **_said(_TEXT_OR_TEXTS, "Files of municipalities: municipalities/*.yaml"),
                "default": "municipalities/*.yaml",
            },
            "state": _record(
                {
                    "group": _said(_TEXT, "Code of the user group that may read the tool's keys"),
                    "accounts": _said(_TEXTS, "Usernames whose locks are expected"),
                }
            ),
            "defaults": _said(_record(_municipality()), "What a municipality may say; it wins, key by key"),
            "waves": _said(_table(_TEXTS), "Number of a wave: names of municipalities, or *"),
            "environments": _table(
                _record({"packages": _said(_table(_package_use()), "Packages that everybody has there")})
            ),
            "gates": _table(_record({"applied-in": _said(_TEXT, "Environment that must have it before")})),
            **_NOT_HERE,
        },
        definitions=_unit_definitions(catalogue),
    )


def _municipality() -> Schema:
    address: Schema = {
        "url": _said(_TEXT, "May carry a path: https://host/dhis"),
        "ca": _said(_TEXT, "File with the authorities to trust"),
        "sandbox": {
            **_said({"type": ["boolean", "null"]}, "true: the embedded server on this machine"),
            "default": False,
        },
    }
    patches: Schema = {
        **_said(_table(_OBJECT), "TYPE/PATH: {property: value}", names=_PATCHED),
        "patternProperties": {"^(?:systemSettings|dataStore)/": {"description": "The value itself"}},
    }
    members = _said(_table(_TEXTS), "userGroups/KEY: existing usernames, merged", names=_PATCHED)
    alone: Schema = {
        "members": {**members, "description": "userGroups/KEY: existing usernames, on this server alone"},
        "packages": _said(_table(_package_use()), "What holds on this server alone"),
        "patches": {**patches, "description": "TYPE/PATH: {property: value}, on this server alone"},
        "adopt": _adopt(),
    }
    return {
        "number": _said(_TEXT, "In quotes: it may begin with 0"),
        "name": _said(_TEXT, "As people write it"),
        "server": _record(address),
        "servers": _said(_table(_record(address | alone)), "By environment: prod, test"),
        "organisationUnit": ref("organisationUnits"),
        "organisationUnits": _table(ref("organisationUnits")),
        "packages": _table(_package_use()),
        "assign": _said(_table(_TEXTS), "TYPE/KEY: exactly the units that work with it", names=_PATCHED),
        "members": members,
        "patches": patches,
        "shared": _said(
            _table(_TEXT_OR_TEXTS), "TYPE/KEY, TYPE or *: the package whose values count", names=_SHARED
        ),
        "adopt": _adopt(),
        "thresholds": _table({"type": ["integer", "null"], "minimum": 0}),
        "allow": {"type": ["array", "null"], "items": _allowance()},
    }


def _adopt() -> Schema:
    return _said(
        _table({"type": ["object", "array", "string"], "additionalProperties": _VALUE, "items": _TEXT}),
        "TYPE/KEY: {property: value}, or properties by which it is found on the server",
        names="[A-Za-z0-9]+(?:/.+)?",
    )


def _package_use() -> Schema:
    return _record({"version": _said(_TEXT, '">=1.4", in quotes'), "parameters": _table(_VALUE)})


def _allowance() -> Schema:
    return _record(
        {
            "kind": _said(_TEXT, "access, breaking, destructive, irreversible, takeover or conflict"),
            "on": _said(_TEXT, "TYPE/KEY"),
            "until": _said(_TEXT, "The last day, 2026-12-01"),
            "why": _TEXT,
        }
    )


def _parameter() -> Schema:
    return {
        "type": ["object", "null"],
        "description": "A JSON Schema: type, default, bounds, description",
        "properties": {
            "type": {"type": ["string", "array"]},
            "description": ref("texts"),
            "default": _VALUE,
            "minimum": {"type": "number"},
            "maximum": {"type": "number"},
            "enum": {"type": "array"},
        },
    }


def _unit_definitions(catalogue: Catalogue) -> Schema:
    return definitions(catalogue, ["organisationUnits"], editor=False)


def _file(title: str, properties: Schema, *, definitions: Schema) -> Schema:
    return {
        "$schema": forms.DRAFT,
        "title": title,
        "type": ["object", "null"],
        "properties": {**properties, **_LATER},
        "additionalProperties": False,
        "$defs": definitions,
    }
