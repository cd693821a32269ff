"""A small package of every run's own: a program with what a program has, all of it under one prefix."""

from typing import Any

Tree = dict[str, Any]


def both(nb: str, en: str) -> Tree:
    """A text in the base language and in English."""
    return {"nb": nb, "en": en}


ONCE, KEEP, SECRET = "@once@", "@keep@", "@secret@"
"""How tags stand in a tree before it is written."""


def once(text: str) -> str:
    """A starting value."""
    return ONCE + text


def secret(name: str) -> str:
    """A value that stands outside all files."""
    return SECRET + name


def tagged(json: str) -> str:
    """A tree written as JSON, with its tags as YAML has them."""
    marked = json.replace(f'"{SECRET}', '!secret "')
    return marked.replace(f'"{ONCE}', '!once "').replace(f'"{KEEP}"', "!keep ~")


def small_package(p: str) -> Tree:
    """The objects of the package, by type and key; `p` stands before every key, code and name."""
    return {
        "optionSets": {
            f"{p}SVAR": {
                "name": f"{p}Prøvesvar",
                "options": {"POS": both("Positiv", "Positive"), "NEG": both("Negativ", "Negative")},
            },
        },
        "dataElements": {
            f"{p}DATO": {"name": both(f"{p}Dato", f"{p}Date"), "valueType": "DATE"},
            f"{p}UTFALL": {
                "name": f"{p}Utfall",
                "formName": both("Svar", "Result"),
                "description": both("Hva prøven viste", "What the test showed"),
                "valueType": "TEXT",
                "optionSet": f"{p}SVAR",
            },
            f"{p}TEMP": {"name": f"{p}Temperatur", "valueType": "NUMBER"},
            f"{p}NOTAT": {"name": f"{p}Notat", "valueType": "LONG_TEXT"},
        },
        "trackedEntityAttributes": {
            f"{p}NAVN": {"name": f"{p}Navn", "valueType": "TEXT"},
            f"{p}TLF": {"name": f"{p}Telefon", "valueType": "PHONE_NUMBER"},
        },
        "trackedEntityTypes": {
            f"{p}PERSON": {
                "name": f"{p}Person",
                "sharing": "work",
                "trackedEntityTypeAttributes": {f"{p}NAVN": {"mandatory": True, "searchable": True}},
            },
        },
        "programs": {f"{p}INDEKS": _program(p)},
        "userGroups": {f"{p}SPORER": {"name": f"{p}Smittesporere", "sharing": "look"}},
        "userRoles": {
            f"{p}ROLLE": {
                "name": f"{p}Smittesporer",
                "description": "Registrerer og følger opp",
                "authorities": ["F_UNCOMPLETE_EVENT", "M_dhis-web-capture"],
                "sharing": "look",
            },
        },
    }


def _program(p: str) -> Tree:
    return {
        "name": both(f"{p}Indeks", f"{p}Index"),
        "description": "Registrering og oppfølging",
        "programType": "WITH_REGISTRATION",
        "trackedEntityType": f"{p}PERSON",
        "accessLevel": "CLOSED",
        "sharing": "work",
        "programTrackedEntityAttributes": {f"{p}NAVN": {"mandatory": True, "searchable": True}},
        "programSections": {
            "HVEM": {"name": both("Hvem", "Who"), "trackedEntityAttributes": [f"{p}NAVN"]},
        },
        "programStages": {
            "PROVE": {
                "name": both(f"{p}Prøve", f"{p}Test"),
                "repeatable": True,
                "sharing": "work",
                "programStageDataElements": {
                    f"{p}DATO": {"compulsory": True},
                    f"{p}UTFALL": {},
                },
                "programStageSections": {
                    "SVARET": {"name": both("Svaret", "The result"), "dataElements": [f"{p}UTFALL"]},
                },
            },
            "HELSE": {
                "name": both(f"{p}Helse", f"{p}Health"),
                "sharing": "work",
                "programStageDataElements": {f"{p}TEMP": {}},
            },
        },
        "programRuleVariables": {
            "utfall": {
                "programRuleVariableSourceType": "DATAELEMENT_CURRENT_EVENT",
                "dataElement": f"{p}UTFALL",
                "useCodeForOptionSet": True,
            },
            "temp": {
                "programRuleVariableSourceType": "DATAELEMENT_CURRENT_EVENT",
                "dataElement": f"{p}TEMP",
            },
        },
        "programRules": {
            "FEBER": {
                "name": both(f"{p}Feber", f"{p}Fever"),
                "condition": "#{temp} > 38",
                "programRuleActions": [
                    {
                        "programRuleActionType": "SHOWWARNING",
                        "dataElement": f"{p}TEMP",
                        "content": both("Høy temperatur", "High temperature"),
                    }
                ],
            },
            "POSITIV": {
                "name": f"{p}Positiv",
                "condition": "#{utfall} == 'POS'",
                "programRuleActions": [
                    {"programRuleActionType": "DISPLAYTEXT", "location": "feedback", "content": "Ring i dag"},
                    {"programRuleActionType": "HIDEFIELD", "dataElement": f"{p}DATO"},
                ],
            },
        },
        "programIndicators": {
            f"{p}ANTALL": {
                "name": both(f"{p}Antall", f"{p}Count"),
                "shortName": f"{p}Antall",
                "analyticsType": "ENROLLMENT",
                "aggregationType": "COUNT",
                "expression": "V{enrollment_count}",
            },
        },
    }


def manifest(name: str, p: str) -> Tree:
    """`package.yaml` of the small package."""
    return {
        "name": name,
        "version": "1.0.0",
        "title": "A small package for one run",
        "dhis2": ">=2.41,<2.44",
        "locale": "nb",
        "locales": {"inline": ["en"]},
        "sharing": {
            "work": {"public": "--------", "userGroups": {f"{p}SPORER": "r-rw----"}},
            "look": {"public": "--------", "userGroups": {f"{p}SPORER": "r-------"}},
        },
        "defaults": {
            "optionSets": {"valueType": "TEXT", "sharing": "look"},
            "dataElements": {"domainType": "TRACKER", "aggregationType": "NONE", "sharing": "look"},
            "trackedEntityAttributes": {"aggregationType": "NONE", "sharing": "look"},
            "programIndicators": {"sharing": "look"},
        },
    }
