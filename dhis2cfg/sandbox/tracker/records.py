"""A tracker payload as flat records, and how they are stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dhis2cfg.sandbox.store.session import Body, new_uid


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """One sort of record: the key of its UID, where it is stored, its name in reports."""

    name: str
    key: str
    store: str
    shown: str


ENTITIES = Sort(name="trackedEntities", key="trackedEntity", store="#trackedEntities", shown="TRACKED_ENTITY")
ENROLLMENTS = Sort(name="enrollments", key="enrollment", store="#enrollments", shown="ENROLLMENT")
EVENTS = Sort(name="events", key="event", store="#events", shown="EVENT")
SORTS = (ENTITIES, ENROLLMENTS, EVENTS)
"""In the order in which they are written."""

DATA_VALUES = Sort(name="dataValues", key="", store="#dataValues", shown="DATA_VALUE")
"""Aggregate data, which have no UID of their own."""

VETOES: Mapping[str, tuple[tuple[Sort, str, str], ...]] = {
    "categoryOptionCombos": ((DATA_VALUES, "categoryOptionCombo", "DataValue"),),
    "dataElements": (
        (DATA_VALUES, "dataElement", "DataValue"),
        (EVENTS, "dataValues.dataElement", "Event"),
    ),
    "organisationUnits": (
        (DATA_VALUES, "orgUnit", "DataValue"),
        (ENTITIES, "orgUnit", "TrackedEntity"),
        (ENROLLMENTS, "orgUnit", "Enrollment"),
        (EVENTS, "orgUnit", "Event"),
    ),
    "programStages": ((EVENTS, "programStage", "Event"),),
    "programs": ((ENROLLMENTS, "program", "Enrollment"), (EVENTS, "program", "Event")),
    "trackedEntityAttributes": ((ENTITIES, "attributes.attribute", "TrackedEntityAttributeValue"),),
    "trackedEntityTypes": ((ENTITIES, "trackedEntityType", "TrackedEntity"),),
}
"""Metadata type → which records hold it back from deletion, and how reports name them (facts §6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record of a payload."""

    sort: Sort
    uid: str
    body: Body


def flatten(payload: Mapping[str, Any]) -> list[Record]:
    """Every record of a payload, nested or not, each with its parent's UID."""
    found: list[Record] = []
    for row in _rows(payload, ENTITIES):
        entity = _record(ENTITIES, row, ("enrollments",))
        found.append(entity)
        inherited = {ENTITIES.key: entity.uid}
        found.extend(_enrollments(row, inherited))
    found.extend(_enrollments(payload, {}))
    found.extend(_record(EVENTS, row, ()) for row in _rows(payload, EVENTS))
    return sorted(found, key=lambda record: SORTS.index(record.sort))


def _enrollments(holder: Mapping[str, Any], inherited: Mapping[str, str]) -> Iterator[Record]:
    for row in _rows(holder, ENROLLMENTS):
        enrollment = _record(ENROLLMENTS, {**inherited, **row}, ("events",))
        yield enrollment
        given = {
            ENROLLMENTS.key: enrollment.uid,
            **{name: enrollment.body[name] for name in ("program", ENTITIES.key) if name in enrollment.body},
        }
        for event in _rows(row, EVENTS):
            yield _record(EVENTS, {**given, **event}, ())


def _rows(holder: Mapping[str, Any], sort: Sort) -> list[Mapping[str, Any]]:
    return [row for row in holder.get(sort.name) or [] if isinstance(row, Mapping)]


def _record(sort: Sort, row: Mapping[str, Any], nested: tuple[str, ...]) -> Record:
    uid = str(row.get(sort.key) or new_uid())
    body = {name: value for name, value in row.items() if name not in nested} | {sort.key: uid}
    return Record(sort=sort, uid=uid, body=body)


def values(body: Body, path: str) -> list[Any]:
    """What stands under `dataValues.dataElement` or `program`."""
    name, _, rest = path.partition(".")
    if not rest:
        return [body[name]] if name in body else []
    return [row[rest] for row in body.get(name) or [] if isinstance(row, Mapping) and rest in row]
