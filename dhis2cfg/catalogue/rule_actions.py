"""What program rule actions may act on, and what an action of a type must not name."""

TARGETS = (
    "dataElement",
    "trackedEntityAttribute",
    "programStageSection",
    "programStage",
    "programIndicator",
    "option",
    "optionGroup",
    "templateUid",
)
"""What an action may act on, in the order asked; a section comes before the stage it names beside itself."""

UNWANTED = {
    "HIDEOPTION": ("programStage", "optionGroup", "programStageSection"),
    "HIDEPROGRAMSTAGE": ("dataElement", "option", "optionGroup", "programStageSection"),
    "HIDESECTION": ("dataElement", "option", "optionGroup", "programStage"),
}
"""What DHIS2 refuses beside an action of this type (E4058)."""
