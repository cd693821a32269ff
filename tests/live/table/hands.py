"""Hands were at work on the server: what is set back, what survives, what is said."""

from typing import Any

from dhis2cfg.errors import Exit
from tests.live.package import KEEP, once
from tests.live.stage import Stage, random_uid
from tests.live.table.row import Row


def the_same_by_hand(stage: Stage) -> None:
    """Somebody does what the new release asks for, before it does."""
    stage.edit("programs", stage.path, description="Sju dager")
    stage.program["description"] = "Sju dager"


def a_member_is_taken_out(stage: Stage) -> None:
    """Somebody takes our unit off the program."""
    stage.edit("programs", stage.path, organisationUnits=[])


def the_member_is_back(stage: Stage) -> None:
    """On the program again."""
    assert [each["id"] for each in stage.live("programs", stage.path)["organisationUnits"]] == [stage.unit]


def an_option_is_taken_out(stage: Stage) -> None:
    """Somebody takes an option of ours out of its set."""
    live = stage.live("optionSets", f"{stage.p}SVAR")
    gone = stage.uid("options", f"{stage.p}SVAR/NEG")
    stage.edit(
        "optionSets", f"{stage.p}SVAR", options=[each for each in live["options"] if each["id"] != gone]
    )


def shared_with_a_group_that_goes(stage: Stage) -> None:
    """Somebody shares an element of ours with a group of theirs and deletes the group."""
    group = random_uid()
    stage.server.hand_in(userGroups=[{"id": group, "name": f"{stage.p}Gjester"}])
    sharing = stage.live("dataElements", f"{stage.p}TEMP")["sharing"]
    entries = {**sharing["userGroups"], group: {"id": group, "access": "r-------"}}
    stage.edit("dataElements", f"{stage.p}TEMP", sharing={**sharing, "userGroups": entries})
    stage.server.call("POST", "/api/metadata?importStrategy=DELETE", {"userGroups": [{"id": group}]})
    stage.package["dataElements"][f"{stage.p}TEMP"]["description"] = "I grader"


def only_our_entry_is_left(stage: Stage) -> None:
    """And the element is read again like any other."""
    live = stage.live("dataElements", f"{stage.p}TEMP")
    assert list(live["sharing"]["userGroups"]) == [stage.uid("userGroups", f"{stage.p}SPORER")]
    assert live["description"] == "I grader"


def the_municipalitys_own(stage: Stage) -> None:
    """A translation, an entry of sharing and a unit below ours on the program; then the package moves on."""
    unit, group = random_uid(), random_uid()
    name = f"{stage.p}Utpost"
    stage.server.hand_in(
        organisationUnits=[
            {
                "id": unit,
                "name": name,
                "shortName": name,
                "openingDate": "2020-01-01",
                "parent": {"id": stage.unit},
            }
        ],
        userGroups=[{"id": group, "name": f"{stage.p}Statistikk"}],
    )
    program = stage.live("programs", stage.path)
    text = {"locale": "fr", "property": "NAME", "value": "Indice"}
    shared = {**program["sharing"]["userGroups"], group: {"id": group, "access": "r-r-----"}}
    stage.edit(
        "programs",
        stage.path,
        organisationUnits=[*program["organisationUnits"], {"id": unit}],
        translations=[*program["translations"], text],
        sharing={**program["sharing"], "userGroups": shared},
    )
    stage.program["description"] = "Ny"


def it_survives(stage: Stage) -> None:
    """All three stand."""
    program = stage.live("programs", stage.path)
    assert len(program["organisationUnits"]) == 2
    assert "Indice" in [each["value"] for each in program["translations"]]
    assert len(program["sharing"]["userGroups"]) == 2
    assert program["description"] == "Ny"


def another_owner(stage: Stage) -> None:
    """An element belongs to somebody who did not make it; the package changes it."""
    stage.applied()
    me = stage.server.call("GET", "/api/me?fields=id")["id"]
    owner = a_person(stage, "eier")
    uid = stage.uid("dataElements", f"{stage.p}TEMP")
    sharing = stage.live("dataElements", f"{stage.p}TEMP")["sharing"]
    assert owner != me
    stage.server.call("PUT", f"/api/dataElements/{uid}/sharing", {**sharing, "owner": owner})
    assert stage.live("dataElements", f"{stage.p}TEMP")["sharing"]["owner"] == owner


