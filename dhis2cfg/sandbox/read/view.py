"""Who looks at what: everything an answer of GET depends on beside the object."""

from dataclasses import dataclass, field

from dhis2cfg.sandbox.rights.people import Person, full_name
from dhis2cfg.sandbox.store.session import Body, Session
from dhis2cfg.sandbox.world.world import World


class BrokenSharing(Exception):
    """The name of somebody in a sharing block cannot be found; the object cannot be written (facts §17.1)."""


@dataclass(frozen=True, kw_only=True)
class View:
    """One reader. `names` is the server's cache of the names of groups and users; it outlives deletions."""

    session: Session
    person: Person
    url: str
    names: dict[str, str] = field(default_factory=dict)
    skip_sharing: bool = False
    is_export: bool = False
    without_defaults: bool = False

    @property
    def world(self) -> World:
        """The version of the server."""
        return self.session.world

    def shared_name(self, part: str, uid: str) -> str:
        """The name beside an entry of a sharing block; once read it is remembered."""
        if uid not in self.names:
            body = self.session.get(part, uid)
            if body is None:
                raise BrokenSharing(uid)
            self.names[uid] = full_name(body) if part == "users" else str(body.get("name"))
        return self.names[uid]

    def author(self, uid: str) -> Body:
        """A person as references to authors show him; who has made something cannot be deleted."""
        user = self.session.get("users", uid) or {}
        name = full_name(user)
        shown = {"id": uid, "code": user.get("code"), "name": name, "displayName": name}
        return shown | {"username": user.get("username")}
