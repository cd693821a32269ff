"""What a plan tells: risks and marks, counts, names and places, access, what is local, digests, notes."""

from dataclasses import replace
from typing import Any

import pytest

from dhis2cfg.catalogue import shipped
from dhis2cfg.model.findings import Severity
from dhis2cfg.model.names import Ref
from dhis2cfg.model.places import Place
from dhis2cfg.model.plan import Author, Mark, Risk, Touched
from dhis2cfg.model.state import Formula, Opaque
from dhis2cfg.plan.asking import NAMED
from dhis2cfg.plan.compare import Difference
from dhis2cfg.plan.merge import ABSENT, Row
from dhis2cfg.plan.telling.changes import place_of
from dhis2cfg.plan.telling.naming import Names
from dhis2cfg.plan.telling.risks import is_wider, marks_of, marks_of_new, risk_of
from tests.unit.plan.planning import Standing, applied, child, others, plan_of, shared, text, thing

ELEMENT, SET, OPTION, STAGE, PROGRAM = (
    "DeElement01", "OptionSet01", "OptOption01", "StageStage1", "ProgProg001"
)  # fmt: skip


def difference(path: str, live: Any = "a", desired: Any = "b", row: Row = Row.CHANGE) -> Difference:
    """A difference of one path."""
    return Difference(path=path, row=row, base="a", desired=desired, live=live)


@pytest.mark.parametrize(
    ("type_name", "each", "risk"),
    [
        ("dataElements", difference("name"), Risk.VISIBLE),
        ("dataElements", difference("valueType"), Risk.BREAKING),
        ("options", difference("code"), Risk.BREAKING),
        ("trackedEntityAttributes", difference("unique", live=False, desired=True), Risk.BREAKING),
        ("programs", difference("accessLevel"), Risk.ACCESS),
        ("userRoles", difference("authorities[F_X]", live=ABSENT, desired=True), Risk.ACCESS),
        ("userRoles", difference("authorities[F_X]", live=True, desired=ABSENT), Risk.VISIBLE),
        ("programs", difference("programStages[X]", live=True, desired=ABSENT), Risk.BREAKING),
        ("programs", difference("programStages[X]", live=ABSENT, desired=True), Risk.VISIBLE),
        ("programs", difference("programStages#order"), Risk.VISIBLE),
        ("categories", difference("categoryOptions[X]", live=ABSENT, desired=True), Risk.IRREVERSIBLE),
        ("categories", difference("categoryOptions#order"), Risk.VISIBLE),
        ("dataElements", difference("sharing.public", "--------", "r-------"), Risk.ACCESS),
        ("dataElements", difference("sharing.public", "rw------", "r-------"), Risk.VISIBLE),
        ("dataElements", difference("sharing.public", "rw------", "r-------", Row.DRIFT), Risk.SAFE),
        ("dataElements", difference("sharing.userGroups[X]", ABSENT, "r-------", Row.RESTORE), Risk.ACCESS),
        ("dataElements", difference("sharing.userGroups[X]", "r-------", ABSENT), Risk.VISIBLE),
    ],
)
def test_risk(type_name: str, each: Difference, risk: Risk) -> None:
    """Each kind of change has its risk."""
    assert risk_of(type_name, each) is risk


@pytest.mark.parametrize(
    ("type_name", "each", "desired", "marked"),
    [
        ("programStages", difference("programStageDataElements[X].compulsory", desired=True), {}, True),
        ("programStages", difference("programStageDataElements[X].compulsory", desired=False), {}, False),
        (
            "programStages",
            difference("programStageDataElements[X]", ABSENT, desired=True),
            {"programStageDataElements[X].compulsory": True},
            True,
        ),
        ("programStages", difference("programStageDataElements[X]", ABSENT, desired=True), {}, False),
        ("programStages", difference("programStageDataElements[X]", live=True, desired=ABSENT), {}, True),
        ("optionSets", difference("options[X]", live=True, desired=ABSENT), {}, True),
        ("trackedEntityAttributes", difference("unique", desired=True), {}, True),
        ("programRuleActions", difference("programRuleActionType", desired="SHOWERROR"), {}, True),
        ("programRuleActions", difference("programRuleActionType", desired="HIDEFIELD"), {}, False),
        ("dataElements", difference("name"), {}, False),
    ],
)
def test_the_mark_devices(type_name: str, each: Difference, desired: dict[str, Any], *, marked: bool) -> None:
    """Marked where what an unsynchronised phone would send becomes invalid."""
    assert marks_of(type_name, each, desired) == ((Mark.DEVICES,) if marked else ())


