"""Deletions by import, looked at before and after: answers say less than was done (facts §6, §19.18)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from dhis2cfg.dhis2.importing import Strategy
from dhis2cfg.dhis2.performing.imports import imported
from dhis2cfg.dhis2.performing.standing import standing
from dhis2cfg.dhis2.reads.objects import Reader
from dhis2cfg.dhis2.session import Session
from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.questions import ImportReport

IN_USE = "E4030"
"""Found while the server deletes: what came before it stays deleted, and things may be detached already."""

Left = dict[str, list[dict[str, str]]]


def delete(
    session: Session, reader: Reader, body: Mapping[str, Any], plurals: Mapping[str, str]
) -> ImportReport:
    """Delete what of these stands still; what is gone already is no error of the others (facts §6: E5001).

    2.43 answers 500 to deletions that it has done, so the server is looked at before anything is believed.
    Groups that manage each other cannot go together (seen on 2.43, "marked as rollback-only"), and go one by
    one: so what is refused as a whole is tried in parts.
    """
    before = _left(body, standing(reader, body))
    if not before:
        return ImportReport(ok=True, stats={"deleted": 0, "total": 0}, committed=False, http_status=200)
    report = imported(session, before, plurals, Strategy.DELETE)
    if report.ok or not report.http_status:
        return report if report.ok or report.committed is False else _lost(reader, before, report)
    try:
        return _in_parts(session, reader, before, plurals, report)
    except Dhis2cfgError:
        return replace(report, committed=None)


def _left(body: Mapping[str, Any], there: Mapping[str, frozenset[str]]) -> Left:
    """What still stands, in the order given: children before their parents."""
    left = {
        name: [{"id": each["id"]} for each in items if each["id"] in there[name]]
        for name, items in body.items()
    }
    return {name: items for name, items in left.items() if items}


def _lost(reader: Reader, before: Left, report: ImportReport) -> ImportReport:
    """Nobody answered: all gone is done, all else may still come."""
    try:
        after = standing(reader, before)
    except Dhis2cfgError:
        return report
    return report if any(after.values()) else _done(before, report)


def _done(before: Left, report: ImportReport) -> ImportReport:
    count = sum(len(items) for items in before.values())
    return ImportReport(
        ok=True, stats={"deleted": count, "total": count}, committed=True, http_status=report.http_status
    )


def _in_parts(
    session: Session,
    reader: Reader,
    before: Left,
    plurals: Mapping[str, str],
    report: ImportReport,
) -> ImportReport:
    """What is left after a refusal, one object after another, as long as some of it goes.

    A legend set in use goes at the second turn, though nothing went at the first (facts §19.19).
    """
    left = _left(before, standing(reader, before))
    is_touched = any(each.code == IN_USE for each in report.errors)
    was_vain = False
    while left:
        for name, uid in _each(left):
            report = imported(session, {name: [{"id": uid}]}, plurals, Strategy.DELETE)
            is_touched |= report.ok or any(each.code == IN_USE for each in report.errors)
        after = _left(left, standing(reader, left))
        if after == left and was_vain:
            break
        was_vain, left = after == left, after
    if not left:
        return _done(before, report)
    return replace(report, ok=False, committed=is_touched or left != before)


def _each(left: Left) -> Iterator[tuple[str, str]]:
    yield from ((name, each["id"]) for name, items in left.items() for each in items)
