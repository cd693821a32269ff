"""Values that DHIS2 keeps unique over the whole server."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.state import DesiredObject, Origin
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import text_of
from dhis2cfg.validate.wording import versions

PAGE = Page(
    rule="unique-value",
    what=("Two objects of one type have the same name, short name or code, and DHIS2 wants these to differ."),
    why=(
        "DHIS2 refuses the second with E5003. Which properties are unique differs from type to type "
        "and from version to version: names of programs may repeat, names of data elements may not."
    ),
    wrong="""
dataElements:
  NO_FEBER: {name: Symptom}
  NO_HOSTE: {name: Symptom}
""",
    right="""
dataElements:
  NO_FEBER: {name: Symptom feber}
  NO_HOSTE: {name: Symptom hoste}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each object that repeats a unique value of an earlier one."""
    for type_name, objects in context.by_type.items():
        unique = _unique(context, type_name)
        for name in unique:
            first: dict[str, DesiredObject] = {}
            for each in objects:
                value = text_of(each.fields, name)
                if not value:
                    continue
                other = first.setdefault(value, each)
                follows = name == "shortName" and "name" in unique and _names_clash(each, other)
                if other is not each and not follows and (other.uid is None or other.uid != each.uid):
                    yield _finding(context, each, other, name)


def _names_clash(each: DesiredObject, other: DesiredObject) -> bool:
    """Whether a short name clashes only because the name does, which is said already."""
    name = text_of(each.fields, "name")
    follows = each.fields["shortName"].origin is Origin.FOLLOWS
    return follows and name is not None and name == text_of(other.fields, "name")


def _unique(context: RuleContext, type_name: str) -> list[str]:
    """The unique texts of a type in any claimed version; its UID has a rule of its own."""
    kinds = (one.types.get(type_name) for one in context.catalogues.values())
    found = {each.name for kind in kinds if kind for each in kind.properties.values() if each.unique}
    return sorted(found - {"id"})


def _finding(context: RuleContext, each: DesiredObject, other: DesiredObject, name: str) -> Finding:
    field = each.fields[name]
    follows = field.origin is Origin.FOLLOWS
    entries = {version: kind.properties.get(name) for version, kind in context.kinds(each).items()}
    refusing = [version for version, entry in entries.items() if entry is not None and entry.unique]
    where = versions(refusing, context.claimed(each))
    value = text_of(each.fields, name)
    return PAGE.finding(
        f"{context.name(each)} and {other.ref.path} have the same {name}, {value!r}",
        field.place,
        label=f"{name} must be unique{where}" + (", and follows from here" if follows else ""),
        following=f"write another {name} for one of the two",
        related=(Related(message="the other", place=other.fields[name].place),),
    )
