"""Everything that a run has made, taken away again, children first; and a look whether anything is left."""

import json
from collections.abc import Iterable, Mapping, Sequence

from dhis2cfg.catalogue import shipped
from dhis2cfg.model.http import Response
from tests.live.server import Server

CHILDREN = {
    "programRules": ("programRuleActions",),
    "optionSets": ("options",),
    "programStages": ("programStageSections",),
    "programs": ("programSections", "programStages"),
    "dataSets": ("sections",),
}
"""Collections whose members' names may go without the prefix: they are found through what holds them."""

NOT_OURS = frozenset({"users", "categoryOptionCombos"})

USED = frozenset(
    {
        "attributes",
        "categories",
        "categoryCombos",
        "categoryOptions",
        "dashboards",
        "dataElements",
        "dataSets",
        "eventHooks",
        "indicatorTypes",
        "indicators",
        "legendSets",
        "maps",
        "optionSets",
        "organisationUnits",
        "programIndicators",
        "programNotificationTemplates",
        "programRuleVariables",
        "programRules",
        "programSections",
        "programStageSections",
        "programStages",
        "programs",
        "relationshipTypes",
        "routes",
        "trackedEntityAttributes",
        "trackedEntityTypes",
        "userGroups",
        "userRoles",
        "visualizations",
    }
)
"""The types that scenarios make, so that each sweep asks for these alone; the last one asks for all."""

ROUNDS = 5
AT_ONCE = 25
GONE = "E5001"

Found = dict[str, list[str]]


def sweep(server: Server, prefix: str, types: frozenset[str] = USED) -> None:
    """Delete all that carries the prefix; what a server refuses is tried again, then told."""
    for _ in range(ROUNDS):
        people = accounts(server, prefix)
        for uid in people:
            server.ask("DELETE", f"/api/users/{uid}")
        found = ours(server, prefix, types)
        gone = [delete(server, name, found[name]) for name in backwards(server, found)]
        if all(gone):
            return
    must_be_clean(server, prefix)


def must_be_clean(server: Server, prefix: str) -> None:
    """Nothing with the prefix is left, whatever its type."""
    left = ours(server, prefix)
    assert not left, left
    assert not accounts(server, prefix)


def forget(server: Server, fleet: str) -> None:
    """Delete the tool's keys of a fleet."""
    namespaces = server.call("GET", "/api/dataStore") or ()
    keys = server.call("GET", "/api/dataStore/dhis2cfg") if "dhis2cfg" in namespaces else ()
    for key in keys:
        if f"-{fleet}" in key:
            server.ask("DELETE", f"/api/dataStore/dhis2cfg/{key}")


def delete(server: Server, type_name: str, uids: Sequence[str]) -> bool:
    """Delete objects of one type; whether none of them is left. Parents may have taken them along."""
    body = {type_name: [{"id": uid} for uid in uids]}
    answer = server.ask("POST", "/api/metadata?importStrategy=DELETE&atomicMode=NONE", body)
    return answer.status < 300 or codes(answer) == {GONE}


def codes(answer: Response) -> set[str]:
    """The codes of an import report; empty where there is none."""
    said = json.loads(answer.body or b"{}")
    types = (said.get("response") or {}).get("typeReports") or ()
    reports = (report for each in types for report in each.get("objectReports") or ())
    return {error["errorCode"] for report in reports for error in report.get("errorReports") or ()}


def backwards(server: Server, types: Iterable[str]) -> list[str]:
    """Types in the order in which they can be deleted: last imported first, groups and roles at the end."""
    catalogue = shipped.for_server(server.version)
    last = {"userRoles": 2, "userGroups": 1, "programStages": -1}
    return sorted(types, key=lambda each: (last.get(each, 0), -catalogue.types[each].order, each))


def ours(server: Server, prefix: str, types: frozenset[str] | None = None) -> Found:
    """UIDs by type of every object whose name or code begins with the prefix, and of their children."""
    catalogue = shipped.for_server(server.version)
    kinds = [
        each
        for each in catalogue.types.values()
        if each.metadata and each.name not in NOT_OURS and (types is None or each.name in types)
    ]
    found: Found = {}
    for by in ("name", "code"):
        having = [each.name for each in kinds if by in each.properties and each.properties[by].persisted]
        for start in range(0, len(having), AT_ONCE):
            for type_name, uids in _with(server, having[start : start + AT_ONCE], by, prefix).items():
                found[type_name] = list(dict.fromkeys((*found.get(type_name, ()), *uids)))
    return {name: uids for name, uids in found.items() if uids}


def _with(server: Server, types: Sequence[str], by: str, prefix: str) -> Found:
    asked = "&".join(
        f"{each}:fields=id,{by}{''.join(f',{child}[id]' for child in CHILDREN.get(each, ()))}"
        f"&{each}:filter={by}:like:{prefix}"
        for each in types
    )
    answer: Mapping[str, object] = server.call("GET", f"/api/metadata?{asked}&skipSharing=true") or {}
    found: Found = {}
    for name, several in answer.items():
        for each in several if isinstance(several, list) else ():
            if str(each.get(by, "")).startswith(prefix):
                found.setdefault(name, []).append(each["id"])
                for child in CHILDREN.get(name, ()):
                    found.setdefault(child, []).extend(inner["id"] for inner in each.get(child) or ())
    return found


def accounts(server: Server, prefix: str) -> list[str]:
    """The users that a run has made."""
    found = server.call("GET", f"/api/users?fields=id,username&query={prefix.lower()}&paging=false")["users"]
    return [each["id"] for each in found if each["username"].startswith(prefix.lower())]