def test_new_error_rules_are_marked() -> None:
    """A new action that refuses what is typed; one that hides is none."""
    assert marks_of_new("programRuleActions", {"programRuleActionType": "SHOWERROR"}) == (Mark.DEVICES,)
    assert marks_of_new("programRuleActions", {"programRuleActionType": "HIDEFIELD"}) == ()
    assert marks_of_new("dataElements", {}) == ()


@pytest.mark.parametrize(
    ("access", "than", "wider"),
    [
        ("rw------", "r-------", True),
        ("r-------", "rw------", False),
        ("r-r-----", "rw------", True),
        ("r-------", None, True),
        (None, "r-------", False),
        ("odd", "--------", False),
    ],
)
def test_wider(access: Any, than: Any, *, wider: bool) -> None:
    """Wider is any right more; what is no access string gives none."""
    assert is_wider(access, than) is wider


def test_an_error_rule_of_a_new_program_is_not_marked() -> None:
    """Phones do not know the program yet, so nothing they hold becomes invalid."""
    program = thing("programs/P", PROGRAM, name="P")
    rule = thing("programRules/P/R", "RuleRule001", name="R", program=program.ref)
    action = thing("programRuleActions/P/R/A", "ActionActi1", programRuleActionType="SHOWERROR")
    made = plan_of([program, rule, action], Standing())
    assert [(each.inside, each.marks) for each in made.plan.changes] == [(False, ()), (True, ()), (True, ())]
    server = Standing()
    record = applied([program], server)
    made = plan_of([program, rule, action], server, record)
    assert [(each.inside, each.marks) for each in made.plan.changes] == [
        (False, ()),
        (True, (Mark.DEVICES,)),
    ]
    assert made.plan.changes[1].within == ("P", "R")


def with_option(code: str) -> list[Any]:
    """An option set with one option, an element and an attribute that use it."""
    option_set = Ref("optionSets", "S")
    return [
        thing("optionSets/S", SET, name="S", options=(Ref("options", "S/O"),)),
        thing("options/S/O", OPTION, name="O", code=code, optionSet=option_set),
        thing("dataElements/E", ELEMENT, name="E", optionSet=option_set),
        thing("trackedEntityAttributes/A", "AttrAttr001", name="A", optionSet=option_set),
        thing("legendSets/L", "LegendSet01", name="L"),
    ]


def test_data_that_hold_a_code_are_counted() -> None:
    """A changed option code: events and tracked entities that hold the old one, added up."""
    server = Standing(counts={"events-with-option": 412, "tracked-entities-with-option": 3})
    record = applied(with_option("POS"), server)
    made = plan_of(with_option("POSITIV"), server, record)
    change = made.change("code")
    assert (change.risk, change.touched) == (
        Risk.BREAKING,
        Touched(count=415, what="events and tracked entities"),
    )
    (asked,) = [questions.counts for questions in server.asked if questions.counts]
    assert [dict(each.arguments) for each in asked] == [
        {"dataElement": ELEMENT, "code": "POS"},
        {"attribute": "AttrAttr001", "code": "POS"},
    ]
    assert [word for word, _ in made.refused] == ["breaking"]


def test_what_cannot_be_counted_is_unknown() -> None:
    """One request without an answer makes the whole unknown; no request at all, too."""
    server = Standing(counts={"events-with-option": 412, "tracked-entities-with-option": None})
    record = applied(with_option("POS"), server)
    assert plan_of(with_option("POSITIV"), server, record).change("code").touched == Touched(
        count=None, what="events and tracked entities"
    )
    server = Standing()
    record = applied([thing("relationshipTypes/R", "RelType0001", name="R", fromConstraint=None)], server)
    server.edit("relationshipTypes", "RelType0001", name="x")
    wanted = [thing("dataSets/D", "DataSet0001", name="D", periodType="Monthly")]
    record = applied(wanted, server, record)
    weekly = [thing("dataSets/D", "DataSet0001", name="D", periodType="Weekly")]
    assert plan_of(weekly, server, record).change("periodType").touched == Touched(count=None)


