"""role-reach: roles that may do what nobody may."""

from dhis2cfg.validate.rules.role_reach import check
from tests.unit.validate.states import a_context, field, promised, thing

PROMISE = promised(never="F_EVERYWHERE")


def test_a_role_that_reaches_too_far() -> None:
    """The named authorities, and ALL, which holds them."""
    role = thing("userRoles/R", authorities=field(("F_X", "F_EVERYWHERE", "ALL"), 8))
    found = [(each.place.line, each.message) for each in check(a_context(role, privacy=PROMISE))]
    assert found == [(8, "user role R grants ALL"), (8, "user role R grants F_EVERYWHERE")]


def test_other_roles() -> None:
    """What is not named may be granted; a role may be empty; without a promise nothing is looked at."""
    role = thing("userRoles/R", authorities=("F_X",))
    assert list(check(a_context(role, thing("userRoles/S"), privacy=PROMISE))) == []
    everything = thing("userRoles/R", authorities=("ALL",))
    assert list(check(a_context(everything, privacy=promised("PERSON")))) == []
