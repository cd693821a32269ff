"""What servers refuse is mended by named rules, each said out loud."""

from typing import Any

import pytest

from tests.unit.interchange.documents import element, files, rules, taken, uid, written

GROUP = {"id": uid("Group"), "code": "UG", "name": "Group"}


def one(name: str, rule: str, **objects: Any) -> str:
    """A file of the package, after an import in which one rule spoke."""
    assert rule in rules(objects)
    return files(objects)[name]


def first(document: dict[str, Any], file: str, type_name: str, key: str) -> Any:
    """One object as it is written."""
    return written(document)[file][type_name][key]


def test_an_object_without_uid_or_twice_ends_the_import() -> None:
    """No package is made of what cannot be told apart."""
    for document, rule in (
        ({"dataElements": [{"name": "A"}, element("A")]}, "import-no-object"),
        ({"dataElements": [{"id": "short"}]}, "import-no-object"),
        ({"dataElements": ["text", element("A")]}, "import-no-object"),
        ({"dataElements": [element("A"), {**element("A"), "name": "B"}]}, "import-duplicate-uid"),
        (
            {"dataElements": [element("A")], "constants": [{"id": uid("A"), "name": "A"}]},
            "import-duplicate-uid",
        ),
    ):
        found = taken(document)
        assert found.pages == ()
        assert [each.rule for each in found.findings] == [rule]


def test_units_below_themselves_end_the_import() -> None:
    """A circle is told once, whoever it is reached from; trees beside it say nothing."""
    parents = {"A": "B", "B": "C", "C": "B", "D": "D", "E": "F", "F": "Nowhere", "G": None}
    units = [
        {"id": uid(name), "name": name, "parent": {"id": uid(above)} if above else None}
        for name, above in parents.items()
    ]
    found = taken({"organisationUnits": units})
    assert found.pages == ()
    assert [(each.rule, each.message) for each in found.findings] == [
        ("import-circle", "organisation units stand below themselves: B → C → B"),
        ("import-circle", "organisation units stand below themselves: D → D"),
    ]


def test_the_same_object_twice_is_one() -> None:
    """Files that were glued together say nothing new."""
    found = taken({"dataElements": [element("A"), element("A")]})
    assert found.account.taken_objects == 1
    assert found.account.left_objects["the same object a second time"] == 1
    assert found.account.properties == found.account.taken + found.account.left.total()


def test_types_that_nobody_knows_are_left_out_with_a_warning() -> None:
    """Everything else of the file is taken over."""
    found = taken({"things": [{"id": uid("T")}], "dataElements": [element("A")], "system": {"id": "x"}})
    assert [each.rule for each in found.findings] == ["import-unknown-type"]
    assert found.account.taken_objects == 1


def test_people_and_their_roles_stay_behind() -> None:
    """A role that a program needs, or somebody else has, is the package's own."""
    role = {"id": uid("Role"), "name": "Carrier", "users": [{"id": uid("User")}]}
    user = {"id": uid("User"), "username": "package_admin", "userRoles": [{"id": uid("Role")}]}
    people = {"users": [user], "userRoles": [role], "userGroups": [GROUP]}
    assert "roles.yaml" not in files(people)
    assert "mend-user" in rules(people)
    program = {"id": uid("P"), "name": "P", "shortName": "P", "userRoles": [{"id": uid("Role")}]}
    assert "roles.yaml" in files({"users": [user], "userRoles": [role], "programs": [program]})
    assert "roles.yaml" in files({"userRoles": [role]})


def test_retired_types_and_their_items_are_left_out() -> None:
    """What a dashboard shows of them goes too; what it shows beside them stays."""
    items = [{"id": uid("I1"), "eventReport": {"id": uid("R")}}, {"id": uid("I2"), "text": "Hello"}]
    board = {"id": uid("D"), "name": "Board", "dashboardItems": items}
    document = {"eventReports": [{"id": uid("R")}], "dashboards": [board]}
    assert rules(document) == ["mend-retired-type", "mend-retired-item"]
    made = written(document)["dashboards/board.yaml"]
    assert made["dashboards"]["BOARD"]["dashboardItems"] == [{"id": uid("I2"), "text": "Hello"}]


