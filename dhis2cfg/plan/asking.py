"""What must still be known before a plan can be built: one round of questions at a time."""

from collections.abc import Iterable, Mapping

from dhis2cfg.model.names import Foreign, Uid, Username
from dhis2cfg.model.questions import Answers, Questions
from dhis2cfg.plan.matching import match
from dhis2cfg.plan.references import references
from dhis2cfg.plan.survey import Given, neighbours, survey


def ask(given: Given, answers: Answers) -> Questions:
    """The next round; empty when planning knows enough.

    First all objects by the UIDs that files and record know, and the usernames; then by code or name what
    was not found; then what was found so, and the neighbours whose numbers say the order of a list.
    """
    users = {each.name for each in references(given.state) if isinstance(each, Username)}
    first = Questions(
        objects=_unknown(answers, _by_uid(given)),
        usernames=tuple(sorted(users - set(answers.users))),
    )
    if not first.is_empty:
        return first
    matching = match(given.state, given.record, given.catalogue, answers)
    if matching.open:
        return Questions(by=matching.open)
    proposed: dict[str, set[Uid]] = {}
    for (type_name, _, _), uids in answers.by.items():
        proposed.setdefault(type_name, set()).update(uids)
    found = Questions(objects=_unknown(answers, proposed))
    if not found.is_empty:
        return found
    known = survey(given, answers)
    return Questions(objects=_unknown(answers, neighbours(known.bodies, known.live)))


def _by_uid(given: Given) -> dict[str, set[Uid]]:
    wanted: dict[str, set[Uid]] = {}
    for ref, each in given.state.objects.items():
        if each.uid is not None:
            wanted.setdefault(ref.type, set()).add(each.uid)
        if "id" in each.adopt:
            wanted.setdefault(ref.type, set()).add(Uid(each.adopt["id"]))
    for type_name, objects in (given.record.objects if given.record else {}).items():
        wanted.setdefault(type_name, set()).update(objects)
    for reference in references(given.state):
        if isinstance(reference, Foreign):
            wanted.setdefault(reference.type, set()).add(reference.uid)
    return wanted


def _unknown(answers: Answers, wanted: Mapping[str, Iterable[Uid]]) -> dict[str, tuple[Uid, ...]]:
    """Of these objects, those that were not asked for yet; types without any are left out."""
    unknown = {}
    for type_name, uids in sorted(wanted.items()):
        left = sorted(set(uids) - set(answers.objects.get(type_name, {})))
        if left:
            unknown[type_name] = tuple(left)
    return unknown
