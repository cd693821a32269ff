"""Pages on objects inside objects: parents, lists and their order."""

from dhis2cfg.validate.pages import Page

PAGES = (
    Page(
        rule="not-an-object",
        what="A key stands for something other than an object, or a list holds something without a key.",
        why=(
            "A text or a number has no properties that DHIS2 could store; only an option may be its name "
            "alone."
        ),
        wrong="""
dataElements:
  NO_FEBER: !once {name: Feber}
""",
        right="""
dataElements:
  NO_FEBER: {name: Feber}
""",
    ),
    Page(
        rule="missing-parent",
        what="A stage, section, rule, variable, action or option stands at the top and names no parent.",
        why=(
            "In DHIS2 each of these belongs to one program, stage, rule or option set and does not exist "
            "without it. Its key, and so its UID, holds inside that parent only."
        ),
        wrong="""
programStages:
  NO_IX_PROVE: {name: Testresultat}
""",
        right="""
programStages:
  NO_IX_PROVE: {name: Testresultat, program: NO_C19_INDEKS}
""",
    ),
    Page(
        rule="two-parents",
        what="An object belongs to one parent and stands in the list of another, or names another.",
        why=(
            "DHIS2 stores one parent. Which of the two lists loses the object would depend on the order of "
            "the import."
        ),
        wrong="""
programs:
  NO_C19_INDEKS: {programIndicators: {NO_PI_SYKE: {name: Syke, program: NO_C19_NARKONTAKT}}}
""",
        right="""
programs:
  NO_C19_INDEKS: {programIndicators: {NO_PI_SYKE: {name: Syke}}}
""",
    ),
    Page(
        rule="order-over-files",
        what="The order of a list is not known, because it is spread over files.",
        why=(
            "Stages, sections, options and fields are shown in their order, and files have none. One list is "
            "written in one file, or the parent lists the keys and the members stand anywhere."
        ),
        wrong="""
# packages/covid-no/svar.yaml
optionSets: {NO_SVAR: {name: Svar, valueType: TEXT, options: {JA: {name: Ja}}}}
# packages/covid-no/flere-svar.yaml
optionSets: {NO_SVAR: {options: {NEI: {name: Nei}}}}
""",
        right="""
# packages/covid-no/svar.yaml
optionSets: {NO_SVAR: {name: Svar, valueType: TEXT, options: {JA: {name: Ja}, NEI: {name: Nei}}}}
""",
    ),
)
