"""Objects of DHIS2's JSON as a package writes them: keys, texts, expressions, children, profiles."""

from typing import Any

import pytest

from dhis2cfg.interchange.keys import slug
from tests.unit.interchange.documents import element, files, rules, taken, uid, written


def said(name: str, locale: str, value: Any) -> dict[str, Any]:
    """One translation."""
    return {"property": name, "locale": locale, "value": value}


PROGRAM = {"id": uid("P"), "code": "P", "name": "P", "shortName": "P", "programType": "WITHOUT_REGISTRATION"}
STAGE = {"id": uid("S"), "name": "First stage", "program": {"id": uid("P")}}


TARGET = f"#{{{uid('S')}.{uid('A')}}}"


def document(**more: Any) -> dict[str, Any]:
    """A program with a stage and an element, and what a test adds."""
    return {"programs": [PROGRAM], "programStages": [STAGE], "dataElements": [element("A")], **more}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Cases (0–4 years), %", "CASES_0_4_YEARS_PCT"),
        ("Smittede < 10 år + øvrige", "SMITTEDE_LT_10_AR_PLUS_OVRIGE"),
        (">= 15", "GE_15"),
        ("<=5 & >3", "LE_5_GT_3"),
        ("x" * 80, "X" * 60),
        ("...", ""),
    ],
)
def test_a_slug_is_readable(text: str, key: str) -> None:
    """Upper case, signs as words, Norwegian letters as people write them elsewhere, at most sixty."""
    assert slug(text) == key


def test_keys_are_codes_or_slugs_and_never_collide() -> None:
    """A code that does not fit, none at all, one that differs in case only, names that nobody can spell."""
    rows = [
        {"id": uid("A"), "code": "Code", "name": "One", "shortName": "One"},
        {"id": uid("B"), "code": "CODE", "name": "Two", "shortName": "Two"},
        {"id": uid("C"), "code": "a b", "name": "Three %", "shortName": "3"},
        {"id": uid("D"), "name": "Three %", "shortName": "4"},
        {"id": uid("E"), "code": "日本", "name": "日本", "shortName": "5"},
    ]
    made = written({"dataElements": rows})["data-elements.yaml"]["dataElements"]
    assert [*made] == ["CODE", "Code_2", "DATAELEMENTS", "THREE_PCT", "THREE_PCT_2"]
    assert made["THREE_PCT"]["code"] == "a b"
    assert made["THREE_PCT_2"]["code"] == "~"


def test_a_collision_of_objects_in_programs_takes_the_programs_key() -> None:
    """Program indicators are unique over all programs, and have their program's key in front."""
    other = {**PROGRAM, "id": uid("Q"), "code": "Q", "name": "Q", "shortName": "Q"}
    rows = [
        {"id": uid(f"I{number}"), "name": "Cases", "shortName": "Cases", "program": {"id": uid(program)}}
        for number, program in enumerate("PQQ")
    ]
    lock = files({"programs": [PROGRAM, other], "programIndicators": rows})["uids.lock"]
    assert [line.partition(":")[0] for line in lock.splitlines() if "Indicators" in line] == [
        "programIndicators/CASES",
        "programIndicators/CASES_2",
        "programIndicators/Q_CASES",
    ]


def test_texts_stand_inline_or_apart() -> None:
    """Nb beside the base, others in translations; repeated base texts and empty ones say nothing."""
    translations = [
        said("NAME", "nb", "Navn"),
        said("NAME", "fr", "Nom"),
        said("NAME", "en", "A"),
        said("NAME", "es", ""),
        said("DESCRIPTION", "fr", "Sans base"),
        said("FORM_NAME", "en", "Other"),
        said("BOGUS", "nb", "Bogus"),
    ]
    row = element("A", formName="A form", translations=translations)
    found = taken({"dataElements": [row]})
    assert [each.rule for each in found.findings] == ["mend-second-base-text"]
    assert found.account.left_parts == {
        "a translation that repeats its base text": 1,
        "a translation without a text": 1,
        "a translation of what has no text of its own": 2,
    }
    made = written({"dataElements": [row]})
    assert made["data-elements.yaml"]["dataElements"]["A"]["name"] == {"en": "A", "nb": "Navn"}
    assert made["translations/fr.yaml"] == {"dataElements": {"A": {"name": "Nom"}}}
    assert made["package.yaml"]["locales"] == {"inline": ["nb"]}


