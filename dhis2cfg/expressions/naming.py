"""What a key of each kind names, as a type of metadata."""

from dhis2cfg.expressions.found import Kind

TYPES = {
    Kind.ATTRIBUTE: "trackedEntityAttributes",
    Kind.CATEGORY_OPTION: "categoryOptions",
    Kind.CATEGORY_OPTION_GROUP: "categoryOptionGroups",
    Kind.CONSTANT: "constants",
    Kind.DATA_ELEMENT: "dataElements",
    Kind.DATA_ELEMENT_GROUP: "dataElementGroups",
    Kind.DATASET: "dataSets",
    Kind.INDICATOR: "indicators",
    Kind.ORGUNIT: "organisationUnits",
    Kind.ORGUNIT_GROUP: "organisationUnitGroups",
    Kind.PROGRAM: "programs",
    Kind.PROGRAM_INDICATOR: "programIndicators",
    Kind.RELATIONSHIP_TYPE: "relationshipTypes",
    Kind.STAGE: "programStages",
    Kind.USER_GROUP: "userGroups",
    Kind.USER_ROLE: "userRoles",
}
"""Kinds that are the key of an object; variables, forms and option combinations are looked up otherwise."""
