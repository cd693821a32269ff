"""`/api/<plural>`: lists, single objects, replacing, patching, deleting (facts §2.2, §6, §10.1)."""

from collections.abc import Mapping, Sequence
from typing import Any

from dhis2cfg.catalogue.types import MetadataType
from dhis2cfg.sandbox.imports import analytical, deleting
from dhis2cfg.sandbox.imports.reading import Unreadable
from dhis2cfg.sandbox.imports.report import ImportReport
from dhis2cfg.sandbox.imports.run import blocked, import_metadata
from dhis2cfg.sandbox.read.fields import Field, parse_fields
from dhis2cfg.sandbox.read.filters import parse_filter
from dhis2cfg.sandbox.read.listing import ordered, select
from dhis2cfg.sandbox.read.render import render
from dhis2cfg.sandbox.read.view import BrokenSharing, View
from dhis2cfg.sandbox.rights import sharing
from dhis2cfg.sandbox.routes.call import Answer, Call, message, missing, refused
from dhis2cfg.sandbox.routes.objects import collections
from dhis2cfg.sandbox.routes.objects.gist import gist
from dhis2cfg.sandbox.routes.objects.metadata import read_parameters
from dhis2cfg.sandbox.routes.objects.paging import paged
from dhis2cfg.sandbox.routes.objects.patch import patched
from dhis2cfg.sandbox.routes.server import option_combos
from dhis2cfg.sandbox.routes.server.people import join_groups
from dhis2cfg.sandbox.store.session import Body, new_uid
from dhis2cfg.sandbox.store.trouble import Trouble
from dhis2cfg.sandbox.world.children import ITEM_CONTENT

_LIST = "id,displayName"


def per_type(call: Call) -> Answer:
    """Everything below the plural of a type."""
    kind = call.session.world.catalogue.types[call.parts[0]]
    rest = call.parts[1:]
    if not rest:
        return _many(call, kind)
    if rest == ("gist",) and call.method == "GET":
        return gist(call, kind)
    if len(rest) == 1:
        return _one(call, kind, rest[0].removesuffix(".json"))
    return collections.below(call, kind, rest)


def _many(call: Call, kind: MetadataType) -> Answer:
    if call.method == "GET":
        return _list(call, kind)
    if call.method == "POST":
        return _create(call, kind)
    raise Trouble(405, f"Request method '{call.method}' is not supported")


def _list(call: Call, kind: MetadataType) -> Answer:
    reading = (kind.authorities or {}).get("READ", ())
    if reading and not call.person.may(*reading):
        raise Trouble(403, "You don't have the proper permissions to read objects of this type.", "E1006")
    view = call.view()
    filters = [parse_filter(text, view.world.release) for text in call.every("filter")]
    bodies = select(view, kind, filters, is_any=call.first("rootJunction") == "OR")
    bodies = ordered(view, kind, bodies, call.first("order") or None)
    fields = parse_fields(",".join(call.every("fields")) or _LIST)
    rows, body = paged(call, bodies)
    return Answer(body=body | {kind.name: _until_broken(view, kind, rows, fields)})


def _until_broken(
    view: View, kind: MetadataType, bodies: Sequence[Body], fields: tuple[Field, ...]
) -> list[Body]:
    found: list[Body] = []
    for body in bodies:
        try:
            found.append(render(view, kind, body, fields))
        except BrokenSharing:
            break
    return found


def _one(call: Call, kind: MetadataType, uid: str) -> Answer:
    match call.method:
        case "GET":
            body = readable(call, kind, uid)
            fields = parse_fields(",".join(call.every("fields")) or "*")
            try:
                return Answer(body=render(call.view(), kind, body, fields))
            except BrokenSharing:
                return Answer()
        case "PUT":
            return _replace(call, kind, uid)
        case "PATCH":
            return _patch(call, kind, uid)
        case "DELETE":
            return _delete(call, kind, uid)
        case _:
            raise Trouble(405, f"Request method '{call.method}' is not supported")


def readable(call: Call, kind: MetadataType, uid: str) -> Body:
    """An object that the caller may see; else 404."""
    body = call.session.get(kind.name, uid)
    if body is None or not sharing.can_read(call.person, kind, body):
        raise missing(kind.klass.rpartition(".")[2], uid)
    return body


def _sent(call: Call) -> Body:
    sent = call.json()
    if not isinstance(sent, dict):
        text = "Cannot deserialize value of an object from Array value"
        raise Trouble(409 if call.session.world.release >= (2, 43) else 500, text)
    return sent


def _import(call: Call, kind: MetadataType, sent: Mapping[str, Any], **fixed: object) -> ImportReport:
    parameters = read_parameters(call, **fixed)
    try:
        report = import_metadata(call.session, call.person, {kind.name: [sent]}, parameters)
    except Unreadable as error:
        raise Trouble(error.status(call.session.world.release), str(error)) from error
    return report


def _object_report(kind: MetadataType, uid: str, report: ImportReport | None) -> Body:
    problems = [
        problem.to_json()
        for one in (report.types if report else ())
        for entry in one.objects.values()
        for problem in entry.problems
    ]
    return {"uid": uid, "klass": kind.klass, "errorReports": problems, "responseType": "ObjectReport"}


