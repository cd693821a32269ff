"""Where each page's examples stand: in which file, inside what, and what stands beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

OBJECTS = "packages/demo/example.yaml"
MANIFEST = "packages/demo/package.yaml"
MUNICIPALITY = "municipalities/alta.yaml"
LOCK = "packages/demo/uids.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """`file` holds the example, below the lines of `inside`, by `indent` blanks further in.

    `beside` are further files, `right` those beside the right example only, `manifest` more lines of
    `package.yaml`; `bare`: nothing that examples name stands around.
    """

    file: str = OBJECTS
    inside: str = ""
    indent: int = 0
    beside: Mapping[str, str] = field(default_factory=dict)
    right: Mapping[str, str] = field(default_factory=dict)
    manifest: str = ""
    bare: bool = False


PROGRAM = Setting(inside="programs:\n  P:\n", indent=4)
RULE = Setting(inside="programs:\n  P:\n    programRules:\n      R:\n        condition: 'true'\n", indent=8)
PACKAGE = Setting(file=MANIFEST)
ALTA = Setting(file=MUNICIPALITY)
LOCALES = "locales: {inline: [en, se, 'no']}\n"
SET = "optionSets:\n  NO_K: {name: K, valueType: TEXT, options: !csv rader.csv}\n"
TABLE = Setting(file="packages/demo/rader.csv", manifest=LOCALES, beside={"packages/demo/sett.yaml": SET})
ELEMENT = Setting(inside="dataElements:\n  NO_ET_FELT:\n", indent=4, manifest=LOCALES)
BARE = Setting(bare=True, manifest=LOCALES)
FEVER = "  NO_FEBER: {name: Feber, valueType: NUMBER}\n  NO_HOSTE: {name: Hoste, valueType: TEXT}\n"
LOCKED = Setting(file=LOCK, beside={"packages/demo/feber.yaml": f"dataElements:\n{FEVER}"}, bare=True)
SEARCH = "F_TRACKED_ENTITY_INSTANCE_SEARCH_IN_ALL_ORGUNITS"
PROMISE = f"privacy: {{persons: [PERSON], readers: [NO_UG_SPORER], numbers: [NO_FNR], never: [{SEARCH}]}}\n"
PERSON = """\
trackedEntityTypes:
  PERSON: {name: Person, trackedEntityTypeAttributes: {NO_FNR: {}}}
userGroups:
  NO_UG_SPORER: {name: Sporere}
  NO_UG_FHI: {name: FHI}
"""
PERSONS = Setting(manifest=PROMISE, beside={"packages/demo/person.yaml": PERSON}, bare=True)
PARAMETER = "parameters: {isolasjon_dager: {type: integer, maximum: 30, default: 6}}\n"
VARIABLE = """\
dataElements: {NO_PROVEDATO: {name: Dato, valueType: DATE}}
programs:
  P:
    name: P
    programType: WITHOUT_REGISTRATION
    programStages: {S: {name: S, programStageDataElements: [NO_PROVEDATO]}}
    programRules: {ALLTID: {name: Alltid, condition: "true"}}
"""
TWO_STAGES = """\
programs:
  NO_C19_INDEKS:
    name: A
    programType: WITH_REGISTRATION
    programStages: {PROVE: {name: A}, NO_IX_PROVE: {name: B}}
  NO_C19_NAER: {name: B, programType: WITH_REGISTRATION, programStages: {PROVE: {name: C}}}
"""
TWO_SETS = """\
optionSets:
  NO_PROVESVAR: {name: Svar, valueType: TEXT, options: {POSITIV: {name: Positiv}}}
  NO_HURTIGSVAR: {name: Hurtig, valueType: TEXT, options: {POSITIV: {name: Positiv}}}
"""
PRIORITY = """\
programs:
  P:
    programRules:
      R:
        programRuleActions: [{programRuleActionType: HIDEFIELD, dataElement: NO_SVAR, priority: 1}]
"""
EXPOSED = "optionSets:\n  NO_EKSPONERINGSSTED: {name: Sted, valueType: TEXT}\n"
UNNAMED = 'server: {url: "https://alta.example.org"}\n'
FELLES = 'name: felles\nversion: 1.0.0\ndhis2: ">=2.41"\nlocale: nb\n'

BY_SEX_AND_AGE = """\
categoryOptions: {KVINNE: {name: Kvinne}, MANN: {name: Mann}, U18: {name: Under 18}}
categories:
  KJONN: {name: Kjønn, categoryOptions: [KVINNE, MANN]}
  ALDER: {name: Alder, categoryOptions: [U18]}
