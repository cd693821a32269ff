"""Java class names that reports show."""

from dhis2cfg.catalogue.types import Property, Shape
from dhis2cfg.sandbox.world.world import World

_SCALARS = {
    Shape.TEXT: "java.lang.String",
    Shape.NUMBER: "java.lang.Double",
    Shape.INTEGER: "java.lang.Integer",
    Shape.BOOLEAN: "java.lang.Boolean",
    Shape.DATE: "java.util.Date",
}
_ENUMS = {
    "aggregationType": "org.hisp.dhis.analytics.AggregationType",
    "dataDimensionType": "org.hisp.dhis.common.DataDimensionType",
    "domainType": "org.hisp.dhis.dataelement.DataElementDomain",
    "programRuleActionType": "org.hisp.dhis.programrule.ProgramRuleActionType",
    "valueType": "org.hisp.dhis.common.ValueType",
}
"""Classes of constants by property; a catalogue does not keep them."""


def java_class(world: World, prop: Property) -> str:
    """The class of a property's value, empty where it is not known."""
    if prop.shape in _SCALARS:
        return _SCALARS[prop.shape]
    if prop.target and prop.target in {**world.catalogue.types, **world.catalogue.embedded}:
        return world.kind(prop.target).klass
    return _ENUMS.get(prop.name, "")