def test_expressions_are_written_with_keys() -> None:
    """Of stages by their program's scope, of variables by their names; messages and boundaries too."""
    indicator = {
        "id": uid("I"),
        "name": "I",
        "shortName": "I",
        "program": {"id": uid("P")},
        "expression": f"#{{{uid('S')}.{uid('A')}}} * 2",
        "analyticsPeriodBoundaries": [
            {"id": uid("B2"), "analyticsPeriodBoundaryType": "BEFORE_END", "boundaryTarget": TARGET},
            {"id": uid("B1"), "analyticsPeriodBoundaryType": "AFTER_START", "boundaryTarget": "EVENT_DATE"},
        ],
    }  # fmt: skip
    variable = {
        "id": uid("V"),
        "name": "my variable",
        "program": {"id": uid("P")},
        "programRuleVariableSourceType": "DATAELEMENT_CURRENT_EVENT",
        "dataElement": {"id": uid("A")},
    }
    plain = {**variable, "id": uid("W"), "name": "plain"}
    rule = {"id": uid("R"), "name": "R", "program": {"id": uid("P")}, "condition": "#{plain} > 1"}
    made = written(
        document(programIndicators=[indicator], programRuleVariables=[variable, plain], programRules=[rule])
    )
    told = made["programs/p/indicators.yaml"]["programs"]["P"]["programIndicators"]["I"]
    assert told["expression"] == "#{FIRST_STAGE.A} * 2"
    assert [each["boundaryTarget"] for each in told["analyticsPeriodBoundaries"]] == [
        "EVENT_DATE",
        "#{FIRST_STAGE.A}",
    ]
    program = made["programs/p/rules.yaml"]["programs"]["P"]
    assert program["programRules"]["R"]["condition"] == "#{plain} > 1"
    assert program["programRuleVariables"]["MY_VARIABLE"]["name"] == "my variable"
    assert "name" not in program["programRuleVariables"]["plain"]


def test_an_expression_that_names_nothing_here_stays_raw() -> None:
    """Said, and passed on untouched; so is one that DHIS2 itself cannot read."""
    rows = [
        {"id": uid("I"), "name": "I", "shortName": "I", "numerator": "#{nowhereAtAl}", "denominator": "1"},
        {"id": uid("J"), "name": "J", "shortName": "J", "numerator": "#{never closed", "denominator": "1"},
        {"id": uid("K"), "name": "K", "shortName": "K", "numerator": "I{foreignAtAl}", "denominator": "1"},
    ]
    document = {"indicators": rows}
    assert rules(document) == ["mend-raw-text"]
    made = written(document, foreign=frozenset({"foreignAtAl"}))["indicators.yaml"]["indicators"]
    assert made["I"]["numerator"] == "!raw #{nowhereAtAl}"
    assert made["J"]["numerator"] == "!raw #{never closed"
    assert made["K"]["numerator"] == "I{id:foreignAtAl}"


def test_a_form_is_a_file_and_keeps_its_uids() -> None:
    """Not where a line break would be read as another one."""
    page = f'<input id="{uid("A")}-HllvX50cXC0-val">'
    rows = [
        {"id": uid("F"), "name": "Form", "htmlCode": page},
        {"id": uid("G"), "name": "Odd form", "htmlCode": "a\r\nb"},
    ]
    made = files({"dataEntryForms": rows})
    assert made["forms/form.html"] == page
    assert "htmlCode: !file forms/form.html" in made["forms.yaml"]
    assert '"a\\r\\nb"' in made["forms.yaml"]


