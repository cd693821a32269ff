"""The files that `init` makes: a package of our own, one municipality, settings for editors."""

from dataclasses import replace
from pathlib import Path

from dhis2cfg.catalogue.shipped import schema_text
from dhis2cfg.cli.desk import open_desk, saver
from dhis2cfg.cli.settings import Settings
from dhis2cfg.errors import UsageError
from dhis2cfg.pipeline.reading import resolved
from dhis2cfg.workspace.locks import write_lock

FLEET = """\
# yaml-language-server: $schema=schemas/fleet.schema.json
name: {name}
packages: packages/*
municipalities: municipalities/*.yaml
defaults: {{packages: {{example: {{version: ">=0.1"}}}}}}
"""

MUNICIPALITY = """\
# yaml-language-server: $schema=../schemas/municipality.schema.json
number: "0001"
name: Example
server: {url: "http://127.0.0.1:8081", sandbox: true}     # dhis2cfg sandbox
organisationUnit: {code: "0001", name: Example, openingDate: 2020-01-01}
packages: {example: {version: ">=0.1", parameters: {follow_up_days: 7}}}
"""

PACKAGE = """\
# yaml-language-server: $schema=../../schemas/package.schema.json
name: example
version: 0.1.0
title: A first package
dhis2: ">=2.41,<2.44"
locale: en
parameters:
  follow_up_days: {type: integer, minimum: 1, default: 10, description: Days until the follow-up ends}
sharing:
  team: {public: "--------", userGroups: {EX_TEAM: r-rw----}}
defaults:
  dataElements: {domainType: TRACKER, aggregationType: NONE, sharing: team}
  trackedEntityAttributes: {aggregationType: NONE, sharing: team}
  optionSets: {valueType: TEXT, sharing: team}
  programStages: {sharing: team}
"""

METADATA = "# yaml-language-server: $schema=../../schemas/metadata.editor.schema.json\n"

DICTIONARY = (
    METADATA
    + """\
userGroups:
  EX_TEAM: {name: Example team, sharing: team}
optionSets:
  EX_RESULT:
    name: Test result
    options:
      POSITIVE: {name: Positive}
      NEGATIVE: {name: Negative}
      UNKNOWN: {name: Not known}
trackedEntityAttributes:
  EX_NAME: {name: Full name, valueType: TEXT}
  EX_BORN: {name: Born on, valueType: DATE}
trackedEntityTypes:
  EX_PERSON:
    name: Example person
    sharing: team
    trackedEntityTypeAttributes: {EX_NAME: {displayInList: true}, EX_BORN: {}}
dataElements:
  EX_TEST_DATE: {name: Test taken on, valueType: DATE}
  EX_TEST_RESULT: {name: Result of the test, valueType: TEXT, optionSet: EX_RESULT}
  EX_LAST_DAY: {name: Last day of follow-up, valueType: DATE}
"""
)

PROGRAM = (
    METADATA
    + """\
programs:
  EX_FOLLOW_UP:
    name: Example follow-up
    programType: WITH_REGISTRATION
    accessLevel: CLOSED
    trackedEntityType: EX_PERSON
    sharing: team
    programTrackedEntityAttributes: {EX_NAME: {mandatory: true}, EX_BORN: {}}
    programStages:
      EX_TEST:
        name: Test
        programStageDataElements: {EX_TEST_DATE: {compulsory: true}, EX_TEST_RESULT: {}, EX_LAST_DAY: {}}
    programRuleVariables:
      test_date:
        programRuleVariableSourceType: DATAELEMENT_NEWEST_EVENT_PROGRAM_STAGE
        programStage: EX_TEST
        dataElement: EX_TEST_DATE
    programRules:
      EX_R_LAST_DAY:
        name: Last day of follow-up
        programStage: EX_TEST
        condition: "d2:hasValue(#{test_date})"
        programRuleActions:
          - programRuleActionType: ASSIGN
            dataElement: EX_LAST_DAY
            data: !tpl "d2:addDays(#{test_date}, {{follow_up_days}})"
"""
)

EDITOR = """\
{
  "yaml.schemas": {
    "schemas/fleet.schema.json": "fleet.yaml",
    "schemas/municipality.schema.json": "municipalities/*.yaml",
    "schemas/package.schema.json": "packages/*/package.yaml",
    "schemas/metadata.editor.schema.json": [
      "packages/*/**/*.yaml", "!packages/*/package.yaml", "!packages/*/translations/*.yaml"
    ]
  },
  "yaml.customTags": [
    "!var scalar", "!tpl scalar", "!once scalar", "!once mapping", "!once sequence", "!keep scalar",
    "!secret scalar", "!csv scalar", "!file scalar", "!raw scalar"
  ]
}
"""

EXTENSIONS = """\
{"recommendations": ["redhat.vscode-yaml"]}
"""

ATTRIBUTES = """\
# Two branches that add objects each add lines to a lock; dhis2cfg lock sorts what a merge put together.
uids.lock text eol=lf merge=union
*.yaml text eol=lf
*.csv text eol=lf
"""

HOOKS = """\
# Before each commit: pre-commit install
repos:
  - repo: local
    hooks:
      - id: dhis2cfg-fmt
        name: dhis2cfg fmt
        language: system
        entry: dhis2cfg fmt
        pass_filenames: false
      - id: dhis2cfg-lock
        name: dhis2cfg lock
        language: system
        entry: dhis2cfg lock
        pass_filenames: false
      - id: dhis2cfg-validate
        name: dhis2cfg validate
        language: system
        entry: dhis2cfg validate
        pass_filenames: false
"""

SCHEMAS = (
    "fleet.schema.json",
    "municipality.schema.json",
    "package.schema.json",
    "metadata.editor.schema.json",
)


def begin_workspace(settings: Settings, folder: Path) -> str:
    """Write the workspace; what to do next, as text."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty", following=("init makes a new folder: dhis2cfg init NAME",))
    files = _files(folder.resolve().name)
    save = saver(settings)
    for name, text in files.items():
        save(folder / name, text)
    _lock(replace(settings, folder=folder))
    return (
        f"Made {len(files) + 1} files in {folder}. Next:\n"
        f"  cd {folder} && dhis2cfg validate\n"
        "  dhis2cfg sandbox &                       a small DHIS2 on your machine; "
        "municipalities/example.yaml points to it\n"
        "  dhis2cfg plan                            what would change\n"
        "  dhis2cfg apply                           do it\n"
        "Your editor: open the folder; completion and checks come from .vscode/settings.json and schemas/.\n"
    )


def _files(name: str) -> dict[str, str]:
    fleet_name = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in name.lower()).strip(
        "-"
    )
    return {
        "fleet.yaml": FLEET.format(name=fleet_name or "example"),
        "municipalities/example.yaml": MUNICIPALITY,
        "packages/example/package.yaml": PACKAGE,
        "packages/example/dictionary.yaml": DICTIONARY,
        "packages/example/program.yaml": PROGRAM,
        ".vscode/settings.json": EDITOR,
        ".vscode/extensions.json": EXTENSIONS,
        ".gitattributes": ATTRIBUTES,
        ".pre-commit-config.yaml": HOOKS,
        **{f"schemas/{schema}": schema_text(schema) for schema in SCHEMAS},
    }


def _lock(settings: Settings) -> None:
    """The UIDs of what was just written."""
    desk = open_desk(settings)
    for name, package in resolved(desk.files).packages.items():
        file = desk.files.root / desk.files.packages[name].lock.file
        write_lock(file, package.lock, opener=settings.world.writer)