def test_option_combinations_are_the_servers() -> None:
    """The default one is left out without a word, others with one."""
    combos = [{"id": "HllvX50cXC0", "name": "default"}]
    assert rules({"categoryOptionCombos": combos, "dataElements": [element("A")]}) == []
    combos.append({"id": uid("C"), "name": "0-4, F"})
    assert rules({"categoryOptionCombos": combos, "dataElements": [element("A")]}) == [
        "mend-option-combination"
    ]


@pytest.mark.parametrize(
    ("values", "rule", "said"),
    [
        ({"publicAccess": "r-------"}, "mend-legacy-sharing", "public_view"),
        ({"userGroupAccesses": [{"id": uid("Group"), "access": "r-------"}]}, "mend-legacy-sharing",
         "standard"),
        ({"sharing": {"public": None}}, "mend-legacy-sharing", "nobody"),
        ({"sharing": {"public": "public"}}, "mend-legacy-sharing", "nobody"),
        ({"sharing": {"public": "r-rw----"}}, "mend-data-sharing", "public_view"),
        ({"sharing": {"public": "r-------", "userGroups": {uid("Other"): {"access": "r-------"}}}},
         "mend-stray-sharing", "public_view"),
    ],
)  # fmt: skip
def test_sharing_becomes_one_profile(values: dict[str, Any], rule: str, said: str) -> None:
    """In one spelling, without what means nothing on the server it goes to."""
    document = {"dataElements": [element("A", **values)], "userGroups": [GROUP]}
    assert rule in rules(document)
    assert first(document, "data-elements.yaml", "dataElements", "A")["sharing"] == said


def test_required_values_are_filled_in() -> None:
    """Short names stay unique and short; a choice takes its first value."""
    long = "A name that is longer than the fifty signs of a short name"
    types = [{"id": uid(f"T{number}"), "name": f"{long} {number}"} for number in range(2)]
    text = one("attributes.yaml", "mend-required-value", trackedEntityTypes=types)
    assert 'shortName: "A name that is longer than the fifty signs of a short"' not in text
    assert "shortName: A name that is longer than the fifty signs of a sh" in text
    assert "shortName: A name that is longer than the fifty signs of a 2" in text
    group = {"id": uid("G"), "name": "G", "shortName": "G"}
    assert "dataDimensionType: DISAGGREGATION" in one(
        "categories.yaml", "mend-required-value", categoryOptionGroups=[group]
    )


def test_numbers_that_are_texts_become_texts() -> None:
    """Whole numbers without a fraction."""
    indicator = {"id": uid("I"), "name": "I", "shortName": "I", "numerator": 1.0, "denominator": 2}
    assert rules({"indicators": [indicator]}) == ["mend-number"]
    made = first({"indicators": [indicator]}, "indicators.yaml", "indicators", "I")
    assert (made["numerator"], made["denominator"]) == ("1", "2")


def test_a_text_stands_once_in_a_language() -> None:
    """The first one is kept; twice the same is nothing."""
    said = [{"property": "NAME", "locale": "fr", "value": text} for text in ("Un", "Un", "Deux")]
    document = {"dataElements": [element("A", translations=said)]}
    assert rules(document) == ["mend-duplicate-translation"]
    assert files(document)["translations/fr.yaml"] == "dataElements:\n  A: {name: Un}\n"


def test_what_is_no_language_names_no_file() -> None:
    """Ways out of the folder, devices, what no system takes for a name: left out, each with a finding."""
    odd = ("../../x", "/etc/x", "en\0", "a" * 300, "EN", "con.", "zh-Hans")
    translations = [{"property": "NAME", "locale": each, "value": "x"} for each in (*odd, "uz@Cyrl", "")]
    document = {"dataElements": [element("A", sharing={"public": "--------"}, translations=translations)]}
    assert [each.rule for each in taken(document).findings] == ["mend-locale"] * 7
    assert [name for name in files(document) if name.startswith("translations/")] == [
        "translations/uz@Cyrl.yaml"
    ]


