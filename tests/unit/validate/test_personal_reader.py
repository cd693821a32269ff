"""personal-reader: somebody may read persons who is not meant to."""

from dhis2cfg.model.names import Ref, Username
from dhis2cfg.model.state import Sharing
from dhis2cfg.validate.rules.personal_reader import check
from tests.unit.validate.states import a_context, child, field, promised, thing

PERSON = Ref("trackedEntityTypes", "PERSON")
TRACERS, INSTITUTE = Ref("userGroups", "TRACERS"), Ref("userGroups", "INSTITUTE")
PROMISE = promised("PERSON", "TRACERS")
PROGRAM = thing(
    "programs/P",
    trackedEntityType=PERSON,
    programTrackedEntityAttributes=(child("FNR"), child("NAME")),
    programStages=(Ref("programStages", "P/S"),),
)


def told(*objects: object) -> list[str]:
    """What the rule says of these beside the program."""
    given = [each for each in objects if isinstance(each, type(PROGRAM))]
    return [each.message for each in check(a_context(PROGRAM, *given, privacy=PROMISE))]


def test_an_attribute_that_others_may_read() -> None:
    """A group outside the list, a user, everybody: each is named."""
    sharing = Sharing(
        public="r-------",
        user_groups={TRACERS: "r-------", INSTITUTE: "r-------"},
        users={Username("kari"): "r-------"},
    )
    assert told(thing("trackedEntityAttributes/FNR", sharing=sharing)) == [
        "everybody may read persons: tracked entity attribute FNR",
        "INSTITUTE may read persons: tracked entity attribute FNR",
        "user kari may read persons: tracked entity attribute FNR",
    ]


def test_where_it_stands() -> None:
    """The finding points at the sharing."""
    open_one = thing("trackedEntityAttributes/FNR", sharing=field(Sharing(public="r-------"), 6))
    (finding,) = check(a_context(PROGRAM, open_one, privacy=PROMISE))
    assert finding.place.line == 6


def test_types_programs_and_stages_are_judged_by_their_data() -> None:
    """Seeing that a program exists is not reading it."""
    seen = Sharing(public="--------", user_groups={INSTITUTE: "r-------"})
    read = Sharing(public="--------", user_groups={INSTITUTE: "r-r-----", TRACERS: "r-rw----"})
    users = Sharing(public=None, users={Username("kari"): "r-------"})
    assert (
        told(thing("programStages/P/S", sharing=seen), thing("trackedEntityTypes/PERSON", sharing=users))
        == []
    )
    assert told(
        thing("programStages/P/S", sharing=read), thing("trackedEntityTypes/PERSON", sharing=read)
    ) == [
        "INSTITUTE may read persons: tracked entity type PERSON",
        "INSTITUTE may read persons: program stage P/S",
    ]


def test_what_is_not_personal() -> None:
    """Attributes that no person has, and programs on something else."""
    open_to_all = Sharing(public="r-r-----")
    assert told(thing("trackedEntityAttributes/PLACE", sharing=open_to_all)) == []
    assert told(thing("programs/Q", trackedEntityType=None, sharing=open_to_all)) == []


def test_attributes_of_the_type_count_too() -> None:
    """A person has what the type says, in whatever program."""
    kind = thing("trackedEntityTypes/PERSON", trackedEntityTypeAttributes=(child("PHONE"),))
    open_one = thing("trackedEntityAttributes/PHONE", sharing=Sharing(public="r-------"))
    assert told(kind, open_one) == ["everybody may read persons: tracked entity attribute PHONE"]
