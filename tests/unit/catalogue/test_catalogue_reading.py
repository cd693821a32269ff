"""Condensed catalogues become types, with the corrections laid over them."""

from typing import Any

import pytest

from dhis2cfg.catalogue.reading import corrections
from dhis2cfg.catalogue.reading.build import build
from dhis2cfg.catalogue.reading.small_schemas import SMALL_SCHEMAS
from dhis2cfg.catalogue.shipped import VERSIONS, load
from dhis2cfg.catalogue.types import Shape


@pytest.mark.parametrize(
    ("owner", "name", "shape", "target"),
    [
        ("dataElements", "name", Shape.TEXT, ""),
        ("dataElements", "valueType", Shape.CONSTANT, ""),
        ("dataElements", "zeroIsSignificant", Shape.BOOLEAN, ""),
        ("dataElements", "optionSet", Shape.REFERENCE, "optionSets"),
        ("dataElements", "legendSets", Shape.REFERENCES, "legendSets"),
        ("dataElements", "style", Shape.CHILD, "objectStyle"),
        ("dataElements", "sharing", Shape.SHARING, ""),
        ("dataElements", "translations", Shape.TRANSLATIONS, ""),
        ("dataElements", "attributeValues", Shape.ATTRIBUTE_VALUES, ""),
        ("dataElements", "aggregationLevels", Shape.VALUES, ""),
        ("programs", "expiryPeriodType", Shape.TEXT, ""),
        ("programs", "expiryDays", Shape.INTEGER, ""),
        ("programs", "programTrackedEntityAttributes", Shape.CHILDREN, "programTrackedEntityAttribute"),
        ("organisationUnits", "openingDate", Shape.DATE, ""),
        ("organisationUnits", "geometry", Shape.OPAQUE, ""),
        ("organisationUnits", "image", Shape.OPAQUE, ""),
        ("constants", "value", Shape.NUMBER, ""),
        ("visualizations", "periods", Shape.CHILDREN, "period"),
        ("visualizations", "dataDimensionItems", Shape.CHILDREN, "dataDimensionItem"),
        ("dataDimensionItem", "indicator", Shape.REFERENCE, "indicators"),
        ("period", "id", Shape.TEXT, ""),
        ("maps", "mapViews", Shape.CHILDREN, "mapView"),
        ("mapView", "program", Shape.REFERENCE, "programs"),
        ("mapView", "organisationUnits", Shape.REFERENCES, "organisationUnits"),
        ("programStageDataElement", "renderType", Shape.CHILD, "deviceRenderTypeMap"),
        ("validationRules", "leftSide", Shape.CHILD, "expression"),
        ("programRuleActions", "templateUid", Shape.TEXT, "programNotificationTemplates"),
        ("trackerDataView", "dataElements", Shape.VALUES, "dataElements"),
        ("visualizations", "icons", Shape.OPAQUE, ""),
    ],
)
@pytest.mark.parametrize("version", VERSIONS)
def test_the_shape_of_a_property(version: str, owner: str, name: str, shape: Shape, target: str) -> None:
    """Every property has one shape on the wire, the same in all versions."""
    found = load(version).property(owner, name)
    assert found is not None
    assert (found.shape, found.target) == (shape, target)


def test_attribute_values_are_one_shape_though_their_type_changed() -> None:
    """2.41 calls them a collection and 2.42 a complex value; the JSON is the same."""
    assert {load(version).property("programs", "attributeValues") for version in VERSIONS} == {
        load("2.42").property("programs", "attributeValues")
    }


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("owner", "name"),
    [
        ("programs", "categoryCombo"),
        ("programStages", "minDaysFromStart"),
        ("programStages", "referral"),
        ("programStageSections", "sortOrder"),
        ("programRuleVariables", "valueType"),
        ("programRuleActions", "programRuleActionEvaluationTime"),
        ("routes", "headers"),
    ],
)
def test_what_servers_fill_in_is_not_required(version: str, owner: str, name: str) -> None:
    """A package may leave out what real servers accepted without (oddities.md K14)."""
    found = load(version).property(owner, name)
    assert found is not None
    assert not found.required


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("owner", "name"),
    [
        ("dataElements", "valueType"),
        ("organisationUnits", "openingDate"),
        ("programs", "programType"),
        ("categoryOptionGroups", "dataDimensionType"),
        ("categoryDimension", "category"),
    ],
)
def test_what_servers_ask_for_is_required(version: str, owner: str, name: str) -> None:
    """What answers E4000 stays required."""
    found = load(version).property(owner, name)
    assert found is not None
    assert found.required


def test_unique_counts_for_scalars_alone() -> None:
    """Schemas call the ends of a relationship unique, which they are not (oddities.md K15)."""
    catalogue = load("2.42")
    ends = catalogue.types["relationshipTypes"].properties
    assert not ends["fromConstraint"].unique
    assert ends["name"].unique


def test_translation_keys_are_those_that_servers_keep() -> None:
    """`SHORT_NAME` everywhere, two descriptions that no schema calls translatable, none for expressions."""
    newest = load("2.43")
    assert newest.types["categoryOptions"].properties["shortName"].translation_key == "SHORT_NAME"
    assert newest.types["programRules"].properties["description"].translation_key == "DESCRIPTION"
    assert newest.types["validationRules"].properties["leftSide"].translation_key == ""
    assert newest.embedded["legend"].properties["name"].translation_key == ""


