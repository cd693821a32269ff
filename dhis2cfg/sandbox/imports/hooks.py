"""What DHIS2 does beside storing: versions, paths, values it overwrites, by type (facts §4.5, §19.13)."""

from collections.abc import Callable, Mapping
from typing import Any

from dhis2cfg.sandbox.checks.bundle import Bundle, Item, Part
from dhis2cfg.sandbox.rights.login import hash_password
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.store.trouble import Trouble, duplicate_key

_VERSIONED = frozenset({"programs", "dataSets", "optionSets"})


def before_saving(bundle: Bundle, part: Part, item: Item, new: Body) -> None:
    """Change what is about to be stored."""
    if part.type_name in _VERSIONED:
        new["version"] = next_version(item.before, item.body.get("version"))
    hook = _BEFORE.get(part.type_name)
    if hook:
        hook(bundle, item, new)


def after_saving(bundle: Bundle, part: Part, item: Item, new: Body) -> None:
    """Change what else is stored."""
    hook = _AFTER.get(part.type_name)
    if hook:
        hook(bundle, item, new)


def next_version(before: Body | None, sent: Any) -> int:
    """The larger of stored and sent, one more where they are equal (facts §19.13)."""
    if before is None:
        return int(sent or 0)
    stored, given = int(before.get("version") or 0), int(sent or 0)
    return max(stored, given) + (1 if stored == given else 0)


def bump(bundle: Bundle, type_name: str, reference: Body | None) -> None:
    """Count a parent's version up."""
    body = bundle.session.get(type_name, (reference or {}).get("id") or "")
    if body is not None:
        bundle.session.put(type_name, body | {"version": int(body.get("version") or 0) + 1})


def _stage(_bundle: Bundle, item: Item, new: Body) -> None:
    """An element sent twice is one where both rows name the stage, or neither does; else it is refused."""
    _drop_equal(item, new)
    elements = [(row.get("dataElement") or {}).get("id") for row in new.get("programStageDataElements", [])]
    if len(elements) != len(set(elements)):
        raise duplicate_key("programstagedataelement_unique_key", "programstageid, dataelementid", item.uid)


def _drop_equal(item: Item, new: Body) -> None:
    seen, kept = set(), []
    sent = item.body.get("programStageDataElements") or []
    for row, stored in zip(sent, new.get("programStageDataElements") or [], strict=True):
        key = tuple((row.get(name) or {}).get("id") for name in ("programStage", "dataElement"))
        if key not in seen:
            seen.add(key)
            kept.append(stored)
    new["programStageDataElements"] = kept


def _data_set(_bundle: Bundle, item: Item, new: Body) -> None:
    elements = [(row.get("dataElement") or {}).get("id") for row in new.get("dataSetElements", [])]
    if len(elements) != len(set(elements)):
        raise duplicate_key("datasetelement_unique_key", "datasetid, dataelementid", item.uid)


def _user(bundle: Bundle, item: Item, new: Body) -> None:
    before = item.before or {}
    for other in bundle.session.every("users"):
        if other["id"] != item.uid and other.get("username") == new.get("username"):
            raise duplicate_key("uk_userinfo_username", "username", str(new.get("username")))
    password = item.body.get("password")
    if password:
        new["password"] = hash_password(password)
        new["passwordLastUpdated"] = bundle.session.now
    elif before.get("password"):
        new["password"] = before["password"]


_AT_ONCE = frozenset({"ENROLLMENT", "COMPLETION", "PROGRAM_RULE"})
_RECIPIENTS: Mapping[str, tuple[str, str]] = {
    "USER_GROUP": ("recipientUserGroup", ""),
    "PROGRAM_ATTRIBUTE": ("recipientProgramAttribute", "trackedEntityAttributes"),
    "DATA_ELEMENT": ("recipientDataElement", "dataElements"),
}
"""Kind of recipient → what names it, and the type whose value type says how it is reached."""

_OUTSIDE = frozenset(
    {"TRACKED_ENTITY_INSTANCE", "ORGANISATION_UNIT_CONTACT", "PROGRAM_ATTRIBUTE", "DATA_ELEMENT", "WEB_HOOK"}
)
_CHANNELS = {"PHONE_NUMBER": ["SMS"], "EMAIL": ["EMAIL"], "URL": ["HTTP"]}


def _template(bundle: Bundle, _item: Item, new: Body) -> None:
    """What does not go with its trigger and its recipient is dropped; channels follow him (facts §19.31)."""
    recipient = str(new.get("notificationRecipient") or "")
    if new.get("notificationTrigger") in _AT_ONCE:
        new.pop("relativeScheduledDays", None)
    for kind, (prop, _) in _RECIPIENTS.items():
        if kind != recipient:
            new.pop(prop, None)
    if recipient not in _OUTSIDE:
        new["deliveryChannels"] = []
    prop, type_name = _RECIPIENTS.get(recipient, ("", ""))
    value_type = "URL" if recipient == "WEB_HOOK" else None
    if type_name:
        value_type = (bundle.session.get(type_name, (new.get(prop) or {}).get("id") or "") or {}).get(
            "valueType", "TEXT"
        )
    if value_type:
        new["deliveryChannels"] = _CHANNELS.get(value_type, [])


def _unit(bundle: Bundle, item: Item, new: Body) -> None:
    parent = (item.body.get("parent") or {}).get("id")
    if parent and bundle.knows("organisationUnits", parent):
        new["parent"] = {"id": parent}


