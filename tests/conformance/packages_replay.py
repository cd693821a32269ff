"""Real packages sent to the embedded server as to real ones, and what stands there afterwards."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dhis2cfg.model.http import Request
from tests.conformance.recorded import RECORDED, VERSIONS
from tests.conformance.replay import Stage, make_stage

ORDER = ("IDS_MPOX", "C19_AGG", "C19_CS_COMPLETE", "C19_POE", "CVC_EIR")
"""The packages in the order in which they were sent to one server."""

_MODE = "importStrategy=CREATE_AND_UPDATE&atomicMode=ALL&importReportMode=FULL"


@dataclass(frozen=True, kw_only=True)
class PackageVerdict:
    """`raw`, `calls`: differences of reports; `after`: (type, property) → examples of what differs."""

    name: str
    raw: tuple[str, ...]
    calls: tuple[str, ...]
    after: Mapping[tuple[str, str], tuple[str, ...]]
    objects: int


def replay_packages(minor: str) -> Iterator[PackageVerdict]:
    """Every recorded package of a version, on one server."""
    stage = make_stage(minor)
    for name in ORDER:
        file = next((RECORDED / "imports" / VERSIONS[minor]).glob(f"{name}*.json"))
        recorded = json.loads(file.read_text(encoding="utf-8"))
        package = json.loads((RECORDED.parent / "packages" / recorded["file"]).read_text(encoding="utf-8"))
        raw = list(_report(stage, package, "VALIDATE", recorded["validate_raw"]))
        calls = list(_calls(stage, recorded))
        if any(line.startswith("maintenance") for line in recorded["mending"]):
            _post(stage, "/api/maintenance/categoryOptionComboUpdate", {})
        after, count = _after(stage, recorded["after"])
        yield PackageVerdict(name=name, raw=tuple(raw), calls=tuple(calls), after=after, objects=count)


def _calls(stage: Stage, recorded: Mapping[str, Any]) -> Iterator[str]:
    sent = recorded["sent"]
    if not recorded["waves"]:
        yield from _report(stage, sent, "COMMIT", recorded["commit"])
    for wave in recorded["waves"]:
        part = {name: sent[name] for name in wave["types"] if name in sent}
        yield from _report(stage, part, "COMMIT", wave)


def _post(stage: Stage, path: str, body: Mapping[str, Any]) -> tuple[int, Any]:
    text = json.dumps(body)
    stage.comparison.remember(text)
    sent = stage.comparison.translate(text).encode()
    response = stage.transport.send(
        Request(method="POST", path=path, headers=stage.headers("admin"), body=sent)
    )
    return response.status, json.loads(response.body) if response.body else None


def _report(stage: Stage, body: Mapping[str, Any], mode: str, recorded: Mapping[str, Any]) -> Iterator[str]:
    status, answer = _post(stage, f"/api/metadata?importMode={mode}&{_MODE}", body)
    yield from stage.comparison.differences(recorded["status"], status, "HTTP status")
    theirs, ours = summary(recorded["body"]), summary(answer)
    yield from stage.comparison.differences(theirs, ours, mode)


def summary(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Status, counters by type and errors; a package's report lists thousands of clean objects beside."""
    report = answer.get("response") or {}
    return {
        "status": answer.get("status"),
        "inner": report.get("status"),
        "stats": report.get("stats"),
        "types": {row["klass"]: row["stats"] for row in report.get("typeReports", [])},
        "errors": [
            {"uid": entry["uid"], "code": error["errorCode"], "properties": error["errorProperties"]}
            for row in report.get("typeReports", [])
            for entry in row["objectReports"]
            for error in entry["errorReports"]
        ],
    }


def _after(
    stage: Stage, recorded: Mapping[str, Any]
) -> tuple[Mapping[tuple[str, str], tuple[str, ...]], int]:
    names = [name for name, rows in recorded.items() if isinstance(rows, list)]
    query = "&".join(f"{name}=true" for name in names)
    response = stage.transport.send(
        Request(
            method="GET",
            path=f"/api/metadata?fields=:owner&defaults=EXCLUDE&{query}",
            headers=stage.headers("admin"),
        )
    )
    ours = json.loads(response.body)
    found: dict[tuple[str, str], list[str]] = {}
    count = 0
    for name in names:
        here = {row["id"]: row for row in ours.get(name, [])}
        for row in recorded[name]:
            count += 1
            other = here.get(row["id"]) or _alike(row, ours.get(name, []), stage)
            for line in stage.comparison.differences(row, other or {}):
                prop = line.split(":", 1)[0].split(".")[0].split("[")[0]
                found.setdefault((name, prop), []).append(f"{row['id']} {line}")
    return {key: tuple(lines) for key, lines in found.items()}, count


def _alike(row: Mapping[str, Any], rows: list[dict[str, Any]], stage: Stage) -> dict[str, Any] | None:
    """The object of the same name that the server made itself."""
    mapped = stage.comparison.ids.get(row["id"])
    return next((one for one in rows if one["id"] == mapped or one.get("name") == row.get("name")), None)
