"""A type of the catalogue as `/api/schemas` shows it: not everything that DHIS2 says (facts §3)."""

from dhis2cfg.catalogue.types import MetadataType, Property, Shape
from dhis2cfg.sandbox.store.session import Body

_KINDS = {
    Shape.TEXT: "TEXT",
    Shape.NUMBER: "NUMBER",
    Shape.INTEGER: "INTEGER",
    Shape.BOOLEAN: "BOOLEAN",
    Shape.DATE: "DATE",
    Shape.CONSTANT: "CONSTANT",
    Shape.REFERENCE: "REFERENCE",
    Shape.REFERENCES: "COLLECTION",
    Shape.CHILDREN: "COLLECTION",
    Shape.VALUES: "COLLECTION",
    Shape.TRANSLATIONS: "COLLECTION",
}


def schema_json(kind: MetadataType) -> Body:
    """One schema."""
    return {
        "klass": kind.klass,
        "name": kind.singular,
        "singular": kind.singular,
        "plural": kind.name,
        "displayName": kind.display,
        "collectionName": kind.name,
        "relativeApiEndpoint": f"/{kind.name}",
        "metadata": kind.metadata,
        "persisted": True,
        "shareable": kind.shareable,
        "dataShareable": kind.data_shareable,
        "translatable": kind.translatable,
        "defaultPrivate": kind.default_private,
        "embeddedObject": kind.embedded,
        "order": kind.order,
        "authorities": [
            {"type": name, "authorities": list(listed)} for name, listed in (kind.authorities or {}).items()
        ],
        "properties": [_property(prop) for prop in kind.properties.values()],
    }


def _property(prop: Property) -> Body:
    kind = _KINDS.get(prop.shape, "COMPLEX")
    is_list = kind == "COLLECTION"
    found: Body = {
        "name": prop.schema_name or prop.name,
        "propertyType": kind,
        "collection": is_list,
        "ordered": prop.ordered,
        "owner": prop.owner,
        "persisted": prop.persisted,
        "writable": prop.writable,
        "required": prop.required,
        "unique": prop.unique,
        "translatable": bool(prop.translation_key),
    }
    if is_list:
        found["collectionName"] = prop.name
    optional = {
        "length": prop.length,
        "min": prop.minimum,
        "max": prop.maximum,
        "constants": list(prop.constants) or None,
        "translationKey": prop.translation_key or None,
    }
    return found | {name: value for name, value in optional.items() if value is not None}
