"""A published file against what comes out again: every difference has a name, or is a mistake."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dhis2cfg.catalogue import shipped
from dhis2cfg.catalogue.noise import CHILD_NOISE
from dhis2cfg.catalogue.oddities import CLOSED, embedded_class
from dhis2cfg.catalogue.periods import RELATIVE_PERIODS, stored_name
from dhis2cfg.catalogue.policy import policy
from dhis2cfg.catalogue.types import Policy, Property, Shape

CATALOGUE = shipped.united(shipped.VERSIONS)
Document = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """One difference: of which object, in which property of which type or class, on both sides."""

    type: str
    uid: str
    owner: str
    name: str
    before: Any
    after: Any


OF_THE_SOURCE = frozenset(
    {
        "created",
        "lastUpdated",
        "user",
        "lastUpdatedBy",
        "createdBy",
        "href",
        "access",
        "favorite",
        "favorites",
    }
) | {"subscribed", "subscribers", "externalAccess", "interpretations"}
LEGACY = frozenset({"publicAccess", "userGroupAccesses", "userAccesses"})
DEFAULTS = frozenset({"bjDvmb4bfuf", "GLevLNI9wkl", "xYerKDKCefk", "HllvX50cXC0"})
MINOR = frozenset(
    {
        "allowFutureDate",
        "allowProvidedElsewhere",
        "displayInReports",
        "renderOptionsAsRadio",
        "skipAnalytics",
        "skipSynchronization",
    }
)


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _is_natural(owner: str) -> bool:
    row = embedded_class(owner)
    return row is None or bool(row.natural_key)


def _is_unknown(leaf: Leaf) -> bool:
    kind = CATALOGUE.types.get(leaf.owner) or CATALOGUE.embedded.get(leaf.owner)
    return kind is None or leaf.name not in kind.properties


def _judged(leaf: Leaf) -> Policy:
    return policy(CATALOGUE, leaf.owner, leaf.name, {})


NORMALISATIONS: tuple[tuple[str, Callable[[Leaf], bool]], ...] = (
    ("who made it and when", lambda each: each.name in OF_THE_SOURCE or each.name.startswith("display")),
    ("what is empty is left out", lambda each: _is_empty(each.before) and _is_empty(each.after)),
    ("publicAccess and its lists became sharing", lambda each: each.name in LEGACY),
    ("owner and external of a sharing", lambda each: each.name in ("sharing.owner", "sharing.external")),
    ("numbers only say an order", lambda each: each.name == "sortOrder"),
    ("the default dimension is the server's", lambda each: each.before in [{"id": uid} for uid in DEFAULTS]),
    (
        "a child is known by what it says, not by its id",
        lambda each: each.name == "id" and _is_natural(each.owner),
    ),
    ("noise of children", lambda each: each.owner in CATALOGUE.embedded and each.name in CHILD_NOISE),
    ("flags that are false anyway", lambda each: each.before is False and each.name in MINOR),
    ("types that an attribute is not for", lambda each: each.owner == "attributes" and each.before is False),
    ("the municipality's lists", lambda each: each.name in ("organisationUnits", "users")),
    ("no property of 2.41 to 2.43", _is_unknown),
    (
        "lists of the other side, set by the server",
        lambda each: _judged(each) in (Policy.IGNORED, Policy.SERVER),
    ),
    ("filled in at creation", lambda each: each.before is None and each.name == "minDaysFromStart"),
)


def compared(
    before: Document, after: Document, mended: set[tuple[str, str]]
) -> tuple[Counter[str], list[Leaf]]:
    """How often each normalisation was needed, and what none of them explains.

    `mended` are (type, UID) of objects that a mending changed, which a finding each says.
    """
    standing = {each["id"]: (name, each) for name, rows in after.items() for each in rows}
    counts: Counter[str] = Counter()
    unexplained = []
    for name, rows in before.items():
        for each in rows if isinstance(rows, list) else ():
            why = _why_gone(name, each, standing)
            if why:
                counts[why] += 1
                continue
            now_name, now = standing[each["id"]]
            for leaf in _objects(now_name, each, now):
                rule = next((title for title, is_it in NORMALISATIONS if is_it(leaf)), "")
                rule = rule or ("mended, with a finding" if (now_name, each["id"]) in mended else "")
                counts[rule or "unexplained"] += 1
                if not rule:
                    unexplained.append(leaf)
    return counts, unexplained


def _why_gone(name: str, each: Mapping[str, Any], standing: Mapping[str, Any]) -> str:
    if each["id"] in standing:
        return ""
    if name in CLOSED:
        return f"objects: {name} are never taken over"
    if each["id"] in DEFAULTS:
        return "objects: the default dimension"
    if name in ("eventReports", "userRoles"):
        return f"objects: {name}, with a finding"
    return "unexplained"


def _objects(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Leaf]:
    before = today(before)
    for prop in sorted({*before, *after} - {"id"}):
        yield from _values(name, before["id"], name, prop, before.get(prop), after.get(prop))


def _values(kind: str, uid: str, owner: str, name: str, before: Any, after: Any) -> Iterator[Leaf]:
    prop = CATALOGUE.property(owner, name)
    if prop is not None and prop.shape is Shape.CHILD and isinstance(before, dict):
        yield from _children_alike(kind, uid, prop, before, after or {})
        return
    leaf = Leaf(type=kind, uid=uid, owner=owner, name=name, before=before, after=after)
    if prop is None or before is None or after is None:
        if name == "translations":
            yield from _translations(leaf)
        elif before != after:
            yield leaf
        return
    match prop.shape:
        case Shape.REFERENCE:
            same = _uid(before) == _uid(after)
        case Shape.REFERENCES:
            same = _members(prop, before) == _members(prop, after)
        case Shape.CHILDREN:
            yield from _lists(leaf, prop)
            return
        case Shape.SHARING:
            yield from _sharing(leaf)
            return
        case Shape.TRANSLATIONS:
            yield from _translations(leaf)
            return
        case Shape.DATE:
            same = str(before).removesuffix("T00:00:00.000") == str(after)
        case Shape.VALUES:
            same = before == after if prop.ordered else sorted(map(str, before)) == sorted(map(str, after))
        case Shape.ATTRIBUTE_VALUES:
            same = _values_of(before) == _values_of(after)
        case _:
            same = _plain(before) == _plain(after)
    if not same:
        yield leaf


def today(body: Mapping[str, Any]) -> dict[str, Any]:
    """The spellings of today for those of older versions: axes of charts, items that show them, periods."""
    spelled = dict(body)
    for old, new in (("series", "columnDimensions"), ("category", "rowDimensions")):
        if isinstance(spelled.get(old), str):
            spelled[new] = [spelled.pop(old)]
    if "dataDimensionItems" in spelled or "relativePeriods" in spelled:
        chosen = spelled.pop("relativePeriods", {})
        relative = [stored_name(each) for each in RELATIVE_PERIODS if chosen.get(each)]
        spelled["rawPeriods"] = spelled.get("rawPeriods") or relative
    if "chart" in spelled:
        spelled["visualization"] = spelled.pop("chart")
    return spelled


def _uid(value: Any) -> Any:
    return value.get("id") if isinstance(value, dict) else value


def _members(prop: Property, value: Any) -> list[Any]:
    uids = [_uid(each) for each in value]
    return uids if prop.ordered else sorted(uids)


def _values_of(value: Any) -> dict[str, Any]:
    return {each["attribute"]["id"]: each.get("value") for each in value}


def _plain(value: Any) -> Any:
    """JSON without what is empty."""
    if isinstance(value, dict):
        kept = {name: _plain(inner) for name, inner in value.items()}
        return {name: inner for name, inner in kept.items() if not _is_empty(inner)}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def _sharing(leaf: Leaf) -> Iterator[Leaf]:
    for part in sorted({*leaf.before, *leaf.after}):
        one, two = leaf.before.get(part), leaf.after.get(part)
        if isinstance(one, dict) and isinstance(two, dict):
            one = {uid: each.get("access") for uid, each in one.items()}
            two = {uid: each.get("access") for uid, each in two.items()}
        if one != two:
            named = f"sharing.{part}"
            yield Leaf(type=leaf.type, uid=leaf.uid, owner=leaf.owner, name=named, before=one, after=two)


def _translations(leaf: Leaf) -> Iterator[Leaf]:
    """Texts by property and language; the base text once more in its own language says nothing new."""
    one = {(each["property"], each["locale"]): each.get("value") for each in leaf.before or ()}
    two = {(each["property"], each["locale"]): each.get("value") for each in leaf.after or ()}
    for key in sorted({*one, *two}):
        if one.get(key) != two.get(key) and not (key[1] == "en" and (key not in one or key not in two)):
            yield Leaf(
                type=leaf.type,
                uid=leaf.uid,
                owner=leaf.owner,
                name="translation",
                before=(key, one.get(key)),
                after=(key, two.get(key)),
            )


def _lists(leaf: Leaf, prop: Property) -> Iterator[Leaf]:
    """Children one by one, in their order, or by what they say where they have none."""
    row = embedded_class(prop.target)
    one, two = list(leaf.before), list(leaf.after)
    if row is not None and row.order != "list":
        by = row.natural_key
        one.sort(key=lambda each: [str(_uid(each.get(name))) for name in by])
        two.sort(key=lambda each: [str(_uid(each.get(name))) for name in by])
    if len(one) != len(two):
        yield leaf
        return
    for before, after in zip(one, two, strict=True):
        yield from _children_alike(leaf.type, leaf.uid, prop, before, after)


def _children_alike(kind: str, uid: str, prop: Property, before: Any, after: Any) -> Iterator[Leaf]:
    if prop.target not in CATALOGUE.embedded:
        if _plain(before) != _plain(after):
            yield Leaf(type=kind, uid=uid, owner=prop.target, name="", before=before, after=after)
        return
    before = today(before)
    for name in sorted({*before, *after}):
        yield from _values(kind, uid, prop.target, name, before.get(name), after.get(name))
