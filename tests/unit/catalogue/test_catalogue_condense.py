"""Captures of `/api/schemas` become small, stable files."""

from typing import Any

import pytest

from dhis2cfg.catalogue.condense import condense, digest, merge, minor, to_text
from dhis2cfg.errors import UsageError


def an_entry(name: str, kind: str = "TEXT", **more: Any) -> dict[str, Any]:
    """One property of a schema, as a server tells it."""
    return {
        "name": name,
        "propertyType": kind,
        "klass": "java.lang.String",
        "collection": False,
        "owner": True,
        "persisted": True,
        "writable": True,
    } | more


def a_list(name: str, item: str, klass: str, **more: Any) -> dict[str, Any]:
    """One property that is a collection."""
    lists = {"collection": True, "collectionName": name, "itemPropertyType": item, "itemKlass": klass}
    return an_entry(name.removesuffix("s"), "COLLECTION", **lists) | more


def a_schema(singular: str, *properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    """One schema of an importable type, as a server tells it."""
    return {
        "singular": singular,
        "plural": f"{singular}s",
        "klass": f"org.hisp.dhis.{singular.capitalize()}",
        "displayName": singular.capitalize(),
        "href": "http://127.0.0.1/api/schemas",
        "metadata": True,
        "persisted": True,
        "embeddedObject": False,
        "order": 10,
        "authorities": [],
        "properties": list(properties),
    } | more


def a_capture(*schemas: dict[str, Any]) -> dict[str, Any]:
    """One answer of `/api/schemas`."""
    return {"schemas": list(schemas)}


def a_property(entry: dict[str, Any]) -> dict[str, Any]:
    """What is left of one property."""
    condensed = condense([a_capture(a_schema("thing", entry))], "2.42.5")
    found = condensed["types"]["things"]["properties"]
    return dict(next(iter(found.values())))


def test_the_text_has_a_line_for_each_property_and_no_host() -> None:
    """What stands in git is sorted, a line a property, and names no server."""
    schema = a_schema(
        "thing",
        an_entry("name", length=230, min=1, max=230, required=True, translatable=True, translationKey="NAME"),
        an_entry("code", "IDENTIFIER", length=50, unique=True),
        shareable=True,
        authorities=[{"type": "DELETE", "authorities": ["F_B", "F_A"]}],
    )
    assert to_text(condense([a_capture(schema)], "2.42.5.2")) == (
        "{\n"
        '"embedded": {\n'
        "},\n"
        '"types": {\n'
        '"things": {"authorities": {"DELETE": ["F_A", "F_B"]}, "display": "Thing", "is": ["shareable"], '
        '"klass": "org.hisp.dhis.Thing", "order": 10, "singular": "thing", "properties": {\n'
        '  "code": {"is": ["owner", "persisted", "unique", "writable"], "length": 50, '
        '"type": "IDENTIFIER"},\n'
        '  "name": {"is": ["owner", "persisted", "required", "writable"], "length": 230, "min": 1, '
        '"translation": "NAME", "type": "TEXT"}\n'
        "}}\n"
        "},\n"
        '"format": 1,\n'
        '"revisions": ["2.42.5.2"],\n'
        '"version": "2.42"\n'
        "}\n"
    )


def test_types_that_cannot_be_imported_are_left_out() -> None:
    """Only what is metadata and persisted is a type."""
    capture = a_capture(
        a_schema("thing"), a_schema("ghost", persisted=False), a_schema("fact", metadata=False)
    )
    assert list(condense([capture], "2.42")["types"]) == ["things"]


def test_children_and_their_children_are_kept() -> None:
    """Classes that types hold by value come along, however deep, and references do not bring any."""
    inner = a_schema("inner", metadata=False, embeddedObject=True)
    middle = a_schema(
        "middle",
        an_entry("inner", "COMPLEX", klass=inner["klass"]),
        metadata=False,
        embeddedObject=True,
    )
    other = a_schema("other", metadata=False, persisted=True)
    thing = a_schema(
        "thing",
        a_list("middles", "REFERENCE", middle["klass"]),
        an_entry("again", "COMPLEX", klass=middle["klass"]),
        an_entry("other", "REFERENCE", klass=other["klass"]),
    )
    condensed = condense([a_capture(thing, middle, inner, other)], "2.42")
    assert sorted(condensed["embedded"]) == ["inner", "middle"]
    assert condensed["types"]["things"]["properties"]["middles"]["target"] == "middle"
    assert condensed["types"]["things"]["properties"]["other"]["target"] == "other"


def test_what_is_neither_written_nor_stored_is_dropped() -> None:
    """Computed values are no part of a catalogue, but for classes that are stored as JSON."""
    computed = an_entry("href", owner=False, persisted=False)
    style = a_schema(
        "style", computed | {"name": "icon"}, metadata=False, persisted=False, embeddedObject=True
    )
    thing = a_schema("thing", computed, an_entry("style", "COMPLEX", klass=style["klass"]))
    condensed = condense([a_capture(thing, style)], "2.42")
    assert list(condensed["types"]["things"]["properties"]) == ["style"]
    assert list(condensed["embedded"]["style"]["properties"]) == ["icon"]


@pytest.mark.parametrize(
    ("entry", "limits"),
    [
        (an_entry("name", length=2147483647, max=2147483647.0, min=-2147483648.0), {}),
        (an_entry("name", length=255, max=50.0, min=2.0), {"length": 50, "min": 2}),
        (an_entry("name", "NUMBER", max=1.7976931348623157e308, min=4.9e-324), {"min": 4.9e-324}),
        (an_entry("name", "INTEGER", max=10.0, min=0.0), {"max": 10.0, "min": 0.0}),
        (an_entry("name", "DATE", length=255, max=255.0), {}),
    ],
)
def test_limits_that_limit_nothing_are_dropped(entry: dict[str, Any], limits: dict[str, Any]) -> None:
    """The largest number is no limit; of two lengths the smaller one counts."""
    found = a_property(entry)
    assert {name: found[name] for name in ("length", "max", "min") if name in found} == limits


def test_the_one_class_with_other_names_on_the_wire() -> None:
    """Rule actions are asked for by their JSON keys, which are not their schema's names."""
    schema = a_schema(
        "programRuleAction",
        an_entry("evaluationTime", "CONSTANT", constants=["ALWAYS"]),
        a_list(
            "evaluationEnvironments", "CONSTANT", "org.hisp.dhis.x.ProgramRuleActionEvaluationEnvironment"
        ),
    )
    properties = condense([a_capture(schema)], "2.42")["types"]["programRuleActions"]["properties"]
    assert {name: entry["name"] for name, entry in properties.items()} == {
        "programRuleActionEvaluationTime": "evaluationTime",
        "programRuleActionEvaluationEnvironments": "evaluationEnvironments",
    }


def test_captures_are_united_and_a_double_type_is_noted() -> None:
    """A server that answers differently from boot to boot gives a property of both types."""
    one = a_capture(a_schema("thing", an_entry("kind", "CONSTANT", constants=["A"]), an_entry("old")))
    two = a_capture(
        a_schema("thing", an_entry("kind", "BOOLEAN", required=True, constants=["B"])),
        a_schema("other", an_entry("new")),
    )
    condensed = condense([one, two], "2.43.1")
    kind = condensed["types"]["things"]["properties"]["kind"]
    assert (kind["type"], kind["constants"]) == ("BOOLEAN | CONSTANT", ["A", "B"])
    assert "required" in kind["is"]
    assert sorted(condensed["types"]) == ["others", "things"]
    assert sorted(condensed["types"]["things"]["properties"]) == ["kind", "old"]


def test_two_versions_make_no_catalogue() -> None:
    """A capture of another version is not merged into a catalogue."""
    one, two = (condense([a_capture(a_schema("thing"))], version) for version in ("2.42", "2.43"))
    with pytest.raises(UsageError, match=r"captures of 2\.42 and of 2\.43"):
        merge(one, two)


@pytest.mark.parametrize("captures", [[], [{}], [{"schemas": []}], [{"schemas": "no"}]])
def test_what_is_no_capture_is_refused(captures: list[dict[str, Any]]) -> None:
    """Nothing, or JSON of another kind, is said to be none."""
    with pytest.raises(UsageError, match="capture"):
        condense(captures, "2.42")


@pytest.mark.parametrize("version", ["", "latest", "2", "x2.42"])
def test_what_is_no_version_is_refused(version: str) -> None:
    """A catalogue needs to know which version it is of."""
    with pytest.raises(UsageError, match="no version"):
        minor(version)


@pytest.mark.parametrize("version", ["2.42", "2.42.5.2", "2.42-SNAPSHOT", "2.42.5-SNAPSHOT"])
def test_the_release_line_of_a_version(version: str) -> None:
    """Suffixes and patch numbers do not matter."""
    assert minor(version) == "2.42"


def test_the_digest_sees_names_and_types_alone() -> None:
    """A patch release with other limits has the same digest, one with another property has not."""
    plain = condense([a_capture(a_schema("thing", an_entry("name")))], "2.42.1")
    shorter = condense([a_capture(a_schema("thing", an_entry("name", length=50)))], "2.42.2")
    longer = condense([a_capture(a_schema("thing", an_entry("name"), an_entry("code")))], "2.42.3")
    assert digest(plain) == digest(shorter) != digest(longer)
