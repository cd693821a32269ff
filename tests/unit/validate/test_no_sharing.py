"""no-sharing: objects for whom nobody said who may see them."""

from dhis2cfg.model.findings import Severity
from dhis2cfg.model.state import Sharing
from dhis2cfg.validate.rules.no_sharing import check
from tests.unit.validate.states import found, messages, thing


def test_one_object_without_sharing() -> None:
    """It is a warning at the object."""
    (finding,) = found(check, thing("programs/P", line=4))
    assert finding.message == "program P has no sharing"
    assert (finding.severity, finding.place.line) == (Severity.WARNING, 4)


def test_many_are_one_warning() -> None:
    """One for each type, at the first object, with the keys."""
    elements = [thing(f"dataElements/E{number}", line=10 - number) for number in range(8)]
    (finding,) = found(check, *elements)
    assert finding.message == "8 dataElements have no sharing: E0, E1, E2, E3, E4, E5 and 2 more"
    assert finding.place.line == 3


def test_who_needs_none() -> None:
    """Types without sharing, types that begin private, and objects that say it are fine."""
    objects = (
        thing("programRules/P/R"),
        thing("dashboards/D"),
        thing("programs/P", sharing=Sharing(public="--------")),
    )
    assert messages(check, *objects) == []