def test_values_that_are_of_another_kind_pass() -> None:
    """What no server would take is written as it is, for `validate` to find; an import never breaks off."""
    odd = element("A", style=7, shortName={"x": 1}, optionSet=[], translations="x", legendSets=3)
    entities = {"trackedEntityTypes": [{"id": uid("T"), "name": "T"}, {**odd, "id": uid("U")}]}
    assert "style: 7" in files({"dataElements": [odd], **entities})["data-elements.yaml"]


def test_values_of_attributes_that_are_not_for_the_type_are_left_out() -> None:
    """Of unknown ones too; one that is for the type stays."""
    attributes = [
        {"id": uid("Ours"), "code": "OURS", "name": "Ours", "dataElementAttribute": True},
        {"id": uid("Theirs"), "code": "THEIRS", "name": "Theirs", "objectTypes": ["OPTION"]},
    ]
    values = [{"attribute": {"id": uid(name)}, "value": "1"} for name in ("Ours", "Theirs", "Nobodys")]
    values.append({"attribute": {"id": uid("Ours")}, "value": ""})
    document = {"dataElements": [element("A", attributeValues=values)], "attributes": attributes}
    found = taken(document)
    assert [each.rule for each in found.findings] == ["mend-attribute-value"] * 2
    assert 'attributeValues: {OURS: "1"}' in files(document)["data-elements.yaml"]


def test_references_to_nowhere_are_left_out_with_what_needs_them() -> None:
    """A field of an object, a member of a list, a stage without its program, and what stands in it."""
    document = {
        "dataElements": [element("A", optionSet={"id": uid("Nowhere")})],
        "dataElementGroups": [
            {
                "id": uid("G"),
                "name": "G",
                "shortName": "G",
                "dataElements": [{"id": uid("A")}, {"id": uid("X")}],
            }
        ],
        "programStages": [{"id": uid("S"), "name": "S", "program": {"id": uid("Gone")}}],
        "programStageSections": [{"id": uid("Sec"), "name": "Sec", "programStage": {"id": uid("S")}}],
        "options": [{"id": uid("O"), "code": "O", "name": "O"}],
    }
    found = taken(document)
    assert {each.rule for each in found.findings} == {"mend-stray-reference"}
    assert found.account.left_objects["its parent is not here"] == 3
    made = files(document)
    assert "dataElements: [A]" in made["data-element-groups.yaml"]
    assert "optionSet" not in made["data-elements.yaml"]
    assert not any(name.startswith("programs/") for name in made)


def test_children_without_what_they_stand_for_are_left_out() -> None:
    """A stage element without its element, a data item that shows nothing."""
    program = {
        "id": uid("P"),
        "code": "P",
        "name": "P",
        "shortName": "P",
        "programType": "WITHOUT_REGISTRATION",
    }
    stage = {
        "id": uid("S"),
        "name": "S",
        "program": {"id": uid("P")},
        "programStageDataElements": [
            {"id": uid("E1"), "dataElement": {"id": uid("A")}, "compulsory": True, "sortOrder": 2},
            {"id": uid("E2"), "dataElement": {"id": uid("Nowhere")}},
            {"id": uid("E3"), "dataElement": {"id": uid("B")}, "sortOrder": 1},
        ],
    }
    chart = {
        "id": uid("V"),
        "name": "V",
        "type": "LINE",
        "dataDimensionItems": [{"dataDimensionItemType": "INDICATOR", "indicator": {"id": uid("Nowhere")}}],
        "organisationUnits": [{"id": uid("Unit")}],
    }
    made = written(
        {
            "dataElements": [element("A"), element("B")],
            "programs": [program],
            "programStages": [stage],
            "visualizations": [chart],
        }
    )
    fields = made["programs/p/stages/s.yaml"]["programStages"]["S"]["programStageDataElements"]
    assert [*fields.items()] == [("B", {}), ("A", {"compulsory": "true"})]
    assert "dataDimensionItems" not in made["visualizations.yaml"]["visualizations"]["V"]


