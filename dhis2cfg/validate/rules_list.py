"""The rules, in the order in which they are run; findings are sorted by place afterwards."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dhis2cfg.model.findings import Finding
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.form_pages import PAGES as FORM_PAGES
from dhis2cfg.validate.pages import Page, as_markdown
from dhis2cfg.validate.rules import (
    access_string,
    action_irrelevant,
    action_not_in_program,
    action_target,
    code_length,
    constant,
    duplicate_option,
    duplicate_rule_name,
    duplicate_uid,
    duplicate_variable_name,
    hidden_locale,
    no_sharing,
    number_range,
    option_code,
    option_set_value_type,
    option_without_code,
    relationship_constraint,
    required_property,
    stage_element,
    text_length,
    uid_form,
    unique_value,
    unit_cycle,
    unit_dates,
    unit_parent,
    variable_name,
    variable_source,
    version_gap,
)


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
        stage_element,
        relationship_constraint,
        unit_parent,
        unit_cycle,
        unit_dates,
    )
)


PAGES: tuple[Page, ...] = (*(rule.page for rule in RULES), *FORM_PAGES)
"""Every page: of the rules over states, and of what is found in files before there is a state."""


def explain(rule: str) -> str | None:
    """The page of a rule as Markdown, None where there is no such rule."""
    found = next((page for page in PAGES if page.rule == rule), None)
    return as_markdown(found) if found else None
