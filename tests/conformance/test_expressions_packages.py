"""Rules over official packages: the defects known of them (packages facts §B4), and what else is found."""

from collections import Counter

import pytest

from dhis2cfg.expressions.meaning import check
from dhis2cfg.expressions.vocabulary import Use
from dhis2cfg.model.findings import Finding
from dhis2cfg.validate import RULES
from dhis2cfg.validate.judging import judged
from tests.conformance.package_listing import a_context, counting_nothing
from tests.conformance.package_states import PACKAGES

recorded = pytest.mark.skipif(not PACKAGES.is_dir(), reason="no recorded packages here (DHIS2CFG_RECORDED)")
ABOUT_EXPRESSIONS = {
    "assigned-twice",
    "calculated-comparison",
    "calculation-cycle",
    "date-as-text",
    "division-by-zero",
    "expression-arguments",
    "expression-function",
    "expression-item",
    "expression-result",
    "expression-syntax",
    "expression-variable",
    "fixed-condition",
    "function-version",
    "hidden-compulsory",
    "null-comparison",
    "option-code",
    "rule-grouping",
    "rule-order",
    "rule-remainder",
    "stage-element",
    "unlike-types",
    "unused-element",
    "unused-variable",
    "variable-name",
    "variable-stage",
}
TRACKER = {
    "expression-variable": 1,
    "rule-remainder": 1,
    "unlike-types": 2,
    "unused-element": 1,
    "unused-variable": 4,
    "variable-stage": 1,
}
"""What every file of the COVID-19 tracker has.

V{event_date} in a rule for all stages (ijQLZ2IS2jk); the age in years and days (XKmd7dqWPDu) with d2:modulus,
and with numbers in d2:concatenate; four variables that nobody reads, one of a stage that lacks its element
(fY1NSX46WSi).
"""
COUNTS = {
    "C19_AGG_DHIS2.39": {},
    "C19_CS_COMPLETE_1.0.2_DHIS2.37": {**TRACKER, "option-code": 116},
    "C19_CS_DHIS2.33-en": TRACKER,
    "C19_CS_DHIS2.36": {**TRACKER, "option-code": 116},
    "C19_POE_DHIS2.36": {"option-code": 68},
    "COVID19_TRACKER_V1_DHIS2.36": TRACKER,
    "CVC_EIR_DHIS2.39": {"unused-element": 25},
    "IDS_MPOX_DHIS2.40": {},
}
"""Package → rule → findings. Of the 68 in C19_POE one stands in a rule (EZF9L7wVMEU holds names)."""


def found(name: str) -> list[Finding]:
    """What the rules about expressions find in a package."""
    context = a_context(name)
    rules = [rule for rule in RULES if rule.page.rule in ABOUT_EXPRESSIONS]
    return [finding for rule in rules for finding in rule.check(context)]


@recorded
@pytest.mark.parametrize("name", sorted(COUNTS))
def test_what_is_found_in_an_official_package(name: str) -> None:
    """Each rule finds as many as were read one by one, and no more."""
    assert dict(Counter(finding.rule for finding in found(name))) == COUNTS[name]


@recorded
@pytest.mark.parametrize(
    ("name", "wanted"), [("C19_CS_COMPLETE_1.0.2_DHIS2.37", 94), ("C19_POE_DHIS2.36", 45)]
)
def test_how_many_indicators_count_nothing(name: str, wanted: int) -> None:
    """Nearly all of a package's indicators compare with codes that no option has."""
    assert counting_nothing(a_context(name))[0] == wanted


@recorded
@pytest.mark.parametrize("name", sorted(COUNTS))
def test_official_expressions_are_read(name: str) -> None:
    """Every expression has a tree, and none a mistake that surely breaks it."""
    sure = [
        (each.passage.text, mistake.message)
        for each in judged(a_context(name))
        for mistake in each.mistakes
        if each.tree is None or mistake.is_sure
    ]
    assert sure == []


@recorded
def test_uids_are_keys_too() -> None:
    """The texts of a package read the same with UIDs as servers have them."""
    for each in judged(a_context("C19_AGG_DHIS2.39"), Use.INDICATOR, Use.VALIDATION_RULE):
        assert check(each.passage.text, each.use, are_uids=True).is_accepted
