"""Every rule about expressions on real objects: the right one is left alone, the wrong one is found."""

from functools import cache

import pytest

from dhis2cfg.validate.context import RuleContext
from tests.conformance.package_states import PACKAGES
from tests.conformance.rule_examples import EXAMPLES, Example, context_of, findings
from tests.conformance.test_expressions_packages import ABOUT_EXPRESSIONS

recorded = pytest.mark.skipif(not PACKAGES.is_dir(), reason="no recorded packages here (DHIS2CFG_RECORDED)")
published = cache(context_of)
"""A file as it was published; read once for all examples."""


def uids(example: Example, context: RuleContext) -> set[str]:
    """The objects in which the rule finds something."""
    return {uid for uid, _ in findings(example, context)}


def test_every_rule_has_one() -> None:
    """No rule about expressions is without an example."""
    assert not ABOUT_EXPRESSIONS - {example.rule for example in EXAMPLES}


@recorded
@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{each.rule}-{each.wrong}" for each in EXAMPLES])
def test_an_example(example: Example) -> None:
    """As it was published the right one is fine; the wrong one is found, as it is or as it is edited."""
    before = uids(example, published(example.file))
    after = uids(example, context_of(example.file, example.edits)) if example.edits else before
    assert example.right not in before
    assert example.wrong in after
    assert (example.wrong in before) == (not example.edits)
