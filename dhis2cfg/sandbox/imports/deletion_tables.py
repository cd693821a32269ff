"""Tables of deletion: who refuses, who goes along (facts §6). What no row names lets go silently."""

from collections.abc import Mapping

VETOES: Mapping[str, frozenset[str]] = {
    "categories": frozenset({"categoryCombos"}),
    "categoryOptionCombos": frozenset({"predictors"}),
    "dataElements": frozenset({"programStages", "predictors"}),
    "dataSets": frozenset({"smsCommands"}),
    "indicatorTypes": frozenset({"indicators"}),
    "optionSets": frozenset({"dataElements"}),
    "organisationUnits": frozenset({"organisationUnits"}),
    "programStageSections": frozenset({"programRuleActions"}),
    "programStages": frozenset({"programRules", "programRuleVariables"}),
    "trackedEntityTypes": frozenset({"programs"}),
    "userRoles": frozenset({"users"}),
    "visualizations": frozenset({"reports"}),
}
"""Type → the types whose reference to it refuses the deletion (E4030)."""

CASCADES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "dataSets": (("sections", "dataSet"),),
    "optionSets": (("options", "optionSet"),),
    "programRules": (("programRuleActions", "programRule"),),
    "programStages": (("programStageSections", "programStage"),),
    "programs": (
        ("programRules", "program"),
        ("programRuleVariables", "program"),
        ("programIndicators", "program"),
        ("programSections", "program"),
        ("programStages", "program"),
        ("relationshipTypes", "fromConstraint.program"),
        ("relationshipTypes", "toConstraint.program"),
    ),
}
"""Type → (child type, its reference) that is deleted first."""