def test_an_option_without_code_touches_nobody_knows_what() -> None:
    """No code, no request."""
    server = Standing()
    record = applied(with_option("POS"), server)
    server.objects["options"][OPTION]["code"] = ""
    assert plan_of(with_option("POSITIV"), server, record).change("code").touched == Touched(count=None)


def test_events_of_an_element_that_leaves_a_stage_are_counted() -> None:
    """A field taken out of a form, and one whose value type changes."""
    server = Standing(counts={"events-with-value": 7})
    element = thing("dataElements/E", ELEMENT, name="E", valueType="TEXT")
    stage = thing(
        "programStages/S", STAGE, name="S", programStageDataElements=(child("E", dataElement=element.ref),)
    )
    record = applied([element, stage], server)
    number = thing("dataElements/E", ELEMENT, name="E", valueType="NUMBER")
    empty = thing("programStages/S", STAGE, name="S", programStageDataElements=())
    made = plan_of([number, empty], server, record)
    assert made.change("valueType").touched == Touched(count=7, what="events")
    assert made.change("programStageDataElements[E]").touched == Touched(count=7, what="events")
    gone = plan_of([number, stage], server, record)
    assert gone.change("valueType").author is None


def test_an_option_that_leaves_its_set_is_counted() -> None:
    """Values that hold its code would name no option."""
    server = Standing(counts={"events-with-option": 2, "tracked-entities-with-option": 0})
    record = applied(with_option("POS"), server)
    option_set, _, *rest = with_option("POS")
    foreign = thing("optionSets/S", SET, name="S", options=())
    del option_set
    made = plan_of([foreign, *rest], server, record)
    assert made.plan.notes == ("orphan: options/S/O is no longer in the package and stays on the server",)
    assert made.plan.changes == ()
    server.put("options", "OptOther001", name="X", code="X", optionSet={"id": SET})
    group = thing("optionSets/S", SET, name="S", options=others("options", OPTION, "OptOther001"))
    other = applied([group, *rest], server, None)
    fewer = thing("optionSets/S", SET, name="S", options=others("options", OPTION))
    change = plan_of([fewer, *rest], server, other).change("options[id:OptOther001]")
    assert (change.risk, change.touched) == (
        Risk.BREAKING,
        Touched(count=2, what="events and tracked entities"),
    )


def test_drift_says_who_saved_last_by_username() -> None:
    """The username and the time; never a person's name."""
    server = Standing()
    element = thing("dataElements/E", ELEMENT, name="E")
    record = applied([element], server)
    server.edit("dataElements", ELEMENT, name="Debut")
    change = plan_of([element], server, record).change("name")
    assert change.author == Author(username="lokal.admin", at="2026-11-02T09:14:00.000")
    server.edit("dataElements", ELEMENT)
    server.objects["dataElements"][ELEMENT]["lastUpdatedBy"] = None
    assert plan_of([element], server, record).change("name").author is None


def test_names_in_place_of_uids() -> None:
    """Keys of ours, titles of others, usernames, and words that only look like UIDs."""
    server = Standing(users={"kari01": "UserKari001"})
    server.put("dataElements", "DeForeign01", name="Foreign element")
    server.put("dataElements", "DeLocal0001", name="Local element")
    group = thing(
        "dataElementGroups/G",
        "GroupGroup1",
        name="G",
        dataElements=(Ref("dataElements", "E"), *others("dataElements", "DeForeign01")),
    )
    element = thing("dataElements/E", ELEMENT, name="E", description=text("Om", en="About"))
    record = applied([group, element], server)
    members = [{"id": "DeLocal0001"}]
    server.edit("dataElementGroups", "GroupGroup1", dataElements=members)
    server.edit("dataElements", ELEMENT, translations=[])
    made = plan_of([group, element], server, record)
    assert {(each.field, each.label) for each in made.plan.changes} == {
        ("dataElements[E]", "E"),
        ("dataElements[id:DeForeign01]", "Foreign element"),
        ("translations[DESCRIPTION,en]", "description (en)"),
        ("translations[DESCRIPTION,nb]", "description (nb)"),
    }
    assert [(each.field, each.title) for each in made.plan.local] == [
        ("dataElements[id:DeLocal0001]", "Local element")
    ]
    assert {str(each.place) for each in made.plan.changes if each.field.startswith("translations")} == {
        "packages/demo/objects.yaml:2:1"
    }


