"""The cut: which objects go in which call, and why there is more than one (facts §5.3, §17.2)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dhis2cfg.catalogue.forward import FORWARD, STORED_CHECKS, Fate, StoredCheck
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model.names import Uid
from dhis2cfg.model.plan import Step, StepKind
from dhis2cfg.plan.steps.bodies import Key, Write, member_uids, referred
from dhis2cfg.plan.survey import Survey


def cut(known: Survey, writes: Sequence[Write]) -> tuple[Step, ...]:
    """One call where the server takes all at once, else two, the second with its reason."""
    checked = dict(_checked(known, writes))
    later = _with_their_like(writes, set(checked))
    again = dict(_again(writes))
    first = [each for each in writes if each.key not in later]
    second = [each for each in writes if each.key in later | set(again)]
    steps = [_call(1, first, known.given.catalogue, "", tried=True)] if first else []
    if second:
        reason = "; ".join(sorted({*checked.values(), *again.values()}))
        steps.append(_call(len(steps) + 1, second, known.given.catalogue, reason, tried=not later))
    return tuple(steps)


def _call(number: int, writes: Iterable[Write], catalogue: Catalogue, reason: str, *, tried: bool) -> Step:
    writes = tuple(writes)
    ranks = _ranks(writes)
    ordered = sorted(writes, key=lambda each: (catalogue.types[each.type].order, each.type, ranks[each.key]))
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


def _ranks(writes: Sequence[Write]) -> dict[Key, int]:
    """How many others of its type an object follows: a link to what comes later in its list is lost."""
    links = [(row.type, row.property) for row in FORWARD if row.type == row.target]
    above: dict[Key, set[Key]] = {each.key: set() for each in writes}
    for each in writes:
        for type_name, name in links:
            if each.type == type_name:
                above[each.key] |= {
                    (type_name, Uid(uid)) for uid in referred(each.body.get(name))
                } & above.keys()
    ranks = dict.fromkeys(above, 0)
    for _ in range(len(writes)):
        higher = {key: 1 + max(ranks[one] for one in others) for key, others in above.items() if others}
        if all(ranks[key] == rank for key, rank in higher.items()) or max(higher.values()) > len(higher):
            break
        ranks |= higher
    return ranks


def _checked(known: Survey, writes: Sequence[Write]) -> Iterator[tuple[Key, str]]:
    """Objects that the server checks against what is stored while this plan only brings it."""
    for check in STORED_CHECKS:
        fresh: set[str] = {
            each.uid for each in writes if each.type in check.holders and (each.is_new or each.gained)
        }
        for each in writes:
            if each.type != check.type:
                continue
            held = _views(each, fresh) if check.new_holder else _is_gained(known, writes, check, each)
            if held:
                yield each.key, f"{check.code}: {check.reason}"


def _is_gained(known: Survey, writes: Sequence[Write], check: StoredCheck, action: Write) -> bool:
    """Whether what an action names comes into a program that stands with this call, by whichever holder.

    What a new program brings passes, and so does what another holder of the program has (facts §17.2; that a
    new stage of a program that stands does not pass was seen on 2.41).
    """
    named = set(referred(action.body.get(check.property)))
    program = _program(known, writes, action)
    if any(each.is_new and each.key == ("programs", program) for each in writes):
        return False
    gained: set[str] = set()
    passing: set[str] = set()
    for each in writes:
        if each.type in check.holders and program in (each.uid, *referred(each.body.get("program"))):
            brought = set(referred(each.body.get(check.collection)))
            gained |= brought if each.is_new else member_uids(each.gained, check.collection)
    for (type_name, uid), live in known.live.items():
        if type_name in check.holders and program in (uid, *referred(live.get("program"))):
            passing |= set(referred(live.get(check.collection)))
    return bool(named & gained - passing)


def _program(known: Survey, writes: Sequence[Write], action: Write) -> str:
    """The program of the rule of an action, as it is sent or as it stands."""
    rule = next(referred(action.body.get("programRule")), "")
    sent = next((each.body for each in writes if each.key == ("programRules", rule)), None)
    body = sent or known.live.get(("programRules", Uid(rule))) or {}
    return next(referred(body.get("program")), "")


def _views(each: Write, holders: set[str]) -> bool:
    """Whether an end of a relationship type shows data of a holder that is new or gains something."""
    for end in ("fromConstraint", "toConstraint"):
        constraint = each.body.get(end) or {}
        if constraint.get("trackerDataView") and holders & set(referred(constraint)):
            return True
    return False


def _with_their_like(writes: Sequence[Write], later: set[Key]) -> set[Key]:
    """What must go later with these: rules with all their actions, and whatever refers to something new."""
    grown = set(later)
    while True:
        rules: set[str] = {key[1] for key in grown if key[0] == "programRules"}
        rules |= {
            uid for each in writes if each.key in grown for uid in referred(each.body.get("programRule"))
        }
        absent = {each.uid for each in writes if each.key in grown and each.is_new}
        more = {
            each.key
            for each in writes
            if (each.type == "programRules" and each.uid in rules)
            or (each.type == "programRuleActions" and rules & set(referred(each.body.get("programRule"))))
            or absent & set(referred(each.body))
        }
        if more <= grown:
            return grown
        grown |= more


def _again(writes: Sequence[Write]) -> Iterator[tuple[Key, str]]:
    """Objects whose link to something new the call would lose without a word: they are sent once more."""
    new: dict[str, set[str]] = {}
    for each in writes:
        if each.is_new:
            new.setdefault(each.type, set()).add(each.uid)
    ranks = _ranks(writes)
    for row in FORWARD:
        if row.fate not in (Fate.LOST, Fate.BY_POSITION):
            continue
        for each in writes:
            links = new.get(row.target, set()) & set(referred(each.body.get(row.property)))
            behind = {uid for uid in links if ranks.get((row.target, Uid(uid)), 0) < ranks[each.key]}
            if each.type == row.type and links - (behind if row.fate is Fate.BY_POSITION else set()):
                reason = f"{row.type}.{row.property} is lost where {row.target} are new in the same call"
                yield each.key, reason