def test_values_of_every_shape() -> None:
    """References outside, lists that are sets, texts that are UIDs, JSON without a schema, the default."""
    template = {
        "id": uid("N"),
        "name": "Note",
        "messageTemplate": "V{event_date}",
        "notificationTrigger": "COMPLETION",
    }
    program = {
        **PROGRAM,
        "notificationTemplates": [{"id": uid("N")}],
        "categoryCombo": {"id": "bjDvmb4bfuf"},
        "style": {"icon": "x", "color": ""},
    }
    action = {
        "id": uid("Act"),
        "programRule": {"id": uid("R")},
        "programRuleActionType": "SENDMESSAGE",
        "templateUid": uid("N"),
    }
    more = {**action, "id": uid("Act2")}
    other = {
        **action,
        "id": uid("Act3"),
        "programRuleActionType": "HIDEFIELD",
        "dataElement": {"id": uid("A")},
    }
    del other["templateUid"]
    rule = {
        "id": uid("R"),
        "name": "R",
        "program": {"id": uid("P")},
        "condition": "true",
        "programRuleActions": [{"id": uid("Act2")}, {"id": uid("Act3")}],
    }
    map_ = {
        "id": uid("M"),
        "name": "M",
        "mapViews": [
            {
                "id": uid("View"),
                "layer": "event",
                "styleDataItem": {"id": uid("A"), "n": 2.0, "x": []},
                "startDate": "2020-01-01T00:00:00.000",
                "program": {"id": uid("P")},
                "opacity": 1.0,
            }
        ],
    }
    made = written(
        {
            **document(),
            "programs": [program],
            "programNotificationTemplates": [template],
            "programRules": [rule],
            "programRuleActions": [action, more, other],
            "maps": [map_],
            "categoryCombos": [{"id": "bjDvmb4bfuf", "name": "default"}],
            "userGroups": [{"id": uid("G"), "code": "G", "name": "G", "users": [{"id": uid("U")}]}],
        }
    )
    folder = made["programs/p/program.yaml"]["programs"]["P"]
    assert folder["notificationTemplates"] == ["NOTE"]
    assert folder["style"] == {"icon": "x"}
    assert "categoryCombo" not in folder
    actions = made["programs/p/rules.yaml"]["programs"]["P"]["programRules"]["R"]["programRuleActions"]
    assert actions == [
        {"programRuleActionType": "SENDMESSAGE", "templateUid": "NOTE"},
        {"programRuleActionType": "HIDEFIELD", "dataElement": "A"},
        {"programRuleActionType": "SENDMESSAGE", "templateUid": "NOTE"},
    ]
    (view,) = made["maps.yaml"]["maps"]["M"]["mapViews"]
    assert view == {
        "id": uid("View"),
        "layer": "event",
        "opacity": "1",
        "program": "P",
        "startDate": "2020-01-01",
        "styleDataItem": {"id": uid("A"), "n": "2"},
    }
    assert made["groups.yaml"]["userGroups"]["G"] == {"name": "G"}


def test_children_say_default_and_foreign_things_by_their_uid() -> None:
    """An element of a data set that overrides with the default; a group that stands on the server."""
    rows = {
        "dataElements": [element("A"), element("B")],
        "categoryCombos": [{"id": "bjDvmb4bfuf", "name": "default"}],
        "dataSets": [
            {
                "id": uid("D"),
                "code": "D",
                "name": "D",
                "shortName": "D",
                "periodType": "Daily",
                "dataSetElements": [
                    {"dataElement": {"id": uid("B")}},
                    {"dataElement": {"id": uid("A")}, "categoryCombo": {"id": "bjDvmb4bfuf"}},
                ],
                "sharing": {"public": "--------", "userGroups": {"foreignAtAl": {"access": "r-rw----"}}},
            }
        ],
        "sections": [{"id": uid("Sec"), "name": "Sec", "dataSet": {"id": uid("D")}, "sortOrder": 1}],
    }
    made = written(rows, foreign=frozenset({"foreignAtAl"}))
    data_set = made["data-sets/d.yaml"]["dataSets"]["D"]
    assert data_set["dataSetElements"] == {"A": {"categoryCombo": "default"}, "B": {}}
    assert data_set["sections"] == {"SEC": {"name": "Sec"}}
    assert made["package.yaml"]["sharing"]["standard"]["userGroups"] == {"id:foreignAtAl": "r-rw----"}
    outside = {"dataElements": [element("A", optionSet={"id": "foreignAtAl"})]}
    made = written(outside, foreign=frozenset({"foreignAtAl"}))
    assert made["data-elements.yaml"]["dataElements"]["A"]["optionSet"] == "id:foreignAtAl"


def test_profiles_join_what_differs_in_data_bits_alone() -> None:
    """A type with data says them; the same without is one profile; further ones have names of their own."""
    group = {"id": uid("G"), "code": "G", "name": "G"}

    def shared(access: str, public: str = "--------") -> dict[str, Any]:
        return {"sharing": {"public": public, "userGroups": {uid("G"): {"access": access}}}}

    made = written(
        {
            "userGroups": [group],
            "programs": [{**PROGRAM, **shared("r-rw----")}],
            "dataElements": [
                element("A", **shared("r-------")),
                element("B", **shared("rw------")),
                element("C", sharing={"public": "rw------"}),
                element("D", sharing={"public": "r-------"}),
            ],
            "trackedEntityTypes": [
                {"id": uid("T"), "name": "T", "shortName": "T", "sharing": {"public": "rwrw----"}}
            ],
        }
    )
    assert made["package.yaml"]["sharing"] == {
        "public_data": {"public": "rwrw----"},
        "public_view": {"public": "r-------"},
        "standard": {"public": "--------", "userGroups": {"G": "r-rw----"}},
        "standard_2": {"public": "--------", "userGroups": {"G": "rw------"}},
    }
    elements = made["data-elements.yaml"]["dataElements"]
    assert [each["sharing"] for each in elements.values()] == [
        "standard",
        "standard_2",
        "public_data",
        "public_view",
    ]


