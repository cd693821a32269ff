"""The workspace's own lock: the UIDs of municipalities' own objects, `MUNICIPALITY/TYPE/KEY: UID`."""

from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.fleet import Fleet
from dhis2cfg.model.sources import LockFile
from dhis2cfg.resolve.lock import new_lock
from dhis2cfg.resolve.municipal.units import new_municipal_lock


def workspace_lock(
    fleet: Fleet, catalogue: Catalogue, lock: LockFile | None
) -> tuple[str, tuple[Finding, ...]]:
    """The text that the lock should have, and a finding for each line of a municipality that is gone."""
    lines = {
        path: uid
        for municipality in fleet.municipalities
        for path, uid in new_municipal_lock(municipality, catalogue, lock).items()
    }
    names = {municipality.name for municipality in fleet.municipalities}
    gone = [line for line in (lock.lines if lock else ()) if line.path.partition("/")[0] not in names]
    findings = tuple(
        Finding(
            rule="stale-lock",
            message=f"{line.path} is locked, and there is no such municipality",
            place=line.place,
            label="no municipality has this name",
            following="run dhis2cfg lock",
        )
        for line in gone
    )
    return new_lock(f"{path}: {uid}" for path, uid in lines.items()), findings
