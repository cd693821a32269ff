"""Desired state → bodies: references, texts by locale, children, sharing, what only a creation needs."""

from typing import Any

from dhis2cfg.catalogue import shipped
from dhis2cfg.model.names import Foreign, Ref, ServerDefault, Uid, Username
from dhis2cfg.model.state import (
    Formula,
    Keep,
    Once,
    Opaque,
    PackageUse,
    Secret,
    Sharing,
    State,
    Text,
)
from dhis2cfg.wire.bind import Binding, bind, derived_places, for_creation, made_uid
from tests.unit.plan.planning import attributed, child, thing

ELEMENT = Ref("dataElements", "E")
UIDS = {ELEMENT: Uid("DeElement01")}


def bound(each: Any, *more: Any, locales: tuple[str, ...] = ("nb", "en")) -> dict[str, Any]:
    """The body of the first object."""
    objects = {one.ref: one for one in (each, *more)}
    state = State(
        municipality="by",
        packages=(PackageUse(name="demo", version="1.0.0", locale="nb", digest=""),),
        objects=objects,
    )
    return bind(state, binding({one.ref: one.uid for one in objects.values()}, locales))[each.ref]


def binding(uids: dict[Ref, Any], locales: tuple[str, ...] = ("nb", "en")) -> Binding:
    """What a state is bound with."""
    users = {"kari01": Uid("UserKari001")}
    return Binding(catalogue=shipped.load("2.42"), uids={**UIDS, **uids}, users=users, locales=locales)


def test_references_become_ids() -> None:
    """Ours, foreign, users; the server's own default is left out."""
    body = bound(
        thing(
            "dataElements/E",
            "DeElement01",
            categoryCombo=ServerDefault("categoryCombos"),
            optionSet=Foreign("optionSets", Uid("OptionSet01")),
            legendSets=(Foreign("legendSets", Uid("LegendSet01")),),
            zeroIsSignificant=None,
            unknownProperty="x",
        )
    )
    assert body == {
        "id": "DeElement01",
        "optionSet": {"id": "OptionSet01"},
        "legendSets": [{"id": "LegendSet01"}],
        "zeroIsSignificant": None,
    }
    group = bound(thing("userGroups/G", "GroupGroup1", users=(Username("kari01"),)))
    assert group["users"] == [{"id": "UserKari001"}]


def test_tags_that_write_nothing() -> None:
    """`!keep` and `!secret` leave no trace; `!once` is its value."""
    body = bound(
        thing("dataElements/E", "DeElement01", name=Once(value="N"), code=Keep(), url=Secret(name="X"))
    )
    assert body == {"id": "DeElement01", "name": "N"}


def test_texts_and_formulas() -> None:
    """A text with other locales is sent once more in its own; `nb` as the server spells it."""
    name = Text(base="Navn", locale="nb", locales={"en": "Name", "fr": Formula(parts=("à ", ELEMENT))})
    each = thing("dataElements/E", "DeElement01", name=name, description=Formula(parts=("#{", ELEMENT, "}")))
    assert bound(each, locales=("no",)) == {
        "id": "DeElement01",
        "name": "Navn",
        "description": "#{DeElement01}",
        "translations": [
            {"property": "NAME", "locale": "en", "value": "Name"},
            {"property": "NAME", "locale": "fr", "value": "à DeElement01"},
            {"property": "NAME", "locale": "no", "value": "Navn"},
        ],
    }
    assert derived_places(each, binding({}, ("no",))) == {"translations[NAME,no]"}
    alone = thing("dataElements/E", "DeElement01", name=Once(value=Text(base="Navn", locale="nb")))
    assert derived_places(alone, binding({})) == frozenset()
    empty = Text(base=None, locale="nb", locales={"en": "Name"})
    assert "translations[NAME,nb]" not in str(bound(thing("dataElements/E", "DeElement01", name=empty)))


