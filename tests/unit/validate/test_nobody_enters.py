"""nobody-enters: what nobody can open."""

from dhis2cfg.model.names import Ref, Reference, Username
from dhis2cfg.model.state import Sharing
from dhis2cfg.validate.rules.nobody_enters import check
from tests.unit.validate.states import field, found, messages, thing


def test_shared_with_nobody() -> None:
    """No entry lets anybody see it."""
    groups: dict[Reference, str] = {Ref("userGroups", "G"): "--------"}
    (finding,) = found(
        check, thing("programs/P", sharing=field(Sharing(public="--------", user_groups=groups), 3))
    )
    assert (finding.message, finding.place.line) == ("nobody can open program P", 3)


def test_somebody_may() -> None:
    """Everybody, a group or a user; where nothing is said of the public, nothing is known."""
    objects = (
        thing("programs/P", sharing=Sharing(public="r-------")),
        thing(
            "dataSets/D", sharing=Sharing(public="--------", user_groups={Ref("userGroups", "G"): "r-rw----"})
        ),
        thing("dashboards/B", sharing=Sharing(public="--------", users={Username("ola"): "r-------"})),
        thing("dashboards/C", sharing=Sharing(public=None)),
        thing("dashboards/E"),
        thing("dataElements/F", sharing=Sharing(public="--------")),
    )
    assert messages(check, *objects) == []
