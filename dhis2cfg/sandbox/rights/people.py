"""Somebody who calls: his authorities from his roles, his groups."""

from dataclasses import dataclass

from dhis2cfg.sandbox.store.session import Body, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An account with what its roles and groups give it."""

    uid: str
    username: str
    name: str
    authorities: frozenset[str]
    groups: frozenset[str]

    @property
    def is_superuser(self) -> bool:
        """Whether sharing and authorities do not hold him back."""
        return "ALL" in self.authorities

    def may(self, *authorities: str) -> bool:
        """Whether he has one of these authorities."""
        return self.is_superuser or any(one in self.authorities for one in authorities)

    @property
    def label(self) -> str:
        """How reports name him."""
        return f"{self.name} [{self.uid}] (User)"


def person(session: Session, user: Body) -> Person:
    """What an account may do, from its roles and from the groups that list it."""
    roles = [session.get("userRoles", role["id"]) for role in user.get("userRoles", [])]
    return Person(
        uid=user["id"],
        username=user.get("username", ""),
        name=full_name(user),
        authorities=frozenset(
            authority for role in roles if role for authority in role.get("authorities", [])
        ),
        groups=frozenset(groups_of(session, user["id"])),
    )


def full_name(user: Body) -> str:
    """First name and surname, as DHIS2 names a user."""
    return f"{user.get('firstName') or ''} {user.get('surname') or ''}".strip()


def groups_of(session: Session, uid: str) -> list[str]:
    """The UIDs of the groups that list a user."""
    return [
        group["id"]
        for group in session.holding("userGroups", uid)
        if any(member["id"] == uid for member in group.get("users", []))
    ]


def by_username(session: Session, username: str) -> Body | None:
    """The account of a name; letter case does not count."""
    for user in session.every("users"):
        if str(user.get("username", "")).lower() == username.lower():
            return user
    return None
