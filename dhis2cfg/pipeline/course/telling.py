"""Telling that something takes long, so that nobody thinks it hangs."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from dhis2cfg.ports import Progress

EVERY = 10.0
"""Seconds between two lines (design §7)."""


@contextmanager
def told_every(progress: Progress, target: str, what: str, seconds: float = EVERY) -> Iterator[None]:
    """While it lasts, one line every so many seconds: what is under way, and for how long."""
    over = threading.Event()

    def tell() -> None:
        count = 0
        while not over.wait(seconds):
            count += 1
            progress.tell(target, f"{what} is under way for {count * seconds:.0f} s")

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        over.set()
        teller.join()
