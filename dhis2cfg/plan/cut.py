"""The cut: which objects go in which call, and why there is more than one (facts §5.3, §17.2)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dhis2cfg.catalogue.forward import FORWARD, STORED_CHECKS, Fate, StoredCheck
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model.plan import Step, StepKind
from dhis2cfg.plan.bodies import Write, member_uids, referred
from dhis2cfg.plan.survey import Survey


def cut(known: Survey, writes: Sequence[Write]) -> tuple[Step, ...]:
    """One call where the server takes all at once, else two, the second with its reason."""
    if not writes:
        return ()
    checked = dict(_checked(known, writes))
    later = _with_rules(writes, checked)
    again = dict(_again(writes))
    first = [each for each in writes if (each.type, each.uid) not in later]
    second = [each for each in writes if (each.type, each.uid) in later | set(again)]
    reasons = sorted({*checked.values(), *again.values()})
    steps = [_call(1, first, known.given.catalogue, "", tried=True)] if first else []
    if second:
        reason = "; ".join(reasons) if first else ""
        number = len(steps) + 1
        steps.append(_call(number, second, known.given.catalogue, reason, tried=not (later and first)))
    return tuple(steps)


def _call(number: int, writes: Iterable[Write], catalogue: Catalogue, reason: str, *, tried: bool) -> Step:
    ordered = sorted(writes, key=lambda each: (catalogue.types[each.type].order, each.type))
    body: dict[str, list[Any]] = {}
    for each in ordered:
        body.setdefault(each.type, []).append(each.body)
    return Step(
        number=number,
        kind=StepKind.CALL,
        objects=tuple((each.type, each.path) for each in ordered),
        body=body,
        reason=reason,
        tried=tried,
    )


Key = tuple[str, str]


def _checked(known: Survey, writes: Sequence[Write]) -> Iterator[tuple[Key, str]]:
    """Objects that the server checks against what is stored while this plan only brings it."""
    for check in STORED_CHECKS:
        gained = _gained(known, writes, check)
        for each in writes:
            named = set(referred(each.body.get(check.property)))
            if each.type == check.type and (gained & named or (check.new_holder and _views(each, gained))):
                yield (each.type, each.uid), f"{check.code}: {check.reason}"


def _gained(known: Survey, writes: Sequence[Write], check: StoredCheck) -> set[str]:
    """What comes into one of the holders with this plan, and stands in none of them yet."""
    holders = [each for each in writes if each.type in check.holders]
    if check.new_holder:
        return {each.uid for each in holders if each.is_new or each.gained}
    gained: set[str] = set()
    for each in holders:
        gained |= member_uids(each.gained, check.collection) if not each.is_new else set()
    standing = _standing(known.live, check) | _standing(
        {(e.type, e.uid): e.body for e in holders if e.is_new}, check
    )
    return gained - standing


def _standing(objects: Mapping[tuple[str, Any], Mapping[str, Any]], check: StoredCheck) -> set[str]:
    return {
        uid
        for (type_name, _), body in objects.items()
        if type_name in check.holders
        for uid in referred(body.get(check.collection))
    }


def _views(each: Write, holders: set[str]) -> bool:
    """Whether an end of a relationship type shows data of a holder that is new or gains something."""
    for end in ("fromConstraint", "toConstraint"):
        constraint = each.body.get(end) or {}
        if constraint.get("trackerDataView") and holders & set(referred(constraint)):
            return True
    return False


def _with_rules(writes: Sequence[Write], checked: Mapping[Key, str]) -> set[Key]:
    """A rule goes with its actions, all of them: an action alone would point at a rule that is not there."""
    later = set(checked)
    rules = {
        uid
        for each in writes
        if (each.type, each.uid) in later
        for uid in referred(each.body.get("programRule"))
    }
    for each in writes:
        if each.type == "programRules" and each.uid in rules:
            later.add((each.type, each.uid))
        if each.type == "programRuleActions" and rules & set(referred(each.body.get("programRule"))):
            later.add((each.type, each.uid))
    return later


def _again(writes: Sequence[Write]) -> Iterator[tuple[Key, str]]:
    """Objects whose link to something new the call would lose without a word: they are sent once more."""
    new: dict[str, set[str]] = {}
    for each in writes:
        if each.is_new:
            new.setdefault(each.type, set()).add(each.uid)
    for row in FORWARD:
        if row.fate not in (Fate.LOST, Fate.BY_POSITION):
            continue
        for each in writes:
            if each.type == row.type and new.get(row.target, set()) & set(
                referred(each.body.get(row.property))
            ):
                reason = f"{row.type}.{row.property} is lost where {row.target} are new in the same call"
                yield (each.type, each.uid), reason
