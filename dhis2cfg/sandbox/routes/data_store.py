"""`/api/dataStore`: create-only POST, and keys that are everybody's until shared (facts §10.5, §17.9)."""

from typing import Any

from dhis2cfg.catalogue.types import MetadataType
from dhis2cfg.sandbox.read.render import shared
from dhis2cfg.sandbox.rights import sharing
from dhis2cfg.sandbox.routes.call import Answer, Call, message
from dhis2cfg.sandbox.store.session import Body, Session, new_uid
from dhis2cfg.sandbox.store.trouble import Trouble

TYPE = "dataStore"
KIND = MetadataType(
    name=TYPE,
    singular=TYPE,
    klass="org.hisp.dhis.datastore.DatastoreEntry",
    order=0,
    properties={},
    metadata=False,
    shareable=True,
)
"""Entries are no metadata, but they are shared like it."""


def data_store(call: Call) -> Answer:
    """Namespaces, keys, values and their metadata."""
    match call.parts[1:]:
        case ():
            names = {body["namespace"] for body in call.session.every(TYPE)}
            return Answer(body=sorted(names))
        case (namespace,):
            return _namespace(call, namespace)
        case (namespace, key):
            return _entry(call, namespace, key)
        case (namespace, key, "metaData"):
            return Answer(body=_meta(call, _readable(call, namespace, key)))
        case _:
            raise Trouble(404, None)


def _namespace(call: Call, namespace: str) -> Answer:
    entries = [call.session.get(TYPE, uid) for uid in call.session.database.children(TYPE, namespace)]
    found = [body for body in entries if body is not None]
    if call.method == "DELETE":
        if not found:
            raise _no_namespace(namespace)
        for body in found:
            if not sharing.can_write(call.person, KIND, body):
                raise Trouble(403, f"Access denied for key '{body['key']}' in namespace '{namespace}'")
            call.session.remove(TYPE, body["id"])
        return message(200, f"Namespace deleted: '{namespace}'")
    if not found:
        raise _no_namespace(namespace)
    visible = sorted((body for body in found if _can(call, body)), key=lambda body: str(body["key"]))
    if call.every("fields"):
        rows = [{"key": body["key"], "value": body["value"]} for body in visible]
        return Answer(body={"pager": {"page": 1, "pageSize": 50}, "entries": rows})
    return Answer(body=[body["key"] for body in visible])


def _no_namespace(namespace: str) -> Trouble:
    return Trouble(404, f"Namespace not found: '{namespace}'", "E1005")


def _can(call: Call, body: Body) -> bool:
    return sharing.can_read(call.person, KIND, body)


def _find(call: Call, namespace: str, key: str) -> Body | None:
    for uid in call.session.database.children(TYPE, namespace):
        body = call.session.get(TYPE, uid)
        if body is not None and body["key"] == key:
            return body
    return None


def _denied(call: Call, namespace: str, key: str) -> Trouble:
    code = "E1006" if call.session.world.release >= (2, 42) else ""
    return Trouble(403, f"Access denied for key '{key}' in namespace '{namespace}'", code)


def _readable(call: Call, namespace: str, key: str) -> Body:
    body = _find(call, namespace, key)
    if body is None:
        raise Trouble(404, f"Key '{key}' not found in namespace '{namespace}'", "E1005")
    if not _can(call, body):
        raise _denied(call, namespace, key)
    return body


def _must_write(call: Call, body: Body) -> None:
    if not sharing.can_write(call.person, KIND, body):
        raise _denied(call, body["namespace"], body["key"])


def _entry(call: Call, namespace: str, key: str) -> Answer:
    if call.method == "GET":
        return Answer(body=_readable(call, namespace, key)["value"])
    body = _find(call, namespace, key)
    if body is not None:
        if call.method == "POST" and _can(call, body):
            raise Trouble(409, f"Key '{key}' already exists in namespace '{namespace}'", "E1004")
        _must_write(call, body)
    if call.method == "DELETE":
        body = _readable(call, namespace, key)
        call.session.remove(TYPE, body["id"])
        return message(200, f"Key '{key}' deleted from namespace '{namespace}'")
    if body is None:
        _create(call, namespace, key)
        return message(201, f"Key created: '{key}'")
    call.session.put(TYPE, body | {"value": _value(call), "lastUpdated": call.session.now})
    return message(200, f"Key updated: '{key}'")


def _value(call: Call) -> Any:
    try:
        return call.json()
    except Trouble as error:
        raise Trouble(400, f"Invalid JSON value: {error}") from error


def _create(call: Call, namespace: str, key: str) -> None:
    entry = new_entry(call.session, call.person.uid, (namespace, key), _value(call), sharing.PUBLIC)
    call.session.put(TYPE, entry)


def new_entry(session: Session, owner: str, place: tuple[str, str], value: Any, public: str) -> Body:
    """A key that somebody makes at a place (namespace, key)."""
    author = {"id": owner}
    return {
        "id": new_uid(),
        "namespace": place[0],
        "key": place[1],
        "value": value,
        "created": session.now,
        "lastUpdated": session.now,
        "createdBy": author,
        "lastUpdatedBy": author,
        "sharing": {"owner": owner, "public": public, "users": {}, "userGroups": {}},
    }


def _meta(call: Call, body: Body) -> Body:
    view = call.view()
    author = view.author(body["createdBy"]["id"])
    access = sharing.access(call.person, KIND, body)
    if call.session.world.release == (2, 42):
        access["externalize"] = call.person.is_superuser
    return {
        "id": body["id"],
        "namespace": body["namespace"],
        "key": body["key"],
        "created": body["created"],
        "lastUpdated": body["lastUpdated"],
        "createdBy": author,
        "user": author,
        "lastUpdatedBy": view.author(body["lastUpdatedBy"]["id"]),
        "sharing": shared(view, body["sharing"]),
        "access": access,
        "favorites": [],
        "favorite": False,
        "translations": [],
        "attributeValues": [],
    }
