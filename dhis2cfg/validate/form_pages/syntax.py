"""Pages on YAML itself: what a file may not hold before any type is known."""

from dhis2cfg.validate.pages import Page

PAGES = (
    Page(
        rule="yaml-syntax",
        what="A file is not YAML from here on.",
        why=(
            "Nothing of the file can be read, so nothing of it is judged: other findings may come up once "
            "this one is mended. Most often quotes are missing around a value with `: `, or a line stands "
            "too far in."
        ),
        wrong="""
dataElements:
  NO_PROVEDATO: {name: Prøve: dato}
""",
        right="""
dataElements:
  NO_PROVEDATO: {name: "Prøve: dato"}
""",
    ),
    Page(
        rule="tab",
        what="A line is indented with a tab.",
        why="How far a line stands in says whose property it is, and a tab is no known number of blanks.",
        wrong="""
dataElements:
	NO_FEBER: {name: Feber}
""",
        right="""
dataElements:
  NO_FEBER: {name: Feber}
""",
    ),
    Page(
        rule="control-character",
        what="A file holds a character that YAML does not allow.",
        why=(
            "It came along from a terminal or an office document and cannot be seen. DHIS2 would store it in "
            "a name, and searching for that name would find nothing."
        ),
        wrong="""
name: "Feber<U+0007>"          # one character that rings a bell
""",
        right="""
name: "Feber"
""",
    ),
    Page(
        rule="comment-trap",
        what="A blank and `#` cut a value that goes on with `#{`.",
        why=(
            "YAML begins a comment there, without a word. The condition of a program rule would lose its "
            "end, or be empty, and DHIS2 stores either: the rule would act where it should not."
        ),
        wrong="""
condition: d2:hasValue(#{feber}) && #{feber} >= 38
""",
        right="""
condition: "d2:hasValue(#{feber}) && #{feber} >= 38"
""",
    ),
    Page(
        rule="second-document",
        what="A second document begins in a file (`---`).",
        why="One file is one mapping of types; what stands behind `---` would be left out without a word.",
        wrong="""
dataElements: {NO_FEBER: {name: Feber}}
---
optionSets: {NO_KJONN: {name: Kjønn}}
""",
        right="""
dataElements: {NO_FEBER: {name: Feber}}
optionSets: {NO_KJONN: {name: Kjønn}}
""",
    ),
    Page(
        rule="merge-key",
        what="A merge key (`<<`) stands in a mapping.",
        why=(
            "Which value wins would depend on the reader of YAML, and a reviewer would not see what an "
            "object has. What many objects share stands in `defaults:` of `package.yaml`."
        ),
        wrong="""
dataElements:
  NO_FEBER: {<<: *vanlig, name: Feber, valueType: BOOLEAN}
""",
        right="""
# package.yaml
defaults: {dataElements: {domainType: TRACKER, aggregationType: NONE}}
""",
    ),
    Page(
        rule="duplicate-key",
        what="One key is written twice: in a mapping, a table, two files, two turns, or two packages' units.",
        why=(
            "YAML readers silently keep the last one, so an object or a property would be lost. In DHIS2 one "
            "key is one object; two keys that differ only in case would be taken for each other."
        ),
        wrong="""
dataElements:
  NO_FEBER: {name: Feber, valueType: BOOLEAN}
  NO_FEBER: {name: Målt temperatur, valueType: NUMBER}
""",
        right="""
dataElements:
  NO_FEBER: {name: Feber, valueType: BOOLEAN}
  NO_TEMPERATUR: {name: Målt temperatur, valueType: NUMBER}
""",
    ),
    Page(
        rule="empty-key",
        what="A value has no key.",
        why=(
            "Without a key nothing can refer to an object, and its UID would change with its place in the "
            "file."
        ),
        wrong="""
optionSets:
  NO_KJONN: {name: Kjønn, valueType: TEXT, options: {: {name: Kvinne}}}
""",
        right="""
optionSets:
  NO_KJONN: {name: Kjønn, valueType: TEXT, options: {KVINNE: {name: Kvinne}}}
""",
    ),
    Page(
        rule="key-not-text",
        what="A list or a mapping stands where a key is read.",
        why=(
            "Keys are texts. A key in brackets or braces is a value in YAML, mostly one whose quotes are "
            "missing."
        ),
        wrong="""
programIndicators:
  {{band}}_SYKE: {name: Syke}
""",
        right="""
programIndicators:
  "{{band}}_SYKE": {name: Syke}
""",
    ),
    Page(
        rule="unknown-anchor",
        what="An alias (`*name`) names no anchor that stands before it.",
        why=(
            "Anchors hold within one file, from where they are written downwards; here there is nothing to "
            "repeat."
        ),
        wrong="""
analyticsPeriodBoundaries: *periode
""",
        right="""
analyticsPeriodBoundaries: &periode
  - {analyticsPeriodBoundaryType: AFTER_START_OF_REPORTING_PERIOD, boundaryTarget: ENROLLMENT_DATE}
""",
    ),
    Page(
        rule="anchors-explode",
        what="By its aliases a file becomes ten times as large as it is written, or more.",
        why="A few lines could fill all memory. Many alike objects are what `for_each` and tables are for.",
        wrong="""
a: &a {x: 1, y: 2}
b: &b [*a, *a, *a, *a, *a, *a]
c: [*b, *b, *b, *b, *b, *b]
""",
        right="""
programIndicators:
  NO_PI_{{band}}:
    for_each: {band: [0_9, 10_19, 20_29]}
    name: !tpl "Smittede {{band}}"
""",
    ),
    Page(
        rule="too-deep",
        what="Values stand more than 64 levels deep in each other.",
        why="No object of DHIS2 needs so many; a bracket is missing, or the file was made to do harm.",
        wrong="""
attributeValues: [[[[[[[[]]]]]]]]        # and so on
""",
        right="""
attributeValues: {NO_SNOMED: "255246003"}
""",
    ),
    Page(
        rule="too-many-mistakes",
        what="A file has more than a hundred mistakes.",
        why=(
            "Reading ends there: most often one mistake on top, a wrong separator or indentation, made all "
            "others."
        ),
        wrong="""
# a hundred findings above this one
""",
        right="""
# begin with the first of them
""",
    ),
)