def a_person(stage: Stage, name: str, *authorities: str) -> str:
    """A user that lives for one test, with a role of these authorities; the UID."""
    role, user = random_uid(), random_uid()
    listed = list(authorities) or ["F_METADATA_IMPORT"]
    stage.server.hand_in(userRoles=[{"id": role, "name": f"{stage.p}{name}", "authorities": listed}])
    person = {
        "id": user,
        "username": f"{stage.p}{name}".lower(),
        "firstName": "Zt",
        "surname": "Person",
        "password": PASSWORD,
        "userRoles": [{"id": role}],
        "organisationUnits": [{"id": stage.unit}],
    }
    stage.server.call("POST", "/api/users", person)
    return user


PASSWORD = "Zt-Weak-2026!"  # noqa: S105 - of an account that lives for one test


def the_element_changes(stage: Stage) -> None:
    """The package describes it."""
    stage.package["dataElements"][f"{stage.p}TEMP"]["description"] = "I grader"


def the_owner_is_the_owner(stage: Stage) -> None:
    """Still not who made it."""
    live = stage.live("dataElements", f"{stage.p}TEMP")
    assert live["description"] == "I grader"
    assert live["sharing"]["owner"] != live["createdBy"]["id"]


def merged_by_hand(stage: Stage) -> None:
    """All that refers to an element refers to another one now, and the element is gone."""
    other = random_uid()
    gone = stage.uid("dataElements", f"{stage.p}TEMP")
    live = stage.live("dataElements", f"{stage.p}TEMP")
    stage.server.hand_in(
        dataElements=[
            {"id": other, "name": f"{stage.p}Feber", "shortName": f"{stage.p}Feber"}
            | {name: live[name] for name in ("valueType", "domainType", "aggregationType")}
        ]
    )
    health = stage.live("programStages", f"{stage.path}/HELSE")
    (element,) = health["programStageDataElements"]
    turned = {**element, "dataElement": {"id": other}}
    stage.edit("programStages", f"{stage.path}/HELSE", programStageDataElements=[turned])
    stage.edit("programRuleVariables", f"{stage.path}/temp", dataElement={"id": other})
    action = f"{stage.path}/FEBER/SHOWWARNING_{stage.p}TEMP"
    stage.edit("programRuleActions", action, dataElement={"id": other})
    stage.server.call("POST", "/api/metadata?importStrategy=DELETE", {"dataElements": [{"id": gone}]})


def starting_values(stage: Stage) -> None:
    """The package gives an element a first description, which hands change."""
    element = stage.package["dataElements"][f"{stage.p}TEMP"]
    element["description"] = once("Målt i øret")
    stage.applied()
    assert stage.live("dataElements", f"{stage.p}TEMP")["description"] == "Målt i øret"
    stage.edit("dataElements", f"{stage.p}TEMP", description="Målt i pannen")


def another_starting_value(stage: Stage) -> None:
    """The package starts with another one now."""
    stage.package["dataElements"][f"{stage.p}TEMP"]["description"] = once("Målt i munnen")


def theirs_stands(stage: Stage) -> None:
    """What hands wrote."""
    assert stage.live("dataElements", f"{stage.p}TEMP")["description"] == "Målt i pannen"


def let_go(stage: Stage) -> None:
    """Hands change a description, and the package lets go of it."""
    stage.edit("dataElements", f"{stage.p}UTFALL", description="Deres")
    stage.package["dataElements"][f"{stage.p}UTFALL"]["description"] = KEEP


def theirs_is_kept(stage: Stage) -> None:
    """What hands wrote."""
    assert stage.live("dataElements", f"{stage.p}UTFALL")["description"] == "Deres"


