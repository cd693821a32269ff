"""What must not be put back over: data entered meanwhile in what would be deleted, and others who use it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dhis2cfg.model.names import Uid
from dhis2cfg.model.questions import Answers, Questions
from dhis2cfg.model.record import Recorded
from dhis2cfg.model.snapshot import Snapshot
from dhis2cfg.pipeline.tasks import Ports
from dhis2cfg.pipeline.undoing.planning import Undoing
from dhis2cfg.pipeline.undoing.steps_back import Key, name_of
from dhis2cfg.plan.dropping.data import data_on, questions_of
from dhis2cfg.plan.dropping.dropped import Dropped, Fate
from dhis2cfg.wire.flatten import uid_of


def data_in_the_way(
    ports: Ports, snapshot: Snapshot, plan: Undoing, *, unknown_counts: bool
) -> tuple[str, ...]:
    """In words, the data that hang on what would be deleted; what cannot be counted where that counts."""
    return tuple(_data(ports, snapshot, plan, unknown_counts=unknown_counts)) if plan.made else ()


def _data(ports: Ports, snapshot: Snapshot, plan: Undoing, *, unknown_counts: bool) -> Iterator[str]:
    answers = _with_sets(ports, ports.server.answer(Questions(objects=_by_type(plan.made)), Answers()))
    made = frozenset(plan.made)
    gone = {key: _dropped(snapshot, key, answers) for key in plan.made if not _is_covered(key, answers, made)}
    asked = {key: questions_of(dropped, answers) for key, dropped in gone.items()}
    every = dict.fromkeys(each for questions in asked.values() for each in questions)
    answers = replace(answers, counts=ports.counter.counts(every))
    for key, dropped in gone.items():
        found = data_on(dropped, answers)
        name = f"{key[0]}/{name_of(snapshot, key)}"
        if found is None or found.count == 0:
            continue
        if found.count is not None:
            yield f"{name} holds {found.count} {found.what}"
        elif unknown_counts and asked[key]:
            yield f"{name} may hold {found.what or 'data'}: they cannot be counted"


def _is_covered(key: Key, answers: Answers, made: frozenset[Key]) -> bool:
    """Whether what holds its data goes too, and is counted: a stage's program, the elements of an option."""
    live = answers.objects.get(key[0], {}).get(key[1]) or {}
    if key[0] == "programStages":
        return ("programs", Uid(uid_of(live.get("program")) or "")) in made
    option_set = ("optionSets", Uid(uid_of(live.get("optionSet")) or ""))
    if key[0] != "options" or option_set not in made:
        return False
    return all((use.type, use.uid) in made for use in answers.uses.get(option_set, ()))


def _with_sets(ports: Ports, answers: Answers) -> Answers:
    """The answers with who uses the sets of options: their values hold the options' codes."""
    options = answers.objects.get("options", {}).values()
    sets = {uid_of((each or {}).get("optionSet")) for each in options}
    wanted = tuple(sorted(Uid(uid) for uid in sets if uid))
    return ports.server.answer(Questions(uses={"optionSets": wanted}), answers) if wanted else answers


def users_in_the_way(ports: Ports, snapshot: Snapshot, plan: Undoing) -> tuple[str, ...]:
    """In words, who refers to what would be deleted and stays as it is."""
    if not plan.made:
        return ()
    answers = ports.server.answer(Questions(uses=_by_type(plan.made)), Answers())
    touched = {*plan.made, *plan.restored}
    return tuple(
        f"{key[0]}/{name_of(snapshot, key)} is used by {use.type} {use.title or use.uid} since"
        for key in plan.made
        for use in answers.uses.get(key, ())
        if use.uid and not use.mentions and (use.type, use.uid) not in touched
    )


def _by_type(keys: Iterable[Key]) -> dict[str, tuple[Uid, ...]]:
    wanted: dict[str, tuple[Uid, ...]] = {}
    for type_name, uid in keys:
        wanted[type_name] = (*wanted.get(type_name, ()), uid)
    return wanted


def _dropped(snapshot: Snapshot, key: Key, answers: Answers) -> Dropped:
    return Dropped(
        type=key[0],
        uid=key[1],
        recorded=Recorded(path=name_of(snapshot, key), owner="", fields={}),
        live=answers.objects.get(key[0], {}).get(key[1]),
        flat={},
        fate=Fate.DELETED,
    )
