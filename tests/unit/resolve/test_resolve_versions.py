"""Tests of versions and requirements."""

import pytest

from dhis2cfg.resolve import satisfies
from dhis2cfg.resolve.versions import is_package_version, is_requirement, version_number


@pytest.mark.parametrize(
    ("version", "requirement", "holds"),
    [
        ("1.4.0", ">=1.4", True),
        ("1.3.9", ">=1.4", False),
        ("2.0.0", ">=1.4,<2", False),
        ("1.9.9", ">=1.4,<2", True),
        ("1.4.2", "1.4", True),
        ("1.4.2", "==1.4", True),
        ("1.5.0", "= 1.4", False),
        ("1.4.9", "<=1.4", True),
        ("1.5.0", "<=1.4", False),
        ("1.4.9", ">1.4", False),
        ("1.5.0", ">1.4", True),
        ("1.4.9", "!=1.4", False),
        ("1.5.0", "!=1.4", True),
        ("1.5.0", "", True),
        ("1.5.0", "newest", False),
        ("newest", ">=1", False),
    ],
)
def test_a_requirement_holds_or_not(version: str, requirement: str, holds: bool) -> None:  # noqa: FBT001
    """Every bound counts; a bare version means all that begin with it; what cannot be read never holds."""
    assert satisfies(version, requirement) is holds


def test_suffixes_of_servers_are_read_over() -> None:
    """`2.42.5-SNAPSHOT` is 2.42.5."""
    assert version_number("2.42.5-SNAPSHOT") == (2, 42, 5, 0)
    assert version_number("two") is None


def test_a_package_has_three_numbers() -> None:
    """X.Y.Z, and nothing else."""
    assert is_package_version("1.4.0")
    assert not is_package_version("1.4")
    assert is_requirement(">= 1.4, <2")
    assert not is_requirement(">=x")
