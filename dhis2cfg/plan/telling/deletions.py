"""Dropped objects that go, and dead entries of sharing, in a reader's words."""

from collections.abc import Iterator

from dhis2cfg.model.names import Ref
from dhis2cfg.model.plan import Change, Kind, Mark, Reason, Risk, Touched
from dhis2cfg.model.questions import Answers
from dhis2cfg.plan.dropping.data import COMBINED, data_on
from dhis2cfg.plan.dropping.dropped import Dropped, Fate, is_orphaned
from dhis2cfg.plan.survey import Survey
from dhis2cfg.plan.telling.changes import author_of, label
from dhis2cfg.plan.telling.naming import Names, ancestors
from dhis2cfg.wire import paths

FILLED_IN = frozenset({"options", "programStages", "dataElements", "trackedEntityAttributes", "programs"})
"""Types of what people fill in: a phone that has not synchronised may still send it."""


def deletions_of(known: Survey, names: Names, answers: Answers) -> Iterator[Change]:
    """Every object that goes by a step of its own."""
    for each in known.dropped:
        if each.fate is Fate.DELETED and each.live is not None:
            yield _deletion(names, each, data_on(each, answers) if is_orphaned(each.type) else None)


def _deletion(names: Names, each: Dropped, touched: Touched | None) -> Change:
    path, live = each.recorded.path, each.live or {}
    return Change(
        type=each.type,
        path=path,
        field="",
        kind=Kind.DELETE,
        reason=Reason.CONFLICT if each.is_edited else Reason.DROPPED,
        risk=risk_of_deletion(each, touched),
        uid=each.uid,
        title=str(live.get("name") or "") or Ref(each.type, path).key,
        within=tuple(reversed([_title(names, parent) for parent in ancestors(Ref(each.type, path))])),
        before={
            names.path(each.type, field): names.value(each.type, field, value)
            for field, value in each.recorded.fields.items()
            if field
        },
        marks=(Mark.DEVICES,) if each.type in FILLED_IN else (),
        touched=touched,
        author=author_of(live) if each.is_edited else None,
        package=each.recorded.owner,
        note="edited by hand since it was applied" if each.is_edited else "",
    )


def _title(names: Names, parent: Ref) -> str:
    uid = next((uid for uid, path in names.keys.items() if path == parent.path), "")
    return names.title(uid) if uid else parent.key


def risk_of_deletion(each: Dropped, touched: Touched | None) -> Risk:
    """Logic is seen; all else is destroyed, for good where data may have hung on it (design §1)."""
    if not is_orphaned(each.type):
        return Risk.VISIBLE
    if each.type in COMBINED or (touched is not None and touched.count is None):
        return Risk.IRREVERSIBLE
    return Risk.DESTRUCTIVE


def dead_entries(known: Survey, names: Names) -> Iterator[Change]:
    """Entries of deleted groups in the sharing of our objects."""
    for ref, uid in known.matching.uids.items():
        for group in known.dead.get((ref.type, uid), ()):
            field = f"sharing.{paths.member('userGroups', group)}"
            yield Change(
                type=ref.type,
                path=ref.path,
                field=names.path(ref.type, field),
                kind=Kind.DELETE,
                reason=Reason.DEAD,
                risk=Risk.SAFE,
                uid=uid,
                title=names.title(uid),
                within=tuple(reversed([_title(names, parent) for parent in ancestors(ref)])),
                label=label(names, ref.type, field),
                before=True,
                place=known.given.state.objects[ref].place,
                package=known.given.state.objects[ref].owner,
            )
