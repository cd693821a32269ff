"""Refusals that no schema tells: what DHIS2's own code asks of single types (facts §1.6)."""

from typing import Any

import pytest

from tests.unit.sandbox.server import (
    CLOSED,
    Make,
    Server,
    a_program,
    attribute,
    element,
    option_set,
    program,
    refs,
    stage,
    uid,
    unit,
)


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ({"relatedProgram": {"id": uid("P")}}, ["E6022"]),
        ({"relatedProgram": {"id": uid("P")}, "programType": "WITHOUT_REGISTRATION"}, ["E4023", "E6022"]),
        ({"programTrackedEntityAttributes": [{"trackedEntityAttribute": refs("no")[0]}]}, ["E3012", "E5002"]),
    ],
)
def test_programs(server: Server, more: dict[str, Any], codes: list[str]) -> None:
    """A related program, attributes that nobody knows."""
    a_program(server)
    assert server.send("importMode=VALIDATE", programs=[program(**more)]).codes == codes


@pytest.mark.parametrize(
    ("version", "what"), [("2.41", "typeReports"), ("2.42", "object"), ("2.43", "object")]
)
def test_a_row_of_a_program_that_names_no_attribute(make: Make, version: str, what: str) -> None:
    """The server stumbles."""
    server = make(version)
    a_program(server)
    rows = {"programTrackedEntityAttributes": [{"sortOrder": 1}]}
    answered = server.send("importMode=VALIDATE", programs=[program(**rows)])
    assert (answered.status, f'because "{what}" is null' in answered.body["message"]) == (500, True)


def test_attributes_that_one_may_not_read(server: Server) -> None:
    """A program with an attribute closed to the caller is refused."""
    server.a_user("anna", "F_PROGRAM_PUBLIC_ADD", "F_PROGRAM_PRIVATE_ADD")
    server.commit(trackedEntityAttributes=[attribute("T", sharing=CLOSED), attribute("U")])
    bare = {"id": uid("X"), "name": "X", "shortName": "X", "programType": "WITH_REGISTRATION"}
    rows = [{"trackedEntityAttribute": refs(one)[0]} for one in "TU"]
    answered = server.send(user="anna", programs=[bare | {"programTrackedEntityAttributes": rows}])
    assert "E3012" in answered.codes


def test_the_next_date_of_a_stage(server: Server) -> None:
    """It is a date element of the stage."""
    a_program(server, "D1", "D2", "when")
    server.commit(dataElements=[element("when", valueType="DATE"), element("far", valueType="DATE")])
    rows = [{"dataElement": refs(one)[0]} for one in ("D1", "when")]
    for name, codes in (("when", []), ("D1", ["E6001"]), ("far", ["E6001"])):
        sent = server.send(programStages=[stage(rows, nextScheduleDate=refs(name)[0])])
        assert sent.codes == codes


def test_attributes_of_an_entity_type(server: Server) -> None:
    """Unknown ones are E5001 beside the bad reference."""
    rows = [{"trackedEntityAttribute": refs("no")[0]}]
    body = {"id": uid("E"), "name": "E", "shortName": "E", "trackedEntityTypeAttributes": rows}
    assert server.send(trackedEntityTypes=[body]).codes[0] == "E5001"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"programRuleVariableSourceType": "TEI_ATTRIBUTE"}, "E4089"),
        ({"programRuleVariableSourceType": "DATAELEMENT_CURRENT_EVENT"}, "E4059"),
        (
            {
                "programRuleVariableSourceType": "DATAELEMENT_NEWEST_EVENT_PROGRAM_STAGE",
                "dataElement": refs("D1")[0],
            },
            "E4091",
        ),
    ],
)
def test_sources_of_variables(server: Server, more: dict[str, Any], code: str) -> None:
    """Each kind wants what it is read from."""
    a_program(server)
    body = {"id": uid("v"), "name": "v", "program": refs("P")[0]} | more
    assert server.send(programRuleVariables=[body]).codes == [code]


