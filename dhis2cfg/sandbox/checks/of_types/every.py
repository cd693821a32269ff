"""All checks of single types as one step: an object is counted once, however much is wrong with it."""

from collections.abc import Callable, Mapping

from dhis2cfg.sandbox.checks.bundle import Bundle, Part
from dhis2cfg.sandbox.checks.of_types.categories import check_limits, check_option_combos
from dhis2cfg.sandbox.checks.of_types.data_values import check_categories, check_value_types
from dhis2cfg.sandbox.checks.of_types.mappings import check_mappings
from dhis2cfg.sandbox.checks.of_types.options import check_options
from dhis2cfg.sandbox.checks.of_types.patterns import check_attributes, check_masks
from dhis2cfg.sandbox.checks.of_types.program_rules import check_actions, check_rule_names, check_sources
from dhis2cfg.sandbox.checks.of_types.programs import check_entity_types, check_programs, check_stages
from dhis2cfg.sandbox.checks.of_types.relationships import check_ends
from dhis2cfg.sandbox.checks.of_types.units import check_periods, check_units
from dhis2cfg.sandbox.checks.of_types.users import check_users
from dhis2cfg.sandbox.checks.problem import Found, Problem

_CHECKS: Mapping[str, tuple[Callable[[Bundle, Part], Found], ...]] = {
    "categories": (check_limits,),
    "categoryCombos": (check_limits, check_categories),
    "categoryOptionCombos": (check_option_combos,),
    "dataElements": (check_masks, check_value_types),
    "dataSets": (check_periods,),
    "options": (check_options,),
    "organisationUnits": (check_units,),
    "programRuleActions": (check_actions,),
    "programRuleVariables": (check_rule_names, check_sources),
    "programRules": (check_rule_names,),
    "programStages": (check_stages,),
    "programs": (check_programs, check_mappings),
    "relationshipTypes": (check_ends,),
    "trackedEntityAttributes": (check_attributes,),
    "trackedEntityTypes": (check_entity_types,),
    "users": (check_users,),
}


def check_types(bundle: Bundle, part: Part) -> Found:
    """Every error of an object together, in the order of the objects."""
    found: dict[int, list[Problem]] = {}
    for check in _CHECKS.get(part.type_name, ()):
        for item, problems in check(bundle, part):
            found.setdefault(item.index, []).extend(problems)
    for item in part.items:
        if item.index in found:
            yield item, found[item.index]
