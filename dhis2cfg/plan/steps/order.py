"""All steps of a plan in the order in which they are done (design §7), numbered from 1."""

from collections.abc import Iterable
from dataclasses import replace

from dhis2cfg.model.plan import Step


def in_turn(*steps: Step | Iterable[Step] | None) -> tuple[Step, ...]:
    """The steps one after another; None is one that there is no need for."""
    every: list[Step] = []
    for each in steps:
        every += [each] if isinstance(each, Step) else each or ()
    return tuple(replace(each, number=index) for index, each in enumerate(every, start=1))
