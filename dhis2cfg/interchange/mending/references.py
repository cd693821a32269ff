"""References to what is not here: left out with what makes no sense without them."""

from collections.abc import Iterator
from typing import Any

from dhis2cfg.catalogue.oddities import embedded_class, nested
from dhis2cfg.catalogue.policy import policy
from dhis2cfg.catalogue.types import Catalogue, Policy, Property, Shape
from dhis2cfg.interchange.bundle import Body, Bundle, items, uid_of
from dhis2cfg.interchange.gathering import RETIRED
from dhis2cfg.interchange.keys import scoped_row
from dhis2cfg.model.names import Uid

CONTENT = {
    "dashboardItem": ("visualization", "map", "eventVisualization", "text", "reports", "appKey", "messages"),
    "dataDimensionItem": (
        "indicator",
        "dataElement",
        "dataElementOperand",
        "programIndicator",
        "programDataElement",
        "programAttribute",
        "reportingRate",
        "expressionDimensionItem",
        "subexpressionDimensionItem",
    ),
}
"""Classes of children that are nothing without one of these."""

_RETIRED_ITEMS = ("eventReport", "eventChart")


def mend_references(bundle: Bundle, catalogue: Catalogue) -> None:
    """Objects without their parent, then references, until every one that is left leads somewhere."""
    _retired_items(bundle)
    while orphans := list(_orphans(bundle)):
        for type_name, uid, parent in orphans:
            message = f"its parent {parent or 'is not named, and'} is not here; left out"
            bundle.mended("mend-stray-reference", type_name, uid, message)
            bundle.drop(type_name, uid, "its parent is not here")
    for type_name, uid, body in bundle.all():
        _Walk(bundle, catalogue, type_name, uid).clean(type_name, body, "")


def _orphans(bundle: Bundle) -> Iterator[tuple[str, Uid, str]]:
    for type_name, uid, body in bundle.all():
        row = scoped_row(type_name)
        if row is not None and not bundle.has(row.parent, uid_of(body.get(row.back))):
            yield type_name, uid, uid_of(body.get(row.back))


def _retired_items(bundle: Bundle) -> None:
    for uid, body in bundle.of("dashboards").items():
        kept = [each for each in items(body.get("dashboardItems")) if not _shows_retired(each)]
        gone = len(items(body.get("dashboardItems"))) - len(kept)
        if gone:
            message = f"{gone} items show what is retired ({', '.join(sorted(RETIRED))}); left out"
            bundle.mended("mend-retired-item", "dashboards", uid, message)
            body["dashboardItems"] = kept


def _shows_retired(item: Body) -> bool:
    return any(uid_of(item.get(name)) for name in _RETIRED_ITEMS)


class _Walk:
    """One object's references, at any depth."""

    def __init__(self, bundle: Bundle, catalogue: Catalogue, type_name: str, uid: Uid) -> None:
        self._bundle = bundle
        self._catalogue = catalogue
        self._type = type_name
        self._uid = uid

    def clean(self, owner: str, body: Body, path: str) -> None:
        """Take out of an object or child what leads nowhere."""
        for name in list(body):
            prop = self._catalogue.property(owner, name)
            if prop is None or not self._is_taken(owner, name, body):
                continue
            where = f"{path}{name}"
            match prop.shape:
                case Shape.REFERENCE if uid_of(body[name]) and not self._leads(prop, body[name]):
                    self._say(where, prop.target, uid_of(body.pop(name)))
                case Shape.REFERENCES:
                    body[name] = self._list(prop, where, body[name])
                case Shape.CHILD if isinstance(body[name], dict):
                    self.clean(prop.target, body[name], f"{where}.")
                case Shape.CHILDREN:
                    body[name] = [
                        each for each in items(body[name]) if self._child(prop.target, each, f"{where}.")
                    ]
                case _:
                    continue

    def _is_taken(self, owner: str, name: str, body: Body) -> bool:
        if nested(owner, name) is not None:
            return True
        return policy(self._catalogue, owner, name, body) in (Policy.OWNED, Policy.MERGED)

    def _list(self, prop: Property, where: str, value: Any) -> list[Body]:
        kept = []
        for each in items(value):
            if self._leads(prop, each):
                kept.append(each)
            else:
                self._say(where, prop.target, uid_of(each))
        return kept

    def _child(self, singular: str, child: Body, path: str) -> bool:
        """Whether a child still says something without its stray references."""
        had = {name for name in CONTENT.get(singular, ()) if child.get(name)}
        self.clean(singular, child, path)
        row = embedded_class(singular)
        keys = row.natural_key if row else ()
        kind = self._catalogue.embedded.get(singular)
        for name in keys:
            prop = kind.properties.get(name) if kind else None
            if prop is not None and prop.shape is Shape.REFERENCE and name not in child and len(keys) == 1:
                return False
        return not had or any(child.get(name) for name in had)

    def _leads(self, prop: Property, value: Any) -> bool:
        uid = uid_of(value)
        bundle = self._bundle
        known = bundle.defaults | bundle.foreign | bundle.combinations.keys()
        return bundle.has(prop.target, uid) or uid in known

    def _say(self, where: str, target: str, uid: str) -> None:
        if target in ("users", "organisationUnits"):
            self._bundle.account.left_parts[f"{target} of the publisher's own server"] += 1
            return
        message = f"{where} names {target}/{uid}, which is not here; left out"
        self._bundle.mended("mend-stray-reference", self._type, self._uid, message)
