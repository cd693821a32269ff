"""The forms of `package.yaml`, `fleet.yaml` and a municipality's file (grammar.md)."""

from collections.abc import Mapping

from dhis2cfg.catalogue.types import Shape
from dhis2cfg.load.forms.form import (
    ANYTHING,
    BOOLEAN,
    INTEGER,
    LOCALIZED,
    NUMBER,
    SHARING,
    TEXT,
    TEXT_OR_TEXTS,
    TEXTS,
    ByType,
    Either,
    Form,
    Leaf,
    Listing,
    OfType,
    Parameter,
    Record,
    Refusal,
    Role,
    Table,
)

_LATER = {
    "extends": Refusal(
        rule="reserved-word",
        message="extends is reserved for a later version of dhis2cfg",
        following="leave it out",
    )
}
_RESERVED = {
    **_LATER,
    "adopt": Refusal(
        rule="reserved-word",
        message="adopt is reserved and means nothing here",
        following="what all municipalities adopt stands under defaults:",
    ),
}
_ADOPT = Table(
    value=Either(
        takes="properties, or {property: value}", scalar=TEXT, mapping=Table(value=TEXT), sequence=TEXTS
    )
)
_ADDRESS: Mapping[str, Form] = {"url": TEXT, "ca": TEXT, "sandbox": BOOLEAN}
_PACKAGES = Table(
    value=Record(what="a package's use", fields={"version": TEXT, "parameters": Table(value=ANYTHING)}),
    filled=True,
)
_PATCHES = ByType(role=Role.PATCHES)
_MEMBERS = Table(value=TEXTS)
_SERVER = Record(
    what="a server",
    fields={
        **_ADDRESS,
        "packages": _PACKAGES,
        "members": _MEMBERS,
        "patches": _PATCHES,
        "adopt": _ADOPT,
    },
)
_MUNICIPALITY: Mapping[str, Form] = {
    "number": TEXT,
    "name": TEXT,
    "server": Record(what="the server", fields=_ADDRESS),
    "servers": Table(value=_SERVER),
    "organisationUnit": OfType(name="organisationUnits"),
    "organisationUnits": Table(value=OfType(name="organisationUnits"), filled=True),
    "packages": _PACKAGES,
    "assign": Table(value=TEXTS),
    "members": _MEMBERS,
    "patches": _PATCHES,
    "shared": Table(value=TEXT_OR_TEXTS),
    "adopt": _ADOPT,
    "thresholds": Table(value=INTEGER),
    "allow": Listing(
        item=Record(what="an allowance", fields={"kind": TEXT, "on": TEXT, "until": TEXT, "why": TEXT})
    ),
}

MANIFEST = Record(
    what="package.yaml",
    fields={
        "name": TEXT,
        "version": TEXT,
        "title": LOCALIZED,
        "description": LOCALIZED,
        "dhis2": TEXT,
        "locale": TEXT,
        "locales": Record(what="locales", fields={"required": TEXTS, "inline": TEXTS, "optional": TEXTS}),
        "parameters": Table(value=Parameter(), filled=True),
        "sharing": Table(value=SHARING),
        "defaults": ByType(role=Role.DEFAULTS),
        "requires": Either(takes="package names with versions", mapping=Table(value=TEXT), sequence=TEXTS),
        "severity": Table(value=TEXT),
        "privacy": Record(
            what="privacy", fields=dict.fromkeys(("persons", "readers", "numbers", "never"), TEXTS)
        ),
        "was": TEXT_OR_TEXTS,
        "adopt": _ADOPT,
    },
    required=("name", "version", "dhis2", "locale"),
    refused=_LATER,
)
OBJECTS = ByType(role=Role.OBJECTS)
TRANSLATIONS = ByType(role=Role.TEXTS)
MUNICIPALITY = Record(what="a municipality's file", fields=_MUNICIPALITY, refused=_LATER)
FLEET = Record(
    what="fleet.yaml",
    fields={
        "name": TEXT,
        "dhis2cfg": TEXT,
        "packages": TEXT_OR_TEXTS,
        "municipalities": TEXT_OR_TEXTS,
        "state": Record(what="state", fields={"group": TEXT, "accounts": TEXTS}),
        "defaults": Record(what="the defaults of municipalities", fields=_MUNICIPALITY),
        "waves": Table(value=TEXTS),
        "environments": Table(value=Record(what="an environment", fields={"packages": _PACKAGES})),
        "gates": Table(value=Record(what="a gate", fields={"applied-in": TEXT})),
    },
    required=("name",),
    refused=_RESERVED,
)

_KINDS = {
    "integer": Shape.INTEGER,
    "number": Shape.NUMBER,
    "boolean": Shape.BOOLEAN,
    "string": Shape.TEXT,
}


def parameter(kind: str) -> Record:
    """A parameter's JSON Schema, whose values are of this `type`; its other words are let through."""
    value: Form = Leaf(shape=_KINDS[kind]) if kind in _KINDS else ANYTHING
    bounds = dict.fromkeys(
        ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"), NUMBER
    )
    sizes = dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), INTEGER)
    texts = dict.fromkeys(("type", "title", "format", "pattern"), TEXT)
    fields: dict[str, Form] = {**bounds, **sizes, **texts, "description": LOCALIZED}
    fields |= {"default": value, "const": value, "enum": Listing(item=value)}
    return Record(what="a parameter", fields=fields, other=ANYTHING)
