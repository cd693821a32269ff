"""A small workspace around the examples of the pages: what they name stands in it."""

FLEET = "name: demo\npackages: packages/*\nmunicipalities: municipalities/*.yaml\n"
MUNICIPALITY = """\
number: "5501"
name: Alta
server: {url: "https://alta.example.org"}
organisationUnit: {code: "5501"}
packages: {covid-no: {version: ">=1.0"}}
"""
MANIFEST = """\
name: covid-no
version: 1.3.2
dhis2: ">=2.41,<2.44"
locale: nb
defaults:
  dataElements: {domainType: TRACKER, aggregationType: NONE}
  trackedEntityAttributes: {aggregationType: NONE}
"""
AROUND = """\
optionSets:
  NO_UTFALL: {name: Utfall, valueType: TEXT, options: {FRISK: {name: Frisk}, DOD: {name: Død}}}
  NO_POSNEG: {name: Prøvesvar, valueType: TEXT, options: {POS: {name: Positiv}, NEG: {name: Negativ}}}
  NO_KJONN: {name: Kjønn, valueType: TEXT, options: {KVINNE: {name: Kvinne}, MANN: {name: Mann}}}
trackedEntityAttributes:
  NO_KJONN: {name: Kjønn, valueType: TEXT, aggregationType: NONE, optionSet: NO_KJONN}
  NO_FODT: {name: Født, valueType: DATE, aggregationType: NONE}
trackedEntityTypes:
  PERSON: {name: Person, trackedEntityTypeAttributes: {NO_FODT: {}}}
"""
ELEMENTS = {
    "NO_ANTALL": "INTEGER",
    "NO_DODSDATO": "DATE",
    "NO_FERDIG": "DATE",
    "NO_GRAVID": "BOOLEAN",
    "NO_HOSTE": "BOOLEAN",
    "NO_PROVEDATO": "DATE",
    "NO_PROVESVAR": "TEXT, optionSet: NO_POSNEG",
    "NO_SVAR": "TEXT",
    "NO_UTFALL": "TEXT, optionSet: NO_UTFALL",
}
OF_STAGE = ("NO_PROVEDATO", "NO_PROVESVAR", "NO_SVAR", "NO_ANTALL", "NO_UTFALL", "NO_GRAVID", "NO_FERDIG")
OF_EVENT = {
    "alder": "NO_ANTALL",
    "alle": "NO_ANTALL",
    "antall": "NO_ANTALL",
    "brukt": "NO_ANTALL",
    "dager": "NO_ANTALL",
    "feber": "NO_ANTALL",
    "fra": "NO_PROVEDATO",
    "gravid": "NO_GRAVID",
    "provedato": "NO_PROVEDATO",
    "provesvar": "NO_PROVESVAR",
    "syke": "NO_ANTALL",
    "til": "NO_PROVEDATO",
    "utfall": "NO_UTFALL",
}
CALCULATED = dict.fromkeys(("a", "andel", "b", "grense", "igjen", "rest", "sum"), "NUMBER")


def around(said: str) -> str:
    """Elements, attributes and a program `P` with its stages, less what an example brings itself."""
    lines = [AROUND + "dataElements:"]
    lines += [
        f"  {key}: {{name: {key}, valueType: {of}}}"
        for key, of in ELEMENTS.items()
        if f"\n  {key}:" not in said
    ]
    lines += [
        "programs:",
        "  P:",
        "    name: P",
        "    programType: WITH_REGISTRATION",
        "    trackedEntityType: PERSON",
        "    programTrackedEntityAttributes: {NO_FODT: {}, NO_KJONN: {}}",
        "    programStages:",
        "      NO_PROVE:",
        "        name: Prøve",
        f"        programStageDataElements: [{', '.join(OF_STAGE)}]",
        "      NO_HELSE: {name: Helse, programStageSections: {NO_SYMPTOMER: {name: Symptomer}}}",
        "      NO_OPPFOLGING: {name: Oppfølging, programStageDataElements: [NO_HOSTE]}",
        "    programRuleVariables:",
    ]
    source = "programRuleVariableSourceType: DATAELEMENT_CURRENT_EVENT"
    lines += [
        f"      {name}: {{{source}, dataElement: {element}}}"
        for name, element in OF_EVENT.items()
        if f"\n  {name}:" not in said
    ]
    source = "programRuleVariableSourceType: CALCULATED_VALUE"
    lines += [f"      {name}: {{{source}, valueType: {of}}}" for name, of in CALCULATED.items()]
    return "\n".join(lines) + "\n"
