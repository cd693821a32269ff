"""How many stored data a dangerous change touches: which requests tell, and their sum (design §6)."""

from collections.abc import Iterator, Mapping

from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.plan import Risk, Touched
from dhis2cfg.model.questions import Answers, CountQuestion
from dhis2cfg.plan.compare import Difference
from dhis2cfg.plan.dropping.data import WORDS
from dhis2cfg.plan.survey import Survey
from dhis2cfg.plan.telling.risks import risk_of
from dhis2cfg.wire import paths
from dhis2cfg.wire.flatten import uid_of

Place = tuple[Ref, str]
"""An object and the path of one of its fields."""

BY_OBJECT: Mapping[str, tuple[str, str]] = {
    "dataElements": ("events-with-value", "dataElement"),
    "trackedEntityAttributes": ("tracked-entities-with-attribute", "attribute"),
    "programs": ("enrollments-in-program", "program"),
    "programStages": ("events-in-stage", "programStage"),
    "trackedEntityTypes": ("tracked-entities-of-type", "trackedEntityType"),
}
"""Type → the request that counts what hangs on one of its objects, and the argument that takes its UID."""

BY_MEMBER: Mapping[tuple[str, str], tuple[str, str]] = {
    ("programStages", "programStageDataElements"): ("events-with-value", "dataElement"),
    ("programs", "programTrackedEntityAttributes"): ("tracked-entities-with-attribute", "attribute"),
    ("trackedEntityTypes", "trackedEntityTypeAttributes"): ("tracked-entities-with-attribute", "attribute"),
    ("programs", "programStages"): ("events-in-stage", "programStage"),
}
"""(type, list) → the request for what hangs on a member that goes."""


def counts_of(known: Survey) -> dict[Place, tuple[CountQuestion, ...]]:
    """Every dangerous difference with the requests that count what it touches; none where none can."""
    return {
        (ref, each.path): tuple(_questions(known, ref, each))
        for ref, comparison in known.comparisons.items()
        for each in comparison.differences
        if each.path and risk_of(ref.type, each).rank >= Risk.BREAKING.rank
    }


def touched(questions: tuple[CountQuestion, ...], answers: Answers) -> Touched:
    """The sum; unknown where one of the requests gave no number, or none is known."""
    counts = [answers.counts.get(each) for each in questions]
    what = " and ".join(dict.fromkeys(WORDS[each.kind] for each in questions))
    total = sum(each for each in counts if each is not None)
    return Touched(count=None if not counts or None in counts else total, what=what)


def _questions(known: Survey, ref: Ref, difference: Difference) -> Iterator[CountQuestion]:
    parsed = paths.parse(difference.path)
    uid = known.uid(ref)
    if (ref.type, parsed.property) == ("optionSets", "options") and parsed.key:
        yield from _with_option(known, uid, Uid(parsed.key))
    elif (ref.type, parsed.property) in BY_MEMBER and parsed.key:
        kind, argument = BY_MEMBER[ref.type, parsed.property]
        yield _question(kind, argument, parsed.key)
    elif ref.type == "options":
        live = known.live_of(ref) or {}
        yield from _with_option(known, Uid(uid_of(live.get("optionSet")) or ""), uid)
    elif ref.type in BY_OBJECT:
        yield _question(*BY_OBJECT[ref.type], uid)


def _with_option(known: Survey, option_set: Uid, option: Uid) -> Iterator[CountQuestion]:
    """Values that hold the code which the option has now, of all elements and attributes of its set."""
    code = (known.live.get(("options", option)) or {}).get("code")
    if not code:
        return
    for (type_name, uid), live in known.live.items():
        if type_name not in ("dataElements", "trackedEntityAttributes"):
            continue
        if uid_of(live.get("optionSet")) == option_set:
            is_element = type_name == "dataElements"
            kind = "events-with-option" if is_element else "tracked-entities-with-option"
            argument = "dataElement" if is_element else "attribute"
            yield CountQuestion(kind=kind, arguments=((argument, str(uid)), ("code", str(code))))


def _question(kind: str, argument: str, uid: str) -> CountQuestion:
    return CountQuestion(kind=kind, arguments=((argument, uid),))
