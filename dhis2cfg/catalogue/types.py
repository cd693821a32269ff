"""What a catalogue says of a type and of a property; made from one version's `/api/schemas` (facts §3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Shape(Enum):
    """How a property looks on the wire.

    REFERENCE is `{id}`, REFERENCES a list of them; CHILD an embedded object, CHILDREN a list of them; VALUES
    a list of scalars; SHARING, TRANSLATIONS and ATTRIBUTE_VALUES have forms of their own; OPAQUE is JSON that
    no schema describes.
    """

    TEXT = "text"
    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"
    CONSTANT = "constant"
    REFERENCE = "reference"
    REFERENCES = "references"
    CHILD = "child"
    CHILDREN = "children"
    VALUES = "values"
    SHARING = "sharing"
    TRANSLATIONS = "translations"
    ATTRIBUTE_VALUES = "attributeValues"
    OPAQUE = "opaque"


SCALARS = frozenset({Shape.TEXT, Shape.NUMBER, Shape.INTEGER, Shape.BOOLEAN, Shape.DATE, Shape.CONSTANT})


class Policy(Enum):
    """What becomes of a property: compared and sent, merged by key, the server's, only sent, left alone.

    SERVER is read and sent back as it stands, never compared: versions, numbers that only say an order, ids.
    """

    OWNED = "owned"
    MERGED = "merged by key"
    SERVER = "set by the server"
    WRITE_ONLY = "write-only"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One property of a type, under its wire name.

    `target` is the plural of the type that a reference points to, or the singular of the embedded class of a
    child; a TEXT or VALUES with a target holds bare UIDs of that type. `required` is already less what
    servers fill in themselves (`corrections`). `length`, `minimum` and `maximum` are None where there is no
    limit; for texts they count characters. `translation_key` (`NAME`) is empty where the property is not
    translatable. `schema_name` differs from `name` only where `:owner` forgets the property, so that it must
    be asked for by name (facts §2.3).
    """

    name: str
    shape: Shape
    target: str = ""
    item: Shape | None = None
    ordered: bool = False
    required: bool = False
    unique: bool = False
    owner: bool = True
    writable: bool = True
    persisted: bool = True
    length: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    constants: tuple[str, ...] = ()
    translation_key: str = ""
    schema_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetadataType:
    """One type: importable (`metadata`), or the class of embedded children (`embedded`).

    `order` is the server's commit order; `authorities` maps CREATE_PUBLIC, CREATE_PRIVATE, CREATE, UPDATE,
    DELETE … to the names that allow it (any of them).
    """

    name: str
    singular: str
    klass: str
    order: int
    properties: Mapping[str, Property]
    metadata: bool = True
    embedded: bool = False
    shareable: bool = False
    data_shareable: bool = False
    translatable: bool = False
    default_private: bool = False
    display: str = ""
    authorities: Mapping[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What one DHIS2 version accepts. `types` by plural; `embedded` by singular."""

    version: str
    revision: str
    types: Mapping[str, MetadataType]
    embedded: Mapping[str, MetadataType]
    digest: str

    def property(self, type_name: str, name: str) -> Property | None:
        """A property of an importable type or of an embedded class, or None."""
        found = self.types.get(type_name) or self.embedded.get(type_name)
        return found.properties.get(name) if found else None
