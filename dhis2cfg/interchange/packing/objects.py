"""One object of DHIS2's JSON → its properties as a package writes them, without lists of other objects."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dhis2cfg.catalogue.oddities import KEY_IS_CODE, MUNICIPAL_LISTS, nested, parent_lists
from dhis2cfg.catalogue.policy import policy
from dhis2cfg.catalogue.types import MetadataType, Policy, Property, Shape
from dhis2cfg.interchange.bundle import DEFAULTS, Body, Bundle, uid_of
from dhis2cfg.interchange.packing.sharing import Profiles
from dhis2cfg.interchange.packing.texts import Texts
from dhis2cfg.interchange.packing.values import Spot, Values
from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.pages import FIRST, Yaml

HEAD = (*FIRST, "programRuleActionType")
"""What a reader looks for first."""

_LEGACY = frozenset({"externalAccess", "publicAccess", "userAccesses", "userGroupAccesses"})
_OF_THE_SOURCE = frozenset(
    {
        "access",
        "created",
        "createdBy",
        "displayName",
        "favorite",
        "href",
        "lastUpdated",
        "lastUpdatedBy",
        "user",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Packer:
    """Packs the objects of a bundle."""

    values: Values
    texts: Texts
    profiles: Profiles
    short_names: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def packed(self, uid: Uid) -> dict[str, Yaml]:
        """The properties of an object, in the order in which they are written."""
        ref = self.values.keys.refs[uid]
        body = self.values.bundle.of(ref.type)[uid]
        kind = self.values.catalogue.types[ref.type]
        self._keep_account(kind, ref, body)
        return dict(sorted(self._fields(kind, ref, body), key=lambda pair: _rank(pair[0], pair[1])))

    def _fields(self, kind: MetadataType, ref: Ref, body: Body) -> Iterator[tuple[str, Yaml]]:
        spoken = self.texts.spoken(kind, self.values.keys.uids[ref], body)
        if ref.type in KEY_IS_CODE and body.get("code") != ref.key:
            yield "code", body.get("code") or None
        for name, prop in kind.properties.items():
            if self.why_left(kind, ref, body, name) or (name == "code" and ref.type in KEY_IS_CODE):
                continue
            if name == "shortName" and prop.required and self._follows_name(ref, body, spoken):
                continue
            written = self._property(prop, ref, body, spoken.get(name, {}))
            if written is not None:
                yield name, written

    def _property(self, prop: Property, ref: Ref, body: Body, spoken: Mapping[str, str]) -> Yaml:
        value = body[prop.name]
        spot = Spot(ref=ref, owner=ref.type)
        if prop.shape is Shape.SHARING:
            kind = self.values.catalogue.types[ref.type]
            return self.profiles.name(body, has_data=kind.data_shareable)
        if prop.shape is Shape.ATTRIBUTE_VALUES:
            return self._attributes(value)
        if prop.shape is Shape.TEXT and prop.translation_key and spoken:
            return self.texts.written(
                ref, prop.name, str(value), spoken, lambda text: self.values.text(prop.name, text, spot)
            )
        return self.values.written(prop, value, spot)

    def _attributes(self, value: Any) -> Yaml:
        found: dict[str, Yaml] = {}
        for each in value:
            uid = uid_of(each.get("attribute"))
            ref = self.values.keys.ref("attributes", uid)
            text = each.get("value")
            if text not in (None, ""):
                found[ref.path if ref else f"id:{uid}"] = str(text)
        return dict(sorted(found.items())) or None

    def _follows_name(self, ref: Ref, body: Body, spoken: Mapping[str, dict[str, str]]) -> bool:
        """Whether `shortName` may be left out, for it is the name, in every language, and nobody else's."""
        short = body.get("shortName")
        is_same = short == body.get("name") and spoken.get("shortName", {}) == spoken.get("name", {})
        return is_same and self.short_names.get((ref.type, str(short))) == 1

    def why_left(self, kind: MetadataType, ref: Ref, body: Body, name: str) -> str:
        """Why a property of an object is not written; empty where it is."""
        value, prop = body.get(name), kind.properties.get(name)
        if name == "id":
            return "ids stand in uids.lock"
        if name in _OF_THE_SOURCE or name.startswith("display"):
            return "who made it, when, and what is shown"
        if name in _LEGACY:
            return "sharing says it"
        if value is None or value in ("", [], {}):
            return "empty"
        if prop is None:
            return f"no property of {kind.name} in DHIS2 2.41 to 2.43"
        if (kind.name, name) in MUNICIPAL_LISTS:
            return "the municipality's file says it"
        return self._why_server(kind, ref, body, name)

    def _why_server(self, kind: MetadataType, ref: Ref, body: Body, name: str) -> str:
        judged = policy(self.values.catalogue, kind.name, name, body)
        row = nested(kind.name, name)
        if name == "translations" or row is not None:
            return "written elsewhere"
        if judged is Policy.WRITE_ONLY:
            return "secrets are never taken over"
        if judged is Policy.SERVER:
            return "the server sets it, or the order says it"
        if judged not in (Policy.OWNED, Policy.MERGED):
            return "a list of the other side"
        prop = kind.properties[name]
        is_default = uid_of(body[name]) in self.values.bundle.defaults
        if prop.target in DEFAULTS and prop.shape is Shape.REFERENCE and is_default:
            return "left out means the server's own default"
        if self._is_parent(ref, body, name):
            return "the place says the parent"
        if kind.name == "attributes" and name.endswith("Attribute") and body[name] is False:
            return "types that an attribute is not for"
        if kind.name == "programRuleVariables" and name == "name" and body[name] == ref.key:
            return "the key says it"
        return ""

    def _is_parent(self, ref: Ref, body: Body, name: str) -> bool:
        parent = self.values.keys.parents.get(ref)
        rows = [row for row in parent_lists(ref.type) if row.back == name]
        return bool(rows) and parent is not None and self.values.keys.uids[parent] == uid_of(body[name])

    def _keep_account(self, kind: MetadataType, ref: Ref, body: Body) -> None:
        account = self.values.bundle.account
        account.taken_objects += 1
        for name in self.values.bundle.came_with[self.values.keys.uids[ref]]:
            why = self.why_left(kind, ref, body, name) if name in body else "rewritten by a mending"
            if why in (
                "",
                "written elsewhere",
                "ids stand in uids.lock",
                "the place says the parent",
                "the key says it",
            ):
                account.taken += 1
            else:
                account.left[why] += 1


def short_names(bundle: Bundle) -> Counter[tuple[str, str]]:
    """How often each short name is used in its type."""
    return Counter((type_name, str(body.get("shortName"))) for type_name, _, body in bundle.all())


def _rank(name: str, value: Yaml) -> tuple[int, int, str]:
    """Names first, then plain values, sharing, what holds others."""
    if name in HEAD:
        return 0, HEAD.index(name), name
    if name == "sharing":
        return 2, 0, name
    is_texts = isinstance(value, dict) and all(isinstance(each, str) for each in value.values())
    return (3 if isinstance(value, dict | list) and not is_texts else 1), 0, name