def beside_metadata(stage: Stage) -> None:
    """An entry of the data store and a setting stand as the package asks for."""
    stage.package["dataStore"] = {f"{stage.p.lower()}test": {"layout": {"columns": 2}}}
    stage.package["systemSettings"] = {"keyAnalysisDigitGroupSeparator": "COMMA"}
    stage.will_put_back("keyAnalysisDigitGroupSeparator")
    stage.write()
    done = stage.run("apply", "--yes", "--allow", "access", "--allow", "takeover")
    assert done.code == Exit.FINE, done.said


def both_are_changed(stage: Stage) -> None:
    """Hands change both."""
    stage.server.call("PUT", f"/api/dataStore/{stage.p.lower()}test/layout", {"columns": 3})
    stage.server.call("POST", "/api/systemSettings/keyAnalysisDigitGroupSeparator?value=NONE")


def both_are_back(stage: Stage) -> None:
    """As the package asks for."""
    assert stage.server.call("GET", f"/api/dataStore/{stage.p.lower()}test/layout") == {"columns": 2}
    told: Any = stage.server.call("GET", "/api/systemSettings?key=keyAnalysisDigitGroupSeparator")
    assert told == {"keyAnalysisDigitGroupSeparator": "COMMA"}
    stage.server.ask("DELETE", f"/api/dataStore/{stage.p.lower()}test")


def deleted_by_hand(stage: Stage) -> None:
    """Somebody deletes the group with which all our objects are shared."""
    uid = stage.uid("userGroups", f"{stage.p}SPORER")
    stage.server.call("POST", "/api/metadata?importStrategy=DELETE", {"userGroups": [{"id": uid}]})


def the_group_is_back(stage: Stage) -> None:
    """And everything is shared with it."""
    uid = stage.uid("userGroups", f"{stage.p}SPORER")
    assert stage.live("dataElements", f"{stage.p}TEMP")["sharing"]["userGroups"][uid]["access"] == "r-------"


ROWS = (
    Row(
        name="the same change by hand before",
        do=the_same_by_hand,
        plan=("no changes",),
        steps="",
    ),
    Row(
        name="a member removed by hand",
        do=a_member_is_taken_out,
        plan=("set back", "last saved by"),
        then=the_member_is_back,
    ),
    Row(
        name="an option removed from its set by hand comes back without a word",
        do=an_option_is_taken_out,
        plan=("set back",),
    ),
    Row(
        name="a foreign group deleted by hand although it shares objects",
        do=shared_with_a_group_that_goes,
        plan=("- access of", "its group is gone", "entries of deleted groups", "0 deletes"),
        steps="sharing call",
        then=only_our_entry_is_left,
    ),
    Row(
        name="our group deleted by hand although it shares objects",
        do=deleted_by_hand,
        plan=("+ user group", "was deleted by hand", "0 deletes"),
        then=the_group_is_back,
    ),
    Row(
        name="the municipality's own translation, sharing entry and unit",
        do=the_municipalitys_own,
        plan=("kept as",),
        then=it_survives,
    ),
    Row(
        name="an owner other than the creator",
        given=another_owner,
        do=the_element_changes,
        plan=("its owner is put back",),
        steps="call sharing",
        then=the_owner_is_the_owner,
    ),
    Row(
        name="an element merged away in the app",
        do=merged_by_hand,
        plan=("was merged into",),
        steps="call call",
        refused=("was merged into", "--allow conflict"),
        exit=Exit.UNSAFE,
    ),
    Row(
        name="a setting and a data store key changed by hand",
        given=beside_metadata,
        do=both_are_changed,
        plan=("set back", "keyAnalysisDigitGroupSeparator"),
        steps="setting setting",
        then=both_are_back,
    ),
    Row(
        name="a starting value changed by hand, then the package changes it",
        given=starting_values,
        do=another_starting_value,
        plan=("the package now starts with Målt i munnen, here it is Målt i pannen",),
        steps="",
        then=theirs_stands,
    ),
    Row(
        name="a field that the package lets go of",
        do=let_go,
        plan=("no longer managed",),
        steps="",
        then=theirs_is_kept,
    ),
)
