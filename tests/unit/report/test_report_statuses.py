"""Where targets stand."""

from inline_snapshot import snapshot

from dhis2cfg.errors import Unreachable
from dhis2cfg.model.run import Phase
from dhis2cfg.model.status import Status
from dhis2cfg.report.statuses import StatusRow, status_text

PACKAGES = {"covid-no": "1.4.0"}


def a_row(target: str, number: str, **values: object) -> StatusRow:
    """A target with a state."""
    given = {"packages": PACKAGES, "applied": "2026-11-24T10:15:00.120", "by": "ci", **values}
    return StatusRow(target=target, number=number, status=Status(**given), error=None)  # type: ignore[arg-type] # by name


ROWS = (
    a_row("tromso", "5501"),
    a_row(
        "oslo", "0301", packages={"covid-no": "1.3.2", "tb-no": "2.0.0"}, behind=1, by_hand=3, by="kari\x07"
    ),
    a_row("amot", "3422", run="7Q2M", phase=Phase.RUNNING),
    a_row("bodo", "1804", run="7Q2M", phase=Phase.BETWEEN),
    a_row("voss", "4621", packages={}, applied="", by="", behind=300),
    a_row("alta", "5601", phase=Phase.DONE),
    a_row("tana", "5628", phase=Phase.UNDOING, run="7Q2M", undone={"covid-no": "1.4.0"}, behind=2),
)
GONE = StatusRow(
    target="hamar",
    number="3403",
    status=None,
    error=Unreachable(
        "hamar does not answer", details=("https://hamar.example.org",), following=("try later",)
    ),
)


def test_one_line_a_target() -> None:
    """Package, when, by whom, and the state in words with the command that mends it."""
    assert status_text(ROWS[:2], 100) == snapshot("""\
target  number  package                      applied           by     state
tromso  5501    covid-no 1.4.0               2026-11-24 10:15  ci     as applied
oslo    0301    covid-no 1.3.2, tb-no 2.0.0  2026-11-24 10:15  kari�
    1 change behind, 3 changed by hand
""")


def test_where_it_does_not_fit_states_stand_below() -> None:
    """Every state gets a line of its own, so that columns stay columns."""
    assert status_text(ROWS, 100) == snapshot("""\
target  number  package                      applied           by     state
tromso  5501    covid-no 1.4.0               2026-11-24 10:15  ci     as applied
oslo    0301    covid-no 1.3.2, tb-no 2.0.0  2026-11-24 10:15  kari�
    1 change behind, 3 changed by hand
amot    3422    covid-no 1.4.0               2026-11-24 10:15  ci
    unfinished run 7Q2M (dhis2cfg apply --resume 7Q2M)
bodo    1804    covid-no 1.4.0               2026-11-24 10:15  ci
    run 7Q2M stands between (dhis2cfg apply --resume 7Q2M)
voss    4621    –                            –                 –      never applied
alta    5601    covid-no 1.4.0               2026-11-24 10:15  ci     as applied
tana    5628    covid-no 1.4.0               2026-11-24 10:15  ci
    unfinished run 7Q2M (dhis2cfg apply --resume 7Q2M), rolled back from covid-no 1.4.0, 2 changes
      behind
""")


def test_a_narrow_window_folds_the_columns_too() -> None:
    """At 60 nothing is longer than the window."""
    text = status_text((*ROWS[:3], GONE), 60)
    assert text == snapshot("""\
target  number  package  applied  by
    state
tromso  5501  covid-no 1.4.0  2026-11-24 10:15  ci
    as applied
oslo  0301  covid-no 1.3.2, tb-no 2.0.0  2026-11-24 10:15
  kari�
    1 change behind, 3 changed by hand
amot  3422  covid-no 1.4.0  2026-11-24 10:15  ci
    unfinished run 7Q2M (dhis2cfg apply --resume 7Q2M)
hamar  3403  ?  ?  ?
    hamar does not answer
    https://hamar.example.org
    try later
""")
    assert max(map(len, text.splitlines())) <= 60


def test_a_target_without_an_answer_says_why() -> None:
    """With where, and what to do next."""
    unknown = StatusRow(target="oslo", number="0301", status=None, error=None)
    assert status_text((GONE, unknown), 100) == snapshot("""\
target    number    package    applied    by    state
hamar     3403      ?          ?          ?     hamar does not answer
    https://hamar.example.org
    try later
oslo      0301      ?          ?          ?     not known
""")
