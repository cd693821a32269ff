"""Tests of scalars read by the catalogue, and of what does not fit it."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dhis2cfg.catalogue.oddities import CLOSED
from dhis2cfg.catalogue.shipped import load
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.load.forms import files
from dhis2cfg.load.forms.form import Form
from dhis2cfg.load.forms.schemas import as_json
from dhis2cfg.load.forms.typed import typed
from dhis2cfg.load.text.events import parse
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.tree import Mapping


def read(text: str, form: Form = files.OBJECTS) -> tuple[Mapping, tuple[Finding, ...]]:
    """A text as a typed tree, by the catalogue of 2.42."""
    document, findings = parse(text, "a.yaml")
    assert findings == ()
    assert document.root is not None
    return typed(document.root, form, load("2.42"), frozenset({"nb", "en", "id"}))


def values_of(text: str, form: Form = files.OBJECTS) -> object:
    """The values of a text without findings; a tag is a mapping with one key."""
    root, findings = read(text, form)
    assert findings == ()
    return as_json(root)


def only(text: str, form: Form = files.OBJECTS) -> Finding:
    """The one finding of a text."""
    _, findings = read(text, form)
    (found,) = findings
    return found


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("code: 0301", {"code": "0301"}),
        ("code: NO", {"code": "NO"}),
        ("code: no", {"code": "no"}),
        ("code: 12:30", {"code": "12:30"}),
        ("code: 1.10", {"code": "1.10"}),
        ("code: 'null'", {"code": "null"}),
        ("code: ~", {"code": None}),
        ("code: null", {"code": None}),
        ("code:", {"code": None}),
        ("zeroIsSignificant: true", {"zeroIsSignificant": True}),
        ("zeroIsSignificant: ", {"zeroIsSignificant": None}),
        ('zeroIsSignificant: "false"', {"zeroIsSignificant": False}),
        ("aggregationLevels: [1, 2]", {"aggregationLevels": [1, 2]}),
        ("name: 0301", {"name": "0301"}),
        ("name: {nb: 1.10, en: on}", {"name": {"nb": "1.10", "en": "on"}}),
        ("valueType: TEXT", {"valueType": "TEXT"}),
        ("optionSet: 0301", {"optionSet": "0301"}),
        ("optionSet: {id: AbCdEfGhIjK}", {"optionSet": {"id": "AbCdEfGhIjK"}}),
        ("legendSets: [A, {id: AbCdEfGhIjK}]", {"legendSets": ["A", {"id": "AbCdEfGhIjK"}]}),
        ("attributeValues: {A: 255246003}", {"attributeValues": {"A": "255246003"}}),
        ("sharing: tracing", {"sharing": "tracing"}),
        (
            'sharing: {public: "--------", userGroups: {"id:AbCdEfGhIjK": r-------, B: {access: rw------}}}',
            {
                "sharing": {
                    "public": "--------",
                    "userGroups": {"id:AbCdEfGhIjK": "r-------", "B": {"access": "rw------"}},
                }
            },
        ),
        ("style: {color: '#fff', icon: 007}", {"style": {"color": "#fff", "icon": "007"}}),
        ("id: uYjxkTbwRNf", {"id": "uYjxkTbwRNf"}),
        ("complete: true", {"complete": True}),
        ("code: !var kode", {"code": {"!var": "kode"}}),
        ("zeroIsSignificant: !once true", {"zeroIsSignificant": {"!once": True}}),
        ("zeroIsSignificant: !keep", {"zeroIsSignificant": {"!keep": None}}),
        ("zeroIsSignificant: !var nulls", {"zeroIsSignificant": {"!var": "nulls"}}),
        ("name: {nb: !tpl 'a {{b}}'}", {"name": {"nb": {"!tpl": "a {{b}}"}}}),
        (
            "for_each: {band: {0_9: {from: 0, text: 0–9}, x: }, sex: [K, {key: 1}]}",
            {
                "for_each": {
                    "band": {"0_9": {"from": "0", "text": "0–9"}, "x": {}},
                    "sex": ["K", {"key": "1"}],
                }
            },
        ),
        (
            "valueTypeOptions: {a: 1, b: 01, c: true, d: '1', e: [1.5, ~, !var x]}",
            {"valueTypeOptions": {"a": 1, "b": "01", "c": True, "d": "1", "e": [1.5, None, {"!var": "x"}]}},
        ),
    ],
)
def test_a_data_element_is_read_by_the_catalogue(written: str, value: dict[str, object]) -> None:
    """Each property is read as its own type, from the characters as written."""
    assert values_of(f"dataElements:\n  A:\n    {written}\n") == {"dataElements": {"A": value}}


def test_a_program_with_its_children() -> None:
    """Stages, elements, rules and actions are typed as deep as they nest."""
    text = """\
