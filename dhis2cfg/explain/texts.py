"""The expressions and messages of an object: as written, with names, with their types and references."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dhis2cfg.explain.objects import (
    Objects,
    as_key,
    program_of,
    reference_of,
    source_of,
    text_of,
    title,
    value_of,
    walk_fields,
)
from dhis2cfg.expressions import (
    Context,
    Found,
    Key,
    Kind,
    comparisons,
    context_of,
    find_references,
    rewrite_keys,
)
from dhis2cfg.expressions.meaning import check
from dhis2cfg.expressions.syntax.tree import ForEach
from dhis2cfg.expressions.vocabulary import Type, type_of_value_type, use_of
from dhis2cfg.model.description import Choice, Mention, Told
from dhis2cfg.model.names import Ref, Reference
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import DesiredObject, Formula, Once, Text

_FIELDS = frozenset({"dataElements", "trackedEntityAttributes"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One text in one of DHIS2's languages; `references` by where each begins in `text`."""

    object: DesiredObject
    property: str
    context: Context
    text: str
    place: Place
    references: Mapping[int, Reference]

    def meant(self, objects: Objects, key: Key) -> Reference | None:
        """What a key stands for: an object, or the rule variable of that name; None where nobody knows."""
        if key.kind is Kind.RULE_VARIABLE:
            variable = objects.variable(program_of(self.object), key.text)
            return variable.ref if variable else None
        return self.references.get(key.start)


def passages_of(each: DesiredObject) -> Iterator[Passage]:
    """The texts of an object and of its children that are in one of the languages; base texts only."""
    for name, written in walk_fields(each.fields):
        context = context_of(each.ref.type, name)
        value = written.value.value if isinstance(written.value, Once) else written.value
        text = value.base if isinstance(value, Text) else value
        if context is None or not isinstance(text, str | Formula):
            continue
        shown, position = "", 0
        references: dict[int, Reference] = {}
        for part in text.parts if isinstance(text, Formula) else (text,):
            position = len(shown)
            if not isinstance(part, str):
                references[position] = part
            shown += part if isinstance(part, str) else as_key(part)
        yield Passage(
            object=each,
            property=name,
            context=context,
            text=shown,
            place=written.place,
            references=references,
        )


def told(objects: Objects, passage: Passage) -> Told:
    """A text as people read it."""
    use = use_of(passage.object.ref.type, passage.property)
    checked = check(passage.text, use, _Names(objects, passage)) if use and passage.text.strip() else None
    tree = checked.tree if checked else None
    root = tree.root if tree else None
    root = root.body if isinstance(root, ForEach) else root
    kind = checked.types[root].type if checked and root else Type.ANY
    return Told(
        property=passage.property,
        kind=use.value if use else passage.context.value,
        written=passage.text,
        named=with_names(objects, passage),
        place=passage.place,
        type="" if kind in {Type.ANY, Type.NULL} else kind.value,
        references=tuple(_mentions(objects, passage)),
        options=tuple(_choices(objects, passage)),
        mistakes=tuple(each.message for each in checked.mistakes) if checked else (),
    )


def with_names(objects: Objects, passage: Passage) -> str:
    """The text with names in place of keys; a variable that is filled from a field has that field's name."""

    def name(key: Key, _: Found) -> str | None:
        each = objects.get(passage.meant(objects, key))
        if each is None:
            return None
        source = objects.get(source_of(each)) if each.ref.type == "programRuleVariables" else None
        return title(source or each)

    return rewrite_keys(passage.text, passage.context, name)


def _mentions(objects: Objects, passage: Passage) -> Iterator[Mention]:
    """What a text refers to, each once, in the order written."""
    seen = set()
    for found in find_references(passage.text, passage.context):
        written = passage.text[found.start : found.end]
        if (found.kind, written) in seen:
            continue
        seen.add((found.kind, written))
        meant = [reference for key in found.keys if (reference := passage.meant(objects, key)) is not None]
        variable = objects.get(meant[0]) if found.kind is Kind.RULE_VARIABLE and meant else None
        source = source_of(variable) if variable else None
        named = [objects.named(each) for each in ([*meant, source] if source else meant)]
        kind = _Names(objects, passage).type_of(found)
        yield Mention(
            written=written,
            kind=found.kind.value,
            objects=tuple(named),
            type="" if kind is Type.ANY else kind.value,
        )


def _choices(objects: Objects, passage: Passage) -> Iterator[Choice]:
    """The codes that a text names, with the names of their options."""
    seen = set()
    for each in comparisons(passage.text, passage.context):
        last = passage.meant(objects, each.reference.keys[-1])
        holder = objects.get(last)
        if holder is not None and holder.ref.type == "programRuleVariables":
            holder = objects.get(source_of(holder))
        chosen = objects.get(reference_of(holder.fields, "optionSet")) if holder else None
        for option in objects.of("options") if chosen else ():
            is_its = chosen is not None and option.ref.parent_path == chosen.ref.path
            if is_its and text_of(option.fields, "code") == each.literal and each.literal not in seen:
                seen.add(each.literal)
                yield Choice(code=each.literal, name=title(option))


class _Names:
    """What the names in one text stand for."""

    __slots__ = ("_objects", "_passage")

    def __init__(self, objects: Objects, passage: Passage) -> None:
        self._objects = objects
        self._passage = passage

    def type_of(self, found: Found) -> Type:
        """The type of what a reference holds; ANY where the packages do not say it."""
        operand = found.kind in {Kind.DATA_ELEMENT, Kind.DATA_ELEMENT_OPERAND}
        meant = self._passage.meant(self._objects, found.keys[0 if operand else -1])
        each = self._objects.get(meant)
        if each is not None and each.ref.type == "programRuleVariables":
            source = source_of(each)
            each = self._objects.get(source) if source is not None else each
            value_type = value_of(each.fields, "valueType") if each else None
            return type_of_value_type(value_type) if isinstance(value_type, str) else Type.ANY
        if isinstance(meant, Ref) and meant.type not in _FIELDS:
            return Type.ANY if found.kind is Kind.STAGE else Type.NUMBER
        value_type = text_of(each.fields, "valueType") if each else ""
        return type_of_value_type(value_type) if value_type else Type.ANY
