"""role-everywhere: roles that reach persons outside the units of their users."""

from dhis2cfg.validate.rules.role_everywhere import SEARCH, check
from tests.unit.validate.states import a_context, found, messages, promised, thing


def test_a_role_that_searches_everywhere() -> None:
    """The authority is told, and ALL, which holds it."""
    searching, almighty = found(
        check,
        thing("userRoles/A", authorities=("F_X", SEARCH)),
        thing("userRoles/B", line=7, authorities=("ALL",)),
    )
    assert searching.message == f"user role A grants {SEARCH}"
    assert (almighty.message, almighty.place.line) == ("user role B grants ALL", 7)


def test_other_roles() -> None:
    """A role with other authorities or none is fine."""
    assert messages(check, thing("userRoles/A", authorities=("F_X",)), thing("userRoles/B")) == []


def test_what_a_promise_forbids_is_told_by_another_rule() -> None:
    """`privacy: {never: …}` makes an error of it; a search that it does not name is still told."""
    role = thing("userRoles/A", authorities=(SEARCH, "ALL"))
    assert list(check(a_context(role, privacy=promised(never=SEARCH)))) == []
    assert len(list(check(a_context(role, privacy=promised(never="F_OTHER"))))) == 1
