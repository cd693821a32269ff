"""program-open: programs on persons into which everybody may look."""

import pytest

from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import DesiredObject, Value
from dhis2cfg.validate.rules.program_open import check
from tests.unit.validate.states import a_context, field, promised, thing_of

PERSON = Ref("trackedEntityTypes", "PERSON")


def program(level: Value = None, of: Value = PERSON) -> DesiredObject:
    """A program with an access level on line 7, or none."""
    values = {"trackedEntityType": of} | ({"accessLevel": field(level, 7)} if level else {})
    return thing_of("programs/P", values, 4)


@pytest.mark.parametrize(("level", "line"), [("OPEN", 7), ("AUDITED", 7), (None, 4)])
def test_open_programs(level: str | None, line: int) -> None:
    """OPEN, AUDITED, and nothing at all, which DHIS2 takes for OPEN."""
    (finding,) = check(a_context(program(level), privacy=promised("PERSON")))
    assert finding.message == "program P lets everybody look at persons"
    assert finding.place.line == line


@pytest.mark.parametrize("level", ["CLOSED", "PROTECTED"])
def test_closed_programs(level: str) -> None:
    """Closed, or open to those who say why."""
    assert list(check(a_context(program(level), privacy=promised("PERSON")))) == []


def test_what_is_no_program_on_persons() -> None:
    """Other types, programs of events, and packages that promise nothing."""
    other = program("OPEN", Ref("trackedEntityTypes", "CLUSTER"))
    assert list(check(a_context(other, privacy=promised("PERSON")))) == []
    assert list(check(a_context(program("OPEN", None), privacy=promised("PERSON")))) == []
    assert list(check(a_context(program("OPEN")))) == []
