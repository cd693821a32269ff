"""What a server says of itself: info, ids, schemas, authorities, locales; maintenance (facts §3, §11)."""

import re
from collections.abc import Mapping

from dhis2cfg.sandbox.read.fields import parse_fields
from dhis2cfg.sandbox.routes.call import Answer, Call, message
from dhis2cfg.sandbox.routes.server import option_combos
from dhis2cfg.sandbox.store.session import Body, new_uid
from dhis2cfg.sandbox.store.trouble import Trouble
from dhis2cfg.sandbox.world.locales import DATABASE_LOCALES, LOCALE_NAMES, interface_locales

SYSTEM_NAME = "dhis2cfg sandbox, not DHIS2"
_MOST_IDS = 10000
_UID = re.compile(r"[a-zA-Z][a-zA-Z0-9]{10}")


def system(call: Call) -> Answer:
    """`/api/system/…`."""
    match call.parts[1:]:
        case ("info",) | ("info.json",):
            return Answer(body=_picked(call, _info(call)))
        case ("id",):
            count = int(call.first("limit") or 1)
            return Answer(body={"codes": [new_uid() for _ in range(min(count, _MOST_IDS))]})
        case ("ping",):
            return Answer(body="pong", media="text/plain")
        case ("tasks", kind, uid):
            job = _job(call, uid)
            return Answer(body=job.get("tasks", []) if kind == "METADATA_IMPORT" else [])
        case ("taskSummaries", _, uid):
            return Answer(body=_job(call, uid).get("summary"))
        case _:
            raise Trouble(404, None)


def _job(call: Call, uid: str) -> Mapping[str, object]:
    """A job, empty where nobody knows it; from 2.42 on its id must look like one."""
    if call.session.world.release >= (2, 42) and not _UID.fullmatch(uid):
        text = (
            f"Value '{uid}' is not valid for path parameter jobId. UID must be an alphanumeric string of 11 "
            f"characters starting with a letter, but was: {uid}"
        )
        raise Trouble(400, text)
    return call.instance.jobs.get(uid) or {}


def _info(call: Call) -> Body:
    return {
        "contextPath": call.instance.url,
        "instanceBaseUrl": call.instance.url,
        "calendar": "iso8601",
        "dateFormat": "yyyy-mm-dd",
        "serverDate": call.session.now,
        "serverTimeZoneId": "UTC",
        "version": call.instance.version,
        "revision": "sandbox",
        "systemName": SYSTEM_NAME,
        "systemId": call.instance.system_id,
        "readOnlyMode": "off",
        "readReplicaCount": 0,
        "encryption": False,
        "emailConfigured": False,
        "redisEnabled": False,
        "isMetadataVersionEnabled": False,
        "systemMetadataVersion": "",
    }


def _picked(call: Call, body: Body) -> Body:
    names = {field.name for field in parse_fields(",".join(call.every("fields")))}
    return {name: value for name, value in body.items() if name in names} if names - {"*", ":all"} else body


def authorities(call: Call) -> Answer:
    """The authorities that types ask for."""
    names = {
        name
        for kind in call.session.world.catalogue.types.values()
        for listed in (kind.authorities or {}).values()
        for name in listed
    }
    rows = [{"id": name, "name": name} for name in sorted(names | {"ALL", "F_METADATA_IMPORT"})]
    return Answer(body={"systemAuthorities": rows})


def locales(call: Call) -> Answer:
    """Languages of the interface and of the database."""
    if call.parts[1:] in {("db",), ("dbLocales",)}:
        return Answer(body=[_locale(call, name) for name in DATABASE_LOCALES])
    if call.parts[1:] == ("ui",):
        return Answer(body=[_locale(call, name) for name in interface_locales(call.session.world.release)])
    raise Trouble(404, None)


def _locale(call: Call, name: str) -> Body:
    own, english = LOCALE_NAMES[name]
    found = {"locale": name, "name": own, "displayName": english}
    if call.session.world.release >= (2, 42):
        language, *rest = name.split("_")
        found["languageTag"] = "-".join([language, *reversed(rest)])
    return found


def maintenance(call: Call) -> Answer:
    """`/api/maintenance/…`: option combinations and paths really happen, the rest is only answered."""
    if call.method not in {"POST", "PUT"}:
        raise Trouble(405, f"Request method '{call.method}' is not supported")
    call.demand("F_PERFORM_MAINTENANCE")
    tasks = set(call.parts[1:2]) | {name for name, value in call.query if value.lower() == "true"}
    if "ouPathsUpdate" in tasks:
        _update_paths(call)
    if "categoryOptionComboUpdate" in tasks:
        combos = [call.parts[3]] if len(call.parts) > 3 else None  # noqa: PLR2004 -- …/categoryCombo/UID
        option_combos.update(call.session, call.person, combos)
        if combos:
            return message(200, "Category option combos updated")
    if call.session.world.release >= (2, 43):
        return message(200, None)
    return Answer(status=204)


def _update_paths(call: Call) -> None:
    for body in list(call.session.every("organisationUnits")):
        path = str(body.get("path") or "")
        if body.get("level") != path.count("/"):
            call.session.put("organisationUnits", body | {"level": path.count("/")})
