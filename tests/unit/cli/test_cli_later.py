"""Commands that are not built yet."""

import pytest

from dhis2cfg.cli.app import run
from dhis2cfg.cli.commands.later import LATER
from dhis2cfg.errors import Exit


@pytest.mark.parametrize("name", LATER)
def test_a_command_of_later_is_refused_by_name(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is known, says its name, and ends with 4 whatever stands behind it."""
    assert run([name, "7Q2M", "--yes", "--help"]) == Exit.UNSAFE
    assert capsys.readouterr().err.startswith(f"error: not supported yet: dhis2cfg {name}\n")


def test_help_does_not_list_them(capsys: pytest.CaptureFixture[str]) -> None:
    """What is not there is not offered."""
    assert run(["--help"]) == Exit.FINE
    shown = capsys.readouterr().out
    assert not any(f"  {name} " in shown for name in LATER)