@pytest.mark.parametrize(("version", "code"), [("2.41", []), ("2.42", ["E1127"])])
def test_too_many_options_of_a_category(make: Make, version: str, code: list[str]) -> None:
    """Fifty, from 2.42 on."""
    server = make(version)
    options = [{"id": uid(f"o{one}y"), "name": str(one), "shortName": str(one)} for one in range(51)]
    category = {"id": uid("C"), "name": "C", "shortName": "C", "dataDimensionType": "DISAGGREGATION"}
    listed = {"categoryOptions": [{"id": row["id"]} for row in options]}
    assert server.send(categoryOptions=options, categories=[category | listed]).codes == code


def dimension(*sizes: int) -> dict[str, Any]:
    """Categories of so many options and the combination `CC` of them."""
    kind = {"dataDimensionType": "DISAGGREGATION"}
    options = [
        {"id": uid(f"o{place}x{one}y"), "name": f"{place} {one}", "shortName": f"{place} {one}"}
        for place, size in enumerate(sizes)
        for one in range(size)
    ]
    categories = [
        kind
        | {"id": uid(f"C{place}"), "name": f"C{place}", "shortName": f"C{place}"}
        | {"categoryOptions": refs(*(f"o{place}x{one}y" for one in range(size)))}
        for place, size in enumerate(sizes)
    ]
    listed = [{"id": row["id"]} for row in categories]
    combo = kind | {"id": uid("CC"), "name": "CC", "categories": listed}
    return {"categoryOptions": options, "categories": categories, "categoryCombos": [combo]}


def test_too_many_combinations(make: Make) -> None:
    """Five categories, five hundred combinations, from 2.42 on; categories of the same call count nothing."""
    server = make("2.42")
    assert server.send("importMode=VALIDATE", **dimension(1, 1, 1, 1, 1, 1)).codes == ["E1126"]
    assert server.send("importMode=VALIDATE", **dimension(51)).codes == ["E1127"]
    sent = dimension(23, 22)
    assert server.send("importMode=VALIDATE", **sent).codes == []
    combos = sent.pop("categoryCombos")
    server.commit(**sent)
    assert server.send("importMode=VALIDATE", categoryCombos=combos).codes == ["E1128"]


def combination(name: str, *options: str, **more: Any) -> dict[str, Any]:
    """A combination of options."""
    base = {"id": uid(name), "name": name, "categoryCombo": {"id": uid("CC")}}
    return base | {"categoryOptions": refs(*options)} | more


def test_combinations_come_as_a_full_set(make: Make) -> None:
    """On 2.43: as many as wanted, the right ones, none that is there."""
    server = make("2.43")
    server.commit(**dimension(2))
    first, second = combination("a", "o0x0y"), combination("b", "o0x1y")
    assert server.send(categoryOptionCombos=[first]).codes == ["E1130"]
    wrong = combination("b", "o0x0y")
    assert server.send(categoryOptionCombos=[first, wrong]).codes == ["E1131", "E1131"]
    server.commit(categoryOptionCombos=[first, second])
    again = [combination("c", "o0x0y"), combination("d", "o0x1y")]
    assert server.send(categoryOptionCombos=again).codes == ["E1132", "E1132"]


def test_combinations_of_the_default(make: Make) -> None:
    """None beside its own; and none without a combination, from 2.42 on."""
    server = make("2.42")
    odd = combination("a", categoryCombo={"id": "bjDvmb4bfuf"})
    assert server.send(categoryOptionCombos=[odd]).codes == ["E1122"]
    assert server.send(categoryOptionCombos=[combination("a", categoryCombo=None)]).codes == ["E1133"] * 2