def test_constants_that_no_schema_lists_are_known() -> None:
    """Collections of constants get theirs by hand (oddities.md K16)."""
    found = load("2.43").property("programRuleActions", "programRuleActionEvaluationEnvironments")
    assert found is not None
    assert (found.item, found.constants) == (Shape.CONSTANT, ("WEB", "ANDROID"))
    assert found.schema_name == "evaluationEnvironments"


def test_limits_of_texts_and_numbers() -> None:
    """A program's description got a limit in 2.43; an annual sample count lies between 0 and 10."""
    assert [load(version).types["programs"].properties["description"].length for version in VERSIONS] == [
        None,
        None,
        255,
    ]
    count = load("2.42").types["predictors"].properties["annualSampleCount"]
    assert (count.minimum, count.maximum) == (0, 10)


@pytest.mark.parametrize("version", VERSIONS)
def test_map_views_are_children_in_every_version(version: str) -> None:
    """2.43 alone calls them a type of their own (oddities.md K8)."""
    catalogue = load(version)
    assert "mapViews" not in catalogue.types
    assert catalogue.embedded["mapView"].embedded


@pytest.mark.parametrize("version", VERSIONS)
def test_every_target_is_there(version: str) -> None:
    """References point at types, children at classes of the same catalogue."""
    catalogue = load(version)
    for kind in (*catalogue.types.values(), *catalogue.embedded.values()):
        for entry in kind.properties.values():
            if entry.shape in {Shape.REFERENCE, Shape.REFERENCES}:
                assert entry.target in catalogue.types, (kind.name, entry.name)
            if entry.shape in {Shape.CHILD, Shape.CHILDREN}:
                assert entry.target in catalogue.embedded, (kind.name, entry.name)


def test_small_schemas_agree_with_a_schema_where_there_is_one() -> None:
    """The map view written by hand has the names that 2.43 knows."""
    known = {
        name
        for name, entry in load("2.43").embedded["mapView"].properties.items()
        if entry.shape is not Shape.TRANSLATIONS and name not in {"created", "lastUpdated", "lastUpdatedBy"}
    }
    assert set(SMALL_SCHEMAS["mapView"]) == known


@pytest.mark.parametrize("version", VERSIONS)
def test_criteria_of_working_lists_name_what_they_filter_by(version: str) -> None:
    """Attributes, elements and stages in them are UIDs by themselves, which a package writes as keys."""
    catalogue = load(version)
    criteria = catalogue.property("trackedEntityInstanceFilters", "entityQueryCriteria")
    assert criteria is not None
    assert (criteria.shape, criteria.target) == (Shape.CHILD, "entityQueryCriteria")
    named = {
        (kind, name): entry.target
        for kind in ("attributeValueFilter", "entityQueryCriteria", "eventDataFilter")
        for name, entry in catalogue.embedded[kind].properties.items()
        if entry.shape is Shape.TEXT and entry.target
    }
    assert named == {
        ("attributeValueFilter", "attribute"): "trackedEntityAttributes",
        ("entityQueryCriteria", "programStage"): "programStages",
        ("eventDataFilter", "dataItem"): "dataElements",
    }


def a_condensed(**properties: Any) -> dict[str, Any]:
    """A catalogue of one type."""
    thing = {
        "singular": "thing",
        "klass": "Thing",
        "display": "Thing",
        "order": 1,
        "is": ["shareable", "data shareable", "translatable", "default private"],
        "authorities": {"DELETE": ["F_X"]},
        "properties": properties,
    }
    return {
        "format": 1,
        "version": "2.99",
        "revisions": ["2.99.1", "2.99.2"],
        "types": {"things": thing},
        "embedded": {},
    }


def test_flags_of_a_type_are_read() -> None:
    """Shareable, data shareable, translatable, private by default, and who may do what."""
    catalogue = build(a_condensed())
    thing = catalogue.types["things"]
    assert (thing.shareable, thing.data_shareable, thing.translatable, thing.default_private) == (True,) * 4
    assert thing.authorities == {"DELETE": ("F_X",)}
    assert (catalogue.version, catalogue.revision) == ("2.99", "2.99.1, 2.99.2")


def test_a_property_of_two_types_is_read_as_the_first() -> None:
    """One server of 2.43 calls a constant a boolean at some starts; texts of both kinds pass."""
    catalogue = build(a_condensed(kind={"type": "BOOLEAN | CONSTANT", "is": ["owner"], "constants": ["A"]}))
    assert catalogue.types["things"].properties["kind"].shape is Shape.BOOLEAN


def test_unknown_names_have_no_property() -> None:
    """Asking for what is not there gives None."""
    catalogue = load("2.42")
    assert catalogue.property("nothings", "name") is None
    assert catalogue.property("programs", "nothing") is None


def test_every_bare_uid_is_a_property_of_some_version() -> None:
    """No row of the table speaks of a property that is gone."""
    for owner, name in corrections.BARE_UIDS:
        assert any(load(version).property(owner, name) for version in VERSIONS), (owner, name)