def test_what_all_objects_of_a_type_say_alike_is_said_once() -> None:
    """From three objects on, what six of ten say; a type that fewer have says it itself."""
    rows = [element(f"A{number}", domainType="TRACKER", aggregationType="NONE") for number in range(4)]
    rows[3]["aggregationType"] = "SUM"
    made = written({"dataElements": rows})
    assert made["package.yaml"]["defaults"] == {
        "dataElements": {"aggregationType": "NONE", "domainType": "TRACKER"}
    }
    elements = made["data-elements.yaml"]["dataElements"]
    assert (elements["A0"], elements["A3"]) == ({"name": "A0"}, {"name": "A3", "aggregationType": "SUM"})


def test_long_option_sets_are_tables() -> None:
    """A line an option: key, its code where it is another one, a name in each language."""
    options = [
        {
            "id": uid(f"O{number:02}"),
            "code": "=1" if number == 1 else f"{number:03}",
            "name": f"Name, {number}",
            "optionSet": {"id": uid("Set")},
            "translations": [said("NAME", "nb", f"Navn {number}")] if number else [],
        }
        for number in range(45)
    ]
    optionset = {
        "id": uid("Set"),
        "code": "SET",
        "name": "Set",
        "options": [{"id": each["id"]} for each in options],
    }
    made = files({"optionSets": [optionset], "options": options})
    lines = made["option-sets/set.csv"].splitlines()
    assert lines[0] == "key,code,name.en,name.nb"
    assert lines[1] == '000,000,"Name, 0",'
    assert lines[2] == '1,=1,"Name, 1",Navn 1'
    assert len(lines) == 46
    assert "options: !csv set.csv" in made["option-sets/set.yaml"]


def test_options_that_say_more_stand_in_their_set() -> None:
    """In the set's order; the name alone where there is nothing else."""
    options = [
        {"id": uid("O1"), "code": "NO", "name": "No", "style": {"color": "#f00"}, "sortOrder": 2},
        {"id": uid("O2"), "code": "YES", "name": "Yes", "sortOrder": 1},
    ]
    optionset = {
        "id": uid("Set"),
        "code": "SET",
        "name": "Set",
        "options": [{"id": uid("O2")}, {"id": uid("O1")}],
    }
    made = files({"optionSets": [optionset], "options": options})["option-sets/small.yaml"]
    assert '      YES: {en: "Yes"}\n      "NO":\n        name: "No"\n' in made or '"NO": {name: "No"' in made


def test_stages_of_equal_keys_stand_in_their_programs() -> None:
    """At the top a key must be the only one."""
    other = {**PROGRAM, "id": uid("Q"), "code": "Q", "name": "Q", "shortName": "Q"}
    twin = {**STAGE, "id": uid("S2"), "program": {"id": uid("Q")}}
    made = written(document(programs=[PROGRAM, other], programStages=[STAGE, twin]))
    assert [*made["programs/p/program.yaml"]["programs"]["P"]["programStages"]] == ["FIRST_STAGE"]
    assert "programs/p/stages/first-stage.yaml" not in made


def test_what_would_be_taken_for_another_is_written_with_its_path() -> None:
    """A stage of another program, where the own one has a stage of the same key."""
    other = {**PROGRAM, "id": uid("Q"), "code": "Q", "name": "Q", "shortName": "Q"}
    twin = {**STAGE, "id": uid("S2"), "program": {"id": uid("Q")}}
    indicator = {
        "id": uid("I"),
        "name": "I",
        "shortName": "I",
        "program": {"id": uid("Q")},
        "expression": f"{TARGET} + #{{{uid('S2')}.{uid('A')}}}",
    }
    made = written(
        document(programs=[PROGRAM, other], programStages=[STAGE, twin], programIndicators=[indicator])
    )
    told = made["programs/q/indicators.yaml"]["programs"]["Q"]["programIndicators"]["I"]
    assert told["expression"] == "#{P/FIRST_STAGE.A} + #{FIRST_STAGE.A}"


