"""The shipped catalogues against what was recorded on real servers."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dhis2cfg.catalogue.condense import condense, digest, to_text
from dhis2cfg.catalogue.forward import FORWARD, forward_references
from dhis2cfg.catalogue.shipped import VERSIONS, folder, load
from dhis2cfg.catalogue.types import Catalogue, MetadataType, Shape

ROOT = Path(__file__).resolve().parents[2]
RECORDED = Path(os.environ.get("DHIS2CFG_RECORDED", ROOT.parent / "shared")) / "dhis2"
REVISIONS = {"2.41": "2.41.9.1", "2.42": "2.42.5.2", "2.43": "2.43.1"}

recorded = pytest.mark.skipif(not RECORDED.is_dir(), reason="no recorded servers here (DHIS2CFG_RECORDED)")
versions = pytest.mark.parametrize("version", VERSIONS)


def a_capture(version: str) -> dict[str, Any]:
    """What a server of this version answered to `/api/schemas`."""
    text = (RECORDED / f"schemas-{REVISIONS[version]}.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def stood(version: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Type and object of everything that stood on the servers after an import."""
    for file in sorted((RECORDED / "imports" / REVISIONS[version]).glob("*.json")):
        for type_name, objects in json.loads(file.read_text(encoding="utf-8"))["after"].items():
            if type_name != "system":
                yield from ((type_name, each) for each in objects)


@recorded
@versions
def test_condensing_again_gives_the_shipped_bytes(version: str) -> None:
    """The file in git is what the server said, no more and no less."""
    shipped = (folder() / "catalogue" / f"{version}.json").read_bytes()
    condensed = condense([a_capture(version)], REVISIONS[version])
    assert to_text(condensed).encode() == shipped
    assert digest(condensed) == load(version).digest
    assert json.loads(shipped) == json.loads(json.dumps(condensed))


@recorded
@versions
def test_merging_a_capture_with_itself_changes_nothing(version: str) -> None:
    """`schema pull --merge` of a server that says the same leaves the file as it is."""
    capture = a_capture(version)
    again = condense([capture, capture], REVISIONS[version])
    assert to_text(again) == (folder() / "catalogue" / f"{version}.json").read_text(encoding="utf-8")


@versions
def test_the_table_of_forward_references_is_closed(version: str) -> None:
    """No catalogue holds a reference to a later type that the table does not know, nor the reverse."""
    known = {(row.type, row.property, row.target, row.equal) for row in FORWARD}
    assert forward_references(load(version)) == known


def told(kind: MetadataType, value: dict[str, Any], catalogue: Catalogue) -> Iterator[str]:
    """What a catalogue says wrongly of an object that a real server holds."""
    for name, entry in kind.properties.items():
        inner = value.get(name)
        if inner is None:
            continue
        if entry.shape is Shape.CONSTANT and inner not in entry.constants:
            yield f"{kind.name}.{name}: {inner} is no constant"
        if entry.shape is Shape.TEXT and (not isinstance(inner, str) or len(inner) > (entry.length or 10**9)):
            yield f"{kind.name}.{name}: {inner!r} is no text, or too long"
        if entry.shape is Shape.REFERENCE and (not isinstance(inner, dict) or "id" not in inner):
            yield f"{kind.name}.{name}: {inner!r} is no reference"
        if entry.shape is Shape.CHILD:
            yield from told(catalogue.embedded[entry.target], inner, catalogue)
        if entry.shape is Shape.CHILDREN:
            for each in inner:
                yield from told(catalogue.embedded[entry.target], each, catalogue)


@recorded
@versions
def test_every_object_that_stood_on_a_server_fits(version: str) -> None:
    """Constants, lengths, references and children of 4,000 real objects are as the catalogue says."""
    catalogue = load(version)
    said = [
        line
        for type_name, each in stood(version)
        for line in told(catalogue.types[type_name], each, catalogue)
    ]
    assert said == []


@recorded
@versions
def test_every_translation_that_servers_kept_has_a_property(version: str) -> None:
    """What came back translated is translatable in the catalogue."""
    catalogue = load(version)
    kept = {
        (type_name, each["property"])
        for type_name, found in stood(version)
        for each in found.get("translations", ())
    }
    known = {
        (kind.name, entry.translation_key)
        for kind in catalogue.types.values()
        for entry in kind.properties.values()
    }
    assert kept - known == set()
    assert len(kept) > 30


@recorded
@versions
def test_what_is_required_was_there(version: str) -> None:
    """Nothing that real servers accepted without is required; but the short name of the default options."""
    catalogue = load(version)
    missing = {
        (type_name, name)
        for type_name, each in stood(version)
        for name, entry in catalogue.types[type_name].properties.items()
        if entry.required and each.get(name) is None
    }
    assert missing - {("categoryOptions", "shortName")} == set()