programs:
  NO:
    programTrackedEntityAttributes: {A: {mandatory: true}, B: , C: {}}
    programStages:
      S:
        repeatable: true
        minDaysFromStart: 5
        programStageDataElements: [X, Y]
        programStageSections: {T: {name: 1, dataElements: [X]}}
    programIndicators: {PI: {decimals: 2, code: 02}}
    programRules:
      R:
        priority: 1
        programRuleActions:
          - {programRuleActionType: ASSIGN, data: 007}
    organisationUnits: [0301]
"""
    assert values_of(text) == {
        "programs": {
            "NO": {
                "programTrackedEntityAttributes": {"A": {"mandatory": True}, "B": {}, "C": {}},
                "programStages": {
                    "S": {
                        "repeatable": True,
                        "minDaysFromStart": 5,
                        "programStageDataElements": ["X", "Y"],
                        "programStageSections": {"T": {"name": "1", "dataElements": ["X"]}},
                    }
                },
                "programIndicators": {"PI": {"decimals": 2, "code": "02"}},
                "programRules": {
                    "R": {
                        "priority": 1,
                        "programRuleActions": [{"programRuleActionType": "ASSIGN", "data": "007"}],
                    }
                },
                "organisationUnits": ["0301"],
            }
        }
    }


def test_children_without_a_key_of_their_own() -> None:
    """Legends are a list or a mapping; their numbers are numbers."""
    text = (
        "legendSets:\n  A: {legends: [{name: 1, startValue: 0, endValue: 1.5}]}\n"
        "  B: {legends: {x: {startValue: 1}}}\n"
    )
    assert values_of(text) == {
        "legendSets": {
            "A": {"legends": [{"name": "1", "startValue": 0, "endValue": 1.5}]},
            "B": {"legends": {"x": {"startValue": 1}}},
        }
    }


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("{nb: Ja, en: Yes}", {"name": {"nb": "Ja", "en": "Yes"}}),
        ("{name: {nb: Ja}}", {"name": {"nb": "Ja"}}),
        ("{id: uYjxkTbwRNf}", {"id": "uYjxkTbwRNf"}),
        ("", {}),
        ("!once {nb: Ja}", {"!once": {"name": {"nb": "Ja"}}}),
    ],
)
def test_options_that_are_locales_alone(written: str, value: object) -> None:
    """Where every key is a locale of the package the option is its name; `id` never is one."""
    text = f"optionSets:\n  S:\n    options:\n      NO: {written}\n"
    assert values_of(text) == {"optionSets": {"S": {"options": {"NO": value}}}}


def test_types_and_objects_without_content() -> None:
    """A type or an object with nothing behind it has no properties."""
    assert values_of("dataElements:\n") == {"dataElements": {}}
    assert values_of("dataElements: {A: }\n") == {"dataElements": {"A": {}}}


@pytest.mark.parametrize(
    ("text", "rule", "line", "column", "message", "following"),
    [
        (
            "dataElement: {}\n",
            "unknown-type",
            1,
            1,
            "dataElement is no type of DHIS2",
            "did you mean dataElements?",
        ),
        (
            "xyz: {}\n",
            "unknown-type",
            1,
            1,
            "xyz is no type of DHIS2",
            "types are named as in DHIS2's API, in the plural",
        ),
        (
            "users: {}\n",
            "closed-type",
            1,
            1,
            f"a package cannot hold users: {CLOSED['users']}",
            "take it out of the package",
        ),
        (
            "systemSettings: {keyLockMultipleFailedLogins: yes}\n",
            "not-a-boolean",
            1,
            47,
            "keyLockMultipleFailedLogins takes true or false, not 'yes'",
            "write true",
        ),
        (
            "systemSetting: {}\n",
            "unknown-type",
            1,
            1,
            "systemSetting is no type of DHIS2",
            "did you mean systemSettings?",
        ),
        (
            "dataElements: {A: {valuType: TEXT}}\n",
            "unknown-property",
            1,
            20,
            "valuType is no property of dataElements",
            "did you mean valueType?",
        ),
        (
            "dataElements: {A: {lastUpdated: 2020-01-01}}\n",
            "set-by-server",
            1,
            20,
            "lastUpdated of dataElements is set by the server",
            "leave it out",
        ),
        (
            "dataElements: {A: {translations: []}}\n",
            "translations",
            1,
            20,
            "translations are not written as DHIS2 stores them",
            "write one text per locale: name: {nb: …, en: …}",
        ),
        (
            "dataElements: {A: {dataElementGroups: [B]}}\n",
            "other-side",
            1,
            20,
            "dataElements do not hold dataElementGroups in DHIS2; the other side does",
            "write the list at the dataElementGroups it belongs to",
        ),
        (
            "dataElements: {A: {zeroIsSignificant: yes}}\n",
            "not-a-boolean",
            1,
            39,
            "zeroIsSignificant takes true or false, not 'yes'",
            "write true",
        ),
        (
            "dataElements: {A: {zeroIsSignificant: [true]}}\n",
            "not-a-boolean",
            1,
            39,
            "zeroIsSignificant takes a boolean, not a list",
            "write one value",
        ),
        (
            "dataElements: {A: {valueType: {a: b}}}\n",
            "not-a-text",
            1,
            31,
            "valueType takes a text, not a mapping",
            "write one value",
        ),
        (
            "dataElements: {A: {url: {nb: b}}}\n",
            "not-a-text",
            1,
            25,
            "url takes a text, not a mapping",
            "write one value",
        ),
        (
            "dataElements: {A: {aggregationLevels: [one]}}\n",
            "not-an-integer",
            1,
            40,
            "an item of aggregationLevels takes a whole number, not 'one'",
            "write digits alone, as in 14",
        ),
        (
            "dataElements: {A: {aggregationLevels: 1}}\n",
            "not-a-list",
            1,
            39,
            "aggregationLevels takes a list",
            "write one `- item` a line, or [a, b]",
        ),
        (
            "dataElements: {A: {legendSets: B}}\n",
            "wrong-form",
            1,
            32,
            "legendSets takes a list of keys, not a text",
            "write one `- item` a line, or [a, b]",
        ),
        (
            "dataElements: {A: {optionSet: [B]}}\n",
            "wrong-form",
            1,
            31,
            "optionSet takes a key, or {id: UID}, not a list",
            "write it in that form",
        ),
        (
            "dataElements: {A: {optionSet: {code: B}}}\n",
            "unknown-property",
            1,
            32,
            "code is no property of a reference",
            "known here: id",
        ),
        (
            "dataElements: {A: {name: {norsk bokmål: B}}}\n",
            "not-a-locale",
            1,
            27,
            "norsk bokmål is no language: name takes a text, or one text per locale",
            "write languages as nb, en or pt_BR",
        ),
        (
            "dataElements: {A: {attributeValues: [B]}}\n",
            "not-a-mapping",
            1,
            37,
            "attributeValues takes a mapping",
            "write `key: value` lines below it",
        ),
        (
            "dataElements: {A: B}\n",
            "not-a-mapping",
            1,
            19,
            "A takes a mapping",
            "write `key: value` lines below it",
        ),
        (
            "dataElements: [A]\n",
            "not-a-mapping",
            1,
            15,
            "dataElements takes a mapping",
            "write `key: value` lines below it",
        ),
        (
            "programs: {A: {programStages: {S: {programStageDataElements: {E: {compulsry: true}}}}}}\n",
            "unknown-property",
            1,
            67,
            "compulsry is no property of programStageDataElement",
            "did you mean compulsory?",
        ),
        (
            "organisationUnits: {A: {openingDate: 1.2.2020}}\n",
            "not-a-date",
            1,
            38,
            "openingDate takes a date, not '1.2.2020'",
            "write it as 2026-11-24, or with a time as in 2026-11-24T08:30",
        ),
        (
            "dataElements: {A: {code: !var }}\n",
            "tag-value",
            1,
            26,
            "!var needs a text behind it",
            "write a name, a text or a file",
        ),
        (
            "dataElements: {A: {code: !keep x}}\n",
            "tag-value",
            1,
            32,
            "!keep stands alone",
            "remove the rest",
        ),
        (
            "dataElements: {A: {code: !once [x]}}\n",
            "not-a-text",
            1,
            32,
            "code takes a text, not a list",
            "write one value",
        ),
    ],
)
def test_what_does_not_fit(
    text: str, rule: str, line: int, column: int, message: str, following: str
) -> None:
    """One mistake is one finding, at its place, with what to write instead."""
    found = only(text)
    assert (found.rule, found.message, found.following) == (rule, message, following)
    assert (found.place.line, found.place.column) == (line, column)


def test_what_cannot_be_read_is_left_out() -> None:
    """A number or truth that is none becomes null, anything else that does not fit is not handed on."""
    text = "dataElements: {A: {zeroIsSignificant: yes, xx: X, url: {a: b}, code: B}, C: [x]}\nxyz: {}\n"
    root, findings = read(text)
    assert as_json(root) == {"dataElements": {"A": {"zeroIsSignificant": None, "code": "B"}}}
    assert len(findings) == 5


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("dataElements: {A: {valuType: TEXT}}\n", {"dataElements": {"A": {"valueType": "TEXT"}}}),
        ("dataElements: {A: {valuType: [X, Y]}}\n", {"dataElements": {"A": {}}}),
        (
            "dataElements: {A: {valuType: TEXT, valueType: DATE}}\n",
            {"dataElements": {"A": {"valueType": "DATE"}}},
        ),
        (
            "dataElement: {A: {zeroIsSignificant: true}}\n",
            {"dataElements": {"A": {"zeroIsSignificant": True}}},
        ),
        ("dataElement: {A: }\ndataElements: {B: }\n", {"dataElements": {"B": {}}}),
        ("dataElement: {A: }\ndataElementes: {B: }\n", {"dataElements": {"A": {}}}),
        ("user: {A: }\n", {}),
        ("dataElements: {A: {valueType: [TEXT]}}\n", {"dataElements": {"A": {"valueType": "TEXT"}}}),
        ("dataElements: {A: {valueType: [[TEXT]]}}\n", {"dataElements": {"A": {}}}),
        ("dataElements: {A: {name: [Feber]}}\n", {"dataElements": {"A": {"name": "Feber"}}}),
        ("dataElements: {A: {legendSets: B}}\n", {"dataElements": {"A": {"legendSets": ["B"]}}}),
        ("dataElements: {A: {aggregationLevels: 1}}\n", {"dataElements": {"A": {"aggregationLevels": [1]}}}),
        ("dataElements: {A: {aggregationLevels: {a: 1}}}\n", {"dataElements": {"A": {}}}),
        (
            "programs: {P: {programStages: [S: {repeatable: true}, T: ]}}\n",
            {"programs": {"P": {"programStages": {"S": {"repeatable": True}, "T": {}}}}},
        ),
    ],
)
def test_what_was_meant_is_handed_on(text: str, value: object) -> None:
    """A misspelled name, brackets too many or too few: later stages see what was meant."""
    root, findings = read(text)
    assert as_json(root) == value
    assert findings


def test_a_mended_patch_keeps_its_path() -> None:
    """Only the type's name is another one."""
    root, _ = read("patches: {program/P: {skipOffline: true}}\n", files.MUNICIPALITY)
    assert as_json(root) == {"patches": {"programs/P": {"skipOffline": True}}}


