"""The package moves on: what a new release of it does to a server on which the last one stands."""

from tests.live.acts.lists import a_local_option, options_of
from tests.live.package import both
from tests.live.stage import Stage, random_uid
from tests.live.table.row import Row


def gains_element_and_rule(stage: Stage) -> None:
    """A stage gains an element, and a rule hides it."""
    stage.program["programStages"]["HELSE"]["programStageDataElements"][f"{stage.p}NOTAT"] = {}
    action = {"programRuleActionType": "HIDEFIELD", "dataElement": f"{stage.p}NOTAT"}
    stage.program["programRules"]["SKJUL"] = {
        "name": f"{stage.p}Skjul",
        "condition": "#{temp} < 38",
        "programRuleActions": [action],
    }


def gains_stage_and_rule(stage: Stage) -> None:
    """A program gains a stage with an element, and a rule hides it."""
    stage.program["programStages"]["SLUTT"] = {
        "name": f"{stage.p}Slutt",
        "sharing": "work",
        "programStageDataElements": {f"{stage.p}NOTAT": {}},
    }
    action = {"programRuleActionType": "HIDEFIELD", "dataElement": f"{stage.p}NOTAT"}
    stage.program["programRules"]["SKJUL"] = {
        "name": f"{stage.p}Skjul",
        "condition": "#{temp} < 38",
        "programRuleActions": [action],
    }


def gains_attribute_and_rule(stage: Stage) -> None:
    """A program gains an attribute, and a rule hides it."""
    stage.program["programTrackedEntityAttributes"][f"{stage.p}TLF"] = {}
    action = {"programRuleActionType": "HIDEFIELD", "trackedEntityAttribute": f"{stage.p}TLF"}
    stage.program["programRules"]["SKJUL"] = {
        "name": f"{stage.p}Skjul",
        "condition": "true",
        "programRuleActions": [action],
    }


def three_links_that_one_call_loses(stage: Stage) -> None:
    """Section with indicator, attribute with option set, relationship that shows data: all new."""
    p = stage.p
    stage.program["programIndicators"][f"{p}ALDER"] = {
        "name": f"{p}Alder",
        "shortName": f"{p}Alder",
        "analyticsType": "EVENT",
        "aggregationType": "COUNT",
        "expression": "V{event_count}",
    }
    section = stage.program["programStages"]["PROVE"]["programStageSections"]["SVARET"]
    section["programIndicators"] = [f"{p}ALDER"]
    stage.package["optionSets"][f"{p}KODER"] = {"name": f"{p}Koder", "options": {"A": {"name": "A"}}}
    stage.package["attributes"] = {
        f"{p}KODEVERK": {
            "name": f"{p}Kodeverk",
            "valueType": "TEXT",
            "optionSet": f"{p}KODER",
            "dataElementAttribute": True,
        }
    }
    stage.package["trackedEntityTypes"][f"{p}STED"] = {
        "name": f"{p}Sted",
        "sharing": "work",
        "trackedEntityTypeAttributes": {f"{p}NAVN": {}},
    }
    end = {
        "relationshipEntity": "TRACKED_ENTITY_INSTANCE",
        "trackedEntityType": f"{p}STED",
        "trackerDataView": {"attributes": [f"{p}NAVN"]},
    }
    stage.package["relationshipTypes"] = {
        f"{p}NABO": {
            "name": f"{p}Nabo",
            "fromToName": "Nabo",
            "fromConstraint": end,
            "toConstraint": end,
            "sharing": "work",
        }
    }


def all_links_stand(stage: Stage) -> None:
    """Every one of the three."""
    p = stage.p
    section = stage.live("programStageSections", f"{stage.path}/PROVE/SVARET")
    assert [each["id"] for each in section["programIndicators"]] == [
        stage.uid("programIndicators", f"{p}ALDER")
    ]
    attribute = stage.live("attributes", f"{p}KODEVERK")
    assert attribute["optionSet"]["id"] == stage.uid("optionSets", f"{p}KODER")
    relationship = stage.live("relationshipTypes", f"{p}NABO")
    assert relationship["fromConstraint"]["trackerDataView"]["attributes"]


