"""`/api/me`, and the groups that a user's own endpoint honours (facts §7.4, §19.12)."""

import orjson

from dhis2cfg.sandbox.read.fields import parse_fields
from dhis2cfg.sandbox.read.render import render
from dhis2cfg.sandbox.rights.people import by_username, full_name
from dhis2cfg.sandbox.routes.call import Answer, Call
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.store.trouble import Trouble

_SHOWN = (
    "id,username,surname,firstName,created,lastUpdated,dataViewOrganisationUnits,teiSearchOrganisationUnits,"
    "organisationUnits,displayName,name,access,userRoles,userGroups,email"
)


def join_groups(call: Call, uid: str, sent: Body) -> None:
    """Users sent to their own endpoint join and leave groups as `userGroups` says."""
    if "userGroups" not in sent:
        return
    wanted = {row["id"] for row in sent["userGroups"] or [] if isinstance(row, dict) and "id" in row}
    for group in list(call.session.every("userGroups")):
        members = [row for row in group.get("users", []) if row["id"] != uid]
        if group["id"] in wanted:
            members.append({"id": uid})
        if members != group.get("users", []):
            call.session.put("userGroups", group | {"users": members})


def me(call: Call) -> Answer:
    """The caller's own account and authorities."""
    rest = call.parts[1:]
    if rest and rest[0] in {"authorization", "authorities"}:
        if len(rest) > 1:
            return Answer(body=call.person.may(rest[1]))
        return Answer(body=sorted(call.person.authorities))
    if rest == ("settings",):
        return Answer(body=_settings(call))
    if rest:
        raise Trouble(404, None)
    user = call.session.get("users", call.person.uid) or {}
    kind = call.session.world.kind("users")
    text = ",".join(call.every("fields")) or _SHOWN
    fields = parse_fields(text)
    body = render(call.view(), kind, user, fields)
    names = {field.name for field in fields}
    is_whole = not call.every("fields") or names & {"*", ":all"}
    if is_whole or "authorities" in names:
        body["authorities"] = sorted(call.person.authorities)
    if is_whole or "settings" in names:
        body["settings"] = _settings(call)
    if is_whole:
        body["programs"] = []
        body["emailVerified"] = False
    return Answer(body=body)


def user_lookup(call: Call) -> Answer:
    """`/api/userLookup/NAME`: an account by its name or its UID, for everybody."""
    wanted = call.parts[1] if len(call.parts) > 1 else ""
    user = by_username(call.session, wanted) or call.session.get("users", wanted)
    if user is None:
        raise Trouble(404, f"User not found: {wanted}", "E1005")
    name = full_name(user)
    return Answer(body={"id": user["id"], "username": user["username"], "displayName": name} | _names(user))


def _names(user: Body) -> Body:
    return {"firstName": user.get("firstName"), "surname": user.get("surname")}


def _settings(call: Call) -> Body:
    stored = {
        name: orjson.loads(value) for name, value in call.session.database.settings(call.person.uid).items()
    }
    return {"keyDbLocale": "en", "keyUiLocale": "en", "keyAnalysisDisplayProperty": "name"} | stored
