"""Catalogue → forms: what may stand under a type's name, and why a known name may not be written."""

from difflib import get_close_matches

from dhis2cfg.catalogue import oddities
from dhis2cfg.catalogue.policy import policy
from dhis2cfg.catalogue.settings.keys import BESIDE
from dhis2cfg.catalogue.types import Catalogue, Policy, Property, Shape
from dhis2cfg.load.forms.form import (
    ANYTHING,
    BOOLEAN,
    FOR_EACH,
    LOCALIZED,
    REFERENCE,
    SHARING,
    TEXT,
    Either,
    Form,
    Leaf,
    Listing,
    OfType,
    Record,
    Refusal,
    Table,
    cut,
)

_REFERENCES = Either(takes="a list of keys", scalar=None, mapping=None, sequence=Listing(item=REFERENCE))


def record(catalogue: Catalogue, name: str) -> Record | None:
    """The form of an object of a type, or of an embedded child of a class; None where there is none."""
    kind = catalogue.types.get(name) or catalogue.embedded.get(name)
    if kind is None:
        return None
    fields: dict[str, Form] = {}
    refused: dict[str, Refusal] = {}
    for entry in kind.properties.values():
        refusal = _refusal(catalogue, name, entry)
        if refusal is None:
            fields[entry.name] = _form(catalogue, entry)
        else:
            refused[entry.name] = refusal
    for row in oddities.NESTED:
        if row.parent == name:
            fields[row.collection] = _collection(row.child, takes="a mapping of objects, or a list of keys")
            refused.pop(row.collection, None)
    fields |= {"id": TEXT, "for_each": FOR_EACH}
    refused.pop("id", None)
    if not kind.embedded:
        fields["complete"] = BOOLEAN
    return Record(what=name, fields=fields, refused=refused)


def texts(catalogue: Catalogue, name: str) -> Record:
    """The form of an object in a translation file: its translatable texts, one text each."""
    fields: dict[str, Form] = {}
    refused: dict[str, Refusal] = {}
    for entry in catalogue.types[name].properties.values():
        if entry.translation_key:
            fields[entry.name] = TEXT
        else:
            message = f"{entry.name} of {name} has no translations"
            refused[entry.name] = Refusal(
                rule="not-translatable", message=message, following="leave it out of this file"
            )
    return Record(what=name, fields=fields, refused=refused)


def unknown_type(catalogue: Catalogue, name: str) -> Refusal | None:
    """Why a type's name is none that a package may hold; None where it is one."""
    if name in oddities.CLOSED:
        message = f"a package cannot hold {name}: {oddities.CLOSED[name]}"
        return Refusal(rule="closed-type", message=message, following="take it out of the package")
    if name in catalogue.types:
        return None
    near = get_close_matches(name, [*catalogue.types, *BESIDE], n=1)
    following = f"did you mean {near[0]}?" if near else "types are named as in DHIS2's API, in the plural"
    return Refusal(rule="unknown-type", message=f"{cut(name)} is no type of DHIS2", following=following)


def _refusal(catalogue: Catalogue, owner: str, entry: Property) -> Refusal | None:
    if entry.shape is Shape.TRANSLATIONS:
        message = "translations are not written as DHIS2 stores them"
        following = "write one text per locale: name: {nb: …, en: …}"
        return Refusal(rule="translations", message=message, following=following)
    if policy(catalogue, owner, entry.name) in {Policy.OWNED, Policy.MERGED, Policy.WRITE_ONLY}:
        return None
    if entry.shape in {Shape.REFERENCES, Shape.CHILDREN} and not entry.owner:
        message = f"{owner} do not hold {entry.name} in DHIS2; the other side does"
        following = f"write the list at the {entry.target} it belongs to"
        return Refusal(rule="other-side", message=message, following=following)
    message = f"{entry.name} of {owner} is set by the server"
    return Refusal(rule="set-by-server", message=message, following="leave it out")


def _form(catalogue: Catalogue, entry: Property) -> Form:
    match entry.shape:
        case Shape.TEXT if entry.translation_key:
            return LOCALIZED
        case Shape.REFERENCE:
            return REFERENCE
        case Shape.REFERENCES:
            return _REFERENCES
        case Shape.CHILD:
            return OfType(name=entry.target)
        case Shape.CHILDREN:
            return _children(catalogue, entry)
        case Shape.VALUES:
            return Listing(item=Leaf(shape=entry.item or Shape.TEXT))
        case Shape.SHARING:
            return SHARING
        case Shape.ATTRIBUTE_VALUES:
            return Table(value=TEXT)
        case Shape.OPAQUE:
            return ANYTHING
        case _:
            return Leaf(shape=entry.shape)


def _children(catalogue: Catalogue, entry: Property) -> Form:
    """Children that a reference identifies may be a list of keys; of all others a list holds mappings."""
    row = oddities.embedded_class(entry.target)
    if row is not None and len(row.natural_key) == 1:
        key = catalogue.property(entry.target, row.natural_key[0])
        if key is not None and key.shape is Shape.REFERENCE:
            return _collection(entry.target, takes="a mapping by key, or a list of keys")
    child = OfType(name=entry.target)
    return Either(
        takes="a list, or a mapping with keys of your choice",
        mapping=Table(value=child, filled=True),
        sequence=Listing(item=child),
    )


def _collection(child: str, *, takes: str) -> Form:
    """Children as a mapping, or a list of keys of what stands elsewhere (or of objects without a key)."""
    item = Either(takes="a key", scalar=TEXT, mapping=OfType(name=child))
    return Either(
        takes=takes, mapping=Table(value=OfType(name=child), filled=True), sequence=Listing(item=item)
    )