@pytest.mark.parametrize(
    "text",
    [
        "programs: {P: {programStages: [S: {repeatable: true}, T: ]}}\n",
        "programStages: {S: {programStageDataElements: [E: {compulsory: true}]}}\n",
    ],
)
def test_children_behind_dashes(text: str) -> None:
    """A list of `KEY: {…}` is one finding, and is read as the mapping that it was meant to be."""
    found = only(text)
    assert (found.rule, found.following) == ("wrong-form", "leave out the dashes")


def test_children_that_are_listed_by_property() -> None:
    """A list of objects with properties is no list of keys gone wrong."""
    text = "programRules: {R: {programRuleActions: [{data: x}, {content: y}]}}\n"
    assert values_of(text) == {
        "programRules": {"R": {"programRuleActions": [{"data": "x"}, {"content": "y"}]}}
    }


def test_tags_that_were_not_read_before() -> None:
    """A table that could not be read is left out; its finding stands already."""
    assert values_of("dataElements: !csv gone.csv\n") == {}
    assert values_of("dataElements: {A: {name: !file gone.txt}}\n") == {"dataElements": {"A": {}}}


def test_a_translation_file() -> None:
    """Type, key path, property, text; only what DHIS2 translates."""
    text = "programStages: {P/S: {name: 0301, description: }}\n"
    assert values_of(text, files.TRANSLATIONS) == {
        "programStages": {"P/S": {"name": "0301", "description": None}}
    }
    found = only("programStages: {P/S: {code: x}}\n", files.TRANSLATIONS)
    assert (found.rule, found.message) == ("not-translatable", "code of programStages has no translations")


