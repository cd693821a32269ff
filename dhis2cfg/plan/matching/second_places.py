"""Texts that have a second place on the wire: no reason to touch an object that stood before us."""

from dhis2cfg.model.record import Recorded
from dhis2cfg.model.state import DesiredObject
from dhis2cfg.wire.bind import Binding, derived_places
from dhis2cfg.wire.echoes import echoes
from dhis2cfg.wire.flatten import Flat


def second_places(
    each: DesiredObject, binding: Binding, recorded: Recorded | None, desired: Flat, stands: Flat
) -> frozenset[str]:
    """Base texts in their own language, texts under its other name, where we never wrote any of them."""
    places = derived_places(each, binding) | echoes(desired, stands)
    was_there = recorded is None or "" in recorded.found or not places & recorded.fields.keys()
    return places if was_there else frozenset()
