"""Items, modifiers and `V{…}` names that each context has (expressions facts §7, §8)."""

from collections.abc import Mapping

from dhis2cfg.expressions.contexts import Context
from dhis2cfg.expressions.vocabulary.values import Type

_SAMPLES = frozenset({"#", "A", "C", "D", "I", "R", "OUG", "[days]"})
ITEMS: Mapping[Context, frozenset[str]] = {
    Context.INDICATOR: _SAMPLES | {"N", "[periodInYear]", "[yearlyPeriodCount]"},
    Context.VALIDATION_RULE: _SAMPLES,
    Context.PREDICTOR: _SAMPLES,
    Context.PROGRAM_INDICATOR: frozenset({"#", "A", "C", "V", "PS_EVENTDATE"}),
    Context.RULE: frozenset({"#", "A", "C", "V"}),
    Context.BOUNDARY: frozenset({"#", "A", "PS_EVENTDATE"}),
}
"""What may stand before the braces; periods stand with their name."""
_DATES = frozenset({"minDate", "maxDate"})
MODIFIERS: Mapping[Context, frozenset[str]] = {
    Context.INDICATOR: _DATES | {"aggregationType", "periodOffset", "yearToDate"},
    Context.VALIDATION_RULE: frozenset(),
    Context.PREDICTOR: _DATES,
    Context.PROGRAM_INDICATOR: frozenset({"stageOffset"}),
    Context.RULE: frozenset(),
}
_AGGREGATION_TYPES = """
    SUM AVERAGE AVERAGE_SUM_ORG_UNIT LAST LAST_AVERAGE_ORG_UNIT LAST_LAST_ORG_UNIT LAST_IN_PERIOD
    LAST_IN_PERIOD_AVERAGE_ORG_UNIT FIRST FIRST_AVERAGE_ORG_UNIT FIRST_FIRST_ORG_UNIT COUNT STDDEV VARIANCE
    MIN MAX MIN_SUM_ORG_UNIT MAX_SUM_ORG_UNIT NONE CUSTOM DEFAULT
"""
AGGREGATION_TYPES = frozenset(_AGGREGATION_TYPES.split())


def _variables(dates: str, numbers: str, texts: str) -> dict[str, Type]:
    return {
        **dict.fromkeys(dates.split(), Type.DATE),
        **dict.fromkeys(numbers.split(), Type.NUMBER),
        **dict.fromkeys(texts.split(), Type.TEXT),
    }


_IN_PROGRAM_INDICATORS = _variables(
    """
    analytics_period_end analytics_period_start completed_date creation_date current_date due_date
    enrollment_date event_date execution_date incident_date scheduled_date sync_date
    """,
    """
    enrollment_count event_count org_unit_count scheduled_event_count tei_count value_count
    zero_pos_value_count
    """,
    "enrollment_status event_status program_stage_id program_stage_name",
)
_IN_RULES = _variables(
    "current_date enrollment_date incident_date event_date due_date completed_date",
    "event_count enrollment_count tei_count",
    """
    environment enrollment_id enrollment_status program_name org_unit orgunit_code event_id event_status
    program_stage_id program_stage_name
    """,
)
_OF_EVENTS = "event_date due_date completed_date event_id event_status program_stage_id program_stage_name"
OF_EVENTS = frozenset(_OF_EVENTS.split())
"""Names that rules know only while they run for an event."""
VARIABLES: Mapping[Context, Mapping[str, Type]] = {
    Context.PROGRAM_INDICATOR: _IN_PROGRAM_INDICATORS,
    Context.RULE: _IN_RULES,
}
