"""unit-cycle: organisation units that are their own ancestors."""

from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.rules.unit_cycle import check
from tests.unit.validate.states import field, found, messages, thing


def unit(key: str, parent: str | None, line: int = 1) -> DesiredObject:
    """A unit below another."""
    ref = Ref("organisationUnits", parent) if parent else None
    return thing(f"organisationUnits/{key}", parent=field(ref, line))


def test_a_circle_is_one_finding() -> None:
    """It is found once, at its first unit, however many stand in it or below it."""
    circle = (unit("C", "A", 3), unit("A", "B", 1), unit("B", "C", 2), unit("D", "A", 4))
    (finding,) = found(check, *circle)
    assert finding.message == "organisation unit A stands below itself"
    assert (finding.label, finding.place.line) == ("A → B → C → A", 1)


def test_its_own_parent() -> None:
    """A unit below itself alone is a circle."""
    assert messages(check, unit("A", "A")) == ["organisation unit A stands below itself"]


def test_a_tree() -> None:
    """Roots, branches and parents outside the state are no circle."""
    assert messages(check, unit("A", None), unit("B", "A"), unit("C", "B"), unit("D", "X")) == []
