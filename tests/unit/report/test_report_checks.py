"""What doctor found, and what stopped a command."""

from inline_snapshot import snapshot

from dhis2cfg.errors import CredentialsRefused, Dhis2cfgError
from dhis2cfg.report.checks import CheckRow, checks_text
from dhis2cfg.report.failures import failure_text

WELL = CheckRow(
    level="ok", text="https://oslo.example.org answers, certificate until 2027-02-11", following="not told"
)
LATE = CheckRow(level="warn", text="clock of the server is 4 minutes behind")
OPEN = CheckRow(
    level="fail",
    text="dhis2cfg's data store keys can be read by everybody: record-smittevern-norge, run-smittevern-norge",
    following="dhis2cfg doctor -m oslo --fix",
)


def test_one_target_is_one_screen() -> None:
    """A line a check, with what to do where it is not well."""
    assert checks_text({"oslo": [WELL, LATE, OPEN]}, 100) == snapshot("""\
  ok    https://oslo.example.org answers, certificate until 2027-02-11
  warn  clock of the server is 4 minutes behind
  fail  dhis2cfg's data store keys can be read by everybody: record-smittevern-norge,
        run-smittevern-norge
        dhis2cfg doctor -m oslo --fix
""")


def test_several_targets_have_names_and_a_sum() -> None:
    """Which of them need somebody."""
    assert checks_text({"oslo": [OPEN], "amot": [WELL]}, 80) == snapshot("""\
oslo
  fail  dhis2cfg's data store keys can be read by everybody:
        record-smittevern-norge, run-smittevern-norge
        dhis2cfg doctor -m oslo --fix
amot
  ok    https://oslo.example.org answers, certificate until 2027-02-11

2 targets: a check fails on oslo.
""")
    assert checks_text({"oslo": [WELL], "amot\x1b": [LATE]}, 80) == snapshot("""\
oslo
  ok    https://oslo.example.org answers, certificate until 2027-02-11
amot�
  warn  clock of the server is 4 minutes behind

2 targets: no check fails.
""")


def test_a_failure_says_what_where_and_what_next() -> None:
    """Each in lines that fit; what a server said cannot steer the terminal."""
    error = CredentialsRefused(
        "cannot sign in to oslo: https://oslo.example.org said 401\x1b[31m",
        details=("the token comes from DHIS2CFG_TOKEN__OSLO_EXAMPLE_ORG, which is set but was refused",),
        following=("try it: dhis2cfg doctor -m oslo",),
    )
    assert failure_text(error, 80) == snapshot("""\
error: cannot sign in to oslo: https://oslo.example.org said 401�[31m
  the token comes from DHIS2CFG_TOKEN__OSLO_EXAMPLE_ORG, which is set but was
    refused
  try it: dhis2cfg doctor -m oslo
""")
    assert failure_text(Dhis2cfgError("no"), 80) == "error: no\n"