def test_a_manifest() -> None:
    """Versions stay texts, parameters are read by their own type, defaults by the catalogue."""
    text = """\
name: covid-no
version: 1.0
dhis2: ">=2.41,<2.44"
locale: no
locales: {required: [en], inline: [nn]}
parameters:
  dager: {type: integer, minimum: 0, default: 6, enum: [5, 6]}
  navn: {type: string, default: 0301, maxLength: 5}
  grense: {type: number, default: 38.5}
  av: {type: boolean, default: false}
  fri: {default: 5}
  tom:
sharing: {tracing: {public: "--------", userGroups: {A: r-------}}}
defaults: {dataElements: {zeroIsSignificant: true, code: 01}}
requires: {basis: 1.10}
severity: {no-sharing: info}
was: [gammel]
"""
    assert values_of(text, files.MANIFEST) == {
        "name": "covid-no",
        "version": "1.0",
        "dhis2": ">=2.41,<2.44",
        "locale": "no",
        "locales": {"required": ["en"], "inline": ["nn"]},
        "parameters": {
            "dager": {"type": "integer", "minimum": 0, "default": 6, "enum": [5, 6]},
            "navn": {"type": "string", "default": "0301", "maxLength": 5},
            "grense": {"type": "number", "default": 38.5},
            "av": {"type": "boolean", "default": False},
            "fri": {"default": 5},
            "tom": {},
        },
        "sharing": {"tracing": {"public": "--------", "userGroups": {"A": "r-------"}}},
        "defaults": {"dataElements": {"zeroIsSignificant": True, "code": "01"}},
        "requires": {"basis": "1.10"},
        "severity": {"no-sharing": "info"},
        "was": ["gammel"],
    }


