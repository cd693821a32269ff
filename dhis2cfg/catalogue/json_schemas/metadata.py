"""Catalogue → the JSON Schema of a file of objects: type → key → object (grammar.md)."""

from collections.abc import Iterable

from dhis2cfg.catalogue import oddities
from dhis2cfg.catalogue.json_schemas import forms, words
from dhis2cfg.catalogue.json_schemas.beside import beside
from dhis2cfg.catalogue.json_schemas.forms import Schema, ref
from dhis2cfg.catalogue.policy import policy
from dhis2cfg.catalogue.types import Catalogue, MetadataType, Policy, Property, Shape

_WRITTEN = frozenset({Policy.OWNED, Policy.MERGED, Policy.WRITE_ONLY})


def metadata_schema(catalogue: Catalogue, *, editor: bool) -> Schema:
    """The schema of every `*.yaml` below a package; of what DHIS2 asks for nothing is required here.

    Defaults of the package and other files may say what one file leaves out.
    """
    holdable = [kind for name, kind in catalogue.types.items() if name not in oddities.CLOSED]
    properties: Schema = {
        kind.name: {
            **forms.mapping_of(ref(kind.name), editor=editor),
            "title": kind.display,
            **_said(kind, editor=editor),
        }
        for kind in holdable
    }
    properties |= {
        name: {"type": ["object", "null"], "description": f"Not here: {reason}"}
        for name, reason in oddities.CLOSED.items()
    }
    properties |= beside(editor=editor)
    what = "as an editor reads it" if editor else "with its scalars typed"
    return {
        "$schema": forms.DRAFT,
        "title": f"DHIS2 {catalogue.version}: objects of a package, {what}",
        "type": ["object", "null"],
        "properties": dict(sorted(properties.items())),
        "additionalProperties": False,
        "$defs": definitions(catalogue, [kind.name for kind in holdable], editor=editor),
    }


def _said(kind: MetadataType, *, editor: bool) -> Schema:
    """What an editor tells of a type."""
    return {"description": words.TYPES[kind.name]} if editor and kind.name in words.TYPES else {}


def definitions(catalogue: Catalogue, names: Iterable[str], *, editor: bool) -> Schema:
    """The definitions of these types, of the children they embed, and of the shapes they are made of."""
    found: Schema = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        kind = catalogue.types.get(name) or catalogue.embedded.get(name)
        if kind is None or name in found:
            continue
        found[name] = _object(catalogue, kind, editor=editor)
        waiting += [entry.target for entry in _written(catalogue, kind) if _is_child(entry)]
        waiting += [row.child for row in oddities.NESTED if row.parent == name]
    return {**forms.shared(editor=editor), **dict(sorted(found.items()))}


def _is_child(entry: Property) -> bool:
    return entry.shape in {Shape.CHILD, Shape.CHILDREN}


def _written(catalogue: Catalogue, kind: MetadataType) -> list[Property]:
    """The properties that a package may write."""
    return [
        entry
        for name, entry in kind.properties.items()
        if policy(catalogue, kind.name, name) in _WRITTEN and entry.shape is not Shape.TRANSLATIONS
    ]


def _object(catalogue: Catalogue, kind: MetadataType, *, editor: bool) -> Schema:
    properties: Schema = {entry.name: _property(entry, editor=editor) for entry in _written(catalogue, kind)}
    for row in oddities.NESTED:
        if row.parent == kind.name:
            properties[row.collection] = forms.children_of(ref(row.child), editor=editor)
            properties[row.collection] |= _told(row.collection, editor=editor)
    own = {"id": ref("text"), "for_each": ref("for_each")}
    if not kind.embedded:
        own["complete"] = ref("boolean")
    properties |= {
        name: {**schema, "description": words.OURS[name]} if editor else schema
        for name, schema in own.items()
    }
    schema: Schema = {
        "type": ["object"],
        "properties": dict(sorted(properties.items())),
        "additionalProperties": False,
    }
    if kind.display:
        schema["title"] = kind.display
    schema |= _said(kind, editor=editor)
    if kind.name == "options":
        schema["patternProperties"] = {forms.LOCALE: ref("text")}
    return forms.tagged(schema, editor=editor)


def _told(name: str, *, editor: bool) -> Schema:
    """What an editor tells of a list of children."""
    return {"description": words.PROPERTIES[name]} if editor and name in words.PROPERTIES else {}


def _property(entry: Property, *, editor: bool) -> Schema:
    schema = _form(entry, editor=editor)
    if not editor:
        return schema
    said = words.PROPERTIES.get(entry.name, "")
    described = "; ".join((*([said] if said else []), *_facts(entry)))
    return {**schema, **({"description": described} if described else {})}


def _form(entry: Property, *, editor: bool) -> Schema:
    match entry.shape:
        case Shape.TEXT if entry.translation_key:
            return ref("texts")
        case Shape.CONSTANT if editor and entry.constants:
            return {"anyOf": [{"enum": list(entry.constants)}, ref("constant")]}
        case Shape.CHILD:
            return ref(entry.target)
        case Shape.CHILDREN:
            return forms.children_of(ref(entry.target), editor=editor)
        case Shape.VALUES:
            item = Shape.TEXT if entry.item is None else entry.item
            return forms.tagged({"type": ["array"], "items": ref(item.value)}, editor=editor)
        case _:
            return ref(entry.shape.value)


def _facts(entry: Property) -> Iterable[str]:
    """What an editor shows beside a property."""
    if entry.required:
        yield "required"
    if entry.unique:
        yield "unique"
    if entry.shape is Shape.TEXT and entry.length is not None:
        yield f"at most {entry.length} characters"
    if entry.shape in {Shape.REFERENCE, Shape.REFERENCES}:
        yield f"of {entry.target}"
    if entry.minimum is not None and entry.shape is not Shape.TEXT:
        yield f"from {entry.minimum:g}"
    if entry.maximum is not None:
        yield f"to {entry.maximum:g}"
