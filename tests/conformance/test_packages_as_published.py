"""The packages whose imports were not recorded, tried as published: they are refused as real servers did."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.packages_replay import summary
from tests.conformance.recorded import RECORDED, Comparison
from tests.unit.sandbox.server import Server

KEPT: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "own_packages.json").read_text(encoding="utf-8")
)
PACKAGES = RECORDED.parent / "packages"
QUERY = "importMode=VALIDATE&importStrategy=CREATE_AND_UPDATE&atomicMode=ALL&importReportMode=FULL"
DIFFERING = {
    "2.43/C19_CS_DHIS2.33-en": (
        ("ignored", "total"),
        "objects counted once more for unknown units of map views: there once for all maps, here once a map",
    )
}
"""What differs, and why."""


@pytest.mark.parametrize("name", KEPT)
def test_a_package_as_published_is_refused_alike(name: str) -> None:
    """Status, counters by type, and every error with what it names."""
    version, _, file = name.partition("/")
    if not (PACKAGES / f"{file}.json").is_file():
        pytest.skip(f"1 of {len(KEPT)} tries: the package {file} is not at hand")
    package = json.loads((PACKAGES / f"{file}.json").read_text(encoding="utf-8"))
    answered = Server(version).post(f"/api/metadata?{QUERY}", package)
    ours = {**summary(answered.body), "http": answered.status}
    differences = [
        line
        for line in Comparison(ordered=frozenset()).differences(KEPT[name], ours)
        if not line.startswith("status:")
    ]
    names, _ = DIFFERING.get(name, ((), ""))
    left = [line for line in differences if not line.split(":")[0].endswith(tuple(names) or ("?",))]
    assert left == []
    assert bool(differences) is bool(names)
