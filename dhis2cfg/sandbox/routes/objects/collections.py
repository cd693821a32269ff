"""Below one object: its sharing, its translations, its collections (facts §7.3, §10.2, §19.8, §19.27)."""

from collections.abc import Iterator
from typing import Any

from dhis2cfg.catalogue.types import MetadataType, Property, Shape
from dhis2cfg.sandbox.imports import hooks, lists
from dhis2cfg.sandbox.read.computed import inverse
from dhis2cfg.sandbox.read.fields import parse_fields
from dhis2cfg.sandbox.read.render import render
from dhis2cfg.sandbox.rights import sharing
from dhis2cfg.sandbox.routes.call import Answer, Call, message, missing, refused
from dhis2cfg.sandbox.routes.objects.dependencies import EXPORTED, with_dependencies
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.store.trouble import Trouble


def below(call: Call, kind: MetadataType, rest: tuple[str, ...]) -> Answer:
    """`/api/<plural>/<id>/…`."""
    uid, name = rest[0], rest[1]
    body = call.session.get(kind.name, uid)
    if body is None:
        raise missing(kind.klass.rpartition(".")[2], uid)
    if name == "sharing" and call.method == "PUT":
        return _sharing(call, kind, body)
    if name == "translations" and call.method == "PUT":
        call.session.put(kind.name, body | {"translations": call.json().get("translations", [])})
        return Answer(status=204)
    if name == "metadata" and call.method == "GET" and kind.name in EXPORTED:
        return with_dependencies(call, kind.name, body)
    if name in {"favorite", "subscriber"}:
        return _starred(call, kind, body, f"{name}s")
    if name in {"enabled", "disabled"} and kind.name == "users":
        call.session.put("users", body | {"disabled": name == "disabled"})
        return Answer(status=204)
    prop = kind.properties.get(name)
    if prop is None or prop.shape is not Shape.REFERENCES:
        text = f"Property {name} does not exist on {kind.klass}"
        raise Trouble(404, text, "E1005")
    return _collection(call, kind, body, prop, rest[2:])


def _sharing(call: Call, kind: MetadataType, body: Body) -> Answer:
    """Replaces the whole block, the owner included (facts §19.7, §19.8)."""
    if not sharing.can_update(call.person, kind, body):
        raise Trouble(403, "You don't have the proper permissions to update this object.", "E1006")
    read = call.json()
    sent: Body = read if isinstance(read, dict) else {}
    problems = list(_faults(kind, sent))
    if problems:
        return _bad_sharing(kind, problems)
    block: Body = {"users": {}, "userGroups": {}}
    block |= {name: sent[name] for name in ("public", "owner") if sent.get(name)}
    for part in ("users", "userGroups"):
        for entry in (sent.get(part) or {}).values():
            uid = str(entry.get("id"))
            if call.session.get(part, uid) is not None:
                block[part][uid] = {"id": uid, "access": entry.get("access")}
    write_sharing(call, kind, body, block)
    return Answer(status=204)


def _faults(kind: MetadataType, sent: Body) -> Iterator[tuple[str, str, list[Any]]]:
    """Code, text and what it names: malformed strings, data bits (or none at all) where there are no data."""
    public, no_data = sent.get("public"), "Data sharing is not enabled for this object"
    if public is not None and not sharing.is_access(public):
        yield "E3015", f"Invalid public access string: `{public}`", [public]
    elif not kind.data_shareable and (public is None or sharing.has_data_bits(str(public))):
        yield "E3016", no_data, []
    for part, code, shown in (("userGroups", "E3017", "user group"), ("users", "E3018", "user")):
        for entry in (sent.get(part) or {}).values():
            access = entry.get("access")
            if not sharing.is_access(access):
                yield code, f"Invalid {shown} access string: `{access}`", [access]
            elif not kind.data_shareable and sharing.has_data_bits(str(access)):
                yield "E3016", no_data, []


def write_sharing(call: Call, kind: MetadataType, body: Body, block: Body) -> None:
    """Store a block; an event program's stage follows (facts §19.9)."""
    call.session.put(kind.name, body | {"sharing": block, "lastUpdated": call.session.now})
    if kind.name == "programs" and body.get("programType") == "WITHOUT_REGISTRATION":
        for stage in call.session.children("programStages", body["id"]):
            call.session.put("programStages", stage | {"sharing": hooks.follow(block, stage)})