def test_sharing_and_attributes() -> None:
    """Entries by UID; public only where it was written."""
    group = Foreign("userGroups", Uid("GroupGroup1"))
    sharing = Sharing(public=None, user_groups={group: "r-------"}, users={Username("kari01"): "rw------"})
    body = bound(
        thing(
            "dataElements/E",
            "DeElement01",
            sharing=sharing,
            attributeValues=attributed(AttrMeta001="x"),
            aggregationLevels=(1, 2),
        )
    )
    assert body == {
        "id": "DeElement01",
        "sharing": {
            "userGroups": {"GroupGroup1": {"id": "GroupGroup1", "access": "r-------"}},
            "users": {"UserKari001": {"id": "UserKari001", "access": "rw------"}},
        },
        "attributeValues": [{"attribute": {"id": "AttrMeta001"}, "value": "x"}],
        "aggregationLevels": [1, 2],
    }


def test_children_have_ids_numbers_and_translations() -> None:
    """A pinned id, else one made from parent, list and key; numbers from the first one on."""
    rows = (
        child("E", dataElement=ELEMENT, compulsory=True),
        child("F", "PinnedPin01", dataElement=Foreign("dataElements", Uid("DeForeign01"))),
    )
    body = bound(thing("programStages/S", "StageStage1", programStageDataElements=rows, style=None))
    assert body["programStageDataElements"] == [
        {
            "id": made_uid("StageStage1", "programStageDataElements", "E"),
            "dataElement": {"id": "DeElement01"},
            "compulsory": True,
            "sortOrder": 1,
        },
        {"id": "PinnedPin01", "dataElement": {"id": "DeForeign01"}, "sortOrder": 2},
    ]
    name = Text(base="Lav", locale="nb", locales={"en": "Low"})
    legends = (child("L", startValue=0, endValue=1, name=name, notKnown="x"),)
    (legend,) = bound(thing("legendSets/L", "LegendSet01", legends=legends))["legends"]
    assert legend["name"] == "Lav"
    assert "notKnown" not in legend
    view = (child("V", "ViewView001", layer="thematic", odd=Opaque(json={"a": 1}), plain="x"),)
    (seen,) = bound(thing("maps/M", "MapMapMap01", mapViews=view))["mapViews"]
    assert (seen["odd"], "plain" in seen) == ({"a": 1}, False)


def test_an_embedded_object_has_no_id() -> None:
    """A style is part of its object; JSON that no schema describes goes as it is."""
    place = Opaque(json={"type": "Point"})
    assert bound(thing("organisationUnits/U", "UnitUnit001", geometry=place))["geometry"] == place.json
    style = child("", color="#fff")
    assert bound(thing("programStages/S", "StageStage1", style=style))["style"] == {"color": "#fff"}


def test_children_get_parent_and_number_from_their_key_path() -> None:
    """A nested object names its parent, and its number is its place in the parent's list."""
    stage = thing("programStages/P/S", "StageStage1", name="S")
    program = thing(
        "programs/P",
        "ProgProg001",
        programStages=(Ref("programStages", "P/T"), stage.ref),
        programRules=(Ref("programRules", "P/R"),),
    )
    other = thing("programStages/P/T", "StageOther1", name="T", program=Ref("programs", "P"))
    assert bound(stage, program, other) == {
        "id": "StageStage1",
        "name": "S",
        "program": {"id": "ProgProg001"},
        "sortOrder": 2,
    }
    assert "programRules" not in bound(program, stage, other)
    loose = thing("programs/P", "ProgProg001", programStages=None)
    assert "sortOrder" not in bound(stage, loose)


def test_a_creation_is_closed_and_complete() -> None:
    """A new object without sharing is nobody's, and holds what Java has no value for."""
    catalogue = shipped.load("2.42")
    assert for_creation(catalogue, "programStages", {"name": "S"}) == {
        "name": "S",
        "minDaysFromStart": 0,
        "sharing": {"public": "--------", "userGroups": {}, "users": {}},
    }
    kept = for_creation(catalogue, "dataElements", {"sharing": {"public": "r-------"}})
    assert kept["sharing"] == {"public": "r-------"}
    assert "sharing" not in for_creation(catalogue, "options", {"name": "O"})
