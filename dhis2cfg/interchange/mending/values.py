"""Single values that servers refuse: missing, of the wrong kind, twice, or not for their type."""

import re

from dhis2cfg.catalogue.rule_actions import UNWANTED
from dhis2cfg.catalogue.types import Catalogue, Shape
from dhis2cfg.interchange.bundle import Body, Bundle, items, name_of, uid_of
from dhis2cfg.model.names import Uid

SHORT = 50
"""How long a short name may be."""

FIRST_CHOICES = {"dataDimensionType": "DISAGGREGATION"}
"""What a required choice becomes where the source says nothing."""

LOCALE = re.compile(r"[a-z]{2,3}(?:[_@][A-Za-z0-9]{2,8}){0,3}")
"""A language as DHIS2 writes it; it names a file of the package, so nothing else may stand there."""

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def mend_values(bundle: Bundle, catalogue: Catalogue) -> None:
    """All of it, object by object."""
    for type_name, uid, body in bundle.all():
        _required(bundle, catalogue, type_name, uid, body)
        _numbers(bundle, catalogue, type_name, uid, body)
        _translations(bundle, type_name, uid, body)
        _attribute_values(bundle, catalogue, type_name, uid, body)
    for uid, body in bundle.of("programRuleActions").items():
        for name in UNWANTED.get(str(body.get("programRuleActionType")), ()):
            if body.pop(name, None):
                message = f"{body['programRuleActionType']} may not name a {name}; left out"
                bundle.mended("mend-action-reference", "programRuleActions", uid, message)


def _required(bundle: Bundle, catalogue: Catalogue, type_name: str, uid: Uid, body: Body) -> None:
    properties = catalogue.types[type_name].properties
    short = properties.get("shortName")
    if short is not None and short.required and not body.get("shortName") and name_of(body):
        body["shortName"] = _short_name(bundle, type_name, name_of(body))
        bundle.mended("mend-required-value", type_name, uid, f"shortName became {body['shortName']!r}")
    for name, value in FIRST_CHOICES.items():
        if name in properties and properties[name].required and not body.get(name):
            body[name] = value
            bundle.mended("mend-required-value", type_name, uid, f"{name} became {value}")


def _short_name(bundle: Bundle, type_name: str, name: str) -> str:
    """The name, as long as a short name may be, that nothing of the type has yet."""
    taken = {str(each.get("shortName")) for each in bundle.of(type_name).values()}
    short, number = name[:SHORT].strip(), 1
    while short in taken:
        number += 1
        short = f"{name[: SHORT - 3].strip()} {number}"
    return short


def _numbers(bundle: Bundle, catalogue: Catalogue, type_name: str, uid: Uid, body: Body) -> None:
    for name, prop in catalogue.types[type_name].properties.items():
        value = body.get(name)
        if prop.shape is Shape.TEXT and isinstance(value, int | float) and not isinstance(value, bool):
            body[name] = f"{value:g}" if isinstance(value, float) else str(value)
            bundle.mended("mend-number", type_name, uid, f"{name} is a text, and was the number {value}")


def _translations(bundle: Bundle, type_name: str, uid: Uid, body: Body) -> None:
    """Each property once in each language; the first one written is kept (E1106)."""
    kept: dict[tuple[str, str], Body] = {}
    for each in items(body.get("translations")):
        pair = str(each.get("property")), str(each.get("locale"))
        if each.get("locale") and not LOCALE.fullmatch(pair[1]):
            message = f"{pair[0]} stands in {pair[1][:40]!r}, which is no language; left out"
            bundle.mended("mend-locale", type_name, uid, message)
        elif pair not in kept:
            kept[pair] = each
        elif kept[pair].get("value") != each.get("value"):
            message = f"{pair[0]} stands twice in {pair[1]}; {each.get('value')!r} left out"
            bundle.mended("mend-duplicate-translation", type_name, uid, message)
    if "translations" in body:
        body["translations"] = list(kept.values())


def _attribute_values(bundle: Bundle, catalogue: Catalogue, type_name: str, uid: Uid, body: Body) -> None:
    """Values only of attributes that are here and for this type (E6012)."""
    kept = []
    for each in items(body.get("attributeValues")):
        attribute = uid_of(each.get("attribute"))
        known = bundle.of("attributes").get(Uid(attribute))
        if known is None and attribute not in bundle.foreign:
            message = f"a value of attribute {attribute}, which is not here; left out"
            bundle.mended("mend-attribute-value", type_name, uid, message)
        elif known is not None and not is_for(known, catalogue.types[type_name].singular):
            message = f"attribute {name_of(known)} is not for {type_name}; its value left out"
            bundle.mended("mend-attribute-value", type_name, uid, message)
        else:
            kept.append(each)
    if "attributeValues" in body:
        body["attributeValues"] = kept


def is_for(attribute: Body, singular: str) -> bool:
    """Whether objects of a type may have a value of a metadata attribute."""
    listed = attribute.get("objectTypes")
    words = _HUMP.sub("_", singular).upper()
    return attribute.get(f"{singular}Attribute") is True or (isinstance(listed, list) and words in listed)
