"""What hands do on the server between two applies: what survives, what is set back, what stops the apply."""

from dhis2cfg.model.plan import Kind, Reason
from dhis2cfg.wire.canonical import canonical
from tests.live.package import both
from tests.live.stage import Stage, fields, kept, random_uid


def the_municipalitys_own_survives(stage: Stage) -> None:
    """A unit, a member, a translation, an entry of sharing and a stage element stay, and are listed."""
    stage.applied()
    unit, group, element = (random_uid() for _ in range(3))
    parent = {"id": stage.unit}
    stage.server.hand_in(
        organisationUnits=[
            {
                "id": unit,
                "name": f"{stage.p}Utpost",
                "shortName": f"{stage.p}Utpost",
                "openingDate": "2020-01-01",
                "parent": parent,
            }
        ],
        userGroups=[{"id": group, "name": f"{stage.p}Statistikk", "code": f"{stage.p}STAT"}],
        dataElements=[
            {
                "id": element,
                "name": f"{stage.p}Rom",
                "shortName": f"{stage.p}Rom",
                "valueType": "TEXT",
                "domainType": "TRACKER",
                "aggregationType": "NONE",
            }
        ],
    )
    program = stage.live("programs", stage.path)
    stage.edit("programs", stage.path, organisationUnits=[*program["organisationUnits"], {"id": unit}])
    health = stage.live("programStages", f"{stage.path}/HELSE")
    elements = [*health["programStageDataElements"], {"dataElement": {"id": element}, "sortOrder": 9}]
    stage.edit("programStages", f"{stage.path}/HELSE", programStageDataElements=elements)
    result = stage.live("dataElements", f"{stage.p}UTFALL")
    text = {"locale": "fr", "property": "FORM_NAME", "value": "Résultat"}
    shared = {**result["sharing"]["userGroups"], group: {"id": group, "access": "r-------"}}
    stage.edit(
        "dataElements",
        f"{stage.p}UTFALL",
        translations=[*result["translations"], text],
        sharing={**result["sharing"], "userGroups": shared},
    )
    me = stage.server.call("GET", "/api/me?fields=id")["id"]
    stage.edit("userGroups", f"{stage.p}SPORER", users=[{"id": me}])

    stage.program["name"] = both(f"{stage.p}Tilfelle", f"{stage.p}Case")
    stage.program["programStages"]["HELSE"]["description"] = "Daglig"
    stage.package["dataElements"][f"{stage.p}UTFALL"]["formName"] = both("Utfall", "Result")
    stage.package["userGroups"][f"{stage.p}SPORER"]["name"] = f"{stage.p}Sporere"
    plan = stage.applied()

    program = stage.live("programs", stage.path)
    assert {each["id"] for each in program["organisationUnits"]} == {stage.unit, unit}
    health = stage.live("programStages", f"{stage.path}/HELSE")
    assert element in [each["dataElement"]["id"] for each in health["programStageDataElements"]]
    result = stage.live("dataElements", f"{stage.p}UTFALL")
    assert "Résultat" in [each["value"] for each in result["translations"]]
    assert group in result["sharing"]["userGroups"]
    assert [each["id"] for each in stage.live("userGroups", f"{stage.p}SPORER")["users"]] == [me]
    assert {type_name for type_name, _, _ in kept(plan)} >= {
        "programs",
        "programStages",
        "dataElements",
        "userGroups",
    }


def one_plan_is_the_same_bytes(stage: Stage) -> None:
    """Servers give sets in another order from read to read; a plan of what did not change is the same."""
    stage.applied()
    uids = [random_uid() for _ in range(8)]
    stage.server.hand_in(
        organisationUnits=[
            {
                "id": uid,
                "name": f"{stage.p}Bydel {uid}",
                "shortName": f"{stage.p}Bydel {uid}",
                "openingDate": "2020-01-01",
                "parent": {"id": stage.unit},
            }
            for uid in uids
        ]
    )
    with_all = [{"id": uid} for uid in (*uids, stage.unit)]
    stage.edit("programs", stage.path, organisationUnits=with_all)
    stage.program["description"] = "Ny"
    stage.program["programStages"]["PROVE"]["description"] = "Ny"
    assert len({canonical(stage.plan()) for _ in range(4)}) == 1


