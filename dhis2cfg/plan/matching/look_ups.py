"""By what an object of somebody else's could be one of ours, though its UID is another."""

from collections.abc import Iterator

from dhis2cfg.catalogue import oddities
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model.state import DesiredObject, Text


def look_ups(each: DesiredObject, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """By what an object of somebody else's could be the same: its code, then a name that has to be unique."""
    if oddities.is_scoped(each.ref.type):
        return
    for name, text in texts_of(each):
        prop = catalogue.property(each.ref.type, name)
        if prop is not None and prop.unique:
            yield name, text


def texts_of(each: DesiredObject) -> Iterator[tuple[str, str]]:
    """Its code and its names, as far as it writes them."""
    for name in ("code", "name", "shortName"):
        written = each.fields.get(name)
        value = written.value if written else None
        text = value.base if isinstance(value, Text) else value
        if isinstance(text, str):
            yield name, text
