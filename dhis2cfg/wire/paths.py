"""Field paths: how one field, member, child or order inside an object is spelled (docs/decisions.md, 3)."""

import re
from dataclasses import dataclass

ORDER = "#order"
_PATH = re.compile(
    r"(?P<property>[A-Za-z0-9_]+)(?:\[(?P<key>[^\]]*)\])?(?P<order>#order)?(?:\.(?P<rest>.+))?", re.DOTALL
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A path taken apart: `organisationUnits[UID]` has a key, `style.color` a rest."""

    property: str
    key: str | None
    is_order: bool
    rest: str


def parse(path: str) -> Parsed:
    """A path's parts; every path that `flatten` makes is of this form."""
    match = _PATH.fullmatch(path)
    if match is None:
        message = f"no field path: {path!r}"
        raise ValueError(message)
    return Parsed(
        property=match["property"],
        key=None if match["key"] is None else match["key"].replace("%5D", "]").replace("%25", "%"),
        is_order=match["order"] is not None,
        rest=match["rest"] or "",
    )


def member(collection: str, key: str) -> str:
    """The path of a member or child."""
    return f"{collection}[{key.replace('%', '%25').replace(']', '%5D')}]"


def order(collection: str) -> str:
    """The path of a list's order."""
    return f"{collection}{ORDER}"


def inside(path: str, field: str) -> str:
    """The path of a field inside a child or an embedded object."""
    return f"{path}.{field}"
