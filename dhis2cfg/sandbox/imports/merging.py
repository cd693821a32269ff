"""A sent object becomes the stored one: all is replaced, what was not sent has its initial value again."""

from typing import Any

from dhis2cfg.catalogue.oddities import embedded_class
from dhis2cfg.catalogue.types import Property, Shape
from dhis2cfg.sandbox.checks.bundle import Bundle, Item, Part
from dhis2cfg.sandbox.rights import sharing
from dhis2cfg.sandbox.store.session import Body, new_uid
from dhis2cfg.sandbox.store.trouble import not_null
from dhis2cfg.sandbox.world.children import EXTRA, has_initial_values, is_identifiable
from dhis2cfg.sandbox.world.default_dimension import DEFAULTS
from dhis2cfg.sandbox.world.initial import initial
from dhis2cfg.sandbox.world.world import AUTHORS

_APART = AUTHORS | {"id", "created", "lastUpdated", "sharing", "password", "version"}
_KEPT = frozenset(
    {
        ("organisationUnits", "level"),
        ("organisationUnits", "path"),
        ("users", "lastLogin"),
        ("users", "passwordLastUpdated"),
    }
)


def merged(bundle: Bundle, part: Part, item: Item) -> Body:
    """The object as it will stand; references to what is not stored yet are lost (facts §5.3)."""
    before = item.before or {}
    created = before.get("created") or item.body.get("created") or bundle.session.now
    new: Body = {"id": item.uid, "created": created}
    for prop in part.kind.properties.values():
        if (
            prop.name in _APART
            or not (prop.owner and prop.writable)
            or (part.type_name, prop.name) in bundle.world.lists
        ):
            continue
        if (part.type_name, prop.name) in _KEPT:
            value = before.get(prop.name)
        elif prop.name == "translations" and bundle.parameters.skip_translation:
            value = before.get("translations", [])
        else:
            value = _value(bundle, part, item, prop)
        if value is not None:
            new[prop.name] = value
    _point_back(new, part, item.uid)
    _sign(bundle, part, item, new)
    return new


def _value(bundle: Bundle, part: Part, item: Item, prop: Property) -> Any:
    sent = item.body.get(prop.name)
    if prop.shape is Shape.REFERENCE:
        return _reference(bundle, part, item, prop, sent)
    if sent is None:
        value = initial(part.type_name, prop)
        if value is None and prop.required and prop.writable:
            raise not_null(part.kind.klass, prop.name)
        return value
    return connected(bundle, prop, sent)


def _reference(bundle: Bundle, part: Part, item: Item, prop: Property, sent: Any) -> Any:
    if sent is None:
        return {"id": DEFAULTS[prop.target]} if prop.target in DEFAULTS else None
    kept = connected(bundle, prop, sent)
    if kept is None and (prop.required or prop.target in DEFAULTS) and not item.removed:
        raise not_null(part.kind.klass, prop.name)
    return kept


def connected(bundle: Bundle, prop: Property, value: Any) -> Any:
    """A value with its references cut down to what is stored at this moment; children get ids and times."""
    match prop.shape:
        case Shape.REFERENCE:
            return _stored(bundle, prop.target, value)
        case Shape.REFERENCES:
            return [kept for member in value if (kept := _stored(bundle, prop.target, member))]
        case Shape.CHILD:
            return _child(bundle, prop.target, value) or None
        case Shape.CHILDREN:
            return [_child(bundle, prop.target, child) for child in value]
        case _:
            return value


def _stored(bundle: Bundle, target: str, member: Body) -> Body | None:
    uid = member.get("id")
    if uid is None:
        return None
    if target in bundle.world.catalogue.types and bundle.session.get(target, uid) is None:
        return None
    return {"id": uid}


def _child(bundle: Bundle, target: str, child: Body) -> Body:
    kind = bundle.world.catalogue.embedded[target]
    found: Body = {}
    for prop in kind.properties.values():
        if prop.name in AUTHORS:
            continue
        value = child.get(prop.name)
        if value is not None:
            value = connected(bundle, prop, value)
        elif has_initial_values(kind):
            value = initial(target, prop)
        if value is not None:
            found[prop.name] = value
    for name, value in EXTRA.get(target, {}).items():
        found[name] = child.get(name, value)
    if "id" in kind.properties:
        found["id"] = child.get("id") or new_uid()
    if is_identifiable(kind) and "id" in kind.properties:
        found["created"] = child.get("created") or bundle.session.now
        found["lastUpdated"] = bundle.session.now
    return found


def _point_back(new: Body, part: Part, uid: str) -> None:
    """Children of some classes refer to their parent, whether they were sent so or not (oddities.md K10)."""
    for prop in part.kind.properties.values():
        row = embedded_class(prop.target) if prop.shape is Shape.CHILDREN else None
        if row is not None and row.back:
            new[prop.name] = [child | {row.back: {"id": uid}} for child in new.get(prop.name) or []]


def _sign(bundle: Bundle, part: Part, item: Item, new: Body) -> None:
    """Who made it and when, and who may see it."""
    before, properties = item.before or {}, part.kind.properties
    new["lastUpdated"] = bundle.session.now
    if "lastUpdatedBy" in properties:
        new["lastUpdatedBy"] = {"id": bundle.person.uid}
    if "createdBy" in properties:
        sent = item.body.get("createdBy") or {}
        known = bundle.session.get("users", sent.get("id") or "") is not None
        maker = before.get("createdBy") or (sent if known and not before else {"id": bundle.person.uid})
        new["createdBy"] = {"id": maker["id"]}
    if part.kind.shareable:
        new["sharing"] = _sharing(bundle, part, item, str((new.get("createdBy") or {}).get("id") or ""))


def _sharing(bundle: Bundle, part: Part, item: Item, maker: str) -> Body:
    sent = item.body.get("sharing")
    if bundle.parameters.skip_sharing:
        if item.before is not None:
            return dict(item.before.get("sharing") or {}) | ({"owner": maker} if maker else {})
        return {"owner": maker, "public": sharing.PRIVATE, "users": {}, "userGroups": {}}
    block = dict(sent) if sent else sharing.initial(bundle.person, part.kind)
    if item.before is not None and sent and "owner" not in sent and _loses_owner(bundle, part):
        return block
    if item.before is None and block.get("owner"):
        return block
    return block | ({"owner": maker} if maker else {})


def _loses_owner(bundle: Bundle, part: Part) -> bool:
    """2.43: legend sets sent again without owner have none afterwards (facts §17.5)."""
    return part.type_name == "legendSets" and bundle.world.release >= (2, 43)