def test_words_that_the_server_fills_in_are_nobodys_own() -> None:
    """Where a rule may run is filled in by the server: never told as the municipality's (facts §2.3)."""
    server = Standing()
    server.put(
        "programRuleActions", "ActAction01", programRuleActionEvaluationEnvironments=["WEB", "ANDROID"]
    )
    action = thing("programRuleActions/P/R/A", "ActAction01", data="1")
    assert plan_of([action], server, None).plan.local == ()


def test_many_local_members_are_not_asked_for() -> None:
    """More than a hundred are counted, not named."""
    units = [{"id": f"Unit{number:07}"} for number in range(NAMED + 1)]
    server = Standing()
    group = thing("organisationUnitGroups/G", "GroupGroup1", name="G", organisationUnits=())
    record = applied([group], server)
    server.edit("organisationUnitGroups", "GroupGroup1", organisationUnits=units)
    server.asked.clear()
    made = plan_of([group], server, record)
    assert len(made.plan.local) == NAMED + 1
    assert all("organisationUnits" not in questions.objects for questions in server.asked)


def test_an_edit_of_a_local_object_makes_no_plan_stale() -> None:
    """The digest of what stands covers ours and what was dropped, nothing else."""
    server = Standing()
    server.put("dataElements", "DeLocal0001", name="Local element")
    group = thing("dataElementGroups/G", "GroupGroup1", name="G", dataElements=())
    record = applied([group], server)
    server.edit("dataElementGroups", "GroupGroup1", dataElements=[{"id": "DeLocal0001"}])
    first = plan_of([group], server, record).plan
    assert first.local[0].title == "Local element"
    server.edit("dataElements", "DeLocal0001", valueType="NUMBER")
    assert plan_of([group], server, record).plan.digests == first.digests
    server.edit("dataElementGroups", "GroupGroup1", code="X")
    assert plan_of([group], server, record).plan.digests.live != first.digests.live


def test_a_save_without_a_change_makes_no_plan_stale() -> None:
    """Stamps and versions are no part of any digest."""
    server = Standing()
    wanted = [thing("programs/P", PROGRAM, name="P")]
    record = applied(wanted, server)
    server.edit("programs", PROGRAM, name="by hand", version=3)
    first = plan_of(wanted, server, record).plan
    server.edit("programs", PROGRAM, version=4)
    server.objects["programs"][PROGRAM]["lastUpdated"] = "2026-12-01T00:00:00.000"
    again = plan_of(wanted, server, record).plan
    assert again.digests == first.digests
    assert first.notes == ("along the way: version of program P +1, phones download them again",)


def test_sharing_wider_than_ours_is_a_finding() -> None:
    """Widened by hand: drift that is safe to set back; a stranger's wider entry is kept and told."""
    server = Standing()
    server.put("userGroups", "GroupLocal1", name="Local group")
    element = thing("dataElements/E", ELEMENT, name="E", sharing=shared("r-------"))
    record = applied([element], server)
    entries = {"GroupLocal1": {"id": "GroupLocal1", "access": "rw------"}}
    server.edit("dataElements", ELEMENT, sharing={"public": "rw------", "userGroups": entries, "users": {}})
    made = plan_of([element], server, record)
    change = made.change("sharing.public")
    assert (change.risk, change.label, change.before, change.after) == (
        Risk.SAFE,
        "public access",
        "rw------",
        "r-------",
    )
    assert [(each.rule, each.severity, each.message) for each in made.plan.findings] == [
        (
            "access",
            Severity.WARNING,
            "dataElements/E: public access: r------- was widened by hand to rw------",
        ),
        (
            "access",
            Severity.WARNING,
            "dataElements/E: access of Local group: rw------ is more than any entry of ours gives",
        ),
    ]
    assert [each.field for each in made.plan.local] == ["sharing.userGroups[id:GroupLocal1]"]


def test_a_record_that_is_gone_is_said_first() -> None:
    """What stands under our UIDs without a record is shown as somebody's."""
    server = Standing()
    element = thing("dataElements/E", ELEMENT, name="E")
    applied([element], server)
    server.edit("dataElements", ELEMENT, name="Other")
    made = plan_of([element], server, None)
    assert made.plan.notes[0].startswith("no record of the fleet demo on this server, where 1 of these")
    assert [word for word, _ in made.refused] == ["takeover"]