def test_values_of_rarer_kinds() -> None:
    """Secrets stay behind, members of groups are the municipality's; what no schema describes is kept."""
    route = {
        "id": uid("Ro"),
        "code": "RO",
        "name": "Route",
        "url": "https://x.example.org",
        "auth": {"type": "api"},
    }
    view = {
        "id": uid("Rel"),
        "name": "Rel",
        "fromToName": "f",
        "fromConstraint": {
            "relationshipEntity": "PROGRAM_STAGE_INSTANCE",
            "programStage": {"id": uid("S")},
            "trackerDataView": {"dataElements": [uid("A")], "attributes": []},
        },
        "toConstraint": {"relationshipEntity": "PROGRAM_STAGE_INSTANCE", "programStage": {"id": uid("S")}},
    }
    board = {"id": uid("Bo"), "name": "Board", "layout": {"columns": [{"index": 1}]}, "embedded": {"x": {}}}
    unit = {"id": uid("Un"), "code": "UN", "name": "Unit", "shortName": "Unit", "openingDate": "2020-01-01",
            "geometry": {"type": "Point", "coordinates": [1.5, 2.0]}}  # fmt: skip
    program = {**PROGRAM, "organisationUnits": [{"id": uid("Un")}]}
    rows = document(routes=[route], relationshipTypes=[view], dashboards=[board], organisationUnits=[unit])
    made = written({**rows, "programs": [program]})
    assert "organisationUnits" not in made["programs/p/program.yaml"]["programs"]["P"]
    assert "auth" not in made["routes.yaml"]["routes"]["RO"]
    constraint = made["relationship-types.yaml"]["relationshipTypes"]["REL"]["fromConstraint"]
    assert constraint["trackerDataView"] == {"dataElements": ["A"]}
    assert made["dashboards/board.yaml"]["dashboards"]["BOARD"]["layout"] == {"columns": [{"index": "1"}]}
    assert made["org-units.yaml"]["organisationUnits"]["UN"]["geometry"]["coordinates"] == ["1.5", "2"]
    apart = {"programStageDataElements": [{"id": uid("PSDE")}]}
    found = taken({**document(), **apart})
    assert found.account.left_objects["programStageDataElements: they stand inside their parent too"] == 1


def test_a_file_that_is_full_goes_on_in_another() -> None:
    """None is longer than people read."""
    rows = [element(f"A{number:04}", description=f"Line\n{number}", formName="x") for number in range(200)]
    made = files({"dataElements": rows})
    names = [name for name in made if name.startswith("data-elements")]
    assert names[:2] == ["data-elements-2.yaml", "data-elements.yaml"] or "data-elements-2.yaml" in names
    assert max(text.count("\n") for name, text in made.items() if name in names) <= 1200


def test_where_it_came_from_is_kept() -> None:
    """The package block in any of its spellings: an object, a text with a version in it, nothing."""
    rows = {"dataElements": [element("A")]}
    block = {"code": "X", "version": "2.1.0", "description": "Title", "locale": "nb", "empty": "", "n": 1}
    made = written({**rows, "package": block})
    assert (made["package.yaml"]["version"], made["package.yaml"]["title"]) == ("2.1.0", "Title")
    assert made["package.yaml"]["locale"] == "nb"
    assert made["docs/provenance.yaml"]["package"]["code"] == "X"
    assert written({**rows, "package": "X_V1.0.0_DHIS2.33"})["package.yaml"]["version"] == "1.0.0"
    assert written({**rows, "package": "X"})["package.yaml"]["title"] == "X"
    assert "The source says no version" in files(rows)["package.yaml"]


def test_a_list_of_attribute_values_without_a_text_is_left_out() -> None:
    """Where each value is empty the property says nothing, so it is not written at all."""
    attribute = {"id": uid("T"), "code": "T", "name": "T", "valueType": "TEXT", "dataElementAttribute": True}
    values = [{"attribute": {"id": uid("T")}, "value": ""}]
    document = {"dataElements": [element("A", attributeValues=values)], "attributes": [attribute]}
    told = written(document)["data-elements.yaml"]["dataElements"]
    assert told == {"A": {"name": "A"}}


def test_option_combinations_are_written_by_their_options() -> None:
    """In expressions and references; one whose options are not here keeps its UID."""
    options = [{"id": uid(name), "code": name, "name": name, "shortName": name} for name in ("W", "M")]
    combos = [
        {
            "id": uid(f"C{name}"),
            "name": name,
            "categoryCombo": {"id": uid("CC")},
            "categoryOptions": [{"id": uid(name)}],
        }
        for name in ("W", "M", "X")
    ]
    predictors = [
        {"id": uid(f"P{name}"), "code": f"P{name}", "name": name, "outputCombo": {"id": uid(f"C{name}")}}
        for name in ("W", "X")
    ]
    made = written({"categoryOptions": options, "categoryOptionCombos": combos, "predictors": predictors})
    told = {key: each["outputCombo"] for key, each in made["predictors.yaml"]["predictors"].items()}
    assert told == {"PW": "(W)", "PX": f"id:{uid('CX')}"}
