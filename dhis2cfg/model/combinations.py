"""Which category combination an option combination belongs to, as far as packages tell."""

from collections.abc import Iterable, Mapping

from dhis2cfg.model.names import Combination, Foreign, Ref, Reference
from dhis2cfg.model.state import DesiredObject, Once

Objects = Mapping[Ref, DesiredObject]
COMBOS = "categoryCombos"


def combo_of(objects: Objects, meant: Combination) -> Ref | Foreign | None:
    """The element's own where the options fit it, or where it stands outside; else the only one they fit.

    A data set may give an element another combination than its own.
    """
    own = own_combo(objects, meant.element)
    if isinstance(own, Foreign) or (isinstance(own, Ref) and fits(objects, own, meant.options)):
        return own
    found = fitting(objects, meant.options)
    return found[0] if len(found) == 1 else None


def own_combo(objects: Objects, element: Ref | Foreign | None) -> Ref | Foreign | None:
    """The category combination of an element; None where it has the server's default, or is not ours."""
    each = objects.get(element) if isinstance(element, Ref) else None
    named = _value(each, "categoryCombo")
    return named if isinstance(named, Ref | Foreign) else None


def fitting(objects: Objects, options: Iterable[Ref | Foreign]) -> tuple[Ref, ...]:
    """The category combinations that have one category for each of these options."""
    options = tuple(options)
    return tuple(ref for ref in sorted(objects) if ref.type == COMBOS and fits(objects, ref, options))


def fits(objects: Objects, combo: Ref, options: Iterable[Ref | Foreign]) -> bool:
    """Whether each category of a combination has exactly one of these options."""
    options = tuple(options)
    categories = options_of(objects, combo)
    by_category = [[each for each in options if each in category] for category in categories.values()]
    return len(categories) == len(options) and all(len(each) == 1 for each in by_category)


def options_of(objects: Objects, combo: Ref) -> dict[Ref | Foreign, tuple[Reference, ...]]:
    """The categories of a combination with their options."""
    return {
        category: _several(objects.get(category) if isinstance(category, Ref) else None, "categoryOptions")
        for category in _several(objects.get(combo), "categories")
        if isinstance(category, Ref | Foreign)
    }


def _several(each: DesiredObject | None, name: str) -> tuple[Reference, ...]:
    value = _value(each, name)
    listed = value if isinstance(value, tuple) else ()
    return tuple(item for item in listed if isinstance(item, Ref | Foreign))


def _value(each: DesiredObject | None, name: str) -> object:
    written = each.fields.get(name) if each else None
    value = written.value if written else None
    return value.value if isinstance(value, Once) else value
