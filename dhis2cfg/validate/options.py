"""The options that a value may take: of an element, of an attribute, behind a rule variable."""

from collections.abc import Mapping
from dataclasses import dataclass

from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.values import as_text, reference_of, text_of, texts_of, value_of

SOURCES = ("dataElement", "trackedEntityAttribute")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """An option set of ours: its key, and each option's code with all its names."""

    option_set: str
    codes: Mapping[str, tuple[str, ...]]
    is_multiple: bool = False

    @property
    def names(self) -> Mapping[str, str]:
        """Name → code, over all languages."""
        return {name: code for code, names in self.codes.items() for name in names}


def choices_of(context: RuleContext, ref: Ref | None) -> Choices | None:
    """The options of an element or attribute; None without an option set, or where the set is foreign."""
    each = context.get(ref)
    option_set = context.get(reference_of(each.fields, "optionSet")) if each else None
    if each is None or option_set is None:
        return None
    codes = {}
    for option in context.below("options", option_set.ref.path):
        code = text_of(option.fields, "code")
        if code:
            codes[code] = tuple(as_text(name) for name in texts_of(value_of(option.fields, "name")))
    return Choices(
        option_set=option_set.ref.path,
        codes=codes,
        is_multiple=text_of(each.fields, "valueType") == "MULTI_TEXT",
    )


def variable(context: RuleContext, program: str, name: str) -> DesiredObject | None:
    """The rule variable of a program that has this name."""
    for each in context.below("programRuleVariables", program):
        if (text_of(each.fields, "name") or each.ref.key) == name:
            return each
    return None


def source_of(each: DesiredObject) -> Ref | None:
    """The element or attribute that a rule variable takes its value from."""
    found = (reference_of(each.fields, name) for name in SOURCES)
    return next((ref for ref in found if ref is not None), None)
