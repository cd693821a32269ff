"""References to what a call saves later."""

from dataclasses import replace

from dhis2cfg.catalogue.forward import (
    FORWARD,
    STORED_CHECKS,
    Fate,
    forward_references,
    must_be_sent_again,
    row,
)
from dhis2cfg.catalogue.shipped import load


def test_links_that_are_lost_are_sent_again() -> None:
    """An attribute loses its option set in one call, an option does not; a plain reference is no matter."""
    assert must_be_sent_again("attributes", "optionSet")
    assert must_be_sent_again("optionGroupSets", "optionGroups")
    assert not must_be_sent_again("options", "optionSet")
    assert not must_be_sent_again("dataElements", "optionSet")


def test_a_rescued_link_says_by_what() -> None:
    """Whoever cuts a plan must send what brings the link back."""
    found = row("programRuleActions", "programRule")
    assert found is not None
    assert (found.fate, found.by) == (Fate.RESCUED, "programRule.programRuleActions")
    assert all(each.by for each in FORWARD if each.fate is Fate.RESCUED)


def test_a_new_forward_reference_is_seen() -> None:
    """A version that saved data elements before option sets would have references nobody knows."""
    catalogue = load("2.42")
    later = replace(catalogue.types["optionSets"], order=5000)
    changed = replace(catalogue, types={**catalogue.types, "optionSets": later})
    assert ("dataElements", "optionSet", "optionSets", False) in forward_references(changed)
    assert ("dataElements", "optionSet", "optionSets", False) not in forward_references(catalogue)


def test_references_inside_children_count() -> None:
    """An old chart points at program indicators from inside a dimension."""
    found = row("eventCharts", "programIndicatorDimensions.programIndicator")
    assert found is not None
    assert found.target == "programIndicators"


def test_checks_that_read_the_database_name_their_code() -> None:
    """These three codes may be excused in the dry run of several calls as one."""
    assert [check.code for check in STORED_CHECKS] == ["E4047", "E4048", "E4314"]