def test_an_object_that_is_gone_and_dropped_is_forgotten() -> None:
    """Gone from both: nothing is left to do or to record."""
    server = Standing()
    record = applied([thing("dataElements/E", ELEMENT, name="E")], server)
    server.remove("dataElements", ELEMENT)
    made = plan_of([], server, record)
    assert made.plan.notes == ("forgotten: dataElements/E is gone from the server and from the package",)
    assert made.record.objects == {}


def test_what_was_deleted_by_hand_is_made_again_and_said() -> None:
    """Drift of a whole object, visible, with a note."""
    server = Standing()
    element = thing("dataElements/E", ELEMENT, name=Formula(parts=("Fe", "ver")))
    record = applied([element], server)
    server.remove("dataElements", ELEMENT)
    (change,) = plan_of([element], server, record).plan.changes
    assert (change.title, change.risk, change.note) == ("Fever", Risk.VISIBLE, "was deleted by hand")


def test_plans_that_differ_in_their_server_only_are_one_group() -> None:
    """Units, authors and UIDs of adopted objects leave the group as it is."""
    first, second = Standing(), Standing()
    second.put("organisationUnits", "UnitUnit001", name="Unit")
    program = thing("programs/P", PROGRAM, name="P")
    records = [applied([program], each) for each in (first, second)]
    for each in (first, second):
        each.edit("programs", PROGRAM, name="by hand")
    second.edit("programs", PROGRAM, lastUpdated="2027-01-01T00:00:00.000")
    with_unit = thing(
        "programs/P", PROGRAM, name="P", organisationUnits=others("organisationUnits", "UnitUnit001")
    )
    one = plan_of([program], first, records[0])
    other = plan_of([with_unit], second, records[1])
    assert one.plan.group == other.plan.group
    assert one.plan.digests != other.plan.digests


def test_values_that_are_references_are_keys() -> None:
    """A UID in a field of a reference is a key, of a child too; a text that looks like one stays."""
    server = Standing()
    option_sets = [thing(f"optionSets/{key}", f"OptionSet{key}", name=key) for key in ("S1", "S2")]
    view = child("V", "ViewView001", layer="thematic", name="DeElement01", odd=Opaque(json="OptionSetS1"))
    one_map = thing("maps/M", "MapMapMap01", name="M", mapViews=(view,))
    one, two = (thing("dataElements/E", ELEMENT, name="E", optionSet=each.ref) for each in option_sets)
    record = applied([*option_sets, one, one_map], server)
    change = plan_of([*option_sets, two, one_map], server, record).change("optionSet")
    assert (change.before, change.after) == ("S1", "S2")
    views = [{**server.objects["maps"]["MapMapMap01"]["mapViews"][0], "odd": "OptionSetS2", "name": "X"}]
    server.edit("maps", "MapMapMap01", mapViews=views)
    told = plan_of([*option_sets, one, one_map], server, record).told
    assert told == [
        ("mapViews[V].name", "changed by hand", "X", "DeElement01"),
        ("mapViews[V].odd", "changed by hand", "OptionSetS2", "OptionSetS1"),
    ]


def test_only_elements_of_the_set_are_counted() -> None:
    """Another element of another set holds other codes."""
    server = Standing(counts={"events-with-option": 1, "tracked-entities-with-option": 1})
    more = thing("dataElements/F", "DeOther0001", name="F", valueType="TEXT")
    record = applied([*with_option("POS"), more], server)
    made = plan_of([*with_option("NEG"), more], server, record)
    assert made.change("code").touched == Touched(count=2, what="events and tracked entities")


def test_the_place_of_a_member_in_a_list_of_several_files() -> None:
    """Where the member is written; of one that no file writes any more, where the list begins."""
    written, other = Ref("dataElements", "E"), Place(file="municipalities/by.yaml", line=4)
    group = thing("dataElementGroups/G", "GroupGroup1", dataElements=(written,))
    listed = replace(group.fields["dataElements"], places={written: other})
    group = replace(group, fields={"dataElements": listed})
    names = Names(
        catalogue=shipped.load("2.42"), keys={ELEMENT: "E", "DeOther0001": "F"}, titles={}, users={}
    )
    assert place_of(group, names, f"dataElements[{ELEMENT}]") == other
    assert str(place_of(group, names, "dataElements[DeOther0001]")) == "packages/demo/objects.yaml:1:1"