def drift_is_set_back(stage: Stage) -> None:
    """A text that somebody changed is set back, with who saved it last and when."""
    stage.applied()
    stage.edit("dataElements", f"{stage.p}TEMP", name=f"{stage.p}Feber")
    plan = stage.applied()
    (change,) = [each for each in plan.changes if each.field == "name"]
    assert (change.reason, change.before, change.after) == (
        Reason.DRIFT,
        f"{stage.p}Feber",
        f"{stage.p}Temperatur",
    )
    me = stage.server.call("GET", "/api/me?fields=username")["username"]
    assert change.author is not None
    assert change.author.username == me


def a_conflict_is_refused(stage: Stage) -> None:
    """Package and server moved on in one field: refused until it is allowed, then the package's stands."""
    stage.applied()
    stage.edit("programs", stage.path, description="Etter vedtak 3/11")
    stage.program["description"] = "Registrering og oppfølging i sju dager"
    assert "--allow conflict is missing" in stage.refused()
    plan = stage.applied("conflict")
    (change,) = plan.changes
    assert (change.reason, change.base) == (Reason.CONFLICT, "Registrering og oppfølging")
    assert stage.live("programs", stage.path)["description"] == "Registrering og oppfølging i sju dager"


def the_same_change_by_hand(stage: Stage) -> None:
    """Somebody did what the package asks for before it did: no call, and later it is ours again."""
    stage.applied()
    stage.edit("programs", stage.path, description="Sju dager")
    stage.program["description"] = "Sju dager"
    assert stage.plan().is_empty
    _, outcome = stage.apply()
    assert outcome.exit == 0
    stage.program["description"] = "Ti dager"
    plan = stage.applied()
    assert [each.reason for each in plan.changes] == [Reason.MOVED_ON]


def wider_sharing_is_set_back(stage: Stage) -> None:
    """An object that somebody opened to all is closed again."""
    stage.applied()
    sharing = stage.live("dataElements", f"{stage.p}TEMP")["sharing"]
    stage.edit("dataElements", f"{stage.p}TEMP", sharing={**sharing, "public": "rw------"})
    plan = stage.applied()
    assert fields(plan) == {("dataElements", f"{stage.p}TEMP", "sharing.public")}
    assert stage.live("dataElements", f"{stage.p}TEMP")["sharing"]["public"] == "--------"


def an_object_is_deleted_by_hand(stage: Stage) -> None:
    """A rule with its actions that somebody deleted is made again, with its UIDs."""
    stage.applied()
    uid = stage.uid("programRules", f"{stage.path}/POSITIV")
    stage.server.call("POST", "/api/metadata?importStrategy=DELETE", {"programRules": [{"id": uid}]})
    plan = stage.applied()
    assert {each.kind for each in plan.changes} == {Kind.CREATE}
    assert len(stage.live("programRules", f"{stage.path}/POSITIV")["programRuleActions"]) == 2


def a_group_in_sharing_is_deleted_by_hand(stage: Stage) -> None:
    """A deleted group leaves its entries in the sharing of others and breaks their lists (facts §17.1).

    Nothing may be taken for absent: the plan ends in words, or in an apply that puts the group back.
    """
    stage.applied()
    uid = stage.uid("userGroups", f"{stage.p}SPORER")
    stage.server.call("POST", "/api/metadata?importStrategy=DELETE", {"userGroups": [{"id": uid}]})
    plan, outcome = stage.apply("access", "conflict")
    made = {(each.type, each.path) for each in plan.changes if each.kind is Kind.CREATE and not each.field}
    assert made <= {("userGroups", f"{stage.p}SPORER")}
    if outcome.exit == 0:
        stage.rests()
        live = stage.live("dataElements", f"{stage.p}TEMP")
        assert live["sharing"]["userGroups"][uid]["access"] == "r-------"
    else:
        assert outcome.details
        assert not stage.server.is_there("userGroups", uid)


SCENARIOS = (
    the_municipalitys_own_survives,
    one_plan_is_the_same_bytes,
    drift_is_set_back,
    a_conflict_is_refused,
    the_same_change_by_hand,
    wider_sharing_is_set_back,
    an_object_is_deleted_by_hand,
    a_group_in_sharing_is_deleted_by_hand,
)
