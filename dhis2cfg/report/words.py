"""What types and properties are called in output: DHIS2's own English words, one and several."""

import re

from dhis2cfg.report.signs import number

SINGULAR = {
    "attributes": "attribute",
    "attributeValues": "attribute value",
    "authorities": "authority",
    "dataStore": "data store entry",
    "programRuleActions": "action",
    "programRuleVariables": "variable",
    "programRules": "rule",
    "programSections": "section",
    "programStageDataElements": "data element",
    "programStageSections": "section",
    "programStages": "stage",
    "programTrackedEntityAttributes": "attribute",
    "trackedEntityTypeAttributes": "attribute",
    "dataSetElements": "data element",
    "users": "member",
}
"""Where the word is not DHIS2's name with blanks between its parts."""

PLURAL = {"authority": "authorities"}

FIELDS = {
    "organisationUnits": "organisation units",
    "programStageDataElements": "data elements",
    "programTrackedEntityAttributes": "attributes",
    "trackedEntityTypeAttributes": "attributes",
    "dataSetElements": "data elements",
}


def spaced(name: str) -> str:
    """`formName` as `form name`; names in capitals stay."""
    return re.sub(r"(?<=[a-z0-9])[A-Z]", lambda match: f" {match[0].lower()}", name)


def one(type_name: str) -> str:
    """The word for one object of a type (`data element`)."""
    known = SINGULAR.get(type_name)
    if known:
        return known
    words = spaced(type_name)
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("s", "")):
        if words.endswith(ending) and not words.endswith("ss"):
            return words.removesuffix(ending) + instead
    return words


def plural(word: str) -> str:
    """`rule` as `rules`, `category` as `categories`."""
    if word in PLURAL:
        return PLURAL[word]
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word.removesuffix("y") + "ies"
    return word + "s"


def several(type_name: str, count: int) -> str:
    """The number and the word (`3 rules`)."""
    word = one(type_name)
    return number(count, word, plural(word))


ACTS = {
    "ASSIGN": "fills",
    "CREATEEVENT": "makes an event of",
    "DISPLAYKEYVALUEPAIR": "shows a value",
    "DISPLAYTEXT": "shows a text",
    "ERRORONCOMPLETE": "refuses completion at",
    "HIDEFIELD": "hides",
    "HIDEOPTION": "hides an option of",
    "HIDEOPTIONGROUP": "hides options of",
    "HIDEPROGRAMSTAGE": "hides",
    "HIDESECTION": "hides",
    "SCHEDULEMESSAGE": "plans a message",
    "SENDMESSAGE": "sends a message",
    "SETMANDATORYFIELD": "demands",
    "SHOWERROR": "refuses",
    "SHOWOPTIONGROUP": "shows options of",
    "SHOWWARNING": "warns at",
    "WARNINGONCOMPLETE": "warns at completion at",
}
"""What a rule does to what it acts on, in the words of somebody who registers."""
