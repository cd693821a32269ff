"""What stands now of all that a run touched."""

from dhis2cfg.model.questions import Answers, Questions
from dhis2cfg.model.snapshot import Snapshot
from dhis2cfg.pipeline.undoing.sent import BESIDE
from dhis2cfg.pipeline.undoing.steps_back import Stands
from dhis2cfg.pipeline.undoing.values import names_in, values_told
from dhis2cfg.plan.alive import GROUPS, dead_groups, groups_in
from dhis2cfg.ports import MetadataServer


def standing(server: MetadataServer, snapshot: Snapshot) -> Stands:
    """Every object and value of the snapshot as it stands, read anew."""
    names = names_in(snapshot.before)
    wanted = {
        type_name: tuple(objects) for type_name, objects in snapshot.before.items() if type_name not in BESIDE
    }
    shared = groups_in(
        each
        for type_name in wanted
        for sides in (snapshot.before, snapshot.sent)
        for each in sides.get(type_name, {}).values()
        if each is not None
    )
    if shared:
        wanted[GROUPS] = tuple(dict.fromkeys((*wanted.get(GROUPS, ()), *sorted(shared))))
    answers = server.answer(Questions(objects=wanted, settings=names), Answers())
    made_again = [uid for uid, each in snapshot.before.get(GROUPS, {}).items() if each is not None]
    return Stands(
        objects={**answers.objects, **values_told(names, answers)},
        dead=dead_groups(answers, server.facts().account, made_again),
    )