def test_an_action_names_only_what_it_may() -> None:
    """Hiding a section goes with the section alone."""
    made = taken(
        {
            "programs": [{"id": uid("P"), "name": "P", "shortName": "P"}],
            "programStages": [{"id": uid("S"), "name": "S", "program": {"id": uid("P")}}],
            "programStageSections": [{"id": uid("Sec"), "name": "Sec", "programStage": {"id": uid("S")}}],
            "programRules": [{"id": uid("R"), "name": "R", "program": {"id": uid("P")}}],
            "programRuleActions": [
                {
                    "id": uid("Act"),
                    "programRule": {"id": uid("R")},
                    "programRuleActionType": "HIDESECTION",
                    "programStageSection": {"id": uid("Sec")},
                    "programStage": {"id": uid("S")},
                }
            ],
        }
    )
    assert [each.rule for each in made.findings] == ["mend-action-reference"]


def test_visualizations_in_the_form_of_the_api_take_the_stored_one() -> None:
    """Axes, data items, relative periods, levels and the user's own units."""
    indicator = {"id": uid("I"), "code": "I", "name": "I", "shortName": "I"}
    chart = {
        "id": uid("V"),
        "name": "V",
        "type": "LINE",
        "columns": [{"dimension": "dx", "items": [{"id": uid("I")}, {"id": uid("Nowhere")}]}],
        "rows": [{"dimension": "pe", "items": [{"id": "LAST_3_MONTHS"}]}],
        "filters": [
            {"dimension": "ou", "items": [{"id": "LEVEL-2"}, {"id": "USER_ORGUNIT"}]},
            {"dimension": "other", "items": [{"id": "x"}]},
        ],
    }
    views = [
        {
            "id": uid("View"),
            "columns": [{"dimension": "dx", "items": [{"id": uid("I")}]}],
            "layer": "thematic",
        }
    ]
    document = {
        "indicators": [indicator],
        "visualizations": [chart],
        "maps": [{"id": uid("M"), "name": "M", "mapViews": views}],
    }
    assert rules(document) == ["mend-axes"]
    made = written(document)
    assert made["visualizations.yaml"]["visualizations"]["V"] == {
        "name": "V",
        "type": "LINE",
        "userOrganisationUnit": "true",
        "columnDimensions": ["dx"],
        "dataDimensionItems": [{"dataDimensionItemType": "INDICATOR", "indicator": "I"}],
        "filterDimensions": ["ou", "other"],
        "organisationUnitLevels": ["2"],
        "rawPeriods": ["LAST_3_MONTHS"],
        "rowDimensions": ["pe"],
    }
    assert "dataDimensionItems" in made["maps.yaml"]["maps"]["M"]["mapViews"][0]


def test_what_stands_in_the_stored_form_is_left_alone() -> None:
    """Nothing is moved twice."""
    chart = {
        "id": uid("V"),
        "name": "V",
        "type": "LINE",
        "columnDimensions": ["ou"],
        "organisationUnitLevels": [1],
        "userOrganisationUnit": True,
        "columns": [{"dimension": "ou", "items": [{"id": "LEVEL-1"}, {"id": "USER_ORGUNIT"}]}],
    }
    assert rules({"visualizations": [chart]}) == []


def test_old_tables_and_charts_are_visualizations() -> None:
    """With the axes and periods of today, shown by the same dashboards."""
    document = {
        "charts": [
            {
                "id": uid("C"),
                "name": "C",
                "type": "LINE",
                "series": "dx",
                "category": "pe",
                "relativePeriods": {"thisDay": True, "lastYear": False, "last12Months": True},
            }
        ],
        "reportTables": [{"id": uid("T"), "name": "T", "columnDimensions": ["dx"]}],
        "dashboards": [
            {
                "id": uid("D"),
                "name": "D",
                "dashboardItems": [
                    {"id": uid("I"), "chart": {"id": uid("C")}},
                    {"id": uid("J"), "reportTable": {"id": uid("T")}},
                ],
            }
        ],
    }
    made = written(document)["dashboards/d.yaml"]
    items = made["dashboards"]["D"]["dashboardItems"]
    assert [each["visualization"] for each in items] == ["C", "T"]
    assert made["visualizations"]["C"]["rawPeriods"] == ["TODAY", "LAST_12_MONTHS"]
    assert (
        made["visualizations"]["C"]["columnDimensions"],
        made["visualizations"]["C"]["rowDimensions"],
    ) == (
        ["dx"],
        ["pe"],
    )
    assert made["visualizations"]["T"]["type"] == "PIVOT_TABLE"
