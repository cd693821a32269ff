"""Pages on names that DHIS2 or the grammar does not know, or keeps for itself."""

from dhis2cfg.validate.pages import Page

PAGES = (
    Page(
        rule="unknown-property",
        what="A property does not exist for this type, or a word does not exist in this file.",
        why=(
            "DHIS2 ignores properties that it does not know, without a word, so a misspelled one would never "
            "reach the server. Names are those of DHIS2's JSON, and of any version that the package claims."
        ),
        wrong="""
dataElements:
  NO_FEBER: {name: Feber, valuetype: BOOLEAN}
""",
        right="""
dataElements:
  NO_FEBER: {name: Feber, valueType: BOOLEAN}
""",
    ),
    Page(
        rule="unknown-type",
        what="A type does not exist in DHIS2.",
        why=(
            "Types are named as in DHIS2's API, in the plural; of an import with an unknown one DHIS2 skips "
            "that part."
        ),
        wrong="""
dataElement:
  NO_FEBER: {name: Feber}
""",
        right="""
dataElements:
  NO_FEBER: {name: Feber}
""",
    ),
    Page(
        rule="closed-type",
        what="A package may not hold this type.",
        why=(
            "Users belong to the municipality, option combinations are made by the server, tokens are "
            "secrets: what a package wrote there would be somebody's loss. A municipality names users under "
            "`members:`."
        ),
        wrong="""
users:
  kari01: {username: kari01}
""",
        right="""
# municipalities/tromso.yaml
members: {userGroups/NO_UG_SPORER: [kari01]}
""",
    ),
    Page(
        rule="set-by-server",
        what="A property is written that DHIS2 sets itself.",
        why=(
            "Dates of creation, versions and the like: what a package says there is ignored, or differs at "
            "once again."
        ),
        wrong="""
programs:
  NO_C19_INDEKS: {name: Indeks, version: 7}
""",
        right="""
programs:
  NO_C19_INDEKS: {name: Indeks}
""",
    ),
    Page(
        rule="other-side",
        what="A list is written at an object that does not own it in DHIS2.",
        why=(
            "DHIS2 stores a membership on one side and ignores it on the other: the import succeeds, and "
            "nobody is a member."
        ),
        wrong="""
dataElements:
  NO_FEBER: {name: Feber, dataElementGroups: [NO_SYMPTOMER]}
""",
        right="""
dataElementGroups:
  NO_SYMPTOMER: {name: Symptomer, dataElements: [NO_FEBER]}
""",
    ),
    Page(
        rule="translations",
        what="`translations` is written as DHIS2 stores it.",
        why=(
            "A text stands once per locale, beside its base text; what DHIS2 stores is made from that, in "
            "each spelling of a locale that the server offers (`nb` and `no`)."
        ),
        wrong="""
name: Eksponeringssted
translations: [{property: NAME, locale: en, value: Exposure setting}]
""",
        right="""
name: {nb: Eksponeringssted, en: Exposure setting}
""",
    ),
    Page(
        rule="reserved-word",
        what="`extends` is written, or `adopt` where it means nothing.",
        why=(
            "`extends` is kept free for a later version; a file that used it now would change its meaning "
            "then. `adopt:` stands in `package.yaml`, in a municipality's file, or under `defaults:` of the "
            "fleet file."
        ),
        wrong="""
extends: covid-felles
""",
        right="""
requires: {covid-felles: ">=1.0"}
""",
    ),
    Page(
        rule="unknown-tag",
        what="A tag is none of `!var !tpl !once !keep !secret !csv !file !raw`.",
        why="The value behind it would be read as if the tag were not there, and mean something else.",
        wrong="""
data: !template "d2:addDays(#{onset}, {{isolasjon_dager}})"
""",
        right="""
data: !tpl "d2:addDays(#{onset}, {{isolasjon_dager}})"
""",
    ),
    Page(
        rule="tag-value",
        what="A tag has nothing behind it, or has something where it stands alone.",
        why=(
            "`!keep` lets go of a field and takes no value; the other tags say how the value behind them is "
            "read."
        ),
        wrong="""
description: !keep Oppfølging i 10 dager
""",
        right="""
description: !keep
""",
    ),
)
