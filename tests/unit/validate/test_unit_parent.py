"""unit-parent: organisation units without a parent."""

from dhis2cfg.model.names import Ref
from dhis2cfg.validate.rules.unit_parent import check
from tests.unit.validate.states import found, found_unit, messages, thing


def test_a_second_root() -> None:
    """The first unit without a parent is the root, each other one a finding."""
    (finding,) = found(
        check, thing("organisationUnits/NORGE", line=1), thing("organisationUnits/OSLO", line=2)
    )
    assert finding.message == "organisation unit OSLO has no parent"
    assert (finding.label, finding.related[0].place.line) == ("NORGE is the root already", 1)


def test_one_root_and_units_of_the_server() -> None:
    """A unit found on the server has its parent there."""
    root = thing("organisationUnits/NORGE")
    below = thing("organisationUnits/OSLO", parent=Ref("organisationUnits", "NORGE"))
    assert messages(check, root, below, found_unit("organisationUnits/tromso")) == []
