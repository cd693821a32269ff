"""Versions with suffixes, and requirements."""

import pytest

from dhis2cfg.catalogue.versions import accepts, claimed, parse
from dhis2cfg.errors import UsageError


@pytest.mark.parametrize(
    ("version", "numbers"),
    [("2.42", (2, 42)), ("2.42.5.2", (2, 42, 5, 2)), ("2.42.5-SNAPSHOT", (2, 42, 5)), ("2.42.x", (2, 42))],
)
def test_a_version_is_read_over_its_suffix(version: str, numbers: tuple[int, ...]) -> None:
    """What follows the numbers does not matter."""
    assert parse(version) == numbers


@pytest.mark.parametrize(
    ("requirement", "version", "expected"),
    [
        (">=2.41,<2.44", "2.43.1", True),
        (">=2.41,<2.44", "2.44.0", False),
        (">=2.41,<2.44", "2.40.12", False),
        (">2.41", "2.41.9", False),
        (">2.41.2", "2.41", True),
        (">2.41", "2.42", True),
        ("<=2.42", "2.42.5", True),
        ("<=2.42", "2.43", False),
        ("<2.42.3", "2.42", True),
        ("<2.42.3", "2.42.3", False),
        ("==2.42", "2.42.5", True),
        ("2.42", "2.43", False),
        ("!=2.42", "2.42.1", False),
        ("!=2.42", "2.43", True),
        ("!=2.42.1", "2.42", True),
        (" >= 2.41 , ", "2.41", True),
        ("", "2.30", True),
    ],
)
def test_a_requirement_accepts_versions(requirement: str, version: str, *, expected: bool) -> None:
    """Every bound must hold; a bound of two numbers speaks of the whole line."""
    assert accepts(requirement, version) is expected


@pytest.mark.parametrize(
    ("requirement", "versions"),
    [
        (">=2.41,<2.44", ("2.41", "2.42", "2.43")),
        (">=2.42.3", ("2.42", "2.43")),
        ("==2.43", ("2.43",)),
        (">=2.50", ()),
    ],
)
def test_the_shipped_versions_that_a_package_claims(requirement: str, versions: tuple[str, ...]) -> None:
    """A package is read by all catalogues that its requirement lets in."""
    assert claimed(requirement) == versions


@pytest.mark.parametrize(("requirement", "version"), [("latest", "2.42"), (">=2.41", "nightly")])
def test_what_cannot_be_read_is_refused(requirement: str, version: str) -> None:
    """Neither words nor signs that mean nothing are guessed at."""
    with pytest.raises(UsageError, match=r"version"):
        accepts(requirement, version)
