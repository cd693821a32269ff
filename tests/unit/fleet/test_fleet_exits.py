"""Tests of the exit code that many targets come to."""

import pytest

from dhis2cfg.errors import Exit
from dhis2cfg.fleet.exits import common_exit, reading_exit


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        ([], 0),
        ([0, 0], 0),
        ([8, 8], 8),
        ([4], 4),
        ([0, 8], 5),
        ([1, 4], 5),
        ([0, 1, 130], 130),
        ([0, 9, 130], 9),
        ([9], 9),
    ],
)
def test_one_code_for_many_targets(codes: list[int], code: int) -> None:
    """9 if any stands between, else 130 if stopped, else the common code, else 5."""
    assert common_exit(codes) == code


@pytest.mark.parametrize(
    ("codes", "answered", "has_changes", "exit_code", "code"),
    [
        ([], 3, False, True, Exit.FINE),
        ([], 3, True, False, Exit.FINE),
        ([], 3, True, True, Exit.CHANGES),
        ([0, 0], 3, True, True, Exit.CHANGES),
        ([8, 8], 0, False, True, Exit.UNREACHABLE),
        ([8, 4], 0, False, False, Exit.MIXED),
        ([8], 2, True, True, Exit.MIXED),
        ([4], 2, True, True, Exit.UNSAFE),
        ([1], 1, True, True, Exit.FAILED),
        ([1, 4], 2, True, True, Exit.MIXED),
    ],
)
def test_the_code_of_commands_that_only_read(
    codes: list[int], answered: int, code: int, *, has_changes: bool, exit_code: bool
) -> None:
    """8 if no target answers, 5 if only some do; what was read is worth its own code else."""
    assert reading_exit(codes, answered=answered, has_changes=has_changes, exit_code=exit_code) == code