@pytest.mark.parametrize(
    ("line", "rule", "message"),
    [
        ("extends: base", "reserved-word", "extends is reserved for a later version of dhis2cfg"),
        ("parameter: {}", "unknown-property", "parameter is no property of package.yaml"),
        (
            "parameters: {a: {type: integer, default: six}}",
            "not-an-integer",
            "default takes a whole number, not 'six'",
        ),
        ("parameters: {a: 5}", "not-a-mapping", "a takes a mapping"),
        ("defaults: {dataElement: {}}", "unknown-type", "dataElement is no type of DHIS2"),
        (
            "defaults: {dataElements: {zeroIsSignificant: on}}",
            "not-a-boolean",
            "zeroIsSignificant takes true or false, not 'on'",
        ),
    ],
)
def test_mistakes_in_a_manifest(line: str, rule: str, message: str) -> None:
    """What package.yaml does not know, or reads otherwise, is said."""
    found = only(f'name: a\nversion: 1.0.0\ndhis2: ">=2.41"\nlocale: nb\n{line}\n', files.MANIFEST)
    assert (found.rule, found.message, found.place.line) == (rule, message, 5)


def test_a_manifest_without_a_name() -> None:
    """What a package cannot do without is named."""
    found = only('version: 1.0.0\ndhis2: ">=2.41"\nlocale: nb\n', files.MANIFEST)
    assert (found.rule, found.message) == ("required-property", "package.yaml does not say its name")


