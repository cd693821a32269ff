"""Pages on references: keys that name nothing or too much, and the expressions that hold them."""

from dhis2cfg.model.findings import Severity
from dhis2cfg.validate.pages import Page

PAGES = (
    Page(
        rule="unknown-reference",
        what="A key names nothing: no object, variable, sharing profile, patch or translation is called so.",
        why=(
            "DHIS2 refuses an import that refers to what does not exist (E5002), and rules and indicators "
            "that name it count nothing. What stands on the server outside all packages is written `{id: "
            "UID}`."
        ),
        wrong="""
dataElements:
  NO_EKSPONERING: {name: Eksponeringssted, optionSet: NO_EKSPONERINGSTED}
""",
        right="""
dataElements:
  NO_EKSPONERING: {name: Eksponeringssted, optionSet: NO_EKSPONERINGSSTED}
""",
    ),
    Page(
        rule="ambiguous-reference",
        what="A key names several objects, none of them inside what refers to it.",
        why=(
            "Stages, variables, options and rules have their keys inside their parent only: two programs may "
            "both have a stage PROVE. From outside, the path says which is meant."
        ),
        wrong="""
optionGroups:
  NO_OG_SYKE: {name: Syke, optionSet: NO_PROVESVAR, options: [POSITIV]}      # two sets have it
""",
        right="""
optionGroups:
  NO_OG_SYKE: {name: Syke, optionSet: NO_PROVESVAR, options: [NO_PROVESVAR/POSITIV]}
""",
    ),
    Page(
        rule="not-a-reference",
        what="Something other than a key stands where an object is named.",
        why=(
            "A reference is a key, a path `PARENT/KEY`, or `{id: UID}` for what exists on the server already."
        ),
        wrong="""
programs:
  NO_C19_INDEKS: {trackedEntityType: {name: Person}}
""",
        right="""
programs:
  NO_C19_INDEKS: {trackedEntityType: PERSON}
""",
    ),
    Page(
        rule="not-a-combination",
        what="Something else stands where an option combination is named.",
        why=(
            "The server makes option combinations itself and gives them its own UIDs, so they are written by "
            "the keys of their category options, one of each category, in any order; the one that every "
            "server has is `default`."
        ),
        wrong="""
indicators:
  I: {numerator: "#{VAKSINERT.KVINNE}"}
""",
        right="""
indicators:
  I: {numerator: "#{VAKSINERT.(KVINNE,U18)}"}
""",
    ),
    Page(
        rule="expression-form",
        what="An expression is not one in DHIS2's language for this property.",
        why=(
            "DHIS2 stores many broken expressions as they are. A rule with one never acts on any phone, an "
            "indicator with one shows nothing, and nobody is told. The finding says what cannot be read."
        ),
        wrong="""
condition: "d2:hasValue(#{feber} && #{feber} >= 38"
""",
        right="""
condition: "d2:hasValue(#{feber}) && #{feber} >= 38"
""",
    ),
    Page(
        rule="raw-text",
        what="A text is passed on untouched by `!raw`.",
        why=(
            "Keys in it are neither looked up nor checked: UIDs written there hold on one server only, and a "
            "renamed variable is not noticed. This is a note, for the reviewer."
        ),
        wrong="""
filter: !raw "#{LpWNjNGvCO5.XA2Pk3U89ty} == '01'"
""",
        right="""
filter: "#{NO_IX_BAKGRUNN.NO_EKSPONERING} == '01'"
""",
        severity=Severity.INFO,
    ),
)
