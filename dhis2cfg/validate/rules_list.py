"""The rules, in the order in which they are run; findings are sorted by place afterwards."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dhis2cfg.model.findings import Finding
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.form_pages import PAGES as FORM_PAGES
from dhis2cfg.validate.import_pages import PAGES as IMPORT_PAGES
from dhis2cfg.validate.leaks import PAGE as LEAKS
from dhis2cfg.validate.pages import Page, as_markdown
from dhis2cfg.validate.rules import (
    access_string,
    action_irrelevant,
    action_not_in_program,
    action_target,
    assigned_twice,
    calculated_comparison,
    calculation_cycle,
    code_length,
    constant,
    date_as_text,
    division_by_zero,
    duplicate_locale,
    duplicate_option,
    duplicate_rule_name,
    duplicate_uid,
    duplicate_variable_name,
    expression_arguments,
    expression_function,
    expression_item,
    expression_result,
    expression_syntax,
    expression_variable,
    fixed_condition,
    function_version,
    hidden_compulsory,
    hidden_locale,
    identity_number,
    no_sharing,
    nobody_enters,
    null_comparison,
    number_range,
    option_code,
    option_combination,
    option_set_value_type,
    option_without_code,
    own_namespace,
    personal_reader,
    privacy_word,
    program_open,
    public_access,
    relationship_constraint,
    required_property,
    role_everywhere,
    role_reach,
    rule_grouping,
    rule_order,
    rule_remainder,
    secret_setting,
    section_member,
    setting_value,
    stage_element,
    text_length,
    uid_form,
    unique_value,
    unit_cycle,
    unit_dates,
    unit_parent,
    unknown_setting,
    unlike_types,
    unused_element,
    unused_object,
    unused_variable,
    variable_name,
    variable_source,
    variable_stage,
    version_gap,
)
from dhis2cfg.validate.silences import PAGES as SILENCE_PAGES
from dhis2cfg.validate.weights import PAGES as WEIGHT_PAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A page that explains, and a function that finds."""

    page: Page
    check: Callable[[RuleContext], Iterator[Finding]]


RULES: tuple[Rule, ...] = tuple(
    Rule(page=module.PAGE, check=module.check)
    for module in (
        version_gap,
        required_property,
        constant,
        text_length,
        code_length,
        number_range,
        uid_form,
        duplicate_uid,
        unique_value,
        access_string,
        no_sharing,
        public_access,
        nobody_enters,
        duplicate_locale,
        hidden_locale,
        option_without_code,
        duplicate_option,
        option_set_value_type,
        duplicate_rule_name,
        duplicate_variable_name,
        variable_name,
        variable_source,
        action_target,
        action_irrelevant,
        action_not_in_program,
        option_code,
        option_combination,
        stage_element,
        expression_syntax,
        expression_function,
        expression_arguments,
        expression_variable,
        expression_item,
        expression_result,
        function_version,
        unlike_types,
        date_as_text,
        rule_grouping,
        rule_remainder,
        null_comparison,
        fixed_condition,
        calculated_comparison,
        division_by_zero,
        hidden_compulsory,
        assigned_twice,
        rule_order,
        calculation_cycle,
        unused_variable,
        unused_element,
        unused_object,
        section_member,
        variable_stage,
        relationship_constraint,
        privacy_word,
        program_open,
        personal_reader,
        identity_number,
        role_reach,
        role_everywhere,
        unit_parent,
        unit_cycle,
        unit_dates,
        own_namespace,
        unknown_setting,
        secret_setting,
        setting_value,
    )
)


PAGES: tuple[Page, ...] = (
    *(rule.page for rule in RULES),
    *WEIGHT_PAGES,
    *SILENCE_PAGES,
    LEAKS,
    *FORM_PAGES,
    *IMPORT_PAGES,
)
"""Every page: of rules over states, of their weights and silences, of secrets, of what is found in files
before, of what an import finds and mends."""


def explain(rule: str) -> str | None:
    """The page of a rule as Markdown, None where there is no such rule."""
    found = next((page for page in PAGES if page.rule == rule), None)
    return as_markdown(found) if found else None