def names_are_swapped(stage: Stage) -> None:
    """Two elements take each other's unique name and short name."""
    elements = stage.package["dataElements"]
    one, two = elements[f"{stage.p}TEMP"], elements[f"{stage.p}NOTAT"]
    one["name"], two["name"] = two["name"], one["name"]


def they_are_swapped(stage: Stage) -> None:
    """On the server too, and nothing is called otherwise any longer."""
    names = {key: stage.live("dataElements", f"{stage.p}{key}")["name"] for key in ("TEMP", "NOTAT")}
    assert names == {"TEMP": f"{stage.p}Notat", "NOTAT": f"{stage.p}Temperatur"}


def a_new_one_takes_the_name(stage: Stage) -> None:
    """An indicator goes, and a new one is called as it was."""
    old = stage.program["programIndicators"].pop(f"{stage.p}ANTALL")
    stage.program["programIndicators"][f"{stage.p}TALL"] = {**old, "expression": "V{tei_count}"}
    stage.forget(f"programIndicators/{stage.p}ANTALL")


def only_the_new_one_stands(stage: Stage) -> None:
    """Under the name that the old one had."""
    assert stage.live("programIndicators", f"{stage.p}TALL")["name"] == f"{stage.p}Antall"
    found = stage.server.call("GET", f"/api/programIndicators?filter=name:eq:{stage.p}Antall&fields=id")
    assert len(found["programIndicators"]) == 1


def with_a_local_option(stage: Stage) -> None:
    """An option of the municipality's stands behind the first of ours."""
    stage.applied()
    a_local_option(stage, "POS")


def options_turned_and_one_more(stage: Stage) -> None:
    """The package turns its options round and puts a new one in the middle."""
    options = stage.package["optionSets"][f"{stage.p}SVAR"]
    options["options"] = {
        "NEG": both("Negativ", "Negative"),
        "UKJENT": both("Ukjent", "Unknown"),
        "POS": both("Positiv", "Positive"),
    }


def the_local_one_kept_its_place(stage: Stage) -> None:
    """Behind the one of ours that it stood behind."""
    assert options_of(stage) == ["NEG", "UKJENT", "POS", "LOKAL"]


def a_field_is_dropped(stage: Stage) -> None:
    """The description of an element, which was ours."""
    del stage.package["dataElements"][f"{stage.p}UTFALL"]["description"]


def an_action_goes(stage: Stage) -> None:
    """A rule keeps one of its two actions."""
    stage.program["programRules"]["POSITIV"]["programRuleActions"].pop()


def one_action_is_left(stage: Stage) -> None:
    """The other one is deleted with its place in the rule."""
    rule = stage.live("programRules", f"{stage.path}/POSITIV")
    assert len(rule["programRuleActions"]) == 1


def a_value_with_two_blanks(stage: Stage) -> None:
    """A value of a metadata attribute, of which DHIS2 keeps one blank where two were sent (facts §4.5)."""
    p = stage.p
    attribute = {"name": f"{p}Kilde", "valueType": "TEXT", "dataElementAttribute": True, "sharing": "look"}
    stage.package["attributes"] = {f"{p}KILDE": attribute}
    stage.package["dataElements"][f"{p}TEMP"]["attributeValues"] = {f"{p}KILDE": "FHI  2026"}


def one_blank_is_left(stage: Stage) -> None:
    """What the server made of it, which is no drift."""
    (value,) = stage.live("dataElements", f"{stage.p}TEMP")["attributeValues"]
    assert value["value"] in ("FHI 2026", "FHI  2026")


def a_data_set(stage: Stage, *keys: str) -> None:
    """A data set with sections in this order."""
    p = stage.p
    stage.package["dataElements"][f"{p}DAGER"] = {
        "name": f"{p}Dager",
        "valueType": "INTEGER",
        "domainType": "AGGREGATE",
        "aggregationType": "SUM",
    }
    stage.package["dataSets"] = {
        f"{p}UKE": {
            "name": f"{p}Uke",
            "shortName": f"{p}Uke",
            "periodType": "Weekly",
            "sharing": "work",
            "dataSetElements": [f"{p}DAGER"],
            "sections": {key: {"name": key, "dataElements": [f"{p}DAGER"]} for key in keys},
        }
    }


