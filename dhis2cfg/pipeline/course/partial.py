"""The record that tells the truth after some of the calls: theirs as planned, the rest as before."""

from collections.abc import Mapping
from dataclasses import replace

from dhis2cfg.model.names import Uid
from dhis2cfg.model.record import Record, Recorded
from dhis2cfg.pipeline.course.running import Course
from dhis2cfg.pipeline.plan_one import plan_against
from dhis2cfg.pipeline.unfinished import standing


def partial(course: Course) -> Record:
    """What is ours by now. Of objects that a later call sends again, only what stands of them already."""
    planned, done = course.planned, course.run.done
    before, after = planned.before, planned.after
    fresh = plan_against(course.task, course.ports, before).after
    sent = {name for step in planned.plan.steps[:done] for name in step.objects}
    waiting = {name for step in planned.plan.steps[done:] for name in step.objects}
    objects: dict[str, dict[Uid, Recorded]] = {
        type_name: dict(each) for type_name, each in _objects(before).items()
    }
    for type_name, several in after.objects.items():
        for uid, each in several.items():
            name = (type_name, each.path)
            if name in sent:
                old = before.get(type_name, uid) if before else None
                now = fresh.get(type_name, uid)
                whole = _begun(old, now, each) if name in waiting else each
                objects.setdefault(type_name, {})[uid] = whole
    return replace(
        after,
        objects=objects,
        settings=_settings(before, after, sent),
        packages=before.packages if before else {},
    )


def _settings(
    before: Record | None, after: Record, sent: set[tuple[str, str]]
) -> dict[str, dict[str, Recorded]]:
    """Settings as before, but those that were sent as planned: written, or taken away."""
    settings = {name: dict(several) for name, several in (before.settings if before else {}).items()}
    for type_name, path in sent:
        settings.get(type_name, {}).pop(path, None)
    for type_name, several in after.settings.items():
        done = {path: each for path, each in several.items() if (type_name, path) in sent}
        settings.setdefault(type_name, {}).update(done)
    return settings


def _objects(record: Record | None) -> Mapping[str, Mapping[Uid, Recorded]]:
    return record.objects if record else {}


def _begun(old: Recorded | None, now: Recorded | None, after: Recorded) -> Recorded:
    """An object of which a part is still to come: the old fields, and the new ones that stand."""
    fields = standing(now).fields if now else {}
    return replace(after, fields={**(old.fields if old else {}), **fields})
