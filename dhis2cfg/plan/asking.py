"""What must still be known before a plan can be built: one round of questions at a time."""

from collections.abc import Iterable, Iterator, Mapping

from dhis2cfg.catalogue.types import Shape
from dhis2cfg.model.names import Foreign, Ref, Uid, Username
from dhis2cfg.model.questions import Answers, Questions
from dhis2cfg.plan.alive import GROUPS, groups_in, standing
from dhis2cfg.plan.dropping.data import questions_of
from dhis2cfg.plan.dropping.dropped import Fate, is_orphaned
from dhis2cfg.plan.given import Given
from dhis2cfg.plan.listing import neighbours, who_points_here
from dhis2cfg.plan.matching.combinations import combos_to_ask, wanted_combinations
from dhis2cfg.plan.matching.matcher import match, own_uid
from dhis2cfg.plan.matching.references import names_defaults
from dhis2cfg.plan.settings.comparing import names_of
from dhis2cfg.plan.survey import Survey, survey
from dhis2cfg.plan.tags.secrets import secret_names
from dhis2cfg.plan.telling.counting import counts_of
from dhis2cfg.wire import paths

NAMED = 100
"""As many members of a list that are not ours are asked for their names; of more only the number tells."""

NAMELESS = frozenset({"users"})
"""Types that are never read for a name: people."""


def ask(given: Given, answers: Answers) -> Questions:
    """The next round; empty when planning knows enough.

    First all objects by the UIDs that files and record know, and the usernames; then by code or name what
    was not found; then what was found so, and the neighbours whose numbers say the order of a list; last what
    only tells: the names of what is the municipality's own, and how many data a change touches.
    """
    users = {each.name for each in given.named if isinstance(each, Username)}
    first = Questions(
        objects=_unknown(answers, _by_uid(given)),
        usernames=tuple(sorted(users - set(answers.users))),
        settings=tuple(sorted(names_of(given.state, given.record) - set(answers.settings) - answers.untold)),
        secrets=tuple(sorted(secret_names(given.state) - set(answers.secrets))),
        defaults=not answers.defaults and names_defaults(given.state, given.named),
    )
    if not first.is_empty:
        return first
    matching = match(given.state, given.record, given.catalogue, answers)
    lists = who_points_here(given.state, matching.uids, standing(answers), answers)
    wanted = wanted_combinations(given.state, given.named, matching.uids, answers)
    combos = combos_to_ask(wanted, answers)
    if matching.open or lists or combos:
        return Questions(by={**matching.open, **lists, **combos})
    proposed: dict[str, set[Uid]] = {}
    for (type_name, _, _), uids in answers.by.items():
        proposed.setdefault(type_name, set()).update(uids)
    found = Questions(objects=_unknown(answers, proposed))
    if not found.is_empty:
        return found
    beside = Questions(objects=_unknown(answers, _beside(given, matching.uids, answers)))
    if not beside.is_empty:
        return beside
    known = survey(given, answers)
    used = _used(known, answers)
    return Questions(uses=used) if used else _telling(known, answers)


def _beside(given: Given, uids: Mapping[Ref, Uid], answers: Answers) -> dict[str, set[Uid]]:
    """Neighbours in ordered lists, and the groups that objects of ours are shared with."""
    live = standing(answers)
    wanted = neighbours(uids, live)
    if given.facts.account.may_everything:
        ours = [live[key] for ref, uid in uids.items() if (key := (ref.type, uid)) in live]
        wanted.setdefault(GROUPS, set()).update(groups_in(ours))
    return wanted


def _used(known: Survey, answers: Answers) -> dict[str, tuple[Uid, ...]]:
    """What is dropped and stands: who uses it; of an option also, who uses its set."""
    wanted: dict[str, set[Uid]] = {}
    for each in known.dropped:
        if each.live is None or each.fate is Fate.LET_GO:
            continue
        wanted.setdefault(each.type, set()).add(each.uid)
        if each.type == "options" and each.live.get("optionSet"):
            wanted.setdefault("optionSets", set()).add(Uid(each.live["optionSet"]["id"]))
    unknown = {
        name: {uid for uid in uids if (name, uid) not in answers.uses} for name, uids in wanted.items()
    }
    return {name: tuple(sorted(uids)) for name, uids in sorted(unknown.items()) if uids}


def _telling(known: Survey, answers: Answers) -> Questions:
    wanted: dict[str, set[Uid]] = {}
    for type_name, uids in _strangers(known):
        if len(uids) <= NAMED:
            wanted.setdefault(type_name, set()).update(uids)
    counts = {each for several in counts_of(known).values() for each in several}
    for dropped in known.dropped:
        if known.given.prune and dropped.live is not None and is_orphaned(dropped.type):
            counts.update(questions_of(dropped, answers))
    for uses in answers.uses.values():
        for use in uses:
            if use.by == "sharing":
                wanted.setdefault(use.type, set()).add(use.uid)
    return Questions(
        objects=_unknown(answers, wanted),
        counts=tuple(sorted(counts - set(answers.counts), key=str)),
    )


def _strangers(known: Survey) -> Iterator[tuple[str, set[Uid]]]:
    """Members of a list of ours that are the municipality's own or go: their type and UIDs, list by list."""
    for ref, comparison in known.comparisons.items():
        lists: dict[str, set[Uid]] = {}
        shown = [*comparison.local, *(each.path for each in comparison.differences)]
        for path in shown:
            target, uid = _member(known, ref.type, path)
            if target in known.given.catalogue.types and target not in NAMELESS:
                lists.setdefault(target, set()).add(uid)
        yield from lists.items()


def _member(known: Survey, type_name: str, path: str) -> tuple[str, Uid]:
    """Type and UID of the member that a path names; empty where it names none."""
    if not path.endswith("]"):
        return "", Uid("")
    parsed = paths.parse(path)
    if parsed.property == "sharing":
        entry = paths.parse(parsed.rest)
        return entry.property, Uid(entry.key or "")
    prop = known.given.catalogue.property(type_name, parsed.property)
    is_reference = prop is not None and prop.shape is Shape.REFERENCES
    return (prop.target if prop and is_reference else ""), Uid(parsed.key or "")


def _by_uid(given: Given) -> dict[str, set[Uid]]:
    wanted: dict[str, set[Uid]] = {}
    for ref, each in given.state.objects.items():
        wanted.setdefault(ref.type, set()).add(own_uid(each))
        if "id" in each.adopt:
            wanted.setdefault(ref.type, set()).add(Uid(each.adopt["id"]))
    for type_name, objects in (given.record.objects if given.record else {}).items():
        wanted.setdefault(type_name, set()).update(objects)
    for reference in given.named:
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
