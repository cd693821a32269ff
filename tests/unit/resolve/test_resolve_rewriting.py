"""Other references in the place of those that a value makes, whatever the value."""

import pytest

from dhis2cfg.model.mentions import rewritten, rewritten_field
from dhis2cfg.model.names import Combination, Foreign, Ref, Reference, ServerDefault, Uid, Username
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import Attributes, Child, Field, Formula, Keep, Once, Sharing, Text, Value

OLD, NEW, STAYS = Ref("options", "Z"), Ref("options", "A"), Ref("options", "M")
FOREIGN, KARI = Foreign("options", Uid("abcdefghijk")), Username("kari")
HERE = Place(file="f.yaml")


def change(reference: Reference) -> Reference:
    """One object that goes by another name; whoever stands for nobody known becomes a user."""
    names: dict[Reference, Reference] = {OLD: NEW, FOREIGN: ServerDefault("options")}
    return names.get(reference, reference)


def child(value: Value) -> Child:
    """A child with one property."""
    return Child(key="k", fields={"option": Field(value=value, place=HERE)}, place=HERE)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (OLD, NEW),
        (STAYS, STAYS),
        ((OLD, KARI), (NEW, KARI)),
        (child(OLD), child(NEW)),
        (Formula(parts=("#{", OLD, "}")), Formula(parts=("#{", NEW, "}"))),
        (
            Text(base=Formula(parts=(OLD,)), locale="nb", locales={"en": "x"}),
            Text(base=Formula(parts=(NEW,)), locale="nb", locales={"en": "x"}),
        ),
        (Text(base=None, locale="nb"), Text(base=None, locale="nb")),
        (
            Sharing(public=None, user_groups={OLD: "r-------"}, users={KARI: "r-------"}),
            Sharing(public=None, user_groups={NEW: "r-------"}, users={KARI: "r-------"}),
        ),
        (Attributes(values={OLD: "x"}), Attributes(values={NEW: "x"})),
        (Once(value=OLD), Once(value=NEW)),
        (Combination((STAYS, OLD)), Combination((NEW, STAYS))),
        (Combination((FOREIGN,), element=OLD), Combination((FOREIGN,), element=NEW)),
        (Formula(parts=(Combination((OLD,)),)), Formula(parts=(Combination((NEW,)),))),
        ("text", "text"),
        (Keep(), Keep()),
        (None, None),
    ],
)
def test_what_becomes_of_a_value(value: Value, wanted: Value) -> None:
    """In lists, children, texts, sharing, attributes, starting values and option combinations."""
    assert rewritten(value, change) == wanted


def test_places_of_members_go_along() -> None:
    """What a field tells of its members is told of the changed ones."""
    field = Field(value=(OLD,), place=HERE, places={OLD: HERE})
    assert rewritten_field(field, change) == Field(value=(NEW,), place=HERE, places={NEW: HERE})
