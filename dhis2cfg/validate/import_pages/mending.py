"""Pages on what an import mends: what servers would refuse, and what became of it."""

from dhis2cfg.model.findings import Severity
from dhis2cfg.validate.pages import Page

PAGES = (
    Page(
        rule="mend-retired-type",
        what="Objects of a type that newer versions take from nobody are left out.",
        why=(
            "Event reports and event charts are event visualizations since 2.38; 2.41 and later "
            "answer E5002 to what refers to them."
        ),
        wrong='{"eventReports": [{"id": "YLXQjZ6eLlR"}]}',
        right='{"eventVisualizations": [{"id": "YLXQjZ6eLlR"}]}',
        severity=Severity.INFO,
        language="json",
    ),
    Page(
        rule="mend-retired-item",
        what="Items of a dashboard that show something retired are left out.",
        why="The import would be refused with E5002, for what they show is not there.",
        wrong='{"dashboards": [{"dashboardItems": [{"eventReport": {"id": "YLXQjZ6eLlR"}}]}]}',
        right='{"dashboards": [{"dashboardItems": []}]}',
        severity=Severity.INFO,
        language="json",
    ),
    Page(
        rule="mend-option-combination",
        what="Category option combinations are left out.",
        why=(
            "The server makes them from the category combination, with UIDs of its own; 2.43 refuses "
            "a set that is not complete (E1130)."
        ),
        wrong='{"categoryOptionCombos": [{"id": "fWIAEtYVEGk"}]}',
        right='{"categoryCombos": [{"id": "tWIAEtYVEGk"}]}',
        severity=Severity.INFO,
        language="json",
    ),
    Page(
        rule="mend-user",
        what="Users that came with a file, and roles that only they have, are left out.",
        why=(
            "Packages carry the account that exported them. People are never created or changed by a package."
        ),
        wrong='{"users": [{"username": "package_admin"}]}',
        right='{"userGroups": [{"id": "fWIAEtYVEGk"}]}',
        severity=Severity.INFO,
        language="json",
    ),
    Page(
        rule="mend-legacy-sharing",
        what="Access in the old spelling, or none, became a sharing block.",
        why="2.36 and later read `sharing` alone; an object without it becomes everybody's.",
        wrong='{"dataElements": [{"name": "Feber", "publicAccess": "--------"}]}',
        right='{"dataElements": [{"name": "Feber", "sharing": {"public": "--------"}}]}',
        severity=Severity.INFO,
        language="json",
    ),
    Page(
        rule="mend-stray-sharing",
        what="An entry for a user group that is not in the file is left out.",
        why="A server refuses sharing with a group that it does not have (E5002).",
        wrong='{"dataSets": [{"sharing": {"userGroups": {"fWIAEtYVEGk": {"access": "r-------"}}}}]}',
        right='{"dataSets": [{"sharing": {"userGroups": {}}}]}',
        severity=Severity.INFO,
        language="json",
    ),
    Page(
        rule="mend-data-sharing",
        what="Data bits of sharing are left off where a type has no data.",
        why="They mean nothing there, and a reader of the package would look for data that do not exist.",
        wrong='{"visualizations": [{"sharing": {"public": "r-r-----"}}]}',
        right='{"visualizations": [{"sharing": {"public": "r-------"}}]}',
        severity=Severity.INFO,
        language="json",
    ),
    Page(
        rule="mend-required-value",
        what="A value that newer versions require was filled in.",
        why=(
            "`shortName` of tracked entity types and `dataDimensionType` of groups are required since"
            " 2.40 (E4000)."
        ),
        wrong='{"trackedEntityTypes": [{"name": "Person"}]}',
        right='{"trackedEntityTypes": [{"name": "Person", "shortName": "Person"}]}',
        severity=Severity.INFO,
        language="json",
    ),
    Page(
        rule="mend-number",
        what="A number that stood where a text belongs became one.",
        why="Some published files hold the numerator 1 as a number; expressions are texts.",
        wrong='{"indicators": [{"name": "Andel", "denominator": 1}]}',
        right='{"indicators": [{"name": "Andel", "denominator": "1"}]}',
        severity=Severity.INFO,
        language="json",
    ),
    Page(
        rule="mend-duplicate-translation",
        what="A text that stood twice in a language is kept once.",
        why="DHIS2 refuses the object with E1106; the first one written is kept.",
        wrong=(
            '{"dataElements": [{"name": "Country", "translations": [{"property": "NAME", "locale": "fr", '
            '"value": "Pays"}, {"property": "NAME", "locale": "fr", "value": "Le pays"}]}]}'
        ),
        right=(
            '{"dataElements": [{"name": "Country", "translations": [{"property": "NAME", "locale": "fr", '
            '"value": "Pays"}]}]}'
        ),
        severity=Severity.INFO,
        language="json",
    ),
    Page(
        rule="mend-locale",
        what="A translation into something that is no language is left out.",
        why=(
            "A language names a file of the package; `../../x` would name one outside of it. DHIS2 shows "
            "such a text to nobody."
        ),
        wrong=(
            '{"dataElements": [{"name": "Country", "translations": [{"property": "NAME", "locale": '
            '"../../x", "value": "Pays"}]}]}'
        ),
        right=(
            '{"dataElements": [{"name": "Country", "translations": [{"property": "NAME", "locale": "fr", '
            '"value": "Pays"}]}]}'
        ),
        severity=Severity.INFO,
        language="json",
    ),
    Page(
        rule="mend-attribute-value",
        what="A value of a metadata attribute is left out, for the attribute is not for such objects.",
        why="DHIS2 refuses it with E6012, and the whole file with it.",
        wrong=(
            '{"attributes": [{"id": "fWIAEtYVEGk", "name": "SNOMED", "optionAttribute": true}], '
            '"dataElements": [{"attributeValues": [{"attribute": {"id": "fWIAEtYVEGk"}, "value": "1"}]}]}'
        ),
        right=(
            '{"attributes": [{"id": "fWIAEtYVEGk", "name": "SNOMED", "dataElementAttribute": true}], '
            '"dataElements": [{"attributeValues": [{"attribute": {"id": "fWIAEtYVEGk"}, "value": "1"}]}]}'
        ),
        severity=Severity.INFO,
        language="json",
    ),
    Page(
        rule="mend-action-reference",
        what="A rule action named something that an action of its type must not name; that is left out.",
        why="DHIS2 refuses it with E4058: hiding a section goes with the section alone.",
        wrong=(
            '{"programRuleActions": [{"programRuleActionType": "HIDESECTION", "programStageSection": '
            '{"id": "fWIAEtYVEGk"}, "programStage": {"id": "tWIAEtYVEGk"}}]}'
        ),
        right=(
            '{"programRuleActions": [{"programRuleActionType": "HIDESECTION", "programStageSection": '
            '{"id": "fWIAEtYVEGk"}}]}'
        ),
        severity=Severity.INFO,
        language="json",
    ),
    Page(
        rule="mend-axes",
        what=(
            "A visualization or map was written in the form of the API, and is now in the form that "
            "is stored."
        ),
        why=(
            "Sent through a metadata import, the first form loses its data items and dimensions with 200 OK."
        ),
        wrong='{"visualizations": [{"columns": [{"dimension": "dx", "items": [{"id": "fWIAEtYVEGk"}]}]}]}',
        right=(
            '{"visualizations": [{"columnDimensions": ["dx"], "dataDimensionItems": [{"indicator": '
            '{"id": "fWIAEtYVEGk"}}]}]}'
        ),
        severity=Severity.INFO,
        language="json",
    ),
    Page(
        rule="mend-stray-reference",
        what=(
            "A reference to something that is not in the file is left out, with what means nothing "
            "without it."
        ),
        why=(
            "A server that does not have it either refuses the whole file (E5002); one that has it by"
            " chance would be bound to it."
        ),
        wrong='{"dataElements": [{"optionSet": {"id": "notHereAtAl"}}]}',
        right='{"dataElements": [{"valueType": "TEXT"}]}',
        severity=Severity.INFO,
        language="json",
    ),
    Page(
        rule="mend-raw-text",
        what="An expression that names what is not in the file is passed on untouched.",
        why=(
            "It stands behind `!raw`: its UIDs are not looked up, and what it counts is for somebody "
            "to find out."
        ),
        wrong='{"programIndicators": [{"expression": "d2:relationshipCount(\'notHereAtAl\')"}]}',
        right='{"programIndicators": [{"expression": "d2:relationshipCount()"}]}',
        severity=Severity.INFO,
        language="json",
    ),
    Page(
        rule="mend-second-base-text",
        what=(
            "A translation into the package's own language said something else than the base text, "
            "and is left out."
        ),
        why="A text has one wording in its own language; whoever set that language saw the other one.",
        wrong=(
            '{"indicators": [{"description": "All cases", "translations": [{"property": "DESCRIPTION", '
            '"locale": "en", "value": "Cases"}]}]}'
        ),
        right='{"indicators": [{"description": "All cases"}]}',
        severity=Severity.INFO,
        language="json",
    ),
)
