"""The page of what lint finds in the official packages is what it finds."""

import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.conformance.package_listing import a_context, counting_nothing, findings_of, listing
from tests.conformance.package_states import PACKAGES, package_names

PAGE = Path(__file__).parents[2] / "docs" / "official-packages.md"
recorded = pytest.mark.skipif(not PACKAGES.is_dir(), reason="no recorded packages here (DHIS2CFG_RECORDED)")
C19_CS = "C19_CS_COMPLETE_1.0.2_DHIS2.37"
OF_C19_CS = {"unknown-reference": 6, "unused-variable": 4, "unused-element": 1, "closed-type": 1}


@recorded
def test_the_page_is_what_is_found() -> None:
    """Counts, weights and first sentences; `python -m tests.conformance.test_package_listing` writes it."""
    assert PAGE.read_text(encoding="utf-8") == listing(package_names())


@recorded
@pytest.mark.parametrize(
    ("name", "literals", "indicators", "others"),
    [
        (C19_CS, 116, (94, 109), OF_C19_CS),
        ("C19_CS_DHIS2.36", 116, (94, 109), OF_C19_CS),
        ("C19_CS_DHIS2.33-en", 0, (0, 106), {}),
        ("C19_POE_DHIS2.36", 68, (45, 54), {}),
        ("COVID19_TRACKER_V1_DHIS2.36", 0, (0, 106), {}),
        ("CVC_EIR_DHIS2.39", 0, (0, 0), {"unknown-reference": 13}),
    ],
)  # fmt: skip
def test_what_was_known(
    name: str, literals: int, indicators: tuple[int, int], others: dict[str, int]
) -> None:
    """The counts of packages facts §B4; one of the 68 literals of C19_POE stands in a rule."""
    context = a_context(name)
    counts = Counter(each.rule for each in findings_of(context))
    assert counts["option-code"] == literals
    assert counting_nothing(context) == indicators
    assert {rule: counts[rule] for rule in others} == others


if __name__ == "__main__":
    PAGE.write_text(listing(package_names()), encoding="utf-8")
    sys.stdout.write(f"wrote {PAGE.name}\n")
