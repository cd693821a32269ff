"""duplicate-uid: one UID for two things."""

from dhis2cfg.validate.rules.duplicate_uid import check
from tests.unit.validate.states import child, found, messages, thing

UID = "uYjxkTbwRNf"


def test_two_objects_of_one_uid() -> None:
    """The second is the finding and the first is shown beside it, whatever their types."""
    one = thing("dataElements/A", line=1, uid=UID)
    (same,) = found(check, one, thing("dataElements/B", line=2, uid=UID))
    (other,) = found(check, one, thing("programs/P", line=3, uid=UID))
    assert same.message == "data element B has the UID of data element A"
    assert (same.label, same.place.line, same.related[0].place.line) == (f"{UID} is taken", 2, 1)
    assert other.message == "program P has the UID of data element A"


def test_packages_share_by_uid() -> None:
    """Two packages may name one object of one type by its UID."""
    shared = thing("dataElements/B", uid=UID, owner="other")
    assert messages(check, thing("dataElements/A", uid=UID), shared) == []


def test_children_have_uids_too() -> None:
    """A child's pinned id may not be another's; what has none cannot clash."""
    legends = (child("low", uid=UID), child("high"), child("top", 4, uid=UID))
    assert messages(check, thing("legendSets/L", legends=legends)) == [
        "top in legends of legend set L has the UID of low in legends of legend set L"
    ]
