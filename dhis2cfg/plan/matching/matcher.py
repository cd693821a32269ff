"""Which object of the server each object of the packages is: by record, UID, code or unique name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dhis2cfg.catalogue.adoptable import is_adoptable
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.plan import Refusal
from dhis2cfg.model.questions import Answers, Live
from dhis2cfg.model.record import Record
from dhis2cfg.model.state import DesiredObject, State
from dhis2cfg.model.tree import as_text
from dhis2cfg.plan.matching.defining import defining_differences
from dhis2cfg.plan.matching.look_ups import look_ups, texts_of
from dhis2cfg.wire.bind import made_uid

UNITS = "organisationUnits"
OPTIONS = "options"
IN_SET = "optionSet.id"
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
    """Key path → (UID, adopted) of all that the record holds; what was adopted comes before an orphan."""
    if record is None:
        return {}
    in_order = sorted(
        (
            (type_name, uid, each)
            for type_name, objects in record.objects.items()
            for uid, each in objects.items()
        ),
        key=lambda row: row[2].adopted,
    )
    return {Ref(type_name, each.path): (uid, each.adopted) for type_name, uid, each in in_order}


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
        self._ours = {(ref.type, own_uid(each)): ref for ref, each in state.objects.items()}
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
        if known is not None and self._holds(each, *known):
            return _recorded(each, *known)
        found = self._adopt(each, own) if each.adopt else self._in_their_set(each, own)
        if found is not None:
            return found
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

    def _holds(self, each: DesiredObject, uid: Uid, adopted: bool) -> bool:  # noqa: FBT001 - a pair taken apart
        """Whether what the record says still counts: a file may name another object of the server since."""
        if "id" in each.adopt:
            return each.adopt["id"] == uid
        return adopted or not each.must_stand

    def _adopt(self, each: DesiredObject, own: Uid) -> _Match | None:
        """What stands already, found as a file says; None where it may be made and is looked for further."""
        if each.ref.type == OPTIONS:
            return self._in_their_set(each, own)
        (name, value), *more = each.adopt.items()
        if name == "id":
            return self._as_theirs(each, Uid(value))
        uids = self.answers.by.get((each.ref.type, name, value))
        if uids is None:
            self.open.setdefault((each.ref.type, name), []).append(value)
            return _Match(uid=own)
        fitting = [uid for uid in uids if self._fits(each.ref.type, uid, more)]
        if len(fitting) == 1 or own in fitting:
            return self._as_theirs(each, own if own in fitting else fitting[0])
        if not fitting and not each.must_stand and each.ref.type != UNITS:
            return None
        if not fitting and not each.must_stand and "openingDate" in each.fields:
            return self._root(each, own)
        return _Match(uid=own, refusal=_not_one(each, fitting))

    def _fits(self, type_name: str, uid: Uid, more: Iterable[tuple[str, str]]) -> bool:
        """Whether the other properties are as wanted, too; what is not read yet may be."""
        live = self.answers.objects.get(type_name, {}).get(uid)
        return live is None or all(as_text(live.get(name)) == value for name, value in more)

    def _as_theirs(self, each: DesiredObject, uid: Uid) -> _Match:
        """An object of the server in place of ours, unless it is another thing or ours under another key."""
        live = self.answers.objects.get(each.ref.type, {}).get(uid)
        differing = defining_differences(each, live, self.uid) if live else ()
        other = self._ours.get((each.ref.type, uid), each.ref)
        if each.ref.type == UNITS or (other == each.ref and not differing):
            return _Match(uid=uid, adopted=True)
        theirs = f"{each.ref}: {uid} on the server"
        refusal = Refusal(
            word="",
            message=f"{theirs} is {other} already"
            if other != each.ref
            else f"{theirs} cannot stand for it, with another {', '.join(differing)}",
            place=each.place,
            following=f"adopt another one, or {'name that' if other != each.ref else 'patch ours like it'}",
        )
        return _Match(uid=own_uid(each), refusal=refusal)

    def _in_their_set(self, each: DesiredObject, own: Uid) -> _Match | None:
        """An option of a set that was adopted: the one of its code there; None where there is none."""
        parent = Ref("optionSets", each.ref.parent_path)
        if each.ref.type != OPTIONS or parent not in self.state.objects:
            return None
        theirs = self.match(parent)
        if not theirs.adopted or (theirs.uid == own_uid(self.state.objects[parent]) and not each.adopt):
            return None
        uids = self.answers.by.get((OPTIONS, IN_SET, theirs.uid))
        if uids is None:
            self.open.setdefault((OPTIONS, IN_SET), []).append(theirs.uid)
            return _Match(uid=own)
        code = next((value for name, value in texts_of(each) if name == "code"), "")
        read = self.answers.objects.get(OPTIONS, {})
        same = [uid for uid in uids if (live := read.get(uid)) and live.get("code") == code]
        if same:
            return _Match(uid=same[0], adopted=True)
        if not each.adopt or not all(uid in read for uid in uids):
            return None
        refusal = Refusal(
            word="",
            message=f"{each.ref}: the option set {theirs.uid} on the server has no option of code {code}",
            place=each.place,
            following="add it there, or adopt another set",
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
        why = f"with another {', '.join(differing)}" if differing else f"by its {name} alone"
        refusal = Refusal(
            word="",
            message=f"{each.ref}: {uid} on the server has the same {name} ({_told(live, name)}), {why}",
            place=each.place,
            following=f"rename ours, {_taking(each.ref, uid)}, or leave ours out",
        )
        return _Match(uid=own, refusal=refusal)


def _not_one(each: DesiredObject, fitting: Sequence[Uid]) -> Refusal:
    """None that a file means, or several."""
    said = " and ".join(f"{name} {value}" for name, value in each.adopt.items())
    if each.ref.type == UNITS:
        what, following = "organisation unit", "name it by id, or write openingDate so that it may be made"
    else:
        what, following = str(each.ref), "say otherwise how it is found, or by its UID: {id: UID}"
    return Refusal(
        word="",
        message=f"the server has no one {what} of {said}: there is {_counted(fitting)}",
        place=each.place,
        following=following,
    )


def _taking(ref: Ref, uid: Uid) -> str:
    """How theirs is taken in place of ours."""
    if is_adoptable(ref.type):
        return f"adopt theirs (adopt: {{{ref}: {{id: {uid}}}}})"
    return f"pin theirs (id: {uid})"


def _counted(fitting: Sequence[Uid]) -> str:
    return f"{len(fitting)} of them" if fitting else "none"


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


def _told(live: Live, name: str) -> str:
    return str(live.get(name, ""))
