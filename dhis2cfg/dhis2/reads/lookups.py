"""Questions by value: who has this code or points at that, which users are there, what the defaults are."""

from collections.abc import Mapping
from urllib.parse import quote

from dhis2cfg.dhis2.reads.objects import DEFAULT_TYPES, Reader
from dhis2cfg.dhis2.reads.queries import Selection, field_of, values_at
from dhis2cfg.dhis2.session import Session
from dhis2cfg.errors import ServerRefused
from dhis2cfg.model.names import Uid

FORBIDDEN = 403
_USERS_AT_ONCE = 100


def by_value(
    reader: Reader, questions: Mapping[tuple[str, str], tuple[str, ...]]
) -> dict[tuple[str, str, str], tuple[Uid, ...]]:
    """(type, property, value) → the UIDs of all that have the value; a property may be a path (`program.id`).

    Read without sharing, which a deleted group can break (facts §17.1), and compared exactly.
    """
    found: dict[tuple[str, str, str], set[Uid]] = {
        (type_name, name, value): set() for (type_name, name), values in questions.items() for value in values
    }
    selections = [
        Selection(type=type_name, path=name, values=asked, fields=f"id,{field_of(name)}")
        for (type_name, name), values in questions.items()
        if (asked := tuple(value for value in dict.fromkeys(values) if value))
    ]
    got = reader.select(selections, skip_sharing=True)
    for type_name, name in questions:
        for each in got.get(type_name, []):
            for value in values_at(each, name.split(".")):
                found.get((type_name, name, value), set()).add(each["id"])
    return {question: tuple(sorted(uids)) for question, uids in found.items()}


def users(session: Session, usernames: tuple[str, ...]) -> dict[str, Uid | None]:
    """UID by username, None where there is no such user.

    The list of users wants an authority and may leave some out; each user by name does not.
    """
    found: dict[str, Uid | None] = {}
    for start in range(0, len(usernames), _USERS_AT_ONCE):
        found.update(_listed(session, usernames[start : start + _USERS_AT_ONCE]))
    return {name: found.get(name) or _looked_up(session, name) for name in usernames}


def _listed(session: Session, usernames: tuple[str, ...]) -> dict[str, Uid]:
    listed = ",".join(quote(name, safe="") for name in usernames)
    path = f"/api/users?filter=username:in:%5B{listed}%5D&fields=id,username&paging=false"
    status, answer = session.ask(path, accept=frozenset({FORBIDDEN}))
    if status == FORBIDDEN:
        return {}
    return {each["username"]: Uid(each["id"]) for each in answer["users"] if "username" in each}


def _looked_up(session: Session, username: str) -> Uid | None:
    """A user by name; the same address takes UIDs, so the name is compared."""
    try:
        answer = session.find(f"/api/userLookup/{quote(username, safe='')}")
    except ServerRefused as error:
        raise ServerRefused(
            f"the account may not look up the user {username} on {session.name}",
            details=error.details,
            following=("give it F_USER_VIEW, or leave the user out of `members`",),
        ) from error
    is_meant = isinstance(answer, dict) and answer.get("username") == username
    return Uid(answer["id"]) if is_meant else None


def defaults(reader: Reader) -> dict[str, Uid]:
    """Category type → UID of the server's `default`, found by its name as the server does (facts §4.3)."""
    selections = [
        Selection(type=type_name, path="name", values=("default",), fields="id,name")
        for type_name in DEFAULT_TYPES
    ]
    got = reader.select(selections, skip_sharing=True)
    return {type_name: Uid(objects[0]["id"]) for type_name, objects in got.items() if objects}
