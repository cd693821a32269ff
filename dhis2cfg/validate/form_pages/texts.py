"""Pages on texts and their languages."""

from dhis2cfg.validate.pages import Page

PAGES = (
    Page(
        rule="missing-base-text",
        what="A text has translations and no text in the package's base language.",
        why=(
            "In DHIS2 a translation lies over a text that is stored in the object itself. Without that one "
            "the property is empty for everybody who chose no language, and DHIS2 refuses an object without "
            "a name."
        ),
        wrong="""
# package.yaml says locale: nb
dataElements:
  NO_FEBER: {name: {en: Fever}}
""",
        right="""
dataElements:
  NO_FEBER: {name: {nb: Feber, en: Fever}}
""",
    ),
    Page(
        rule="missing-translation",
        what="A text lacks a language that `locales.required` of `package.yaml` asks for.",
        why=(
            "DHIS2 shows the base text in its place, so a screen would be half in one language, half in "
            "another."
        ),
        wrong="""
# package.yaml says locale: nb, locales: {required: [en]}
dataElements:
  NO_FEBER: {name: Feber}
""",
        right="""
dataElements:
  NO_FEBER: {name: {nb: Feber, en: Fever}}
""",
    ),
    Page(
        rule="unknown-locale",
        what="A text is given in a language that `package.yaml` does not name.",
        why=(
            "Most often a locale is misspelled, and its users would see the base text. Languages that only "
            "some translate stand in `translations/<locale>.yaml` and need no line in `package.yaml`."
        ),
        wrong="""
# package.yaml says locale: nb, locales: {required: [en]}
name: {nb: Feber, eng: Fever}
""",
        right="""
name: {nb: Feber, en: Fever}
""",
    ),
    Page(
        rule="not-a-locale",
        what="A key among the languages of a text is no locale.",
        why="DHIS2 stores a translation under its locale: `nb`, `en` or, with a country, `pt_BR`.",
        wrong="""
name: {nb: Feber, English: Fever}
""",
        right="""
name: {nb: Feber, en: Fever}
""",
    ),
    Page(
        rule="not-translatable",
        what="A translation file holds a property that DHIS2 does not translate.",
        why=(
            "DHIS2 translates names, descriptions and labels; a code or an expression is the same in every "
            "language."
        ),
        wrong="""
# translations/nn.yaml
dataElements: {NO_FEBER: {code: FEBER_NN}}
""",
        right="""
# translations/nn.yaml
dataElements: {NO_FEBER: {name: Feber}}
""",
    ),
    Page(
        rule="short-name",
        what="An object has no `shortName`, and its name is too long for one or another object has it.",
        why=(
            "A short name that is left out follows the name. DHIS2 allows 50 characters for it and, for data "
            "elements and others, refuses one that another object of the type has (E5003)."
        ),
        wrong="""
dataElements:
  NO_OPPHOLD: {name: Opphold på sykehus de siste fjorten dagene før symptomstart}
""",
        right="""
dataElements:
  NO_OPPHOLD:
    name: Opphold på sykehus de siste fjorten dagene før symptomstart
    shortName: Opphold på sykehus
""",
    ),
)
