"""What a package asks people for: programs, stages, data sets; their fields, and what rules do to those."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dhis2cfg.explain.objects import (
    Objects,
    children_of,
    reference_of,
    references_of,
    text_of,
    title,
    value_of,
)
from dhis2cfg.explain.rule_acts import acts_on
from dhis2cfg.model.description import Choice
from dhis2cfg.model.dictionary import Asked, Dictionary, Doing, Holder, Part
from dhis2cfg.model.names import Ref
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import Child, DesiredObject, Text


def holders(objects: Objects, locales: tuple[str, ...]) -> Iterator[Holder]:
    """Programs, each with its stages, then data sets; labels in these other languages too."""
    teller = _Teller(objects=objects, locales=locales)
    for program in objects.of("programs"):
        yield teller.holder(program, "program", "programTrackedEntityAttributes", "trackedEntityAttribute")
        for stage in _stages(objects, program):
            yield teller.holder(stage, "stage", "programStageDataElements", "dataElement", level=2)
    for data_set in objects.of("dataSets"):
        yield teller.holder(data_set, "data set", "dataSetElements", "dataElement")


def _stages(objects: Objects, program: DesiredObject) -> Iterator[DesiredObject]:
    listed = references_of(program.fields, "programStages")
    own = [each for each in objects.of("programStages") if each.ref.parent_path == program.ref.path]
    order = {reference: number for number, reference in enumerate(listed)}
    yield from sorted(own, key=lambda each: (order.get(each.ref, len(order)), each.ref))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Teller:
    """Tells of the fields of one package."""

    objects: Objects
    locales: tuple[str, ...]

    def holder(
        self, each: DesiredObject, kind: str, collection: str, member: str, *, level: int = 1
    ) -> Holder:
        """What a program, stage or data set asks for."""
        children = children_of(value_of(each.fields, collection))
        target = "trackedEntityAttributes" if member == "trackedEntityAttribute" else "dataElements"
        asked = {
            ref: self._asked(each.ref, ref, child)
            for child in children
            if isinstance(ref := reference_of(child.fields, member) or Ref(target, child.key), Ref)
        }
        return Holder(
            object=replace(self.objects.named(each.ref), place=place_of(each, "name")),
            kind=kind,
            description=text_of(each.fields, "description"),
            parts=tuple(_parts(self.objects, each, asked)),
            level=level,
        )

    def _asked(self, within: Ref, ref: Ref, child: Child) -> Asked:
        objects = self.objects
        field = objects.get(ref)
        fields = field.fields if field else {}
        option_set = objects.get(reference_of(fields, "optionSet"))
        required = value_of(child.fields, "compulsory") is True or value_of(child.fields, "mandatory") is True
        return Asked(
            field=objects.named(ref),
            label=text_of(fields, "formName") or (title(field) if field else ref.key),
            type=text_of(fields, "valueType"),
            compulsory=required,
            place=child.place,
            description=text_of(fields, "description"),
            texts=tuple(self._texts(field)) if field else (),
            option_set=title(option_set) if option_set else "",
            options=tuple(_options(objects, option_set)) if option_set else (),
            doings=tuple(
                Doing(does=act.does, rule=act.rule.name, when=act.when, data=act.data, place=act.place)
                for act in acts_on(objects, ref, within)
            ),
        )

    def _texts(self, field: DesiredObject) -> Iterator[tuple[str, str]]:
        """The label in other languages."""
        value = value_of(field.fields, "formName") or value_of(field.fields, "name")
        for locale, text in value.locales.items() if isinstance(value, Text) else ():
            if locale in self.locales and isinstance(text, str):
                yield locale, text


def _parts(objects: Objects, each: DesiredObject, asked: dict[Ref, Asked]) -> Iterator[Part]:
    """Sections in their order, then what stands in none."""
    left = dict(asked)
    listed = (*references_of(each.fields, "programStageSections"), *_sections(objects, each))
    for section in filter(None, map(objects.get, listed)):
        members = references_of(section.fields, "dataElements")
        fields = tuple(left.pop(ref) for ref in members if isinstance(ref, Ref) and ref in left)
        if fields:
            yield Part(title=title(section), fields=fields)
    if left:
        yield Part(title="", fields=tuple(left.values()))


def _sections(objects: Objects, each: DesiredObject) -> tuple[Ref, ...]:
    if each.ref.type != "dataSets":
        return ()
    return tuple(one.ref for one in objects.of("sections") if one.ref.parent_path == each.ref.path)


def _options(objects: Objects, option_set: DesiredObject) -> Iterator[Choice]:
    for option in filter(None, map(objects.get, references_of(option_set.fields, "options"))):
        yield Choice(code=text_of(option.fields, "code"), name=title(option))


def place_of(each: DesiredObject, name: str) -> Place:
    """Where a property of an object is written, else where the object is."""
    written = each.fields.get(name)
    return written.place if written else each.place


def places_of(book: Dictionary) -> Iterator[Place]:
    """Every place that a book names."""
    for holder in book.holders:
        for asked in (each for part in holder.parts for each in part.fields):
            yield asked.place
            yield from (doing.place for doing in asked.doings)
    yield from (right.place for right in book.rights)
    yield from (role.place for role in book.roles)
    named = (*(holder.object for holder in book.holders), *(role.role for role in book.roles))
    yield from (each.place for each in named if each.place)
