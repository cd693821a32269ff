"""public-access: sharing that lets everybody in."""

from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import Once, Sharing
from dhis2cfg.validate.rules.public_access import check
from tests.unit.validate.states import a_context, field, found, messages, promised, thing


def test_what_everybody_may() -> None:
    """Each right beside seeing is told, data only of types that have any."""
    (finding,) = found(check, thing("programs/P", sharing=field(Sharing(public="rwrw----"), 4)))
    assert finding.message == "everybody may change it and read its data and enter its data: program P"
    assert (finding.label, finding.place.line) == ("public access is rwrw----", 4)
    assert messages(check, thing("userGroups/G", sharing=Sharing(public="rw------"))) == [
        "everybody may change it: user group G"
    ]


def test_what_is_harmless_or_told_elsewhere() -> None:
    """To see an object is harmless; no public access, a starting value, odd strings are left alone."""
    fine = (
        thing("programs/P", sharing=Sharing(public="r-------")),
        thing("programs/Q", sharing=Sharing(public=None)),
        thing("programs/R", sharing=Once(value=Sharing(public="rw------"))),
        thing("programs/S"),
    )
    assert messages(check, *fine) == []


def test_readers_of_persons_are_told_by_another_rule() -> None:
    """Where everybody may read persons, that is the one finding."""
    program = thing(
        "programs/P",
        trackedEntityType=Ref("trackedEntityTypes", "PERSON"),
        sharing=Sharing(public="rwrw----"),
    )
    assert list(check(a_context(program, privacy=promised(persons="PERSON")))) == []
