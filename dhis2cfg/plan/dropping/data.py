"""Which data hang on a dropped object: the requests that count them, or that nothing can."""

from collections.abc import Iterator, Mapping

from dhis2cfg.model.names import Uid
from dhis2cfg.model.plan import Touched
from dhis2cfg.model.questions import Answers, CountQuestion
from dhis2cfg.plan.dropping.dropped import Dropped
from dhis2cfg.wire.flatten import uid_of

BY_TYPE: Mapping[str, tuple[tuple[str, str], ...]] = {
    "dataElements": (("events-with-value", "dataElement"),),
    "organisationUnits": (("events-in-unit", "orgUnit"), ("tracked-entities-in-unit", "orgUnit")),
    "programStages": (("events-in-stage", "programStage"),),
    "programs": (("enrollments-in-program", "program"), ("events-in-program", "program")),
    "trackedEntityAttributes": (("tracked-entities-with-attribute", "attribute"),),
    "trackedEntityTypes": (("tracked-entities-of-type", "trackedEntityType"),),
}
"""Type → the requests that count what hangs on one of its objects, and the argument that takes its UID."""

WITHOUT_DATA = frozenset(
    {
        "attributes",
        "categoryOptionGroupSets",
        "categoryOptionGroups",
        "constants",
        "dataElementGroupSets",
        "dataElementGroups",
        "dataEntryForms",
        "indicatorGroupSets",
        "indicatorGroups",
        "indicatorTypes",
        "legendSets",
        "optionGroupSets",
        "optionGroups",
        "optionSets",
        "organisationUnitGroupSets",
        "organisationUnitGroups",
        "organisationUnitLevels",
        "predictorGroups",
        "predictors",
        "programIndicatorGroups",
        "programSections",
        "programStageSections",
        "sections",
        "sqlViews",
        "userGroups",
        "userRoles",
        "validationRuleGroups",
        "validationRules",
    }
)
"""Types on which no data hang: what uses them is metadata, and is asked for."""

COMBINED = frozenset({"categories", "categoryCombos", "categoryOptions"})
"""Types of which the server makes option combinations, whose UIDs never come back (facts §17.4)."""

AGGREGATE = "data-values"
"""A request that no server answers in one: how many aggregate values an element has."""


WORDS: Mapping[str, str] = {
    AGGREGATE: "data values",
    "enrollments-in-program": "enrolments",
    "events-in-program": "events",
    "events-in-stage": "events",
    "events-in-unit": "events",
    "events-with-option": "events",
    "events-with-value": "events",
    "tracked-entities-in-unit": "tracked entities",
    "tracked-entities-of-type": "tracked entities",
    "tracked-entities-with-attribute": "tracked entities",
    "tracked-entities-with-option": "tracked entities",
}
"""Kind of request → what it counts."""


def questions_of(dropped: Dropped, answers: Answers) -> tuple[CountQuestion, ...]:
    """The requests that count; none where nothing can."""
    return tuple(_questions(dropped, answers))


def _questions(dropped: Dropped, answers: Answers) -> Iterator[CountQuestion]:
    live = dropped.live or {}
    if dropped.type == "options":
        yield from _with_code(Uid(uid_of(live.get("optionSet")) or ""), str(live.get("code")), answers)
    for kind, argument in BY_TYPE.get(dropped.type, ()):
        yield CountQuestion(kind=kind, arguments=((argument, dropped.uid),))
    if dropped.type == "dataElements" and live.get("domainType") != "TRACKER":
        yield CountQuestion(kind=AGGREGATE, arguments=(("dataElement", dropped.uid),))


def _with_code(option_set: Uid, code: str, answers: Answers) -> Iterator[CountQuestion]:
    """Values that hold the option's code, of all elements and attributes of its set, ours or not."""
    for use in answers.uses.get(("optionSets", option_set), ()):
        if (use.type, use.by) == ("dataElements", "optionSet"):
            arguments = (("dataElement", str(use.uid)), ("code", code))
            yield CountQuestion(kind="events-with-option", arguments=arguments)
        elif (use.type, use.by) == ("trackedEntityAttributes", "optionSet"):
            arguments = (("attribute", str(use.uid)), ("code", code))
            yield CountQuestion(kind="tracked-entities-with-option", arguments=arguments)


def data_on(dropped: Dropped, answers: Answers) -> Touched | None:
    """How many data hang on it; None where no data can."""
    if dropped.type in WITHOUT_DATA:
        return None
    questions = questions_of(dropped, answers)
    counts = [answers.counts.get(each) for each in questions]
    what = " and ".join(dict.fromkeys(WORDS[each.kind] for each in questions))
    if dropped.type == "options" and not questions:
        return Touched(count=0, what="")
    total = sum(each for each in counts if each is not None)
    return Touched(count=None if not counts or None in counts else total, what=what)
