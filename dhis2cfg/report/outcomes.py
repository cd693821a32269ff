"""How an apply went, target by target, and what to do next."""

from collections.abc import Iterable, Sequence

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.run import Outcome, Result
from dhis2cfg.report.layout import folded
from dhis2cfg.report.signs import clean, number, tamed

WORDS = {
    Result.CHANGED: "done",
    Result.AS_IT_WAS: "as it was",
    Result.REFUSED: "refused",
    Result.UNDONE: "undone",
    Result.ROLLED_BACK: "rolled back",
    Result.BETWEEN: "between",
    Result.UNREACHABLE: "failed",
    Result.STOPPED: "stopped",
}
NOT_BEGUN = "not begun"
FINE = frozenset({Result.CHANGED, Result.AS_IT_WAS, Result.ROLLED_BACK})
COUNTS = (
    ("changed", Result.CHANGED, True),
    ("as they were", Result.AS_IT_WAS, True),
    ("rolled back", Result.ROLLED_BACK, False),
    ("refused", Result.REFUSED, False),
    ("failed", Result.UNREACHABLE, False),
    ("stopped", Result.STOPPED, False),
    ("undone", Result.UNDONE, True),
    ("in between", Result.BETWEEN, True),
)
"""How results are counted in the last line, and whether they are told where there is none."""


def outcome_of(target: str, error: Dhis2cfgError) -> Outcome:
    """An error as the outcome of its target."""
    return Outcome(
        target=target,
        result=Result.UNREACHABLE,
        exit=error.exit,
        message=error.what,
        details=error.details,
        following=error.following,
    )


def outcomes_text(
    outcomes: Sequence[Outcome], run_id: str, untouched: Iterable[str] = (), width: int = 100
) -> str:
    """One line a target, its reasons and next steps below, the sum at the end."""
    told = [tamed(each) for each in outcomes]
    left = [clean(each) for each in untouched]
    names = max((len(name) for name in (*(each.target for each in told), *left)), default=0)
    words = max(
        len(word) for word in (*(WORDS[each.result] for each in told), *([NOT_BEGUN] if left else []))
    )
    lines: list[str] = []
    for each in told:
        start = f"  {WORDS[each.result]:<{words}}   {each.target:<{names}}   "
        lines += folded(start + _work(each), width, 0, words + 7)
        lines += _below(each, width, words + 7)
    lines += [f"  {NOT_BEGUN:<{words}}   {name}" for name in left]
    after = _commands(told, clean(run_id), width)
    return "\n".join([*lines, "", *_sum(told, left, run_id, width), *after]) + "\n"


def _commands(told: Sequence[Outcome], run_id: str, width: int) -> list[str]:
    """How what was done is undone, and how what was laid back is tried again."""
    changed = [each.target for each in told if each.result is Result.CHANGED]
    undone = [each.target for each in told if each.result is Result.UNDONE]
    parts = [f"Undo what was done: dhis2cfg rollback {run_id}"] if changed else []
    if changed and undone:
        parts.append(f"Try {' and '.join(undone)} again: dhis2cfg apply --resume {run_id}")
    line = "        ".join(parts)
    return [line] if len(line) <= width and line else [part for part in parts for part in folded(part, width)]


def _work(each: Outcome) -> str:
    """What was done, or why not."""
    if each.result is not Result.CHANGED:
        return each.message
    work = (number(each.changes, "change"), number(len(each.steps), "call"), f"{each.seconds} s")
    return "   ".join((*work, each.message))


def _below(each: Outcome, width: int, indent: int) -> list[str]:
    lines: list[str] = []
    for detail in each.details:
        lines += folded(detail, width, indent)
    for following in _next(each):
        lines += folded(f"next: {following}", width, indent)
    for todo in each.todo:
        lines += folded(f"still to do: {todo}", width, indent)
    return lines


def _next(each: Outcome) -> tuple[str, ...]:
    """What to do: what the outcome says, else what helps wherever nothing was done."""
    if each.following or each.result in FINE:
        return each.following
    command = "doctor" if each.result is Result.UNREACHABLE else "plan"
    return (f"dhis2cfg {command} -m {each.target}",)


def _sum(told: Sequence[Outcome], left: Sequence[str], run_id: str, width: int) -> list[str]:
    counts = [
        f"{words} {count}"
        for words, result, always in COUNTS
        if (count := sum(each.result is result for each in told)) or always
    ]
    counts += [f"{NOT_BEGUN} {len(left)}"] if left else []
    line = f"  selected {len(told) + len(left)} · {' · '.join(counts)}"
    if not any(each.run for each in told):
        return folded(line.strip(), width, 2)
    seconds = sum(each.seconds for each in told)
    run = f"run {clean(run_id)}, {seconds:.0f} s"
    whole = f"{line}    {run}"
    return [whole] if len(whole) <= width else [*folded(line.strip(), width, 2), f"  {run}"]