def with_sections(stage: Stage) -> None:
    """A data set with two sections stands."""
    a_data_set(stage, "EN", "TO")
    stage.applied("access")


def sections_turned_round(stage: Stage) -> None:
    """The second comes first."""
    a_data_set(stage, "TO", "EN")


def the_second_comes_first(stage: Stage) -> None:
    """By its number."""
    numbers = [stage.live("sections", f"{stage.p}UKE/{key}")["sortOrder"] for key in ("TO", "EN")]
    assert numbers == sorted(set(numbers))


def two_units(stage: Stage) -> None:
    """The municipality has two units of its own, one below the other, and one beside."""
    stage.municipality["organisationUnits"] = {
        f"{stage.p}{key}": {"name": f"{stage.p}{key}", "openingDate": "2020-01-01", **more}
        for key, more in (("NORD", {}), ("SYD", {}), ("SKOLE", {"parent": f"{stage.p}NORD"}))
    }
    stage.applied()


def the_unit_moves(stage: Stage) -> None:
    """The unit in which a school lies comes to lie below the other one."""
    stage.municipality["organisationUnits"][f"{stage.p}NORD"]["parent"] = f"{stage.p}SYD"


def levels_are_right(stage: Stage) -> None:
    """Also below the unit that moved."""
    found = stage.server.call(
        "GET", f"/api/organisationUnits?filter=name:like:{stage.p}&fields=name,level,path&paging=false"
    )
    units = {each["name"].removeprefix(stage.p): each for each in found["organisationUnits"]}
    assert units["NORD"]["level"] == units["SYD"]["level"] + 1
    assert units["SKOLE"]["level"] == units["NORD"]["level"] + 1
    assert units["SKOLE"]["path"].count("/") == units["SKOLE"]["level"]


def sexes(stage: Stage) -> None:
    """A combination of one category with two options."""
    p = stage.p
    options = {f"{p}{key}": {"name": f"{p}{key}", "sharing": "work"} for key in ("KVINNE", "MANN")}
    stage.package["categoryOptions"] = options
    category = {"name": f"{p}Kjonn", "dataDimensionType": "DISAGGREGATION", "sharing": "look"}
    stage.package["categories"] = {f"{p}KJONN": {**category, "categoryOptions": list(options)}}
    stage.package["categoryCombos"] = {
        f"{p}KJONN": {
            "name": f"{p}Kjonn",
            "dataDimensionType": "DISAGGREGATION",
            "categories": [f"{p}KJONN"],
            "sharing": "look",
        }
    }


def combinations(stage: Stage, count: int) -> None:
    """So many option combinations stand."""
    uid = stage.uid("categoryCombos", f"{stage.p}KJONN")
    path = f"/api/categoryCombos/{uid}?fields=categoryOptionCombos%5Bid%5D"
    assert len(stage.server.call("GET", path)["categoryOptionCombos"]) == count


def with_sexes(stage: Stage) -> None:
    """The combination stands."""
    sexes(stage)
    stage.applied()
    combinations(stage, 2)


def a_third_option(stage: Stage) -> None:
    """The category gains an option."""
    stage.package["categoryOptions"][f"{stage.p}UKJENT"] = {"name": f"{stage.p}UKJENT", "sharing": "work"}
    stage.package["categories"][f"{stage.p}KJONN"]["categoryOptions"].append(f"{stage.p}UKJENT")


def kept_and_complete(stage: Stage) -> None:
    """One field is let go of; of another object the package describes all."""
    stage.applied()
    stage.edit("dataElements", f"{stage.p}UTFALL", url="https://example.org")


def all_of_it_is_described(stage: Stage) -> None:
    """`complete: true` on an element to which hands gave an address."""
    stage.package["dataElements"][f"{stage.p}UTFALL"]["complete"] = True


def the_address_is_gone(stage: Stage) -> None:
    """What the package does not write is empty."""
    assert not stage.live("dataElements", f"{stage.p}UTFALL").get("url")