def _create(call: Call, kind: MetadataType) -> Answer:
    sent = {name: value for name, value in _sent(call).items() if name != "translations"}
    uid = str(sent.get("id") or new_uid())
    sent["id"] = uid
    sent = analytical.whole(call.session, kind.name, sent)
    _check_items(kind, sent)
    report = _import(call, kind, sent, strategy="CREATE", is_validate=False, keeps_items=True)
    if report.has_errors:
        return refused(_object_report(kind, uid, report), outer="ERROR")
    _follow_up(call, kind, uid, sent)
    answer = message(201, None, response=_object_report(kind, uid, report))
    location = f"{call.instance.url}/api/{kind.name}/{uid}"
    return Answer(status=201, body=answer.body, headers={"Location": location})


def _replace(call: Call, kind: MetadataType, uid: str) -> Answer:
    if call.session.get(kind.name, uid) is None:
        raise missing(kind.klass.rpartition(".")[2], uid)
    sent = analytical.whole(call.session, kind.name, _sent(call) | {"id": uid})
    _check_items(kind, sent)
    if kind.name == "maps":
        analytical.refuse_kept_views(call.session, uid, sent)
    report = _import(call, kind, sent, strategy="UPDATE", is_validate=False, keeps_items=True)
    if report.has_errors:
        return refused(_object_report(kind, uid, report), outer="ERROR")
    _follow_up(call, kind, uid, sent)
    if kind.name == "users":
        return message(200, None, response=report.to_json(full=True, display=False, keep_empty=False))
    if kind.name == "maps":
        _drop_public(call, uid, sent)
        return message(200, None)
    return message(200, None, response=_object_report(kind, uid, report))


def _drop_public(call: Call, uid: str, sent: Body) -> None:
    """A map put without sharing has no `public` any more, rather than the usual one."""
    body = call.session.get("maps", uid) or {}
    if not sent.get("sharing"):
        block = {name: value for name, value in body["sharing"].items() if name != "public"}
        call.session.put("maps", body | {"sharing": block})


def _follow_up(call: Call, kind: MetadataType, uid: str, sent: Body) -> None:
    """What the own endpoint does and an import does not (facts §4.4, §7.4)."""
    if kind.name == "users":
        join_groups(call, uid, sent)
    if kind.name == "categoryCombos":
        option_combos.update(call.session, call.person, [uid])


def _check_items(kind: MetadataType, sent: Body) -> None:
    """The own endpoint of dashboards refuses items that show nothing (facts §19.6)."""
    if kind.name != "dashboards":
        return
    for row in sent.get("dashboardItems") or []:
        if not any(row.get(name) for name in ITEM_CONTENT):
            raise Trouble(409, "Dashboard item does not have any type associated.", "E1004")


def _patch(call: Call, kind: MetadataType, uid: str) -> Answer:
    if "json-patch" not in call.headers.get("content-type", ""):
        raise Trouble(415, f"Content-Type '{call.headers.get('content-type', '')}' is not supported")
    body = call.session.get(kind.name, uid)
    if body is None:
        raise missing(kind.klass.rpartition(".")[2], uid)
    if kind.name == "maps":
        analytical.refuse_fixed_periods(call.session, body)
    whole = render(call.view(), kind, body, [Field(name=":owner")])
    whole |= {name: body[name] for name, prop in kind.properties.items() if prop.schema_name and name in body}
    sent = patched(call.session.world, kind, whole, call.json())
    report = _import(
        call, kind, sent | {"id": uid}, strategy="UPDATE", is_validate=False, report="ERRORS_NOT_OWNER"
    )
    if report.has_errors:
        return refused(_object_report(kind, uid, report), outer="ERROR")
    return message(200, None, response=_object_report(kind, uid, report))


STAYING = frozenset({"options", "programRuleActions"})
"""Up to 2.42 their endpoint answers 200 to a deletion and leaves them: their parent holds them (§19.20)."""


def _delete(call: Call, kind: MetadataType, uid: str) -> Answer:
    body = readable(call, kind, uid)
    if not sharing.can_delete(call.person, kind, body):
        raise Trouble(403, "You don't have the proper permissions to delete this object.", "E1006")
    holder = deleting.blocker(call.session, kind.name, uid)
    if holder is not None:
        report = _object_report(kind, uid, None)
        report["errorReports"] = [blocked(kind.klass, holder).to_json()]
        return refused(report)
    if kind.name == "options":
        _move_version(call, body)
    if kind.name not in STAYING or call.session.world.release >= (2, 43):
        deleting.delete(call.session, kind.name, uid)
    if kind.name == "userGroups":
        deleting.leave_sharing(call.session, uid)
    return message(200, None, response=_object_report(kind, uid, None))


def _move_version(call: Call, option: Body) -> None:
    """The set's version moves; up to 2.42 that is all that happens (facts §19.20)."""
    owner = call.session.get("optionSets", (option.get("optionSet") or {}).get("id") or "")
    if owner is not None:
        call.session.put("optionSets", owner | {"version": int(owner.get("version") or 0) + 1})
