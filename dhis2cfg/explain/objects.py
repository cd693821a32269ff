"""The objects of a workspace, with the questions that describing one asks of all of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from dhis2cfg.model.description import Named
from dhis2cfg.model.names import Combination, Foreign, Ref, Reference, ServerDefault
from dhis2cfg.model.state import Child, DesiredObject, Field, Formula, Once, Text, Value

SOURCES = ("dataElement", "trackedEntityAttribute")
"""What a rule variable takes its value from, and what an action acts on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objects:
    """All objects by type and key path; `by_type` is made of them."""

    all: Mapping[Ref, DesiredObject]
    by_type: Mapping[str, tuple[DesiredObject, ...]] = field(default_factory=dict)

    def of(self, type_name: str) -> tuple[DesiredObject, ...]:
        """The objects of a type, in the order of their key paths."""
        return self.by_type.get(type_name, ())

    def get(self, reference: Reference | None) -> DesiredObject | None:
        """An object of ours."""
        return self.all.get(reference) if isinstance(reference, Ref) else None

    def named(self, reference: Reference) -> Named:
        """A reference with the name of what it stands for; its key, where nobody knows a name."""
        each = self.get(reference)
        if isinstance(reference, Ref):
            place = each.place if each else None
            return Named(
                type=reference.type,
                path=reference.path,
                name=title(each) if each else reference.key,
                place=place,
            )
        if isinstance(reference, Foreign):
            return Named(type=reference.type, path=f"id:{reference.uid}", name=f"id:{reference.uid}")
        if isinstance(reference, Combination):
            return Named(type=reference.type, path=reference.key, name=reference.key)
        if isinstance(reference, ServerDefault):
            return Named(type=reference.type, path="default", name="default")
        return Named(type="users", path=reference.name, name=reference.name)

    def variable(self, program: str, name: str) -> DesiredObject | None:
        """The rule variable of a program that has this name."""
        for each in self.of("programRuleVariables"):
            if each.ref.parent_path == program and variable_name(each) == name:
                return each
        return None


def objects_of(found: Iterable[DesiredObject]) -> Objects:
    """The objects of one or many packages, made ready."""
    ordered = sorted(found, key=lambda each: each.ref)
    by_type: dict[str, list[DesiredObject]] = {}
    for each in ordered:
        by_type.setdefault(each.ref.type, []).append(each)
    return Objects(
        all={each.ref: each for each in ordered},
        by_type={name: tuple(listed) for name, listed in by_type.items()},
    )


def value_of(fields: Mapping[str, Field], name: str) -> Value:
    """The value of a field, a starting value too; None where it is empty or not managed."""
    written = fields.get(name)
    value = written.value if written else None
    return value.value if isinstance(value, Once) else value


def text_of(fields: Mapping[str, Field], name: str) -> str:
    """The base text of a field; empty where it has none."""
    value = value_of(fields, name)
    if isinstance(value, Text):
        value = value.base
    if isinstance(value, Formula):
        return "".join(part if isinstance(part, str) else as_key(part) for part in value.parts)
    return value if isinstance(value, str) else ""


def reference_of(fields: Mapping[str, Field], name: str) -> Reference | None:
    """What a field refers to."""
    value = value_of(fields, name)
    return value if isinstance(value, Ref | Foreign | ServerDefault) else None


def references_of(fields: Mapping[str, Field], name: str) -> tuple[Reference, ...]:
    """The members of a list of references."""
    value = value_of(fields, name)
    return (
        tuple(each for each in value if isinstance(each, Ref | Foreign)) if isinstance(value, tuple) else ()
    )


def children_of(value: Value) -> tuple[Child, ...]:
    """The embedded children of a value, one or many."""
    if isinstance(value, Child):
        return (value,)
    return tuple(each for each in value if isinstance(each, Child)) if isinstance(value, tuple) else ()


def as_key(reference: Reference) -> str:
    """A reference as it stands in a text."""
    if isinstance(reference, Ref | Combination):
        return reference.key
    return f"id:{reference.uid}" if isinstance(reference, Foreign) else "default"


def title(each: DesiredObject) -> str:
    """The name of an object, else its key."""
    return text_of(each.fields, "name") or each.ref.key


def variable_name(each: DesiredObject) -> str:
    """The name by which rules know a variable."""
    return text_of(each.fields, "name") or each.ref.key


def source_of(variable: DesiredObject) -> Reference | None:
    """The element or attribute that a rule variable takes its value from."""
    found = (reference_of(variable.fields, name) for name in SOURCES)
    return next((reference for reference in found if reference is not None), None)


def program_of(each: DesiredObject) -> str:
    """The key path of the program that a rule, an action or a variable belongs to."""
    parent = each.ref.parent_path
    return parent.rpartition("/")[0] if each.ref.type == "programRuleActions" else parent


def walk_fields(fields: Mapping[str, Field], prefix: str = "") -> Iterator[tuple[str, Field]]:
    """Every field with its dotted path, those of children too."""
    for name, written in fields.items():
        yield f"{prefix}{name}", written
        for child in children_of(written.value.value if isinstance(written.value, Once) else written.value):
            yield from walk_fields(child.fields, f"{prefix}{name}.")
