"""What somebody without all rights may do with accounts and roles."""

from typing import Any

import pytest

from tests.unit.sandbox.server import CLOSED, STRONG, Make, Server, refs, uid, unit


@pytest.fixture
def server(make: Make) -> Server:
    """`anna` may add users and a role `plain`; she works at `O`, beside which stands `X`."""
    found = make("")
    found.commit(
        organisationUnits=[unit("O"), unit("X")],
        userRoles=[
            {"id": uid("plain"), "name": "plain", "authorities": ["F_USER_VIEW"]},
            {"id": uid("more"), "name": "more", "authorities": ["F_CONSTANT_ADD"]},
        ],
    )
    rights = ("F_USER_ADD", "F_USER_VIEW", "F_USERROLE_PUBLIC_ADD", "F_USERROLE_PRIVATE_ADD")
    anna = found.a_user("anna", *rights)
    at = [{"op": "add", "path": "/organisationUnits", "value": refs("O")}]
    assert found.patch(f"/api/users/{anna}", at).status == 200
    return found


def account(name: str, *roles: str, **more: Any) -> dict[str, Any]:
    """A new account with roles."""
    base = {"id": uid(name), "username": name, "firstName": "Zz", "surname": name, "password": STRONG}
    return base | {"userRoles": refs(*roles)} | more


@pytest.mark.parametrize(
    ("sent", "codes"),
    [
        (account("bert", "plain", organisationUnits=refs("O")), []),
        (account("bert", "more"), ["E3003"]),
        (account("bert", "roleanna"), ["E3003"]),
        (account("bert", "plain", dataViewOrganisationUnits=refs("X")), ["E7617"]),
    ],
)
def test_an_account_gets_what_its_maker_has(server: Server, sent: dict[str, Any], codes: list[str]) -> None:
    """Roles whose rights he has, but not his own role; units below his own."""
    assert server.send("importMode=VALIDATE", user="anna", users=[sent]).codes == codes


def test_a_superuser_is_changed_by_anybody_who_may_change_accounts(server: Server) -> None:
    """An import does not see that an account is one (no E3041); a role with ALL is nobody else's to make."""
    me = server.get("/api/me?fields=id,userRoles[id]")
    other = account("carl") | {"userRoles": me["userRoles"]}
    server.commit(users=[other])
    answered = server.send("importMode=VALIDATE", user="anna", users=[account("carl", "plain")])
    assert answered.codes == []
    role = {"id": uid("every"), "name": "every", "authorities": ["ALL"], "sharing": CLOSED}
    assert server.send("importMode=VALIDATE", user="anna", userRoles=[role]).codes == ["E3032"]


def test_groups_are_their_managers(server: Server) -> None:
    """Who may add users within managed groups only may do so nowhere: a call does not say who manages."""
    groups = [{"id": uid("M"), "name": "M"}, {"id": uid("N"), "name": "N"}]
    leading = {"id": uid("L"), "name": "L", "managedGroups": refs("M")}
    server.commit(userGroups=groups)
    server.commit(userGroups=[leading])
    server.a_user("dora", "F_USER_ADD_WITHIN_MANAGED_GROUP", "F_USER_VIEW", groups=[uid("L")])
    at = [{"op": "add", "path": "/organisationUnits", "value": refs("O")}]
    server.patch(f"/api/users/{uid('userdora')}", at)
    for group, codes in (("M", ["E3005"]), ("N", ["E3005"])):
        sent = account("emil", "plain", userGroups=refs(group))
        assert server.send("importMode=VALIDATE", user="dora", users=[sent]).codes == codes
