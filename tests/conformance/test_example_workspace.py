"""A small workspace becomes the JSON that three real servers took, property by property."""

import json
import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dhis2cfg import load
from dhis2cfg.catalogue import shipped
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.catalogue.union import unite
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.sources import FleetSource, PackageSource
from dhis2cfg.model.state import State
from dhis2cfg.resolve import choose, read_fleet, resolve, resolve_package, workspace_lock
from dhis2cfg.wire.bind import Binding, bind, for_creation

EXAMPLE = Path(os.environ.get("DHIS2CFG_RECORDED", "../shared")) / "example"
EMBEDDED = (
    "analyticsPeriodBoundaries",
    "programStageDataElements",
    "programTrackedEntityAttributes",
    "trackedEntityTypeAttributes",
)
"""Lists of children whose ids the recorded bodies leave to the server."""
OWN = Ref("organisationUnits", "tromso")
GROUND = Uid("TrOmSo05501")
"""The municipality's unit as it stands on the server before anything is sent."""
BODIES = 20
NEWER = ("2.42", "2.43")

pytestmark = pytest.mark.skipif(not EXAMPLE.is_dir(), reason="no recorded data beside the project")


@cache
def sources() -> tuple[FleetSource, PackageSource, Catalogue]:
    """The files of the workspace, read by the union of the versions that the package claims."""
    catalogue = unite([shipped.load(version) for version in shipped.VERSIONS])
    fleet, findings = load.load_fleet(EXAMPLE, catalogue)
    package, also = load.load_package(EXAMPLE, "packages/mini", catalogue)
    assert (findings, also) == ((), ())
    assert package is not None
    return fleet, package, catalogue


@cache
def state() -> tuple[State, tuple[Finding, ...]]:
    """What Tromsø asks for; one state, whatever its server's version is."""
    source, package, catalogue = sources()
    fleet, findings = read_fleet(source)
    (tromso,) = fleet.municipalities
    resolved, also = resolve(fleet, tromso, choose([package]), catalogue, lock=source.lock)
    return resolved, (*findings, *also)


@cache
def bodies(version: str) -> Mapping[str, Mapping[str, Any]]:
    """UID → body as it is sent to a server of this version to make the object."""
    catalogue = shipped.load(version)
    resolved, _ = state()
    uids = {ref: each.uid or GROUND for ref, each in resolved.objects.items()}
    binding = Binding(
        catalogue=catalogue, uids=uids, users={"kari01": Uid("KaRi0100000")}, locales=("en", "fr", "no")
    )
    return {
        str(body["id"]): for_creation(catalogue, ref.type, body)
        for ref, body in bind(resolved, binding).items()
        if ref != OWN
    }


def recorded() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The bodies that real servers took, with their types."""
    text = (EXAMPLE / "compiled.json").read_text(encoding="utf-8")
    for type_name, objects in json.loads(text).items():
        for body in objects:
            yield type_name, body


def comparable(body: Mapping[str, Any]) -> dict[str, Any]:
    """A body without ids of embedded children, and with its translations in one order."""
    plain: dict[str, Any] = json.loads(json.dumps(body))
    for name in EMBEDDED:
        for child in plain.get(name, ()):
            child.pop("id", None)
    if "translations" in plain:
        plain["translations"].sort(key=lambda each: (each["property"], each["locale"]))
    return plain


def test_the_workspace_has_no_finding() -> None:
    """Files, fleet and state are as they should be."""
    resolved, findings = state()
    assert findings == ()
    assert len(resolved.objects) == BODIES + 1


@pytest.mark.parametrize("version", NEWER)
def test_every_object_becomes_what_was_sent(version: str) -> None:
    """No object is missing, none is too much, and every property is equal."""
    wanted = {str(body["id"]): comparable(body) for _, body in recorded()}
    assert len(wanted) == BODIES
    assert {uid: comparable(body) for uid, body in bodies(version).items()} == wanted


def test_the_oldest_version_has_one_property_less() -> None:
    """On 2.41 a tracked entity type has no short name, nor translations of one; all else is equal."""
    for type_name, body in recorded():
        wanted = comparable(body)
        if type_name == "trackedEntityTypes":
            del wanted["shortName"]
            wanted["translations"] = [
                each for each in wanted["translations"] if each["property"] != "SHORT_NAME"
            ]
        assert comparable(bodies("2.41")[str(body["id"])]) == wanted


def test_types_stand_where_they_were_sent() -> None:
    """The UID of each object belongs to the type that it was sent as."""
    resolved, _ = state()
    types = {each.uid: ref.type for ref, each in resolved.objects.items()}
    assert {body["id"]: type_name for type_name, body in recorded()} == {
        uid: type_name for uid, type_name in types.items() if uid is not None
    }


def test_both_locks_are_made_again_byte_for_byte() -> None:
    """The hash rule gives the recorded lock files, from nothing and from what stands."""
    source, package, catalogue = sources()
    fleet, _ = read_fleet(source)
    resolved, _ = resolve_package(package, catalogue)
    own, findings = workspace_lock(fleet, catalogue, source.lock)
    fresh, _ = workspace_lock(fleet, catalogue, None)
    assert resolved.lock == (EXAMPLE / "packages/mini/uids.lock").read_text(encoding="utf-8")
    assert own == fresh == (EXAMPLE / "uids.lock").read_text(encoding="utf-8")
    assert findings == ()


def test_no_uid_of_a_server_is_in_the_state() -> None:
    """The unit that is found on the server is known by its code alone."""
    resolved, _ = state()
    own = resolved.objects[OWN]
    assert (own.uid, own.adopt, own.fields) == (None, {"code": "5501"}, {})
