"""Short constructors of states, so that a test shows only what it is about."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from dhis2cfg.catalogue import shipped
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.names import Ref, Reference, Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.privacy import Privacy, Word
from dhis2cfg.model.state import (
    Child,
    DesiredObject,
    Field,
    Formula,
    Origin,
    PackageUse,
    State,
    Text,
    Value,
)
from dhis2cfg.validate import Package
from dhis2cfg.validate.context import RuleContext, context_for

ALL = ("2.41", "2.42", "2.43")
FILE = "packages/demo/objects.yaml"


def at(line: int, column: int = 1, length: int = 1) -> Place:
    """A place in the demo file."""
    return Place(file=FILE, line=line, column=column, length=length)


def field(value: Value, line: int = 1, column: int = 1, length: int = 1) -> Field:
    """A written field."""
    return Field(value=value, place=at(line, column, length))


def follows(value: Value, line: int = 1) -> Field:
    """A field that follows the name."""
    return Field(value=value, place=at(line), origin=Origin.FOLLOWS)


def text(base: str | None, **locales: str) -> Text:
    """A Norwegian text with others."""
    return Text(base=base, locale="nb", locales=locales)


def formula(*parts: str | Reference) -> Formula:
    """A text with references in it."""
    return Formula(parts=parts)


def fields(values: Mapping[str, Value | Field], line: int) -> dict[str, Field]:
    """Fields by name; plain values stand on the line of their object."""
    return {name: value if isinstance(value, Field) else field(value, line) for name, value in values.items()}


def child(key: str, line: int = 1, uid: str | None = None, **values: Value | Field) -> Child:
    """An embedded child."""
    return Child(key=key, fields=fields(values, line), place=at(line), id=Uid(uid) if uid else None)


def thing(
    ref: str, *, line: int = 1, uid: str | None = None, owner: str = "demo", **values: Value | Field
) -> DesiredObject:
    """An object by `type/PATH`."""
    each = thing_of(ref, values, line)
    return replace(each, owner=owner, uid=Uid(uid) if uid else None)


def thing_of(ref: str, values: Mapping[str, Value | Field], line: int = 1) -> DesiredObject:
    """An object of the demo package by `type/PATH`, with fields from a mapping."""
    type_name, _, path = ref.partition("/")
    return DesiredObject(ref=Ref(type_name, path), owner="demo", place=at(line), fields=fields(values, line))


def found_unit(ref: str, **values: Value | Field) -> DesiredObject:
    """A unit that is found on the server by its code."""
    return replace(thing_of(ref, values), owner="tromso", adopt={"code": "5501"})


def state(*objects: DesiredObject, packages: Sequence[str] = ("demo",)) -> State:
    """A state of these objects."""
    uses = tuple(PackageUse(name=name, version="1.0.0", locale="nb", digest="") for name in packages)
    return State(municipality="tromso", packages=uses, objects={each.ref: each for each in objects})


def a_context(
    *objects: DesiredObject, versions: Sequence[str] = ("2.42",), privacy: Privacy | None = None
) -> RuleContext:
    """What a rule gets for these objects of a package that claims these versions."""
    package = Package(name="demo", versions=tuple(versions), folder="packages/demo", privacy=privacy)
    catalogues = {version: shipped.load(version) for version in ALL}
    return context_for(state(*objects), {"demo": package}, catalogues)


def promised(persons: str = "", readers: str = "", numbers: str = "", never: str = "") -> Privacy:
    """What a package promises about persons, words separated by blanks, on line 9."""
    said = [tuple(Word(text=one, place=at(9)) for one in each.split()) for each in (persons, readers)]
    more = [tuple(Word(text=one, place=at(9)) for one in each.split()) for each in (numbers, never)]
    return Privacy(place=at(9), persons=said[0], readers=said[1], numbers=more[0], never=more[1])


Check = Callable[[RuleContext], Iterator[Finding]]


def found(check: Check, *objects: DesiredObject, versions: Sequence[str] = ("2.42",)) -> list[Finding]:
    """What a rule finds in these objects."""
    return list(check(a_context(*objects, versions=versions)))


def messages(check: Check, *objects: DesiredObject, versions: Sequence[str] = ("2.42",)) -> list[str]:
    """What a rule says of these objects."""
    return [each.message for each in found(check, *objects, versions=versions)]
