"""Everything that a run has made, taken away again, children first; and a look whether anything is left."""

from collections.abc import Iterable, Mapping, Sequence

from dhis2cfg.catalogue import shipped
from tests.live.server import Server

NAMELESS = {
    "programRuleActions": ("programRules", "programRuleActions"),
    "options": ("optionSets", "options"),
    "programStageSections": ("programStages", "programStageSections"),
    "programSections": ("programs", "programSections"),
    "sections": ("dataSets", "sections"),
}
"""Types whose names may go without the prefix: they are found through what holds them."""

NOT_OURS = frozenset({"users", "categoryOptionCombos"})


ROUNDS = 3
AT_ONCE = 25


def sweep(server: Server, prefix: str) -> None:
    """Delete all that carries the prefix; what a server refuses is tried again, a type a call, then told."""
    for number in range(ROUNDS):
        found = ours(server, prefix)
        people = accounts(server, prefix)
        for uid in people:
            server.ask("DELETE", f"/api/users/{uid}")
        if not found or delete(server, found, together=number == 0):
            return
    must_be_clean(server, prefix)


def must_be_clean(server: Server, prefix: str) -> None:
    """Nothing with the prefix is left."""
    left = ours(server, prefix)
    assert not left, left
    assert not accounts(server, prefix)


def forget(server: Server, fleet: str) -> None:
    """Delete the tool's keys of a fleet."""
    for kind in ("record", "run"):
        server.ask("DELETE", f"/api/dataStore/dhis2cfg/{kind}-{fleet}")


def delete(server: Server, found: Mapping[str, Sequence[str]], *, together: bool) -> bool:
    """Delete objects, in one call or a type a call; whether the server did it all at once."""
    bodies = {name: [{"id": uid} for uid in uids] for name, uids in found.items()}
    whole = {name: body for name, body in bodies.items() if name not in NAMELESS}
    if together:
        return server.ask("POST", "/api/metadata?importStrategy=DELETE", whole).status < 300
    for type_name in backwards(server, bodies):
        server.ask("POST", "/api/metadata?importStrategy=DELETE", {type_name: bodies[type_name]})
    return False


def backwards(server: Server, types: Iterable[str]) -> list[str]:
    """Types in the order in which they can be deleted: last imported first, groups and roles at the end."""
    catalogue = shipped.for_server(server.version)
    people = {"userRoles": 2, "userGroups": 1, "organisationUnits": -1}
    return sorted(types, key=lambda each: (people.get(each, 0), -catalogue.types[each].order, each))


def ours(server: Server, prefix: str) -> dict[str, list[str]]:
    """UIDs by type of every object whose name or code begins with the prefix, and of their children."""
    catalogue = shipped.for_server(server.version)
    kinds = [each for each in catalogue.types.values() if each.metadata and each.name not in NOT_OURS]
    found: dict[str, list[str]] = {}
    for by in ("name", "code"):
        having = [each.name for each in kinds if by in each.properties and each.properties[by].persisted]
        for start in range(0, len(having), AT_ONCE):
            for type_name, uids in _with(server, having[start : start + AT_ONCE], by, prefix).items():
                found[type_name] = list(dict.fromkeys((*found.get(type_name, ()), *uids)))
    for child, (parent, collection) in NAMELESS.items():
        for uid in found.get(parent, ()):
            answer = server.call("GET", f"/api/{parent}/{uid}?fields={collection}[id]")
            several = [each["id"] for each in answer.get(collection) or ()]
            found[child] = list(dict.fromkeys((*found.get(child, ()), *several)))
    return {name: uids for name, uids in found.items() if uids}


def _with(server: Server, types: Sequence[str], by: str, prefix: str) -> dict[str, list[str]]:
    asked = "&".join(f"{each}:fields=id,{by}&{each}:filter={by}:like:{prefix}" for each in types)
    answer = server.call("GET", f"/api/metadata?{asked}&skipSharing=true") or {}
    return {
        name: [each["id"] for each in several if str(each.get(by, "")).startswith(prefix)]
        for name, several in answer.items()
        if isinstance(several, list)
    }


def accounts(server: Server, prefix: str) -> list[str]:
    """The users that a run has made."""
    found = server.call("GET", f"/api/users?fields=id,username&query={prefix.lower()}&paging=false")["users"]
    return [each["id"] for each in found if each["username"].startswith(prefix.lower())]
