"""What was meant by what does not fit: handed on after the finding, so that one mistake stays one finding."""

from collections.abc import Collection
from difflib import get_close_matches

from dhis2cfg.load.forms.form import Either, Form, Listing, OfType, Record, Table
from dhis2cfg.model.tree import Mapping, Node, Scalar, Sequence

_CLOSE = 0.8
"""How alike two names must be (from 0 to 1) before one is read as the other."""


def name(written: str, known: Collection[str], present: Collection[str]) -> str:
    """The known name that a misspelled one stands for, empty where none is close or it stands there too."""
    near = get_close_matches(written, known, n=1, cutoff=_CLOSE)
    return near[0] if near and near[0] not in present else ""


def node(written: Node, form: Form) -> Node | None:
    """One value in brackets as the value, one value for a list as a list of one; else None."""
    if isinstance(written, Sequence) and len(written.items) == 1 and not _takes_lists(form):
        return written.items[0] if isinstance(written.items[0], Scalar) else None
    if isinstance(written, Scalar) and _takes_lists(form):
        return Sequence(items=(written,), place=written.place)
    return None


def child_of(form: Either) -> str:
    """The type of the children that a mapping of this form holds, empty where it holds none."""
    table = form.mapping
    return table.value.name if isinstance(table, Table) and isinstance(table.value, OfType) else ""


def children(written: Sequence, child: Record) -> Mapping | None:
    """`- KEY: {…}` lines as the mapping that they were meant to be; None where the keys are properties."""
    mappings = [item for item in written.items if isinstance(item, Mapping) and len(item.entries) == 1]
    entries = {entry.key: entry for item in mappings for entry in item.entries}
    if not entries or len(entries) != len(written.items) or not child.fields.keys().isdisjoint(entries):
        return None
    return Mapping(entries=tuple(entries.values()), place=written.place)


def _takes_lists(form: Form) -> bool:
    return isinstance(form, Listing) or (isinstance(form, Either) and form.sequence is not None)
