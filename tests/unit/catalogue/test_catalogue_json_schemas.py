"""The JSON Schemas: the committed files are those that are made, and say what they should."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

from dhis2cfg.catalogue.json_schemas.writing import generated, to_text, write_schemas
from dhis2cfg.catalogue.shipped import folder, schema_text

STRICT, EDITOR = "metadata.schema.json", "metadata.editor.schema.json"


def errors(name: str, document: Any) -> list[tuple[str, str]]:
    """Path and message of each error, by the one library; the other must agree whether there is any."""
    schema = json.loads(schema_text(name))
    found = [
        ("/".join(map(str, each.absolute_path)), each.message)
        for each in jsonschema.Draft202012Validator(schema).iter_errors(document)
    ]
    assert jsonschema_rs.validator_for(schema).is_valid(document) is (not found)
    return found


def test_the_files_in_git_are_those_that_are_made() -> None:
    """Nobody edits them by hand, and no table changes without them."""
    assert dict(generated()) == {
        name: (folder() / name).read_text(encoding="utf-8") for name, _ in generated()
    }


def test_they_can_be_written_anywhere(tmp_path: Path) -> None:
    """`init` lays them beside a new workspace."""
    write_schemas(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(name for name, _ in generated())


@pytest.mark.parametrize("name", [name for name, _ in generated()])
def test_each_is_a_schema_itself(name: str) -> None:
    """All are good JSON Schemas of draft 2020-12, and of a size that editors can read."""
    text = schema_text(name)
    jsonschema.Draft202012Validator.check_schema(json.loads(text))
    assert len(text) < 300_000


GOOD: dict[str, Any] = {
    "dataElements": {
        "NO_A": {"name": {"nb": "A", "en": "B"}, "valueType": "DATE", "optionSet": {"id": "AbCdEfGhIjK"}},
        "NO_{{band}}": {"for_each": {"band": ["1", "2"]}, "name": {"!tpl": "A {{band}}"}, "code": None},
        "NO_B": None,
    },
    "optionSets": {"NO_S": {"options": {"X": {"nb": "Ja", "en": "Yes"}, "Y": {"name": "Nei"}}}},
    "programs": {
        "NO_P": {
            "id": "uYjxkTbwRNf",
            "complete": True,
            "sharing": {"public": "--------", "userGroups": {"G": "r-rw----", "H": {"access": "r-------"}}},
            "organisationUnits": ["NO_U", {"id": "AbCdEfGhIjK"}],
            "programStages": {"NO_ST": {"programStageDataElements": ["NO_A"], "repeatable": {"!var": "x"}}},
            "programTrackedEntityAttributes": {"NO_K": {"mandatory": True}},
            "programRules": {"R": {"programRuleActions": [{"programRuleActionType": "HIDEFIELD"}]}},
            "description": {"!keep": None},
            "expiryDays": {"!once": 5},
            "attributeValues": {"SNOMED": "255246003"},
        }
    },
    "visualizations": {
        "V": {
            "rawPeriods": ["20200227"],
            "dataDimensionItems": [{"dataDimensionItemType": "INDICATOR", "indicator": "NO_I"}],
            "axes": {"left": {"index": 0, "title": {"text": "x", "fontStyle": {"bold": True}}}},
        }
    },
    "users": {"anything": {}},
}


def test_good_documents_pass() -> None:
    """Children, tags, locales, profiles, repetition, references of both kinds."""
    assert errors(STRICT, GOOD) == []


@pytest.mark.parametrize(
    ("document", "path", "message"),
    [
        ({"dataElement": {}}, "", "'dataElement' was unexpected"),
        ({"dataElements": {"A": {"nam": "x"}}}, "dataElements/A", "'nam' was unexpected"),
        ({"dataElements": {"A": {"code": 301}}}, "dataElements/A/code", "301 is not of type"),
        ({"dataElements": {"A": {"code": {"!vat": "x"}}}}, "dataElements/A/code", "'!vat' was unexpected"),
        ({"dataElements": {"A": {"name": {"nb": 1}}}}, "dataElements/A/name/nb", "1 is not of type"),
        ({"dataElements": {"A b": {}}}, "dataElements", "'A b' does not match"),
        ({"programs": {"P": {"translations": []}}}, "programs/P", "'translations' was unexpected"),
        (
            {"programs": {"P": {"programStages": {"S": {"repeatable": "yes"}}}}},
            "programs/P/programStages/S/repeatable",
            "'yes' is not of type",
        ),
        (
            {"programs": {"P": {"programTrackedEntityAttributes": {"A": {"sortOrder": 1}}}}},
            "programs/P/programTrackedEntityAttributes/A",
            "'sortOrder' was unexpected",
        ),
    ],
)
def test_an_error_stands_where_the_mistake_is(document: Any, path: str, message: str) -> None:
    """One mistake is one error, as deep as it lies."""
    ((where, said),) = errors(STRICT, document)
    assert where == path
    assert message in said


def test_an_editor_sees_numbers_and_tags_as_text() -> None:
    """`code: 0301` and `repeatable: !var x` are no mistakes in an editor; an unknown property is one."""
    seen = {"dataElements": {"A": {"code": 193, "name": "x", "valueType": "DATE", "zeroIsSignificant": "x"}}}
    assert errors(EDITOR, seen) == []
    ((path, _),) = errors(EDITOR, {"dataElements": {"A": {"nam": "x"}}})
    assert path == "dataElements/A"


def test_an_editor_is_offered_the_constants() -> None:
    """Completion comes from the constants of all versions."""
    schema = json.loads(schema_text(EDITOR))
    offered = schema["$defs"]["dataElements"]["properties"]["domainType"]
    assert offered["anyOf"][0]["enum"] == ["AGGREGATE", "TRACKER"]
    assert offered["description"] == "TRACKER for events, AGGREGATE for data sets; required"


def test_each_version_knows_its_own_names() -> None:
    """A label of 2.43 is unknown to 2.42."""
    document = {"programs": {"P": {"enrollmentsLabel": "x"}}}
    assert errors("metadata-2.43.schema.json", document) == []
    assert len(errors("metadata-2.42.schema.json", document)) == 1


def test_a_package_says_what_it_is() -> None:
    """Every word of `package.yaml`, and none besides."""
    package = {
        "name": "covid-no",
        "version": "1.4.0",
        "title": {"nb": "Smittesporing", "en": "Contact tracing"},
        "dhis2": ">=2.41,<2.44",
        "locale": "nb",
        "locales": {"required": ["en"]},
        "parameters": {"dager": {"type": "integer", "minimum": 0, "default": 6}},
        "sharing": {"tracing": {"public": "--------", "userGroups": {"G": "r-rw----"}}},
        "defaults": {"dataElements": {"domainType": "TRACKER"}},
        "requires": {"basis": ">=1.0"},
        "severity": {"option-code": "warning"},
        "was": ["covid"],
    }
    assert errors("package.schema.json", package) == []
    assert [path for path, _ in errors("package.schema.json", package | {"autor": "x"})] == [""]
    assert [path for path, _ in errors("package.schema.json", package | {"version": "1.4"})] == ["version"]


def test_a_municipality_and_its_fleet() -> None:
    """Units are typed by the catalogue, the rest by hand."""
    municipality = {
        "number": "5501",
        "name": "Tromsø",
        "servers": {"prod": {"url": "https://tromso.example.org", "ca": "ca.pem"}},
        "organisationUnit": {"code": "5501"},
        "organisationUnits": {"NO_OST": {"name": "Øst", "openingDate": "2020-01-01"}},
        "packages": {"covid-no": {"version": ">=1.4", "parameters": {"dager": 5}}},
        "assign": {"programs/NO_P": ["tromso"]},
        "patches": {"programs/NO_P": {"description": "x"}},
        "thresholds": {"max_delete": 5},
        "allow": [{"kind": "breaking", "on": "optionSets/X", "until": "2026-12-01", "why": "agreed"}],
    }
    assert errors("municipality.schema.json", municipality) == []
    wrong = municipality | {"organisationUnits": {"NO_OST": {"nam": "Øst"}}}
    assert [path for path, _ in errors("municipality.schema.json", wrong)] == ["organisationUnits/NO_OST"]
    fleet = {"name": "f", "packages": "packages/*", "defaults": municipality, "waves": {"1": ["tromso"]}}
    assert errors("fleet.schema.json", fleet) == []
    assert [path for path, _ in errors("fleet.schema.json", fleet | {"gates": {"prod": {"in": 1}}})] == [
        "gates/prod"
    ]


def test_what_fits_stands_on_one_line() -> None:
    """A change of one property is a change of one line in git."""
    long = {name: {"type": "string"} for name in "abcdefgh"}
    assert to_text({"a": long, "b": [], "c": ["x" * 60, "y" * 60]}) == (
        '{\n  "a": {\n'
        + ",\n".join(f'    "{name}": {{"type": "string"}}' for name in "abcdefgh")
        + f'\n  }},\n  "b": [],\n  "c": [\n    "{"x" * 60}",\n    "{"y" * 60}"\n  ]\n}}\n'
    )
