"""The table of `history`: one line a run, newest first, and below it why it ended as it did."""

from collections.abc import Iterator, Mapping, Sequence

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.run import Phase, Run
from dhis2cfg.report.layout import folded
from dhis2cfg.report.signs import clean, moment


def history_text(runs: Mapping[str, Sequence[Run]], failed: Mapping[str, Dhis2cfgError], width: int) -> str:
    """A paragraph a target; what undoes or finishes the newest run is said with it."""
    lines: list[str] = []
    for name, several in runs.items():
        lines += folded(clean(name) if several else f"{clean(name)}: no run is kept here", width)
        for each in several:
            lines += folded(clean(_told(each)), width, 2, 2)
            lines += folded(clean(each.message), width, 6) if each.message else []
        lines += [line for told in _next(name, several) for line in folded(clean(told), width, 2)]
    for name, error in failed.items():
        lines += folded(clean(f"{name}: not known: {error.what}"), width)
        for line in (*error.details, *error.following):
            lines += folded(clean(line), width, 2)
    return "\n".join(lines) + "\n"


def _told(run: Run) -> str:
    packages = " and ".join(f"{name} {version}" for name, version in (run.packages or {}).items())
    allowed = f"   allowed: {', '.join(run.allowed)}" if run.allowed else ""
    calls = f"{run.done} of {run.steps} steps" if run.steps else "nothing to do"
    parts = (run.id, moment(run.started), run.by or "?", packages or "–", run.phase.value, calls)
    return "   ".join(parts) + allowed


def _next(name: str, runs: Sequence[Run]) -> Iterator[str]:
    """What can be done: about a run that is not finished, else about the newest that stands."""
    if runs and runs[0].is_unfinished:
        yield f"finish it: dhis2cfg apply -m {name} --resume {runs[0].id}"
        yield f"undo it: dhis2cfg rollback -m {name} {runs[0].id}"
        return
    standing = next((each for each in runs if each.phase is Phase.DONE), None)
    if standing is not None:
        yield f"undo the newest: dhis2cfg rollback -m {name} {standing.id}"