def an_expression_on_an_adopted_element(stage: Stage) -> None:
    """An element of our code with another UID stands; rules and an indicator name it by its key."""
    uid = random_uid()
    element = {"valueType": "NUMBER", "domainType": "TRACKER", "aggregationType": "NONE"}
    names = {"name": f"{stage.p}Temperatur", "shortName": f"{stage.p}Temperatur", "code": f"{stage.p}TEMP"}
    stage.server.hand_in(dataElements=[{"id": uid, **element, **names}])
    stage.program["programIndicators"][f"{stage.p}FEBRILE"] = {
        "name": f"{stage.p}Febrile",
        "shortName": f"{stage.p}Febrile",
        "analyticsType": "EVENT",
        "aggregationType": "COUNT",
        "expression": "V{event_count}",
        "filter": f"#{{HELSE.{stage.p}TEMP}} > 38",
    }


def its_uid_is_in_the_expression(stage: Stage) -> None:
    """The server's, not the one that the lock has for the key."""
    live = stage.live("programIndicators", f"{stage.p}FEBRILE")
    (found,) = stage.server.call("GET", f"/api/dataElements?filter=code:eq:{stage.p}TEMP&fields=id")[
        "dataElements"
    ]
    assert found["id"] != stage.uid("dataElements", f"{stage.p}TEMP")
    assert f".{found['id']}}}" in live["filter"]


ROWS = (
    Row(
        name="a stage gains an element and a rule",
        do=gains_element_and_rule,
        plan=("2 calls", "E4047"),
        steps="call call",
    ),
    Row(
        name="a program gains a stage with an element, and a rule on it",
        do=gains_stage_and_rule,
        plan=("+ stage", "E4047"),
        steps="call call",
    ),
    Row(
        name="a program gains an attribute and a rule",
        do=gains_attribute_and_rule,
        plan=("2 calls", "E4048"),
        steps="call call",
    ),
    Row(
        name="section, attribute and relationship whose links one call loses",
        do=three_links_that_one_call_loses,
        plan=("E4314",),
        steps="call call",
        then=all_links_stand,
    ),
    Row(
        name="unique names are swapped",
        do=names_are_swapped,
        plan=("is called otherwise for the moment", "name"),
        steps="call call",
        then=they_are_swapped,
    ),
    Row(
        name="a new object takes the name of one that goes",
        do=a_new_one_takes_the_name,
        plan=("- program indicator", "is called otherwise for the moment"),
        steps="call call delete",
        then=only_the_new_one_stands,
    ),
    Row(
        name="options reordered, one inserted, a local one kept in its place",
        given=with_a_local_option,
        do=options_turned_and_one_more,
        plan=("order of options", "kept as"),
        then=the_local_one_kept_its_place,
    ),
    Row(
        name="a field is dropped",
        do=a_field_is_dropped,
        plan=("description", "no longer in the package"),
    ),
    Row(
        name="a rule whose action was removed",
        do=an_action_goes,
        plan=("no longer in the package",),
        then=one_action_is_left,
    ),
    Row(
        name="the server rewrites a value that we sent",
        do=a_value_with_two_blanks,
        plan=("+ attribute", "Kilde"),
        then=one_blank_is_left,
    ),
    Row(
        name="the sections of a data set are turned round",
        given=with_sections,
        do=sections_turned_round,
        plan=("order of sections",),
        then=the_second_comes_first,
    ),
    Row(
        name="a unit moves with what lies below it",
        given=two_units,
        do=the_unit_moves,
        plan=("levels below a moved unit",),
        steps="call maintenance",
        then=levels_are_right,
    ),
    Row(
        name="option combinations follow their categories",
        given=with_sexes,
        do=a_third_option,
        plan=("option combinations", "irreversible"),
        steps="call maintenance",
        refused=("--allow irreversible is missing",),
        flags=("--allow", "irreversible"),
        then=lambda stage: combinations(stage, 3),
    ),
    Row(
        name="a package that describes all of an object",
        given=kept_and_complete,
        do=all_of_it_is_described,
        plan=("takeover", "https://example.org"),
        refused=("--allow takeover is missing",),
        flags=("--allow", "takeover"),
        then=the_address_is_gone,
    ),
    Row(
        name="adopted by code: its UID in references and expressions",
        given=lambda stage: None,
        do=an_expression_on_an_adopted_element,
        plan=("= data element",),
        refused=("--allow takeover --allow access",),
        flags=("--allow", "takeover", "--allow", "access"),
        then=its_uid_is_in_the_expression,
    ),
)
