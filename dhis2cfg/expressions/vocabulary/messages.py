"""What the messages of notifications may hold: the same in 2.41, 2.42 and 2.43 (read in their sources)."""

from collections.abc import Mapping

from dhis2cfg.expressions.vocabulary.uses import Use
from dhis2cfg.expressions.vocabulary.values import Type

_OF_ENROLLMENT = """
    current_date days_since_enrollment_date enrollment_date enrollment_id enrollment_org_unit_code
    enrollment_org_unit_id enrollment_org_unit_name incident_date org_unit_name program_id program_name
    tracked_entity_id
"""
_OF_EVENT = """
    current_date days_since_due_date days_until_due_date due_date enrollment_id enrollment_org_unit_code
    enrollment_org_unit_id enrollment_org_unit_name event_date event_org_unit_id org_unit_code org_unit_id
    org_unit_name program_id program_name program_stage_id program_stage_name tracked_entity_id
"""
_OF_VALIDATION = """
    current_date importance left_side_description left_side_value operator org_unit_name period
    right_side_description right_side_value rule_description rule_name
"""
_OF_DATA_SET = """
    att_opt_combo current_date data_description data_set_name registration_ou registration_period
    registration_time registration_user
"""
_NAMES: Mapping[Use, frozenset[str]] = {
    Use.MESSAGE: frozenset(f"{_OF_ENROLLMENT} {_OF_EVENT}".split()),
    Use.PROGRAM_MESSAGE: frozenset(_OF_ENROLLMENT.split()),
    Use.STAGE_MESSAGE: frozenset(_OF_EVENT.split()),
    Use.VALIDATION_MESSAGE: frozenset(_OF_VALIDATION.split()),
    Use.DATA_SET_MESSAGE: frozenset(_OF_DATA_SET.split()),
}
_ITEMS: Mapping[Use, frozenset[str]] = {
    Use.MESSAGE: frozenset("#AV"),
    Use.PROGRAM_MESSAGE: frozenset("AV"),
    Use.STAGE_MESSAGE: frozenset("#AV"),
    Use.VALIDATION_MESSAGE: frozenset("V"),
    Use.DATA_SET_MESSAGE: frozenset("V"),
}


def message_variables(use: Use) -> Mapping[str, Type]:
    """The names that `V{…}` may hold in a message; all of them are printed as text."""
    return dict.fromkeys(_NAMES[use], Type.TEXT)


def message_items(use: Use) -> frozenset[str]:
    """What may stand before the braces in a message."""
    return _ITEMS[use]
