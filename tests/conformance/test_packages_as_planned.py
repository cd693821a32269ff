"""All published packages through the embedded server: compared as a plan does, what was sent stands.

The recorded imports hold five of the eight files. All go into the embedded server, with the mends that a real
server asks for; what it then holds must show no difference to a plan.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from dhis2cfg.catalogue import shipped
from dhis2cfg.model.http import Request
from dhis2cfg.wire.flatten import flatten
from dhis2cfg.wire.identity import with_live_ids
from dhis2cfg.wire.judging import Judge
from tests.conformance.recorded import RECORDED
from tests.conformance.replay import Stage, make_stage

PACKAGES = RECORDED.parent / "packages"
NAMES = (
    "C19_AGG_DHIS2.39",
    "C19_CS_COMPLETE_1.0.2_DHIS2.37",
    "C19_CS_DHIS2.33-en",
    "C19_CS_DHIS2.36",
    "C19_POE_DHIS2.36",
    "COVID19_TRACKER_V1_DHIS2.36",
    "CVC_EIR_DHIS2.39",
    "IDS_MPOX_DHIS2.40",
)
MINOR = "2.43"
"""The version that takes maps with data items in one call."""

LEFT_OUT = frozenset({"package", "users", "eventReports", "eventCharts", "charts", "categoryOptionCombos"})
"""What a package of ours may not hold, or a server makes itself."""

NOT_OF_VIEWS = frozenset({"organisationUnit", "organisationUnits", "relativePeriods"})
"""Units of the publisher's own server, and periods in a spelling that is stored as another (`STORED_AS`)."""

pytestmark = pytest.mark.skipif(not PACKAGES.is_dir(), reason=f"published packages are not at {PACKAGES}")


def mended(package: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The package without what no server takes, and without the server's own defaults."""
    types = shipped.load(MINOR).types
    objects = {name: rows for name, rows in package.items() if name in types and name not in LEFT_OUT}
    gone = {row["id"] for name in LEFT_OUT for row in _rows(package.get(name))}
    defaults = {
        row["id"]
        for name in ("categories", "categoryCombos", "categoryOptions")
        for row in objects.get(name, [])
        if row["name"] == "default"
    }
    return {
        name: [_mended(name, row, gone, defaults) for row in rows if row["id"] not in defaults]
        for name, rows in objects.items()
    }


def _rows(value: Any) -> list[Any]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _mended(name: str, row: Mapping[str, Any], gone: set[str], defaults: set[str]) -> dict[str, Any]:
    row = {key: value for key, value in row.items() if not _is(value, gone | defaults)}
    for prop, value in (("shortName", row.get("name", "")[:50]), ("dataDimensionType", "DISAGGREGATION")):
        known = shipped.load(MINOR).property(name, prop)
        if known is not None and known.required:
            row.setdefault(prop, value)
    if name == "maps":
        row["mapViews"] = [
            {key: value for key, value in view.items() if key not in NOT_OF_VIEWS} for view in row["mapViews"]
        ]
    if name == "options":
        row.pop("attributeValues", None)
    if row.get("programRuleActionType") == "HIDESECTION":
        row.pop("programStage", None)
    if name == "userGroups":
        row["users"] = []
    if name == "dashboards":
        row["dashboardItems"] = [item for item in row["dashboardItems"] if not _shows(item, gone)]
    return row


def _is(value: Any, gone: set[str]) -> bool:
    return isinstance(value, dict) and value.get("id") in gone


def _shows(item: Mapping[str, Any], gone: set[str]) -> bool:
    return any(_is(value, gone) for value in item.values())


def _exchange(stage: Stage, method: str, path: str, body: bytes = b"") -> Any:
    headers = stage.headers("admin")
    response = stage.transport.send(Request(method=method, path=path, headers=headers, body=body))
    return json.loads(response.body)


def _errors(answer: Mapping[str, Any]) -> list[str]:
    reports = (answer.get("response") or {}).get("typeReports", [])
    return [
        f"{entry['uid']} {error['errorCode']}: {error['message']}"
        for report in reports
        for entry in report["objectReports"]
        for error in entry["errorReports"]
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_published_package_shows_no_difference_to_a_plan(name: str) -> None:
    """Imported, read back and compared as a plan does, every written field stands."""
    stage = make_stage(MINOR)
    objects = mended(json.loads((PACKAGES / f"{name}.json").read_text(encoding="utf-8")))
    path = "/api/metadata?importMode=COMMIT&importStrategy=CREATE_AND_UPDATE&atomicMode=ALL"
    answer = _exchange(stage, "POST", f"{path}&importReportMode=ERRORS", json.dumps(objects).encode())
    assert _errors(answer) == []
    assert answer["status"] == "OK"
    query = "&".join(f"{each}:fields=:owner" for each in objects)
    live = _exchange(stage, "GET", f"/api/metadata?{query}&defaults=EXCLUDE")
    assert differences(objects, live) == []


def differences(objects: Mapping[str, list[Any]], live: Mapping[str, list[Any]]) -> list[str]:
    """What a plan would see: written, and standing otherwise."""
    catalogue = shipped.load(MINOR)
    judge = Judge(catalogue)
    ours, theirs = _numbers(objects), _numbers(live)
    found = []
    for type_name, rows in objects.items():
        standing = {row["id"]: row for row in live.get(type_name, [])}
        for row in rows:
            stands = standing[row["id"]]
            body = with_live_ids(catalogue, type_name, row, stands, {})
            sent = flatten(catalogue, type_name, body, lambda _, uid: ours.get(uid), judge)
            after = flatten(catalogue, type_name, stands, lambda _, uid: theirs.get(uid), judge, sent)
            found += [
                f"{type_name} {row['id']} {path}: {value} → {after.get(path)}"
                for path, value in sent.items()
                if after.get(path, () if path.endswith("#order") else None) != value
            ]
    return found


def _numbers(objects: Mapping[str, Any]) -> dict[str, float]:
    return {
        row["id"]: row["sortOrder"]
        for rows in objects.values()
        if isinstance(rows, list)
        for row in rows
        if "sortOrder" in row
    }


def test_every_published_package_is_tried() -> None:
    """The list above names every file that is there."""
    assert sorted(Path(each).stem for each in PACKAGES.glob("*.json")) == sorted(NAMES)
