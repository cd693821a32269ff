"""Pages on the form of values: what a property takes, read as the catalogue types it."""

from dhis2cfg.validate.pages import Page

PAGES = (
    Page(
        rule="not-a-boolean",
        what="A property that is true or false has another value.",
        why=(
            "Only `true` and `false` are truths. `yes`, `ja` and `1` would reach DHIS2 as texts and be "
            "refused."
        ),
        wrong="""
programs:
  NO_C19_INDEKS: {displayIncidentDate: ja}
""",
        right="""
programs:
  NO_C19_INDEKS: {displayIncidentDate: true}
""",
    ),
    Page(
        rule="not-an-integer",
        what="A property that is a whole number has another value.",
        why="DHIS2 stores it in a column for whole numbers and refuses the import.",
        wrong="""
programStages:
  NO_IX_HELSESTATUS: {standardInterval: 1 dag}
""",
        right="""
programStages:
  NO_IX_HELSESTATUS: {standardInterval: 1}
""",
    ),
    Page(
        rule="not-a-number",
        what="A property that is a number has another value.",
        why="DHIS2 writes numbers with a point, whatever the language of who reads them.",
        wrong="""
legendSets:
  NO_FEBER: {name: Feber, legends: [{name: Høy, startValue: "38,5", endValue: 42}]}
""",
        right="""
legendSets:
  NO_FEBER: {name: Feber, legends: [{name: Høy, startValue: 38.5, endValue: 42}]}
""",
    ),
    Page(
        rule="not-a-date",
        what="A property that is a date has another value, or a day that no calendar has.",
        why="DHIS2 reads dates as year-month-day, with a time behind them or without.",
        wrong="""
organisationUnits:
  NO_TROMSO_OST: {name: Tromsø øst, openingDate: 1.9.2020}
""",
        right="""
organisationUnits:
  NO_TROMSO_OST: {name: Tromsø øst, openingDate: 2020-09-01}
""",
    ),
    Page(
        rule="not-a-text",
        what="A list or a mapping stands where one text is read.",
        why=(
            "In DHIS2 the property is one text. Only texts that people read on screens may be given once per "
            "locale; a code, an expression or a URL is the same in every language."
        ),
        wrong="""
optionSets:
  NO_KJONN: {name: Kjønn, valueType: [TEXT]}
""",
        right="""
optionSets:
  NO_KJONN: {name: Kjønn, valueType: TEXT}
""",
    ),
    Page(
        rule="not-a-list",
        what="One value stands where a list is read.",
        why=(
            "The property may hold many; a list of one is written as a list, so that a second is easily "
            "added."
        ),
        wrong="""
userRoles:
  NO_UR_SMITTESPORER: {name: Smittesporer, authorities: M_dhis-web-capture}
""",
        right="""
userRoles:
  NO_UR_SMITTESPORER: {name: Smittesporer, authorities: [M_dhis-web-capture]}
""",
    ),
    Page(
        rule="not-a-mapping",
        what="A text or a list stands where keys with values are read.",
        why=(
            "Objects and their parts are known by keys: without one DHIS2 would get a new object at every "
            "apply."
        ),
        wrong="""
dataElements:
  - NO_FEBER
""",
        right="""
dataElements:
  NO_FEBER: {name: Feber, valueType: BOOLEAN}
""",
    ),
    Page(
        rule="not-one-of",
        what="A setting takes only certain words, and this is none of them.",
        why="A word that nobody knows would be ignored, and what was meant by it would not happen.",
        wrong="""
severity: {no-sharing: fatal}
""",
        right="""
severity: {no-sharing: error}
""",
    ),
    Page(
        rule="out-of-range",
        what="A number in a file of the workspace is below or above what it may be.",
        why="Beyond that it has no meaning: a threshold below zero would refuse every change, or none.",
        wrong="""
thresholds: {max_delete_percent: -5}
""",
        right="""
thresholds: {max_delete_percent: 5}
""",
    ),
    Page(
        rule="wrong-form",
        what="A value has not the form that its property takes, or stands in a list twice.",
        why=(
            "The form decides what it becomes in DHIS2: a key is a reference, a list of keys are members in "
            "an order, a mapping defines the children that it holds. The finding says which form is taken."
        ),
        wrong="""
programs:
  NO_C19_INDEKS: {trackedEntityType: [PERSON]}
""",
        right="""
programs:
  NO_C19_INDEKS: {trackedEntityType: PERSON}
""",
    ),
    Page(
        rule="data-sharing",
        what="An access string shares data of a type that has none.",
        why=(
            "Characters 3 and 4 of an access string are about data, which programs, stages, tracked entity "
            "types, data sets and a few others have. For other types DHIS2 refuses them (E3011) or, from a "
            "superuser, stores what means nothing."
        ),
        wrong="""
optionSets:
  NO_KJONN: {name: Kjønn, valueType: TEXT, sharing: {public: "--------", userGroups: {NO_UG: r-rw----}}}
""",
        right="""
optionSets:
  NO_KJONN: {name: Kjønn, valueType: TEXT, sharing: {public: "--------", userGroups: {NO_UG: r-------}}}
""",
    ),
)
