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
from dhis2cfg.plan.matching.defining import defining_differences
from dhis2cfg.wire.bind import made_uid

UNITS = "organisationUnits"
ROOTS = ("level", "1")
"""What roots of the tree have in common; DHIS2 makes a second one without a word (facts §16)."""


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
    matcher = _Matcher(state, record, catalogue, answers)
    found = {ref: matcher.match(ref) for ref in state.objects}
    return Matching(
        uids={ref: each.uid for ref, each in found.items()},
        adopted=frozenset(ref for ref, each in found.items() if each.adopted),
        refusals=tuple(each.refusal for each in found.values() if each.refusal),
        open={key: tuple(dict.fromkeys(values)) for key, values in matcher.open.items()},
    )


def own_uid(each: DesiredObject) -> Uid:
    """The UID that an object has where nobody else's is adopted."""
    return each.uid or made_uid(each.owner, each.ref.type, each.ref.path)


def recorded_uids(record: Record | None) -> dict[Ref, tuple[Uid, bool]]:
    """Key path → (UID, adopted) of all that the record holds."""
    if record is None:
        return {}
    return {
        Ref(type_name, each.path): (uid, each.adopted)
        for type_name, objects in record.objects.items()
        for uid, each in objects.items()
    }


class _Matcher:
    """One pass over a state; what an object is may hang on what another is, so answers are remembered."""

    def __init__(self, state: State, record: Record | None, catalogue: Catalogue, answers: Answers) -> None:
        self.state = state
        self.catalogue = catalogue
        self.answers = answers
        self.known = recorded_uids(record)
        self.open: dict[tuple[str, str], list[str]] = {}
        self._found: dict[Ref, _Match] = {}
        self._taken = {(ref.type, own_uid(each)) for ref, each in state.objects.items()}
        self._taken |= {(ref.type, uid) for ref, (uid, _) in self.known.items()}

    def match(self, ref: Ref) -> _Match:
        """What one object is; while it is being found out, whoever asks gets our own UID."""
        if ref not in self._found:
            each = self.state.objects[ref]
            self._found[ref] = _Match(uid=own_uid(each))
            self._found[ref] = self._decide(each)
        return self._found[ref]

    def uid(self, ref: Ref) -> Uid | None:
        """The UID of an object of the state, None of anything else."""
        return self.match(ref).uid if ref in self.state.objects else None

    def _decide(self, each: DesiredObject) -> _Match:
        known, own = self.known.get(each.ref), own_uid(each)
        if known is not None:
            return _recorded(each, *known)
        if each.adopt:
            return self._adopt(each, own)
        if self.answers.objects.get(each.ref.type, {}).get(own) is not None:
            return _Match(uid=own)
        if (each.ref.type, own) in self.answers.hidden:
            return _Match(uid=own)
        for name, value in look_ups(each, self.catalogue):
            uids = self.answers.by.get((each.ref.type, name, value))
            if uids is None:
                self.open.setdefault((each.ref.type, name), []).append(value)
            elif strangers := [uid for uid in uids if (each.ref.type, uid) not in self._taken]:
                return self._proposed(each, own, name, strangers[0])
        return self._root(each, own) if each.ref.type == UNITS else _Match(uid=own)

    def _root(self, each: DesiredObject, own: Uid) -> _Match:
        """A unit that is not there: made, unless it would be a second root.

        The root of a package is the root that stands; a municipality says which unit it is (grammar.md).
        """
        if "parent" in each.fields:
            return _Match(uid=own)
        roots = self.answers.by.get((UNITS, *ROOTS))
        if roots is None:
            self.open.setdefault((UNITS, ROOTS[0]), []).append(ROOTS[1])
            return _Match(uid=own)
        others = [uid for uid in roots if uid != own]
        if not others:
            return _Match(uid=own)
        if len(others) == 1 and not each.adopt:
            return _Match(uid=others[0], adopted=True)
        refusal = Refusal(
            word="",
            message=f"the organisation unit {each.ref.path} would be a second root: {', '.join(others)} "
            f"{'stands' if len(others) == 1 else 'stand'} at the top of the server",
            place=each.place,
            following="name the unit that it is (id, code or name), or make it below another one",
        )
        return _Match(uid=own, refusal=refusal)

    def _adopt(self, each: DesiredObject, own: Uid) -> _Match:
        """A municipality's own unit: found as its file says, else made where it may be."""
        name, value = next(iter(each.adopt.items()))
        if name == "id":
            return _Match(uid=Uid(value), adopted=True)
        uids = self.answers.by.get((each.ref.type, name, value))
        if uids is None:
            self.open.setdefault((each.ref.type, name), []).append(value)
            return _Match(uid=own)
        if len(uids) == 1:
            return _Match(uid=uids[0], adopted=True)
        if not uids and "openingDate" in each.fields:
            return self._root(each, own)
        count = f"{len(uids)} of them" if uids else "none"
        refusal = Refusal(
            word="",
            message=f"the server has no one organisation unit of {name} {value}: there is {count}",
            place=each.place,
            following="name it by id, or write openingDate so that it may be made",
        )
        return _Match(uid=own, refusal=refusal)

    def _proposed(self, each: DesiredObject, own: Uid, name: str, uid: Uid) -> _Match:
        """One of the same code or name: adopted by code where what defines it is equal, else a conflict."""
        live = self.answers.objects.get(each.ref.type, {}).get(uid)
        if live is None:
            return _Match(uid=own)
        differing = defining_differences(each, live, self.uid)
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


def _told(live: Live, name: str) -> str:
    return str(live.get(name, ""))
