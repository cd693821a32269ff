"""Properties that hold the UID of an object as mere text: keys are looked up in them all the same."""

UID_TEXTS = {
    ("attributeValueFilter", "attribute"): "trackedEntityAttributes",
    ("entityQueryCriteria", "programStage"): "programStages",
    ("eventDataFilter", "dataItem"): "dataElements",
    ("mapView", "relationshipType"): "relationshipTypes",
    ("programCategoryMapping", "categoryId"): "categories",
    ("programCategoryOptionMapping", "optionId"): "categoryOptions",
    ("programRuleActions", "templateUid"): "programNotificationTemplates",
    ("trackerDataView", "attributes"): "trackedEntityAttributes",
    ("trackerDataView", "dataElements"): "dataElements",
}
"""(Type or embedded class, property) → the type that is meant; schemas say no more than text."""
