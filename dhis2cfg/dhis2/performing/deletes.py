"""Deletions by import, looked at before and after: answers say less than was done (facts §6, §19.18)."""

from collections.abc import Mapping
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


def delete(
    session: Session, reader: Reader, body: Mapping[str, Any], plurals: Mapping[str, str]
) -> ImportReport:
    """Delete what of these stands still; what is gone already is no error of the others (facts §6: E5001).

    2.43 answers 500 to deletions that it has done, so the server is looked at before anything is believed.
    """
    before = standing(reader, body)
    left = {name: [{"id": uid} for uid in sorted(uids)] for name, uids in before.items() if uids}
    if not left:
        return ImportReport(ok=True, stats={"deleted": 0, "total": 0}, committed=False, http_status=200)
    report = imported(session, left, plurals, Strategy.DELETE)
    if report.ok or (report.committed is False and not report.http_status):
        return report
    return _looked_at(reader, before, left, report)


def _looked_at(
    reader: Reader, before: Mapping[str, frozenset[str]], left: Mapping[str, Any], report: ImportReport
) -> ImportReport:
    """The report with what the server shows: all gone is done, some gone or detached is partly done."""
    try:
        after = standing(reader, left)
    except Dhis2cfgError:
        return replace(report, committed=None)
    count = sum(len(before[name] - after[name]) for name in left)
    if not any(after.values()):
        return ImportReport(
            ok=True, stats={"deleted": count, "total": count}, committed=True, http_status=report.http_status
        )
    if report.committed is None and not report.http_status:
        return report
    is_touched = bool(count) or any(each.code == IN_USE for each in report.errors)
    return replace(report, stats={**report.stats, "deleted": count}, committed=is_touched)
