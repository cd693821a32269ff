"""What a rollback would do, target by target, before anybody is asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dhis2cfg.model.run import Run
from dhis2cfg.report.layout import folded
from dhis2cfg.report.signs import moment, number, tamed

NAMED = 12
"""As many objects as are named one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackView:
    """One target: the run, and by `type/key` what is put back and what it made and goes again."""

    target: str
    run: Run
    restored: tuple[str, ...]
    made: tuple[str, ...]


def rollbacks_text(views: Sequence[RollbackView], width: int) -> str:
    """One block a target; nothing where there is none."""
    return "".join(f"{line}\n" for each in views for line in _block(tamed(each), width))


def _block(view: RollbackView, width: int) -> Iterator[str]:
    run = view.run
    packages = ", ".join(f"{name} {version}" for name, version in (run.packages or {}).items())
    by = f" of {run.by}" if run.by else ""
    yield from folded(f"{view.target}: run {run.id}{by}, {moment(run.started)}, {packages}", width)
    for words, names in (("put back as before", view.restored), ("made by it, deleted again", view.made)):
        if names:
            more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
            counted = number(len(names), "object")
            yield from folded(f"{counted} {words}: {', '.join(names[:NAMED])}{more}", width, 2)
    if not view.restored and not view.made:
        yield "  nothing of it stands; only the record is put back"
