"""Which numbered lines of facts §17 to §19 are tests, and why the others are none."""

import re
from pathlib import Path

import pytest

from tests.unit.sandbox.conftest import TOLD_OF_DHIS2

LEFT_OUT = {
    "17_11": "counting data is in test_tracker",
    "19_40": "the settings of §18.5 once more",
    "19_44": "a client that goes away is a fault: test_faults",
    "19_45": "two imports at once: the embedded server takes one call after the other",
    "19_46": "a dry run while a commit runs: as 45",
    "19_48": "times",
}
"""Line → why no test is named after it."""

TOLD_16 = {
    "official packages as published": "",
    "maps: a dry run that is 200 and a commit that is 409": "test_18_1_a_map_with_data_items_by_import",
    "items of visualizations are not checked": "test_19_4_unknown_data_items_are_not_checked",
    "times of commits, dry runs, reads, logins": "",
    "identical re-send": "test_identical_resend_counts_updated_and_moves_last_updated",
    "option set without code and options": "test_update_of_an_option_set_without_code_and_options",
    "element without option set, sharing": "test_update_of_a_data_element_without_option_set_and_sharing",
    "no credentials, malformed token": "test_credentials",
    "identifier=CODE": "test_identifier_code_for_a_data_element_is_500",
    "value type of an element with events": (
        "test_change_of_value_type_of_an_element_with_events_is_not_vetoed"
    ),
    "delete of what holds data": "test_what_holds_data_cannot_be_deleted",
    "option code that is not in the set": "test_an_option_code_that_is_not_in_the_set",
    "a new unit and the importer's scope": "test_a_new_unit_is_not_in_the_importers_scope",
    "a mode in lower case": "test_a_mode_that_is_not_spelled_exactly_commits",
    "atomicMode=NONE": "test_atomic_mode_none_with_a_bad_reference",
    "children without ids": "test_embedded_children_without_ids_get_new_ones_each_time",
    "no stages, no actions": "test_a_stage_left_out_is_orphaned_an_action_left_out_deleted",
    "order of options": "test_the_order_of_options_is_the_list",
    "broken things that are 200": "test_things_that_are_all_200",
    "a wrong constant, malformed JSON": "test_a_wrong_constant_has_a_message_and_no_report",
    "an unknown path": "test_an_unknown_path_is_404_html",
    "delete of what is used": "test_what_is_used_names_one_holder_only",
    "reports without FULL": "test_without_full_a_success_lists_no_objects",
    "size and time of the schemas": "",
}
"""Line of §16, which has no numbers, in our words → its test. Without one: official packages are judged in
conformance, and times and sizes are none of a behaviour."""

SECTIONS = {"17": 12, "18": 5, "19": 48}


def _named() -> set[str]:
    """The lines that tests of this folder are named after."""
    found = set()
    for path in Path(__file__).parent.glob("test_facts_*.py"):
        names = re.findall(r"^def test_(?:(1[6-9])_)?(\d+)_", path.read_text(encoding="utf-8"), re.MULTILINE)
        found |= {f"{section or path.stem.split('_')[2]}_{line}" for section, line in names}
    return found


@pytest.mark.parametrize("section", SECTIONS)
def test_every_line_is_a_test_or_left_out_with_a_reason(section: str) -> None:
    """None is forgotten, none is both."""
    lines = {f"{section}_{line}" for line in range(1, SECTIONS[section] + 1)}
    told, left = lines & _named(), lines & set(LEFT_OUT)
    assert sorted(lines - told - left) == []
    assert sorted(told & left) == []


def test_every_line_of_16_is_a_test() -> None:
    """The tests that are named stand in this folder."""
    texts = [path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_facts_*.py")]
    missing = [
        name for name in TOLD_16.values() if name and not any(f"def {name}(" in text for text in texts)
    ]
    assert missing == []


def test_what_is_told_of_dhis2_runs_on_a_real_server_too(pytestconfig: pytest.Config) -> None:
    """Every test of facts is there twice: on the embedded server, and marked `live`."""
    names = {path.stem for path in Path(__file__).parent.glob("test_facts_1*.py")}
    assert names
    assert all(name.startswith(TOLD_OF_DHIS2) for name in names)
    assert "live: needs a real DHIS2 server" in pytestconfig.getini("markers")
