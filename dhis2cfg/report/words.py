"""What types are called in output: DHIS2's own English words, one and several."""

SINGULAR = {
    "attributes": "attribute",
    "dataElements": "data element",
    "dataSets": "data set",
    "indicators": "indicator",
    "optionSets": "option set",
    "options": "option",
    "organisationUnits": "organisation unit",
    "programIndicators": "program indicator",
    "programRuleActions": "action",
    "programRuleVariables": "variable",
    "programRules": "rule",
    "programStageSections": "section",
    "programStages": "stage",
    "programSections": "section",
    "programs": "program",
    "relationshipTypes": "relationship type",
    "trackedEntityAttributes": "tracked entity attribute",
    "trackedEntityTypes": "tracked entity type",
    "userGroups": "user group",
    "userRoles": "user role",
}


def one(type_name: str) -> str:
    """The word for one object of a type (`data element`)."""
    known = SINGULAR.get(type_name)
    if known:
        return known
    spaced = "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in type_name)
    if spaced.endswith("ies"):
        return spaced.removesuffix("ies") + "y"
    return spaced.removesuffix("s")


def several(type_name: str, count: int) -> str:
    """The number and the word (`3 rules`)."""
    word = one(type_name)
    if count == 1:
        return f"1 {word}"
    return f"{count} {word.removesuffix('y')}ies" if word.endswith("y") else f"{count} {word}s"