def _bad_sharing(kind: MetadataType, problems: list[tuple[str, str, list[Any]]]) -> Answer:
    klass = "org.hisp.dhis.user.sharing.Sharing"
    rows = [
        {"message": text, "args": named, "mainKlass": klass, "errorKlass": kind.klass}
        | {"errorCode": code, "errorProperties": named}
        for code, text, named in problems
    ]
    counters = dict.fromkeys(("created", "updated", "deleted", "ignored", "total"), 0)
    report = {
        "status": "ERROR",
        "stats": counters,
        "objectReports": [{"klass": klass, "index": 0, "errorReports": rows}],
        "responseType": "TypeReport",
    }
    return refused(report, outer="ERROR")


def _starred(call: Call, kind: MetadataType, body: Body, name: str) -> Answer:
    held = [uid for uid in body.get(name) or [] if uid != call.person.uid]
    if call.method == "POST":
        held.append(call.person.uid)
    call.session.put(kind.name, body | {name: held})
    return message(200, f"Object '{body['id']}' set as {name} for user '{call.person.username}'")


def _collection(call: Call, kind: MetadataType, body: Body, prop: Property, rest: tuple[str, ...]) -> Answer:
    before = inverse(call.view(), kind, prop, body["id"])
    held = [row["id"] for row in (body.get(prop.name) or [] if before is None else before)]
    if call.method == "GET":
        return _members(call, prop, held)
    counters = {"created": 0, "updated": 0, "deleted": 0, "ignored": 0}
    new = list(held)
    add, take = _wanted(call, rest, held)
    for uid in take:
        if call.session.get(prop.target, uid) is None:
            continue
        counters["deleted" if uid in new else "ignored"] += 1
        if uid in new:
            new.remove(uid)
    for uid in add:
        if call.session.get(prop.target, uid) is None:
            continue
        counters["ignored" if uid in new else "updated"] += 1
        if uid not in new:
            new.append(uid)
    _store(call, kind, body, prop, held, new)
    total = {**counters, "total": sum(counters.values())}
    report = {"status": "OK", "stats": total, "objectReports": [], "responseType": "TypeReport"}
    return message(200, None, response=report)


def _members(call: Call, prop: Property, held: list[str]) -> Answer:
    """The members of a collection, whole unless it is said what of them."""
    kind = call.session.world.kind(prop.target)
    fields = parse_fields(",".join(call.every("fields")) or "*,!href")
    bodies = [body for uid in held if (body := call.session.get(prop.target, uid)) is not None]
    return Answer(body={prop.name: [render(call.view(), kind, body, fields) for body in bodies]})


def _wanted(call: Call, rest: tuple[str, ...], held: list[str]) -> tuple[list[str], list[str]]:
    if rest:
        return ([rest[0]], []) if call.method == "POST" else ([], [rest[0]])
    sent = call.json() or {}
    if call.method == "PUT":
        wanted = _ids(sent.get("identifiableObjects"))
        return [uid for uid in wanted if uid not in held], [uid for uid in held if uid not in wanted]
    if call.method == "DELETE":
        return [], _ids(sent.get("identifiableObjects"))
    return _ids(sent.get("additions")) + _ids(sent.get("identifiableObjects")), _ids(sent.get("deletions"))


def _ids(rows: Any) -> list[str]:
    return [str(row["id"]) for row in rows or [] if isinstance(row, dict) and "id" in row]


def _store(
    call: Call, kind: MetadataType, body: Body, prop: Property, before: list[str], after: list[str]
) -> None:
    row = call.session.world.lists.get((kind.name, prop.name))
    if row is not None:
        lists.set_children(call.session, row, body["id"], after)
    elif prop.owner:
        members = [{"id": uid} for uid in after]
        call.session.put(kind.name, body | {prop.name: members, "lastUpdated": call.session.now})
    else:
        _store_inverse(call, kind, body, prop, set(before) ^ set(after), set(after))


def _store_inverse(
    call: Call, kind: MetadataType, body: Body, prop: Property, changed: set[str], after: set[str]
) -> None:
    pointer = next(
        one
        for one in call.session.world.pointers(kind.name)
        if one.type_name == prop.target and len(one.path) == 1
    )
    for uid in changed:
        holder = call.session.get(prop.target, uid) or {}
        members = [row for row in holder.get(pointer.path[0]) or [] if row["id"] != body["id"]]
        if uid in after:
            members.append({"id": body["id"]})
        call.session.put(prop.target, holder | {pointer.path[0]: members})