categoryCombos: {KJONN_ALDER: {name: Kjønn og alder, categories: [KJONN, ALDER]}}
dataElements: {VAKSINERT: {name: Vaksinert, valueType: INTEGER, categoryCombo: KJONN_ALDER}}
indicatorTypes: {PROSENT: {name: Prosent, factor: 100}}
"""

SETTINGS: Mapping[str, Setting] = {
    **dict.fromkeys(
        ("option-combination", "not-a-combination"),
        Setting(beside={"packages/demo/kategorier.yaml": BY_SEX_AND_AGE}, bare=True),
    ),
    **dict.fromkeys(
        (
            "variable-name",
            "variable-source",
            "expression-syntax",
            "expression-function",
            "expression-arguments",
            "expression-variable",
            "expression-result",
            "function-version",
            "unlike-types",
            "date-as-text",
            "null-comparison",
            "fixed-condition",
            "calculated-comparison",
            "assigned-twice",
            "rule-order",
            "variable-stage",
            "hidden-compulsory",
        ),
        PROGRAM,
    ),
    **dict.fromkeys(
        ("action-target", "action-irrelevant", "rule-grouping", "rule-remainder", "calculation-cycle"), RULE
    ),
    **dict.fromkeys(
        (
            "unknown-rule",
            "severity-word",
            "not-one-of",
            "privacy-word",
            "reserved-word",
            "version-requirement",
            "unknown-version",
        ),
        PACKAGE,
    ),
    **dict.fromkeys(
        (
            "out-of-range",
            "expired-allowance",
            "package-version",
            "unknown-package",
            "server-url",
            "sandbox-url",
        ),
        ALTA,
    ),
    **dict.fromkeys(
        ("missing-column", "empty-column", "duplicate-column", "ragged-row", "csv-quote", "empty-table"),
        TABLE,
    ),
    **dict.fromkeys(("translations", "unknown-locale", "not-a-locale", "tag-value", "bad-template"), ELEMENT),
    **dict.fromkeys(("stale-lock", "lock-line", "duplicate-lock-line", "conflict-mark"), LOCKED),
    **dict.fromkeys(("program-open", "identity-number", "personal-reader", "role-reach"), PERSONS),
    **dict.fromkeys(
        (
            "no-sharing",
            "duplicate-locale",
            "hidden-locale",
            "duplicate-option",
            "unused-element",
            "unused-object",
            "leaked-secret",
            "nobody-enters",
            "silence-effect",
            "not-a-mapping",
        ),
        BARE,
    ),
    "division-by-zero": Setting(
        inside="programs:\n  P:\n    programRules:\n      R:\n        condition: 'true'\n", indent=8
    ),
    "version-gap": Setting(file=MANIFEST, beside={OBJECTS: PRIORITY}),
    "unused-variable": Setting(
        inside="programs:\n  P:\n", indent=4, beside={"packages/demo/p.yaml": VARIABLE}, bare=True
    ),
    "section-member": Setting(
        inside="programs:\n  P:\n",
        indent=4,
        beside={
            "packages/demo/e.yaml": f"dataElements:\n{FEVER}  NO_PROVESVAR: {{name: Svar, valueType: TEXT}}\n"
        },
        bare=True,
    ),
    "missing-file": Setting(right={"packages/demo/kommune.csv": "key,name\n0301,Oslo\n"}),
    "looks-renamed": Setting(
        beside={LOCK: "dataElements/NO_FEBER: aB3dE5gH7jK\n"},
        right={LOCK: "dataElements/NO_FEVER: aB3dE5gH7jK\n"},
        bare=True,
    ),
    "unknown-reference": Setting(right={"packages/demo/sett.yaml": EXPOSED}),
    "ambiguous-reference": Setting(beside={"packages/demo/sett.yaml": TWO_SETS}),
    "patch-not-allowed": Setting(file=MUNICIPALITY, beside={"packages/demo/programmer.yaml": TWO_STAGES}),
    "expression-form": Setting(inside="programs:\n  P:\n    programRules:\n      R:\n", indent=8),
    "raw-text": Setting(inside="programIndicators:\n  NO_PI:\n    program: P\n", indent=4),
    "bare-secret": Setting(inside="routes:\n  NO_LAB:\n", indent=4),
    "missing-translation": Setting(manifest="locales: {required: [en]}\n", bare=True),
    "not-translatable": Setting(
        file="packages/demo/translations/nn.yaml",
        manifest="locales: {optional: [nn]}\n",
        beside={"packages/demo/feber.yaml": f"dataElements:\n{FEVER}"},
        bare=True,
    ),
    "undefined-parameter": Setting(
        inside=(
            "programs:\n  P:\n    programRules:\n      R:\n        programRuleActions:\n"
            "        - programRuleActionType: ASSIGN\n          dataElement: NO_FERDIG\n"
        ),
        indent=10,
        manifest=PARAMETER,
    ),
    "parameter-value": Setting(file=MUNICIPALITY, manifest=PARAMETER),
    "for-each-name": Setting(inside="programIndicators:\n", indent=2, manifest=PARAMETER),
    "missing-requirement": Setting(
        file=MUNICIPALITY,
        manifest='requires: {felles: ">=1.0"}\n',
        beside={"packages/felles/package.yaml": FELLES},
    ),
    "unit-unknown": Setting(file=MUNICIPALITY, beside={MUNICIPALITY: UNNAMED}),
    "two-servers": Setting(
        file=MUNICIPALITY, beside={MUNICIPALITY: "name: Alta\norganisationUnit: {code: '5501'}\n"}
    ),
    "no-match": Setting(file="fleet.yaml"),
    "adoption": Setting(file=MUNICIPALITY, beside={"packages/demo/feber.yaml": f"dataElements:\n{FEVER}"}),
}
ELSEWHERE: Mapping[str, str] = {"unreadable-folder": "tests/unit/load/test_load_package.py"}
"""The rule whose example nobody can make who may read every folder, and the test that shows it."""
