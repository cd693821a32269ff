"""The one judge of what is compared, sent, kept and ignored."""

import pytest

from dhis2cfg.catalogue.policy import policy
from dhis2cfg.catalogue.shipped import VERSIONS, load
from dhis2cfg.catalogue.types import Policy


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("owner", "name", "expected"),
    [
        ("programs", "name", Policy.OWNED),
        ("programs", "trackedEntityType", Policy.OWNED),
        ("programs", "style", Policy.OWNED),
        ("programs", "organisationUnits", Policy.MERGED),
        ("programs", "programTrackedEntityAttributes", Policy.MERGED),
        ("programs", "sharing", Policy.MERGED),
        ("programs", "translations", Policy.MERGED),
        ("programs", "attributeValues", Policy.MERGED),
        ("userRoles", "authorities", Policy.MERGED),
        ("programs", "version", Policy.SERVER),
        ("programs", "id", Policy.SERVER),
        ("programs", "lastUpdated", Policy.SERVER),
        ("options", "sortOrder", Policy.SERVER),
        ("programStages", "sortOrder", Policy.SERVER),
        ("organisationUnits", "level", Policy.SERVER),
        ("organisationUnitLevels", "level", Policy.OWNED),
        ("programNotificationTemplates", "deliveryChannels", Policy.SERVER),
        ("programs", "programIndicators", Policy.IGNORED),
        ("attributes", "objectTypes", Policy.IGNORED),
        ("programRuleActions", "templateUid", Policy.OWNED),
        ("programRuleActions", "programRuleActionEvaluationTime", Policy.OWNED),
        ("routes", "auth", Policy.WRITE_ONLY),
        ("eventHooks", "targets", Policy.WRITE_ONLY),
        ("programStageDataElement", "compulsory", Policy.OWNED),
        ("programStageDataElement", "sortOrder", Policy.SERVER),
        ("programStageDataElement", "programStage", Policy.IGNORED),
        ("programStageDataElement", "lastUpdated", Policy.IGNORED),
        ("programTrackedEntityAttribute", "name", Policy.IGNORED),
        ("legend", "translations", Policy.IGNORED),
        ("legend", "id", Policy.SERVER),
        ("objectStyle", "icon", Policy.OWNED),
        ("itemConfig", "insertPosition", Policy.OWNED),
        ("legendDefinitions", "set", Policy.OWNED),
        ("dataDimensionItem", "indicator", Policy.OWNED),
        ("period", "id", Policy.OWNED),
        ("period", "name", Policy.IGNORED),
        ("mapView", "layer", Policy.OWNED),
        ("mapView", "organisationUnits", Policy.MERGED),
        ("programs", "nothing", Policy.IGNORED),
        ("nothings", "name", Policy.IGNORED),
    ],
)
def test_what_becomes_of_a_property(version: str, owner: str, name: str, expected: Policy) -> None:
    """The verdict is the same in every version."""
    assert policy(load(version), owner, name) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [("CALCULATED_VALUE", Policy.OWNED), ("TEI_ATTRIBUTE", Policy.SERVER)],
)
def test_the_value_type_of_a_rule_variable_follows_its_source(source: str, expected: Policy) -> None:
    """A calculated value has the package's value type, any other that of its source."""
    fields = {"programRuleVariableSourceType": source}
    assert policy(load("2.42"), "programRuleVariables", "valueType", fields) is expected


def test_a_package_may_write_the_value_type_of_a_rule_variable() -> None:
    """Without the object at hand the property counts as the package's."""
    assert policy(load("2.42"), "programRuleVariables", "valueType") is Policy.OWNED


def test_a_value_that_the_server_only_drops_is_compared() -> None:
    """A stage of a calculated variable is the package's mistake, which shows."""
    fields = {"programRuleVariableSourceType": "CALCULATED_VALUE"}
    assert policy(load("2.42"), "programRuleVariables", "programStage", fields) is Policy.OWNED