def test_a_municipality() -> None:
    """Numbers stay texts, patches and own units are read by the catalogue."""
    text = """\
number: 0301
name: Oslo
servers: {prod: {url: https://oslo.example.org}, test: {url: http://127.0.0.1:1, sandbox: true}}
organisationUnit: {code: 0301, openingDate: 2020-01-01}
packages: {covid-no: {version: ">=1.4", parameters: {dager: 5, kode: 01}}, annen: }
organisationUnits: {030101: {name: Alna}}
assign: {programs/P: [oslo, 030101]}
members: {userGroups/G: [kari01]}
patches: {programs/P: {displayIncidentDate: false, description: 12}}
thresholds: {max_delete: 5}
allow: [{kind: breaking, on: optionSets/A, until: 2026-12-01, why: agreed}]
"""
    assert values_of(text, files.MUNICIPALITY) == {
        "number": "0301",
        "name": "Oslo",
        "servers": {
            "prod": {"url": "https://oslo.example.org"},
            "test": {"url": "http://127.0.0.1:1", "sandbox": True},
        },
        "organisationUnit": {"code": "0301", "openingDate": "2020-01-01"},
        "packages": {"covid-no": {"version": ">=1.4", "parameters": {"dager": 5, "kode": "01"}}, "annen": {}},
        "organisationUnits": {"030101": {"name": "Alna"}},
        "assign": {"programs/P": ["oslo", "030101"]},
        "members": {"userGroups/G": ["kari01"]},
        "patches": {"programs/P": {"displayIncidentDate": False, "description": "12"}},
        "thresholds": {"max_delete": 5},
        "allow": [{"kind": "breaking", "on": "optionSets/A", "until": "2026-12-01", "why": "agreed"}],
    }


def test_a_patch_of_no_type() -> None:
    """The name before the slash is a type."""
    assert only("patches: {program/P: {}}\n", files.MUNICIPALITY).following == "did you mean programs?"


def test_a_fleet() -> None:
    """Waves are keyed by number, and both globs may be one text or several."""
    text = 'name: f\npackages: packages/*\nmunicipalities: [a/*.yaml]\nwaves: {1: [tromso], 2: ["*"]}\n'
    assert values_of(text, files.FLEET) == {
        "name": "f",
        "packages": "packages/*",
        "municipalities": ["a/*.yaml"],
        "waves": {"1": ["tromso"], "2": ["*"]},
    }


def test_a_file_that_is_tagged_whole() -> None:
    """A list where a mapping by type is wanted leaves nothing."""
    assert (
        only("defaults: [a]\nname: a\nversion: 1.0.0\ndhis2: '2'\nlocale: nb\n", files.MANIFEST).rule
        == "not-a-mapping"
    )


def test_periods_of_data_sets() -> None:
    """A child that a period identifies has no key to be listed by."""
    text = "dataSets: {A: {dataInputPeriods: [{period: {id: 202001}, openingDate: 2020-01-01}]}}\n"
    assert values_of(text) == {
        "dataSets": {"A": {"dataInputPeriods": [{"period": {"id": "202001"}, "openingDate": "2020-01-01"}]}}
    }


def test_a_catalogue_without_the_type() -> None:
    """What the catalogue does not describe is read as JSON writes it."""
    document, _ = parse("organisationUnit: {level: 3, code: 0301}\n", "a.yaml")
    assert document.root is not None
    empty = Catalogue(version="0", revision="", types={}, embedded={}, digest="")
    root, findings = typed(document.root, files.MUNICIPALITY, empty)
    assert (as_json(root), findings) == ({"organisationUnit": {"level": 3, "code": "0301"}}, ())


@cache
def _names() -> list[str]:
    catalogue = load("2.42")
    return sorted({*catalogue.types["programs"].properties, "programs", "for_each", "id", "dataElements"})


_TREES = st.recursive(
    st.sampled_from(["x", "~", "true", "0301", "!var a", "!keep", "'q'"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)} ]"),
        st.dictionaries(st.deferred(lambda: st.sampled_from(_names())), inner, max_size=3).map(
            lambda entries: "{" + ", ".join(f"{key}: {value} " for key, value in entries.items()) + "}"
        ),
    ),
    max_leaves=12,
)


@given(_TREES)
def test_any_tree_is_typed(text: str) -> None:
    """Whatever stands where, there is a tree and findings, never a traceback."""
    read(f"programs: {text}\n")
