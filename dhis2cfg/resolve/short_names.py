"""`shortName` follows `name` where it is required and not written: in every locale, fitting and unique."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from dhis2cfg.catalogue.types import Catalogue, Property
from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import DesiredObject, Field, Once, Origin, Text, Value

LONGEST = 50
"""Characters of a short name where the catalogue does not say (facts §3)."""


def with_short_names(
    objects: Mapping[Ref, DesiredObject], catalogue: Catalogue, findings: list[Finding]
) -> dict[Ref, DesiredObject]:
    """The objects with the short names that follow; what does not fit or is taken is a finding."""
    made: dict[Ref, DesiredObject] = {}
    for ref, each in objects.items():
        prop = catalogue.property(ref.type, "shortName")
        name = each.fields.get("name")
        if prop is None or not prop.required or "shortName" in each.fields or name is None:
            made[ref] = each
            continue
        base = _base(name)
        if base is None:
            made[ref] = each
            continue
        fitting = _fitting(ref, base, name, prop, findings)
        follows = Field(value=fitting, place=name.place, origin=Origin.FOLLOWS)
        made[ref] = replace(each, fields=_behind_name(each.fields, follows))
    findings.extend(_taken(made.values(), catalogue))
    return made


def _behind_name(fields: Mapping[str, Field], short: Field) -> dict[str, Field]:
    """The fields with the short name right behind the name."""
    placed: dict[str, Field] = {}
    for name, field in fields.items():
        placed[name] = field
        if name == "name":
            placed["shortName"] = short
    return placed


def _base(field: Field) -> str | None:
    """The base text of a name."""
    value = field.value.value if isinstance(field.value, Once) else field.value
    base = value.base if isinstance(value, Text) else value
    return base if isinstance(base, str) else None


def _fitting(ref: Ref, base: str, name: Field, prop: Property, findings: list[Finding]) -> Value:
    """The name as a short name; cut, with a finding, where it is too long."""
    longest = prop.length or LONGEST
    if len(base) <= longest:
        return name.value
    findings.append(
        Finding(
            rule="short-name",
            message=f"{ref} needs a shortName: its name has {len(base)} characters",
            place=name.place,
            label=f"a shortName has at most {longest}",
            following="write a shortName beside the name",
        )
    )
    text = name.value.value if isinstance(name.value, Once) else name.value
    return replace(text, base=base[:longest]) if isinstance(text, Text) else base[:longest]


def _taken(objects: Iterable[DesiredObject], catalogue: Catalogue) -> Iterator[Finding]:
    """Short names that follow and are not the only ones of their type.

    Where DHIS2 itself wants them unique, that is a rule of its own.
    """
    holders: dict[tuple[str, str], list[DesiredObject]] = defaultdict(list)
    for each in objects:
        short = each.fields.get("shortName")
        base = _base(short) if short else None
        prop = catalogue.property(each.ref.type, "shortName")
        if base is not None and prop is not None and not prop.unique:
            holders[each.ref.type, base].append(each)
    for (_, base), those in holders.items():
        followers = [each for each in those if each.fields["shortName"].origin is Origin.FOLLOWS]
        if len(those) < 2 or not followers:  # noqa: PLR2004 - two make a clash
            continue
        last = followers[-1]
        other = next(each for each in those if each is not last)
        yield Finding(
            rule="short-name",
            message=f"{last.ref} needs a shortName: {other.ref} is called '{base}' too",
            place=last.fields["shortName"].place,
            label="short names are unique in their type",
            following="write a shortName beside the name",
            related=(Related(message="the other", place=other.fields["shortName"].place),),
        )
