"""What a run touches beyond what it sends: what the server deletes along, orphans, lets go of (facts §5, §6).

Deleting an object takes its parts along and takes it out of every list; saving one without a part of it
deletes or orphans the part. All of that must stand in the undo point.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from dhis2cfg.catalogue import oddities
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.errors import Unsafe
from dhis2cfg.model.names import Uid
from dhis2cfg.model.questions import Answers, Live, Questions
from dhis2cfg.pipeline.undoing.sent import BESIDE, Sent
from dhis2cfg.pipeline.undoing.values import names_in, values_told
from dhis2cfg.ports import MetadataServer
from dhis2cfg.wire.flatten import uid_of

Key = tuple[str, Uid]

BACK: Mapping[str, tuple[tuple[str, str], ...]] = {
    row.parent: tuple((each.child, each.back) for each in oddities.NESTED if each.parent == row.parent)
    for row in oddities.NESTED
}
"""Type → (type, reference) of what goes with it when it is deleted; without a reference its list tells."""

FOLLOWING: Mapping[str, tuple[tuple[str, str], ...]] = {
    "dataSets": (("sections", "dataSet"),),
    "programs": (("programStages", "program"),),
}
"""What changes along with an object: sections lose elements, an event's stage takes the sharing."""

UNREADABLE = frozenset({"users", "categoryOptionCombos"})
"""People and option combinations are never written, so they are not laid back either (design §3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """What stands of all that a run touches; `gone` goes with it though no step says so."""

    before: Mapping[str, Mapping[Uid, Live | None]]
    gone: frozenset[Key]


@dataclass(slots=True)
class _Gathering:
    """What is known so far: objects of interest, those that go, and those whose users are known."""

    keys: dict[Key, None]
    going: dict[Key, None] = field(default_factory=dict)
    asked: set[Key] = field(default_factory=set)


def closure(catalogue: Catalogue, server: MetadataServer, sent: Sent, known: Answers) -> Closure:
    """Everything that what is sent changes, deletes, cascades or orphans, as it stands now."""
    written = [(name, uid) for name, objects in sent.items() if name not in BESIDE for uid in objects]
    gathering = _Gathering(dict.fromkeys(written))
    answers = _read(server, gathering.keys, known)
    gathering.going.update(dict.fromkeys(key for key in written if sent[key[0]][key[1]] is None))
    _lost_parts(sent, answers, gathering)
    answers = _read(server, gathering.keys, answers)
    while fresh := tuple(key for key in gathering.going if key not in gathering.asked):
        answers = _along(catalogue, server, fresh, answers, gathering)
        answers = _read(server, gathering.keys, answers)
    answers = _follow(server, sent, answers, gathering)
    return Closure(
        before={**_stored(answers, gathering.keys), **_settings(server, sent, answers)},
        gone=frozenset(key for key in gathering.going if key not in set(written)),
    )


def _lost_parts(sent: Sent, answers: Answers, gathering: _Gathering) -> None:
    """Members of nested lists on both sides: some are gained, some lost, others numbered anew."""
    for row in oddities.NESTED:
        for uid, body in sent.get(row.parent, {}).items() if row.listed else ():
            if body is None or row.collection not in body:
                continue
            stands = answers.objects.get(row.parent, {}).get(uid) or {}
            before = _uids(stands.get(row.collection))
            after = _uids(body[row.collection])
            if before == after:
                continue
            gathering.keys.update(dict.fromkeys((row.child, each) for each in (*before, *after)))
            if row.child in oddities.PARTS:
                lost = [each for each in before if each not in after]
                gathering.going.update(dict.fromkeys((row.child, each) for each in lost))


def _uids(members: object) -> list[Uid]:
    several = members if isinstance(members, list | tuple) else ()
    return [Uid(uid) for uid in map(uid_of, several) if uid]


def _along(
    catalogue: Catalogue,
    server: MetadataServer,
    fresh: Iterable[Key],
    answers: Answers,
    gathering: _Gathering,
) -> Answers:
    """What goes with these, and who refers to them."""
    gathering.asked.update(fresh)
    by: dict[tuple[str, str], tuple[str, ...]] = {}
    uses: dict[str, tuple[Uid, ...]] = {}
    for type_name, uid in fresh:
        uses[type_name] = (*uses.get(type_name, ()), uid)
        for child, back in BACK.get(type_name, ()):
            if back:
                path = (child, f"{back}.id")
                by[path] = (*by.get(path, ()), uid)
    answers = server.answer(Questions(by=by, uses=uses), answers)
    parts = {
        (child, uid): None
        for (child, path), parents in by.items()
        for parent in parents
        for uid in answers.by.get((child, path, parent), ())
    }
    parts.update(dict.fromkeys(_listed(fresh, answers)))
    gathering.going.update(parts)
    gathering.keys.update(parts)
    gathering.keys.update(dict.fromkeys(_users(catalogue, fresh, answers)))
    return answers


def _listed(fresh: Iterable[Key], answers: Answers) -> Iterator[Key]:
    """Parts that only their parent's list tells of."""
    for type_name, uid in fresh:
        stands = answers.objects.get(type_name, {}).get(uid) or {}
        for row in oddities.NESTED:
            if row.parent == type_name and row.listed:
                yield from ((row.child, each) for each in _uids(stands.get(row.collection)))


