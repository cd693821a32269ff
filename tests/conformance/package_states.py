"""Official packages, DHIS2's JSON, as states: so that rules can be run over what people really wrote."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from dhis2cfg.expressions import Context, Found, Kind, context_of, find_references
from dhis2cfg.model.names import Foreign, Ref, Reference, Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import Child, DesiredObject, Field, Formula, PackageUse, State, Text, Value
from tests.conformance.recorded import RECORDED

PACKAGES = RECORDED.parent / "packages"
PARENTS = {
    "options": "optionSet",
    "programRuleActions": "programRule",
    "programRuleVariables": "program",
    "programRules": "program",
    "programStages": "program",
}
CHILD_KEYS = ("dataElement", "trackedEntityAttribute")
NOWHERE = Place(file="package.json")


def package_names() -> list[str]:
    """The packages that are recorded."""
    return sorted(file.stem for file in PACKAGES.glob("*.json"))


def package_state(name: str) -> State:
    """One package as a state; the keys are its UIDs."""
    return state_of(name, package_document(name))


def package_document(name: str) -> dict[str, Any]:
    """One package as it was published."""
    document: dict[str, Any] = json.loads((PACKAGES / f"{name}.json").read_text(encoding="utf-8"))
    return document


def state_of(name: str, document: Mapping[str, Any]) -> State:
    """A document of objects by type as a state."""
    types = {kind: each for kind, each in document.items() if isinstance(each, list)}
    objects = {each["id"]: (kind, each) for kind, listed in types.items() for each in listed if "id" in each}
    _restore_parents(objects)
    refs = {uid: Ref(kind, _path(uid, objects)) for uid, (kind, _) in objects.items()}
    made = (_object(refs[uid], each, refs) for uid, (_, each) in objects.items())
    use = PackageUse(name=name, version="1.0.0", locale="en", digest="")
    return State(municipality="", packages=(use,), objects={each.ref: each for each in made})


def _restore_parents(objects: Mapping[str, tuple[str, dict[str, Any]]]) -> None:
    """Parents that only the other side names."""
    lists_of = {"programStages": "program", "options": "optionSet", "programRuleActions": "programRule"}
    for lists, name in lists_of.items():
        for uid, (_, each) in objects.items():
            for child in each.get(lists) or ():
                if isinstance(child, dict) and child.get("id") in objects:
                    objects[child["id"]][1].setdefault(name, {"id": uid})


def _path(uid: str, objects: Mapping[str, tuple[str, dict[str, Any]]]) -> str:
    """The key path, the parents' UIDs in front."""
    kind, each = objects[uid]
    parent = str((each.get(PARENTS.get(kind, "")) or {}).get("id"))
    return f"{_path(parent, objects)}/{uid}" if parent in objects else uid


def _object(ref: Ref, each: Mapping[str, Any], refs: Mapping[str, Ref]) -> DesiredObject:
    fields = _fields(ref.type, "", each, refs)
    return DesiredObject(ref=ref, owner="demo", place=NOWHERE, fields=fields, uid=Uid(ref.key))


def _fields(kind: str, prefix: str, each: Mapping[str, Any], refs: Mapping[str, Ref]) -> dict[str, Field]:
    """What is written in an object or a child."""
    return {
        name: Field(value=_value(kind, f"{prefix}{name}", value, refs), place=NOWHERE)
        for name, value in each.items()
        if name not in {"id", "user", "lastUpdatedBy", "createdBy", "sharing", "access", "translations"}
    }


def _value(kind: str, path: str, value: Any, refs: Mapping[str, Ref]) -> Value:
    if isinstance(value, str):
        return _text(kind, path, value, refs)
    if isinstance(value, dict):
        if set(value) == {"id"}:
            return _reference(value["id"], refs)
        return Child(key=path, fields=_fields(kind, f"{path}.", value, refs), place=NOWHERE)
    if isinstance(value, list):
        if all(isinstance(each, dict) and set(each) == {"id"} for each in value):
            return tuple(_reference(each["id"], refs) for each in value)
        children = [each for each in value if isinstance(each, dict)]
        return tuple(_child(kind, path, number, each, refs) for number, each in enumerate(children))
    return value if isinstance(value, int | float | bool) else None


def _reference(uid: str, refs: Mapping[str, Ref]) -> Reference:
    return refs.get(uid) or Foreign("unknown", Uid(uid))


def _child(kind: str, path: str, number: int, each: Mapping[str, Any], refs: Mapping[str, Ref]) -> Child:
    named = next((each[key]["id"] for key in CHILD_KEYS if isinstance(each.get(key), dict)), str(number))
    return Child(key=named, fields=_fields(kind, f"{path}.", each, refs), place=NOWHERE)


def _text(kind: str, path: str, text: str, refs: Mapping[str, Ref]) -> Value:
    """A text; one with references as `resolve` would make it."""
    context = context_of(kind, path)
    if path == "name" and kind == "options":
        return Text(base=text, locale="en")
    if context is None:
        return text
    parts = list(_parts(text, context, refs))
    return Formula(parts=tuple(parts)) if any(not isinstance(part, str) for part in parts) else text


def _parts(text: str, context: Context, refs: Mapping[str, Ref]) -> Iterator[str | Reference]:
    position = 0
    for key in (key for found in find_references(text, context) for key in _keys(found)):
        if key.text in refs:
            yield text[position : key.start]
            yield refs[key.text]
            position = key.end
    yield text[position:]


def _keys(found: Found) -> Iterator[Any]:
    """The keys that are UIDs."""
    return (key for key in found.keys if key.kind is not Kind.RULE_VARIABLE)
