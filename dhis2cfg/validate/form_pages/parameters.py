"""Pages on parameters, templates and repetition."""

from dhis2cfg.validate.pages import Page

PAGES = (
    Page(
        rule="undefined-parameter",
        what="A name stands for nothing: `package.yaml` has no such parameter, `for_each` no such name.",
        why=(
            "The text would go out with a hole in it: a rule that adds no days, a filter that compares with "
            "nothing. A municipality that gives a value to a misspelled parameter would change nothing."
        ),
        wrong="""
data: !tpl "d2:addDays(#{onset}, {{isolasjonsdager}})"
""",
        right="""
# package.yaml: parameters: {isolasjon_dager: {type: integer, default: 6}}
data: !tpl "d2:addDays(#{onset}, {{isolasjon_dager}})"
""",
    ),
    Page(
        rule="unused-parameter",
        what="A parameter is defined, and nothing in the package uses it.",
        why="A municipality could set it and would wait in vain for its DHIS2 to change.",
        wrong="""
# packages/covid-no/package.yaml
parameters: {isolasjon_dager: {type: integer, default: 6}}
# packages/covid-no/constants.yaml
constants: {NO_ISOLASJON: {name: Isolasjon i dager, value: 6}}
""",
        right="""
# packages/covid-no/package.yaml
parameters: {isolasjon_dager: {type: integer, default: 6}}
# packages/covid-no/constants.yaml
constants: {NO_ISOLASJON: {name: Isolasjon i dager, value: !var isolasjon_dager}}
""",
    ),
    Page(
        rule="parameter-value",
        what="A parameter's value is missing, or is not what `package.yaml` allows.",
        why="It ends up in rules and texts on the server, where nobody checks it again.",
        wrong="""
# package.yaml: parameters: {isolasjon_dager: {type: integer, maximum: 30, default: 6}}
packages: {covid-no: {parameters: {isolasjon_dager: 60}}}
""",
        right="""
packages: {covid-no: {parameters: {isolasjon_dager: 5}}}
""",
    ),
    Page(
        rule="for-each-name",
        what="A name of `for_each` is also a parameter, or has no turns.",
        why=(
            "With two meanings a reader cannot tell which value is filled in; without turns no object is "
            "made."
        ),
        wrong="""
"NO_PI_{{isolasjon_dager}}": {for_each: {isolasjon_dager: ["5", "6"]}, name: !tpl "Etter {{isolasjon_dager}}"}
""",
        right="""
"NO_PI_{{dager}}": {for_each: {dager: ["5", "6"]}, name: !tpl "Etter {{dager}}"}
""",
    ),
    Page(
        rule="bad-template",
        what="`{{` in a `!tpl` text is not closed.",
        why=(
            "What was to be filled in would stand on the server as it is written. Two braces alone are "
            "`{{{{`."
        ),
        wrong="""
name: !tpl "Smittede {{band.text} år"
""",
        right="""
name: !tpl "Smittede {{band.text}} år"
""",
    ),
)