def test_commas_in_a_set_of_several(server: Server) -> None:
    """A code of a MULTI_TEXT set holds no comma."""
    assert server.send(**option_set("OS", "a,b", valueType="MULTI_TEXT")).codes == ["E1118"]
    assert server.send(**option_set("OS", "ab", valueType="MULTI_TEXT")).codes == []


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ({"pattern": '"A" + SEQUENTIAL(####)'}, []),
        ({"pattern": "ORG_UNIT_CODE(...) + RANDOM(#Xx) + CURRENT_DATE(yyyy)"}, []),
        ({"pattern": ""}, ["E4019"]),
        ({"pattern": "NOSUCH(#)"}, ["E4019"]),
        ({"pattern": '"A RANDOM(#)"'}, ["E4021"]),
        ({"pattern": "RANDOM(#)", "valueType": "NUMBER"}, ["E4010"]),
        ({"generated": False, "fieldMask": '\\"'}, []),
        ({"pattern": "+ RANDOM(#)"}, ["E4019"]),
        ({"pattern": "RANDOM(#) +"}, ["E4019"]),
        ({"pattern": "x"}, ["E4019"]),
        ({"pattern": "RANDOM(X)", "valueType": "NUMBER"}, ["E4010", "E4022"]),
        ({"generated": False, "fieldMask": '"'}, []),
        ({"generated": False, "fieldMask": '"+'}, ["E4019"]),
    ],
)
def test_patterns(server: Server, more: dict[str, Any], codes: list[str]) -> None:
    """Generated values want a pattern with one generated part."""
    body = attribute("T", **({"generated": True} | more))
    assert server.send("importMode=VALIDATE", trackedEntityAttributes=[body]).codes == codes


def test_masks_of_elements(server: Server) -> None:
    """The mask is a text, and what follows one is passed over."""
    assert server.send(dataElements=[element("D", fieldMask="\\")]).codes == ["E4019"]
    assert server.send(dataElements=[element("D", fieldMask="XX-00")]).codes == []


def test_operators_of_attributes(make: Make) -> None:
    """On 2.43: some cannot be blocked, and the preferred one is not."""
    server = make("2.43")
    for blocked, wanted, codes in ((["EQ"], None, ["E4088"]), (["LIKE"], "LIKE", ["E4082"]), ([], "EQ", [])):
        body = attribute("T", blockedSearchOperators=blocked, preferredSearchOperator=wanted)
        assert server.send("importMode=VALIDATE", trackedEntityAttributes=[body]).codes == codes


def test_periods_of_a_data_set(server: Server) -> None:
    """They close after they open."""
    period = {"period": {"id": "202401"}, "openingDate": "2024-02-01", "closingDate": "2024-01-01"}
    body = {"id": uid("DS"), "name": "DS", "shortName": "DS", "periodType": "Monthly"}
    assert server.send(dataSets=[body | {"dataInputPeriods": [period]}]).codes == ["E4013"]


def test_moving_a_unit(server: Server) -> None:
    """An authority, and both parents within one's own units; who is all-powerful asks nobody."""
    server.commit(organisationUnits=[unit("O"), unit("A", "O"), unit("B", "O"), unit("X", "A")])
    found = server.a_user("anna", "F_ORGANISATIONUNIT_ADD")
    moved = unit("X", "B")
    assert server.send(user="anna", organisationUnits=[unit("X", "A", code="c")]).codes == []
    assert server.send(user="anna", organisationUnits=[moved]).codes == ["E1520"]
    role = server.get(f"/api/users/{found}?fields=userRoles[id]")["userRoles"][0]["id"]
    rights = ["F_ORGANISATIONUNIT_ADD", "F_ORGANISATIONUNIT_MOVE"]
    server.commit(userRoles=[{"id": role, "name": "role of anna", "authorities": rights}])
    assert server.send(user="anna", organisationUnits=[moved]).codes == ["E1522", "E1523"]
    server.patch(f"/api/users/{found}", [{"op": "add", "path": "/organisationUnits", "value": refs("O")}])
    assert server.send(user="anna", organisationUnits=[moved]).codes == []
    server.commit(userRoles=[{"id": role, "name": "role of anna", "authorities": rights[1:]}])
    assert "E1521" in server.send(user="anna", organisationUnits=[unit("X", "A")]).codes
