"""The expressions of a state: their texts, the objects they refer to, and places inside them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from dhis2cfg.expressions import Context, Found, Key, context_of
from dhis2cfg.model.names import Reference
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import DesiredObject, Formula
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.values import as_key, as_text, texts_of, unwrapped


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One text in one of DHIS2's languages. `references` by where each begins in `text`.

    `name` is the property it stands in, with a dotted path inside an object (`leftSide.expression`).
    """

    object: DesiredObject
    context: Context
    text: str
    place: Place
    references: Mapping[int, Reference]
    name: str = ""

    def meant(self, found: Found) -> tuple[Reference | None, ...]:
        """What each key of a reference means; None where it is plain text, like a variable's name."""
        return tuple(self.references.get(key.start) for key in found.keys)

    def place_of(self, start: int, end: int) -> Place:
        """Where a stretch stands in its file; the whole value where the file spells it otherwise.

        A value's place is what stands between its quotes, so it is as long as the text where the file has the
        text as it is: on one line, without escapes, each key by its last part.
        """
        if self.place.length != len(self.text):
            return self.place
        return self.place.shifted(start, end - start)

    def place_of_key(self, key: Key) -> Place:
        """Where a key stands."""
        return self.place_of(key.start, key.end)


def passages(context: RuleContext, *languages: Context) -> Iterator[Passage]:
    """All texts of the state in these languages."""
    for holder in context.holders():
        for name, field in holder.fields.items():
            found = context_of(holder.kind, name)
            found = found or context_of(holder.object.ref.type, f"{holder.path}{name}")
            if found in languages and found is not None:
                for text in texts_of(unwrapped(field.value)):
                    passage = _passage(holder.object, found, text, field.place)
                    yield replace(passage, name=f"{holder.path}{name}")


def _passage(each: DesiredObject, language: Context, text: str | Formula, place: Place) -> Passage:
    references: dict[int, Reference] = {}
    position = 0
    for part in text.parts if isinstance(text, Formula) else ():
        if not isinstance(part, str):
            references[position] = part
        position += len(part if isinstance(part, str) else as_key(part))
    return Passage(object=each, context=language, text=as_text(text), place=place, references=references)
