"""The same work on many targets: planning side by side, applying one after another; an error is a result."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.ports import Progress

T = TypeVar("T")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Generic[T]):
    """What came of one target: a value, or why there is none."""

    name: str
    value: T | None = None
    error: Dhis2cfgError | None = None


def side_by_side(
    items: Sequence[tuple[str, Item]], work: Callable[[Item], T], workers: int
) -> tuple[Done[T], ...]:
    """Each item's result, in the order given; `workers` targets at a time."""
    with ThreadPoolExecutor(max_workers=max(1, min(workers, len(items) or 1))) as pool:
        return tuple(pool.map(lambda item: _one(item, work), items))


def one_by_one(
    items: Sequence[tuple[str, Item]], work: Callable[[Item], T], go_on: Callable[[], bool]
) -> tuple[Done[T], ...]:
    """The same, one after another, as long as nobody asks to stop."""
    results = []
    for item in items:
        if not go_on():
            break
        results.append(_one(item, work))
    return tuple(results)


def announced(lines: Progress, name: str, what: str, work: Callable[[], T], told: Callable[[T], str]) -> T:
    """The work on one target, with a line where it begins and one where it ends or fails."""
    lines.tell(name, f"begins, {what}")
    try:
        done = work()
    except Dhis2cfgError as error:
        lines.tell(name, f"failed, {what}: {error.what}")
        raise
    lines.tell(name, told(done))
    return done


def _one(item: tuple[str, Item], work: Callable[[Item], T]) -> Done[T]:
    name, value = item
    try:
        return Done(name=name, value=work(value))
    except Dhis2cfgError as error:
        return Done(name=name, error=error)
