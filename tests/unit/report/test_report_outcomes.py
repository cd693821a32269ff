"""How an apply went."""

from dataclasses import replace

from inline_snapshot import snapshot

from dhis2cfg.errors import Exit, Locked
from dhis2cfg.model.run import Outcome, Result, StepOutcome, StepState
from dhis2cfg.report.outcomes import outcome_of, outcomes_text

STEP = StepOutcome(number=1, state=StepState.DONE, stats={"created": 4})
DONE = Outcome(
    target="tromso",
    result=Result.CHANGED,
    exit=Exit.FINE,
    run="7Q2M",
    changes=4,
    steps=(STEP, STEP),
    message="read back: as planned",
    todo=("run analytics",),
    seconds=4.2,
)
AS_IT_WAS = Outcome(target="amot", result=Result.AS_IT_WAS, exit=Exit.FINE, message="no changes")
REFUSED = Outcome(
    target="oslo",
    result=Result.REFUSED,
    exit=Exit.FAILED,
    run="7Q2M",
    message="the server refused call 1; nothing was written",
    details=("programRules/NO_C19_INDEKS/NO_R_ARSAK: E4057 a rule of this name\ncame in\x1b[2J",),
    following=("dhis2cfg plan -m oslo",),
    seconds=9.9,
)
UNDONE = Outcome(
    target="oslo",
    result=Result.UNDONE,
    exit=Exit.FAILED,
    run="7Q2M",
    message="call 2 of 2 refused; laid back, read back: as it was before",
    details=("rule NO_R: E4057 a rule of this name came in", "packages/covid-no/rules.yaml:88:9"),
    following=("dhis2cfg plan -m oslo    shows what is asked for, and what stands",),
    seconds=5.8,
)
LOCK = Locked("somebody else is at work on bodo", following=("wait: --lock-timeout 5m",))


def test_three_targets_of_which_one_is_refused() -> None:
    """One line a target, reasons and next steps below, the sum and the run at the end."""
    assert outcomes_text([DONE, AS_IT_WAS, REFUSED], "7Q2M") == snapshot("""\
  done        tromso   4 changes   2 calls   4.2 s   read back: as planned
                still to do: run analytics
  as it was   amot     no changes
  refused     oslo     the server refused call 1; nothing was written
                programRules/NO_C19_INDEKS/NO_R_ARSAK: E4057 a rule of this name came in�[2J
                next: dhis2cfg plan -m oslo

  selected 3 · changed 1 · as they were 1 · refused 1 · undone 0 · in between 0    run 7Q2M, 14 s
Undo what was done: dhis2cfg rollback 7Q2M
""")


def test_what_was_laid_back_is_told_with_its_reason_and_both_commands() -> None:
    """How to undo what was done, and how to try again what was not."""
    rolled = replace(AS_IT_WAS, target="bodo", result=Result.ROLLED_BACK, message="read back")
    assert outcomes_text([DONE, UNDONE, rolled], "7Q2M") == snapshot("""\
  done          tromso   4 changes   2 calls   4.2 s   read back: as planned
                  still to do: run analytics
  undone        oslo     call 2 of 2 refused; laid back, read back: as it was before
                  rule NO_R: E4057 a rule of this name came in
                  packages/covid-no/rules.yaml:88:9
                  next: dhis2cfg plan -m oslo    shows what is asked for, and what stands
  rolled back   bodo     read back

  selected 3 · changed 1 · as they were 0 · rolled back 1 · undone 1 · in between 0
  run 7Q2M, 10 s
Undo what was done: dhis2cfg rollback 7Q2M        Try oslo again: dhis2cfg apply --resume 7Q2M
""")
    narrow = outcomes_text([DONE, UNDONE], "7Q2M", width=60).splitlines()
    assert narrow[-2:] == [
        "Undo what was done: dhis2cfg rollback 7Q2M",
        "Try oslo again: dhis2cfg apply --resume 7Q2M",
    ]


def test_the_longest_word_has_its_gap() -> None:
    """The name of a target never touches the word before it."""
    assert outcomes_text([AS_IT_WAS], "7Q2M") == snapshot("""\
  as it was   amot   no changes

  selected 1 · changed 0 · as they were 1 · undone 0 · in between 0
""")


def test_what_was_not_begun_is_named() -> None:
    """Stopped, failed, in between and not begun are counted where there are some."""
    stopped = Outcome(target="oslo", result=Result.STOPPED, exit=Exit.INTERRUPTED, message="stopped")
    between = Outcome(
        target="amot", result=Result.BETWEEN, exit=Exit.BETWEEN, run="7Q2M", message="call 2 was refused"
    )
    text = outcomes_text([stopped, between, outcome_of("bodo", LOCK)], "7Q2M", ["tromso"], 80)
    assert text == snapshot("""\
  stopped     oslo     stopped
                next: dhis2cfg plan -m oslo
  between     amot     call 2 was refused
                next: dhis2cfg plan -m amot
  failed      bodo     somebody else is at work on bodo
                next: wait: --lock-timeout 5m
  not begun   tromso

  selected 4 · changed 0 · as they were 0 · failed 1 · stopped 1 · undone 0 · in
    between 1 · not begun 1
  run 7Q2M, 0 s
""")


def test_an_error_is_the_outcome_of_its_target() -> None:
    """Sentence, next step and exit code are those of the error."""
    outcome = outcome_of("bodo", LOCK)
    assert (outcome.result, outcome.exit, outcome.message) == (Result.UNREACHABLE, 7, LOCK.what)
    assert outcome.following == ("wait: --lock-timeout 5m",)


def test_no_target_at_all() -> None:
    """Nothing selected is said as such."""
    assert outcomes_text([], "7Q2M", ["oslo"]) == snapshot("""\
  not begun   oslo

  selected 1 · changed 0 · as they were 0 · undone 0 · in between 0 · not begun 1
""")