def _users(catalogue: Catalogue, fresh: Iterable[Key], answers: Answers) -> Iterator[Key]:
    """Objects that refer to one that goes; a text that names it stays as it is."""
    for key in fresh:
        for use in answers.uses.get(key, ()):
            if use.uid and not use.mentions and use.type in catalogue.types:
                yield use.type, use.uid


def _follow(server: MetadataServer, sent: Sent, answers: Answers, gathering: _Gathering) -> Answers:
    """What the server changes along with objects that stand."""
    by = {
        (child, f"{back}.id"): tuple(uid for uid, body in sent.get(name, {}).items() if body is not None)
        for name, several in FOLLOWING.items()
        for child, back in several
    }
    by = {path: uids for path, uids in by.items() if uids}
    if not by:
        return answers
    answers = server.answer(Questions(by=by), answers)
    for (child, path), uids in by.items():
        found = [each for uid in uids for each in answers.by.get((child, path, uid), ())]
        gathering.keys.update(dict.fromkeys((child, each) for each in found))
    return _read(server, gathering.keys, answers)


def _read(server: MetadataServer, keys: Iterable[Key], answers: Answers) -> Answers:
    """The answers, with every object read; one that may not be read can not be laid back."""
    wanted: dict[str, tuple[Uid, ...]] = {}
    for type_name, uid in keys:
        if type_name not in UNREADABLE and uid not in answers.objects.get(type_name, {}):
            wanted[type_name] = (*wanted.get(type_name, ()), uid)
    if not wanted:
        return answers
    answers = server.answer(Questions(objects=wanted), answers)
    for type_name, uids in wanted.items():
        for uid in uids:
            if (type_name, uid) in answers.hidden:
                raise Unsafe(
                    f"the run would touch {type_name} {uid}, which this account may not read",
                    details=("it could not be laid back; nothing was written",),
                    following=("give the account of the tool read access, or ALL",),
                )
    return answers


def _stored(answers: Answers, keys: Iterable[Key]) -> dict[str, dict[Uid, Live | None]]:
    before: dict[str, dict[Uid, Live | None]] = {}
    for type_name, uid in keys:
        if type_name not in UNREADABLE:
            before.setdefault(type_name, {})[uid] = answers.objects.get(type_name, {}).get(uid)
    return before


def _settings(server: MetadataServer, sent: Sent, answers: Answers) -> dict[str, dict[Uid, Live | None]]:
    """Settings and entries as they stand, each told as it is sent: its value, and texts by locale."""
    names = names_in(sent)
    missing = tuple(name for name in names if name not in answers.settings)
    if missing:
        answers = server.answer(Questions(settings=missing), answers)
    return values_told(names, answers)
