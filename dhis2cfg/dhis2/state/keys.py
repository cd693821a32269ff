"""Keys of the data store namespace `dhis2cfg`: made once, closed to others, then only put (facts §10.5)."""

from typing import Any
from urllib.parse import quote

from dhis2cfg.dhis2 import answers
from dhis2cfg.dhis2.session import Session
from dhis2cfg.errors import Dhis2cfgError, ServerRefused
from dhis2cfg.model.http import Response

NAMESPACE = "dhis2cfg"
PRIVATE = "--------"
READABLE = "r-------"
WRITE_SECONDS = 60.0

_FORBIDDEN = 403
_CONFLICT = 409


class Keys:
    """The tool's keys on one server. `group` is the code of the user group that may read them, if any."""

    def __init__(self, session: Session, *, group: str = "") -> None:
        self._session = session
        self._group = group
        self._closed: set[str] = set()

    @property
    def server(self) -> str:
        """What messages call the server."""
        return self._session.name

    def listed(self) -> tuple[str, ...]:
        """The keys that this account may see; a namespace without keys is none."""
        return tuple(self._session.find(f"/api/dataStore/{NAMESPACE}") or ())

    def value(self, key: str) -> Any:
        """The value of a key, None where there is no such key; one that may not be read raises."""
        status, value = self._session.ask(_path(key), accept=frozenset({answers.NOT_FOUND, _FORBIDDEN}))
        if status == _FORBIDDEN:
            raise ServerRefused(
                f"{key} is kept on {self.server}, but this account may not read it",
                details=("another account made it, and closed it to all others",),
                following=("use that account, one with ALL, or name a group of both as `state.group`",),
            )
        return None if status == answers.NOT_FOUND else value

    def create(self, key: str, value: Any) -> bool:
        """Make a key; False where it is there already. Of several at once one succeeds."""
        response = self._session.send("POST", _path(key), value, timeout=WRITE_SECONDS)
        if response.status == _CONFLICT:
            return False
        self._accepted(response, f"make the key {key}")
        return True

    def put(self, key: str, value: Any) -> None:
        """Put a value in place of the last one."""
        response = self._session.send("PUT", _path(key), value, timeout=WRITE_SECONDS)
        self._accepted(response, f"write the key {key}")

    def delete(self, key: str) -> None:
        """Take a key away; that it is gone already is fine."""
        response = self._session.send("DELETE", _path(key), None, timeout=WRITE_SECONDS)
        if response.status != answers.NOT_FOUND:
            self._accepted(response, f"delete the key {key}")

    def ensure_private(self, key: str) -> None:
        """Make the key as `{}` where it is not there, and close it before anything stands in it."""
        if key in self._closed:
            return
        if self.value(key) is None:
            self.create(key, {})
        self.close(key, PRIVATE)
        self._closed.add(key)

    def close(self, key: str, public: str) -> None:
        """Give a key its sharing, and see that it has it."""
        group = self._group_id()
        meta = self.about(key)
        if _is_shared(meta, public, group):
            return
        access: dict[str, Any] = {"publicAccess": public, "userAccesses": [], "userGroupAccesses": []}
        if group:
            access["userGroupAccesses"] = [{"id": group, "access": READABLE}]
        response = self._session.send(
            "POST",
            f"/api/sharing?type=dataStore&id={quote(meta['id'], safe='')}",
            {"object": access},
            timeout=WRITE_SECONDS,
        )
        self._accepted(response, f"close the key {key}")
        if not _is_shared(self.about(key), public, group):
            raise Dhis2cfgError(
                f"the key {key} on {self.server} stays open to others",
                details=(f"its sharing was set to {public} and is another one",),
                following=("an account with ALL can set it",),
            )

    def about(self, key: str) -> dict[str, Any]:
        """What DHIS2 knows of a key: id, sharing, who made it."""
        meta = self._session.get(_path(key) + "/metaData")
        return meta if isinstance(meta, dict) else {}

    def creator(self, key: str) -> str:
        """The username of who made a key; empty where nobody says."""
        return str((self.about(key).get("createdBy") or {}).get("username") or "")

    def _group_id(self) -> str:
        if not self._group:
            return ""
        code = quote(self._group, safe="")
        answer = self._session.get(f"/api/userGroups?filter=code:eq:{code}&fields=id&paging=false")
        groups = answer.get("userGroups") if isinstance(answer, dict) else None
        if not groups:
            raise Dhis2cfgError(
                f"{self.server} has no user group with the code {self._group}, which `state.group` names",
                following=("name a group that is on the server, or leave `state.group` out",),
            )
        return str(groups[0]["id"])

    def _accepted(self, response: Response, what: str) -> None:
        """Any 2xx is success; versions differ in which (facts §10.5)."""
        if not 200 <= response.status < 300 or answers.is_page(response):  # noqa: PLR2004 - 2xx
            said = answers.message_of(response)
            raise ServerRefused(
                f"{self.server} refused to {what}: {response.status}", details=(said,) if said else ()
            )


def _path(key: str) -> str:
    return f"/api/dataStore/{NAMESPACE}/{quote(key, safe='')}"


def _is_shared(meta: dict[str, Any], public: str, group: str) -> bool:
    sharing = meta.get("sharing") or {}
    groups = {uid: entry.get("access") for uid, entry in (sharing.get("userGroups") or {}).items()}
    wanted = {group: READABLE} if group else {}
    return sharing.get("public") == public and not sharing.get("users") and groups == wanted