def _variable(bundle: Bundle, _item: Item, new: Body) -> None:
    """Sources that the kind of variable does not use are dropped; the value type is the source's."""
    source = str(new.get("programRuleVariableSourceType") or "")
    if source.startswith("DATAELEMENT"):
        new.pop("trackedEntityAttribute", None)
        if source != "DATAELEMENT_NEWEST_EVENT_PROGRAM_STAGE":
            new.pop("programStage", None)
            _take_value_type(bundle, new, "dataElement", "dataElements")
    elif source == "TEI_ATTRIBUTE":
        new.pop("dataElement", None)
        new.pop("programStage", None)
        _take_value_type(bundle, new, "trackedEntityAttribute", "trackedEntityAttributes")
    else:
        for name in ("dataElement", "trackedEntityAttribute", "programStage"):
            new.pop(name, None)
    new.setdefault("valueType", "TEXT")


def _take_value_type(bundle: Bundle, new: Body, prop: str, type_name: str) -> None:
    source = bundle.session.get(type_name, (new.get(prop) or {}).get("id") or "") or {}
    new["valueType"] = source.get("valueType", "TEXT")


def _action(bundle: Bundle, item: Item, new: Body) -> None:
    """From 2.42 on an action that sends a notification can be made, but not saved again."""
    if item.before is not None and new.get("templateUid") and bundle.world.release >= (2, 42):
        raise Trouble(
            409,
            "org.hibernate.TransientPropertyValueException: object references an unsaved transient instance "
            "- save the transient instance before flushing : "
            "org.hisp.dhis.programrule.ProgramRuleAction.notificationTemplate -> "
            "org.hisp.dhis.program.notification.ProgramNotificationTemplate",
        )


def _program(bundle: Bundle, item: Item, new: Body) -> None:
    """An event program's sharing is its first stage's too, that which stands (facts §19.9)."""
    if new.get("programType") != "WITHOUT_REGISTRATION":
        return
    for stage in bundle.session.children("programStages", item.uid)[:1]:
        bundle.session.put("programStages", stage | {"sharing": follow(new["sharing"], stage)})


def follow(block: Body, stage: Body) -> Body:
    """An event program's sharing as its stage has it: with the stage's own owner."""
    found = {name: value for name, value in block.items() if name != "owner"}
    owner = (stage.get("sharing") or {}).get("owner")
    return found | ({"owner": owner} if owner else {})


def _option(bundle: Bundle, item: Item, new: Body) -> None:
    if item.before is None:
        bump(bundle, "optionSets", new.get("optionSet"))


def _shrink_sections(bundle: Bundle, item: Item, new: Body) -> None:
    """What a data set no longer has, its sections lose too (facts §19.29)."""
    before = item.before or {}
    gone = _elements(before) - _elements(new)
    gone |= {row["id"] for row in before.get("indicators", [])} - {
        row["id"] for row in new.get("indicators", [])
    }
    for section in bundle.session.holding("sections", item.uid) if gone else ():
        kept = {
            name: [row for row in section.get(name, []) if row["id"] not in gone]
            for name in ("dataElements", "indicators")
        }
        bundle.session.put("sections", section | kept)


def _elements(data_set: Body) -> set[str]:
    return {(row.get("dataElement") or {}).get("id") or "" for row in data_set.get("dataSetElements", [])}


def _section(bundle: Bundle, _item: Item, new: Body) -> None:
    bump(bundle, "dataSets", new.get("dataSet"))


_Hook = Callable[[Bundle, Item, Body], None]
_BEFORE: Mapping[str, _Hook] = {
    "programNotificationTemplates": _template,
    "dataSets": _data_set,
    "organisationUnits": _unit,
    "programRuleActions": _action,
    "programRuleVariables": _variable,
    "programStages": _stage,
    "users": _user,
}
_AFTER: Mapping[str, _Hook] = {
    "dataSets": _shrink_sections,
    "options": _option,
    "programs": _program,
    "sections": _section,
}


def rescue_units(bundle: Bundle) -> None:
    """Paths of what was sent and of what hangs below it; levels below stay as they are (facts §19.14)."""
    part = bundle.parts.get("organisationUnits")
    if part is None:
        return
    session = bundle.session
    for item in part.alive:
        body = session.get("organisationUnits", item.uid)
        if body is None:
            continue
        path = unit_path(bundle, body)
        session.put("organisationUnits", body | {"path": path, "level": path.count("/")})
        old = body.get("path")
        if old and old != path:
            _move_below(bundle, item.uid, old, path)


def _move_below(bundle: Bundle, uid: str, old: str, path: str) -> None:
    for body in bundle.session.holding("organisationUnits", old + "/"):
        if body["id"] != uid and str(body.get("path", "")).startswith(old + "/"):
            moved = path + body["path"][len(old) :]
            bundle.session.put("organisationUnits", body | {"path": moved})


def unit_path(bundle: Bundle, body: Body) -> str:
    """`/ROOT/…/UID`; a unit below itself is an error on 2.42 and a cycle elsewhere."""
    uids, seen = [body["id"]], {body["id"]}
    parent = (body.get("parent") or {}).get("id")
    while parent:
        if parent in seen:
            if bundle.world.release == (2, 42):
                raise Trouble(500, None)
            uids.append(parent)
            break
        uids.append(parent)
        seen.add(parent)
        above = bundle.session.get("organisationUnits", parent) or {}
        parent = (above.get("parent") or {}).get("id")
    return "/" + "/".join(reversed(uids))
