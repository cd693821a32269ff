"""Which object of the server each object of the packages is: by record, UID, code or unique name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dhis2cfg.catalogue import oddities
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.plan import Refusal
from dhis2cfg.model.questions import Answers, Live
from dhis2cfg.model.record import Record
from dhis2cfg.model.state import DesiredObject, State, Text
from dhis2cfg.plan.defining import defining_differences
from dhis2cfg.wire.bind import made_uid


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """A UID for every object of the state; `adopted` keep a UID that is not ours.

    `open` holds what must still be looked up: (type, property) → values.
    """

    uids: Mapping[Ref, Uid]
    adopted: frozenset[Ref] = frozenset()
    refusals: tuple[Refusal, ...] = ()
    open: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    uid: Uid
    adopted: bool = False
    refusal: Refusal | None = None


def match(state: State, record: Record | None, catalogue: Catalogue, answers: Answers) -> Matching:
    """Every object of the state matched, as far as the answers so far tell."""
    known = recorded_uids(record)
    found: dict[Ref, _Match] = {}
    wanted: dict[tuple[str, str], list[str]] = {}
    for ref, each in state.objects.items():
        found[ref] = _match(each, known.get(ref), catalogue, answers, wanted, state)
    return Matching(
        uids={ref: each.uid for ref, each in found.items()},
        adopted=frozenset(ref for ref, each in found.items() if each.adopted),
        refusals=tuple(each.refusal for each in found.values() if each.refusal),
        open={key: tuple(dict.fromkeys(values)) for key, values in wanted.items()},
    )


def recorded_uids(record: Record | None) -> dict[Ref, tuple[Uid, bool]]:
    """Key path → (UID, adopted) of all that the record holds."""
    if record is None:
        return {}
    return {
        Ref(type_name, each.path): (uid, each.adopted)
        for type_name, objects in record.objects.items()
        for uid, each in objects.items()
    }


def _match(
    each: DesiredObject,
    known: tuple[Uid, bool] | None,
    catalogue: Catalogue,
    answers: Answers,
    wanted: dict[tuple[str, str], list[str]],
    state: State,
) -> _Match:
    if known is not None:
        return _recorded(each, *known)
    own = each.uid or made_uid(each.owner, each.ref.type, each.ref.path)
    if each.adopt:
        return _adopt(each, own, answers, wanted)
    if answers.objects.get(each.ref.type, {}).get(own) is not None:
        return _Match(uid=own)
    for name, value in look_ups(each, catalogue):
        uids = answers.by.get((each.ref.type, name, value))
        if uids is None:
            wanted.setdefault((each.ref.type, name), []).append(value)
        elif uids:
            return _proposed(each, own, name, uids[0], answers, state)
    return _Match(uid=own)


def _recorded(each: DesiredObject, uid: Uid, adopted: bool) -> _Match:  # noqa: FBT001 - a pair taken apart
    if each.uid in (None, uid) or adopted:
        return _Match(uid=uid, adopted=adopted)
    message = (
        f"{each.ref} is {uid} in the record of this server and {each.uid} in the files: "
        "one key path cannot be two objects"
    )
    refusal = Refusal(
        word="",
        message=message,
        place=each.place,
        following="put the recorded UID back into uids.lock or id:",
    )
    return _Match(uid=uid, refusal=refusal)


def look_ups(each: DesiredObject, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """By what an object of somebody else's could be the same: its code, then a name that is unique."""
    if oddities.is_scoped(each.ref.type):
        return
    for name in ("code", "name"):
        prop = catalogue.property(each.ref.type, name)
        written = each.fields.get(name)
        value = written.value if written else None
        text = value.base if isinstance(value, Text) else value
        if prop is not None and prop.unique and isinstance(text, str):
            yield name, text


def _adopt(
    each: DesiredObject, own: Uid, answers: Answers, wanted: dict[tuple[str, str], list[str]]
) -> _Match:
    """A municipality's own unit: found as its file says, else made where it may be."""
    ((name, value),) = list(each.adopt.items())[:1]
    if name == "id":
        return _Match(uid=Uid(value), adopted=True)
    uids = answers.by.get((each.ref.type, name, value))
    if uids is None:
        wanted.setdefault((each.ref.type, name), []).append(value)
        return _Match(uid=own)
    if len(uids) == 1:
        return _Match(uid=uids[0], adopted=True)
    if not uids and "openingDate" in each.fields:
        return _Match(uid=own)
    count = f"{len(uids)} of them" if uids else "none"
    refusal = Refusal(
        word="",
        message=f"the server has no one organisation unit of {name} {value}: there is {count}",
        place=each.place,
        following="name it by id, or write openingDate so that it may be made",
    )
    return _Match(uid=own, refusal=refusal)


def _proposed(each: DesiredObject, own: Uid, name: str, uid: Uid, answers: Answers, state: State) -> _Match:
    """An object of the same code or name: adopted by code where what defines it is equal, else a conflict."""
    live = answers.objects.get(each.ref.type, {}).get(uid)
    if live is None:
        return _Match(uid=own)
    differing = defining_differences(each, live, state)
    if name == "code" and not differing:
        return _Match(uid=uid, adopted=True)
    why = f"with another {', '.join(differing)}" if differing else "by its name alone"
    refusal = Refusal(
        word="",
        message=f"{each.ref}: {uid} on the server has the same {name} ({_told(live, name)}), {why}",
        place=each.place,
        following=f"rename ours, pin theirs (id: {uid}), or leave ours out",
    )
    return _Match(uid=own, refusal=refusal)


def _told(live: Live, name: str) -> str:
    return str(live.get(name, ""))
