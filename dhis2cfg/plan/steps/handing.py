"""Unique values that pass from one object to another: the holder is called otherwise for the moment.

DHIS2 compares with what is stored before a call, so a call in which one object takes what another gives up is
refused (E5003, facts §1.4). A call before the others frees the values; the plan says which.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dhis2cfg.catalogue.types import Shape
from dhis2cfg.model.names import Uid
from dhis2cfg.model.plan import HandOver, Refusal, Step, StepKind
from dhis2cfg.plan.dropping.dropped import Dropped, Fate
from dhis2cfg.plan.steps.bodies import Key, Write, closed
from dhis2cfg.plan.survey import Survey

GOING = (Fate.DELETED, Fate.WITH_PARENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handing:
    """What passes, and what cannot pass and why."""

    passing: tuple[HandOver, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def handing(known: Survey, writes: Sequence[Write]) -> Handing:
    """Every unique value that a write wants and that something else holds now."""
    holders = _holders(known)
    sent = {each.key: each for each in writes}
    dropped = {each.key: each for each in known.dropped}
    ours = {(ref.type, uid): ref.path for ref, uid in known.matching.uids.items()}
    passing: list[HandOver] = []
    refusals: list[Refusal] = []
    for write in writes:
        for name in unique_properties(known, write.type):
            holder = holders.get((write.type, name, str(write.body.get(name))))
            if holder is None or holder == write.uid:
                continue
            key = (write.type, holder)
            giver = ours.get(key) or (dropped[key].recorded.path if key in dropped else "")
            if _gives(sent.get(key), dropped.get(key), name, write.body[name]) and _is_text(
                known, write, name
            ):
                passing.append(
                    HandOver(
                        type=write.type,
                        property=name,
                        value=str(write.body[name]),
                        giver=giver,
                        taker=write.path,
                        holder=holder,
                    )
                )
            elif giver or not write.is_new:
                refusals.append(_refused(write, name, holder, dropped.get(key)))
    return Handing(passing=tuple(passing), refusals=tuple(refusals))


def _holders(known: Survey) -> Mapping[tuple[str, str, str], Uid]:
    return {
        (type_name, name, str(live[name])): uid
        for (type_name, uid), live in known.live.items()
        for name in unique_properties(known, type_name)
        if live.get(name)
    }


def unique_properties(known: Survey, type_name: str) -> Iterable[str]:
    """The properties whose values no two objects of a type may share."""
    kind = known.given.catalogue.types.get(type_name)
    return [name for name, prop in kind.properties.items() if prop.unique and name != "id"] if kind else []


def _gives(sent: Write | None, dropped: Dropped | None, name: str, value: Any) -> bool:
    """Whether the holder gets another value with this plan, or goes."""
    if dropped is not None:
        return dropped.fate in GOING
    return sent is not None and sent.body.get(name) != value


def _is_text(known: Survey, write: Write, name: str) -> bool:
    prop = known.given.catalogue.property(write.type, name)
    return prop is not None and prop.shape is Shape.TEXT


def _refused(write: Write, name: str, holder: Uid, dropped: Dropped | None) -> Refusal:
    value = f"the {name} “{write.body[name]}”"
    if dropped is not None and dropped.fate is Fate.ORPHAN:
        return Refusal(
            word="",
            message=f"{write.type}/{write.path} wants {value}, which {dropped.recorded.path} still has: "
            "it is no longer in the package and stays on the server",
            following="call ours otherwise, or delete what was dropped: --prune",
        )
    return Refusal(
        word="",
        message=f"{write.type}/{write.path} wants {value}, which {holder} on the server has",
        following="rename ours, or theirs on the server",
    )


def freeing(known: Survey, passing: Sequence[HandOver]) -> Step | None:
    """The call that frees the values: each holder as it stands, called otherwise for the moment."""
    bodies: dict[Key, dict[str, Any]] = {}
    names: dict[Key, str] = {}
    for each in passing:
        key = (each.type, each.holder)
        body = bodies.setdefault(key, closed(known, each.type, dict(known.live[key])))
        body[each.property] = for_the_moment(each.holder)
        names[key] = each.giver
    if not bodies:
        return None
    order = known.given.catalogue.types
    keys = sorted(bodies, key=lambda key: (order[key[0]].order, key[0]))
    return Step(
        number=0,
        kind=StepKind.CALL,
        objects=tuple((key[0], names[key]) for key in keys),
        body={
            name: [bodies[key] for key in keys if key[0] == name]
            for name in dict.fromkeys(k[0] for k in keys)
        },
        reason="; ".join(_told(passing)),
        handed=tuple(passing),
    )


def for_the_moment(uid: Uid) -> str:
    """What a holder is called in between; no other object can be called so."""
    return f"{uid} for the moment"


def _told(passing: Sequence[HandOver]) -> Iterator[str]:
    for each in passing:
        yield (
            f"the {each.property} “{each.value}” passes from {each.giver} to {each.taker}, "
            f"so {each.giver} is called otherwise for the moment"
        )
