"""`complete: true`: the package describes all of an object; what is not written is managed as empty.

Not what cannot be empty (numbers, yes and no, one of several words: there DHIS2 has a value of its own), not
who may see an object unless the package says so, and not the lists that municipalities' files fill in.
"""

from collections.abc import Container

from dhis2cfg.catalogue import oddities, quirks
from dhis2cfg.catalogue.types import Catalogue, Shape
from dhis2cfg.model.record import Recorded
from dhis2cfg.wire import paths
from dhis2cfg.wire.flatten import Flat

NEVER_EMPTY = frozenset(
    {Shape.BOOLEAN, Shape.CONSTANT, Shape.INTEGER, Shape.NUMBER, Shape.OPAQUE, Shape.CHILD}
)


def emptied(
    catalogue: Catalogue, type_name: str, desired: Flat, live: Flat, recorded: Recorded | None
) -> frozenset[str]:
    """The paths that stand, were never ours, and are to go."""
    known = {*desired, *(recorded.fields if recorded else ()), *(recorded.filled if recorded else ())}
    own_sharing = any(path.startswith("sharing.") for path in desired)
    return frozenset(
        path
        for path, value in live.items()
        if path
        and value is not None
        and path not in known
        and not path.endswith(paths.ORDER)
        and _may_go(catalogue, type_name, path, live.keys() - known, own_sharing=own_sharing)
    )


def _may_go(
    catalogue: Catalogue, type_name: str, path: str, strangers: Container[str], *, own_sharing: bool
) -> bool:
    parsed = paths.parse(path)
    if parsed.property == "sharing":
        return own_sharing and path != "sharing.public"
    key = (type_name, parsed.property)
    prop = catalogue.property(*key)
    if prop is None or key in oddities.MUNICIPAL_LISTS or key in quirks.FILLED_LISTS:
        return False
    if parsed.rest:
        child = catalogue.property(prop.target, paths.parse(parsed.rest).property)
        member = paths.member(parsed.property, parsed.key or "")
        return member not in strangers and child is not None and child.shape not in NEVER_EMPTY
    return prop.shape not in NEVER_EMPTY and not prop.required
