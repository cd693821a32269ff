"""How an apply went, target by target, and what to do next."""

from collections.abc import Iterable, Sequence

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.run import Outcome, Result
from dhis2cfg.report.signs import clean, number

WORDS = {
    Result.CHANGED: "done",
    Result.AS_IT_WAS: "as it was",
    Result.REFUSED: "refused",
    Result.BETWEEN: "between",
    Result.UNREACHABLE: "failed",
    Result.STOPPED: "stopped",
}


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


def outcomes_text(outcomes: Sequence[Outcome], run_id: str, untouched: Iterable[str] = ()) -> str:
    """One line a target, its errors below, the sum at the end."""
    width = max((len(each.target) for each in outcomes), default=0)
    lines: list[str] = []
    for each in outcomes:
        lines.append(_line(each, width))
        lines += [f"             {clean(detail)}" for detail in each.details]
        lines += [f"             next: {clean(following)}" for following in each.following]
    left = list(untouched)
    if left:
        lines.append(f"  untouched: {', '.join(left)}")
    counts = [
        f"{words} {n}"
        for words, result in (
            ("changed", Result.CHANGED),
            ("as they were", Result.AS_IT_WAS),
            ("refused", Result.REFUSED),
            ("failed", Result.UNREACHABLE),
            ("stopped", Result.STOPPED),
            ("in between", Result.BETWEEN),
        )
        if (n := sum(each.result is result for each in outcomes))
    ]
    lines += ["", f"  selected {len(outcomes) + len(left)} · {' · '.join(counts)}    run {run_id}"]
    return "\n".join(lines) + "\n"


def _line(each: Outcome, width: int) -> str:
    done = each.result is Result.CHANGED
    work = f"{number(each.changes, 'change')}   {number(len(each.steps), 'call')}   " if done else ""
    time = f"{each.seconds} s   " if done else ""
    return f"  {WORDS[each.result]:<9}{each.target:<{width}}   {work}{time}{clean(each.message)}"
