"""Which numbered lines of facts §17 to §19 are tests, and why the others are none."""

import re
from pathlib import Path

import pytest

LEFT_OUT = {
    "17_11": "counting data is in test_tracker",
    "19_40": "the settings of §18.5 once more",
    "19_44": "a client that goes away is a fault: test_faults",
    "19_45": "two imports at once: the embedded server takes one call after the other",
    "19_46": "a dry run while a commit runs: as 45",
    "19_48": "times",
}
"""Line → why no test is named after it. §16 is a table without numbers; its times and sizes are left out."""

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
