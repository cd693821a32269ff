"""`/api/sharing?type=…&id=…`: replaces lists, keeps the owner (facts §7.3, §19.8)."""

from typing import Any

from dhis2cfg.catalogue.types import MetadataType
from dhis2cfg.sandbox.read.view import BrokenSharing
from dhis2cfg.sandbox.rights import sharing
from dhis2cfg.sandbox.routes import data_store
from dhis2cfg.sandbox.routes.call import Answer, Call, message
from dhis2cfg.sandbox.routes.objects.collections import write_sharing
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.store.trouble import Trouble
from dhis2cfg.sandbox.world.default_dimension import DEFAULTS


def sharing_endpoint(call: Call) -> Answer:
    """Read or replace who may see an object."""
    kind = _kind(call)
    uid = call.first("id")
    body = call.session.get(kind.name, uid)
    if body is None:
        raise Trouble(404, f"Object not found for id {uid}")
    if call.method == "GET":
        try:
            return Answer(body=_shown(call, kind, body))
        except BrokenSharing as error:
            raise Trouble(500, f"No name for {error}") from error
    if uid in DEFAULTS.values():
        raise Trouble(409, "Sharing settings of system default metadata object cannot be modified.")
    if not _may_manage(call, kind, body):
        raise Trouble(403, "You do not have manage access to this object.", _code(call, "E1006"))
    sent = call.json()
    block = _block(call, kind, body, (sent or {}).get("object") or {})
    write_sharing(call, kind, body, block)
    return message(200, "Access control set")


def _code(call: Call, code: str) -> str:
    """2.41 names no codes here."""
    return code if call.session.world.release >= (2, 42) else ""


def _kind(call: Call) -> MetadataType:
    name = call.first("type")
    if name == data_store.TYPE:
        return data_store.KIND
    plural = call.session.world.singulars.get(name)
    if plural is None or not call.session.world.kind(plural).shareable:
        raise Trouble(409, f"Type {name} is not supported.")
    return call.session.world.kind(plural)


def _may_manage(call: Call, kind: MetadataType, body: Body) -> bool:
    if kind is data_store.KIND:
        return sharing.can_write(call.person, kind, body)
    return sharing.can_update(call.person, kind, body)


def _block(call: Call, kind: MetadataType, body: Body, sent: Body) -> Body:
    before = body.get("sharing") or {}
    public = sent.get("publicAccess")
    if public is not None and not sharing.is_access(public):
        raise Trouble(409, f"Invalid public access string: {public}")
    found: Body = {"users": {}, "userGroups": {}}
    if before.get("owner"):
        found["owner"] = before["owner"]
    if public is not None:
        may = kind is data_store.KIND or sharing.can_make_public(call.person, kind)
        found["public"] = _cut(kind, str(public)) if may else before.get("public")
    for name, part in (("userAccesses", "users"), ("userGroupAccesses", "userGroups")):
        for entry in sent.get(name) or []:
            uid = entry.get("id")
            if not sharing.is_access(entry.get("access")):
                raise Trouble(409, f"Invalid access string: {entry.get('access')}")
            if call.session.get(part, str(uid)) is not None:
                found[part][uid] = {"id": uid, "access": _cut(kind, str(entry["access"]))}
    return found


def _cut(kind: MetadataType, access: str) -> str:
    """Data bits mean nothing where a type has no data."""
    return access if kind.data_shareable else f"{access[:2]}------"


def _shown(call: Call, kind: MetadataType, body: Body) -> Body:
    block = body.get("sharing") or {}
    view = call.view()
    owner = view.author((body.get("createdBy") or {}).get("id") or "")
    shown: dict[str, Any] = {
        "id": body["id"],
        "name": body.get("name"),
        "displayName": body.get("name"),
        "publicAccess": block.get("public"),
        "user": {"id": owner["id"], "name": owner.get("name")},
    }
    for name, part in (("userAccesses", "users"), ("userGroupAccesses", "userGroups")):
        shown[name] = [
            {"id": uid, "name": view.shared_name(part, uid), "displayName": view.shared_name(part, uid)}
            | {"access": entry.get("access")}
            for uid, entry in (block.get(part) or {}).items()
        ]
    meta = {"allowPublicAccess": sharing.can_make_public(call.person, kind)}
    if call.session.world.release == (2, 42):
        meta["allowExternalAccess"] = shown["externalAccess"] = False
    return {"meta": meta, "object": shown}
