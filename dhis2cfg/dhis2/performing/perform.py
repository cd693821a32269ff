"""Which module does which kind of step."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dhis2cfg.dhis2.performing.deletes import delete
from dhis2cfg.dhis2.performing.imports import imported
from dhis2cfg.dhis2.performing.own import by_own_endpoint
from dhis2cfg.dhis2.performing.sending import OneRequest, sent_in_turn
from dhis2cfg.dhis2.performing.settings import setting_requests
from dhis2cfg.dhis2.performing.sharing import sharing_requests
from dhis2cfg.dhis2.performing.upkeep import kept_up
from dhis2cfg.dhis2.reads.objects import Reader
from dhis2cfg.dhis2.session import Session
from dhis2cfg.model.plan import Step, StepKind
from dhis2cfg.model.questions import ImportReport

IN_TURN: Mapping[StepKind, Callable[[Mapping[str, Any]], Iterable[OneRequest]]] = {
    StepKind.SHARING: sharing_requests,
    StepKind.SETTING: setting_requests,
}
"""Kinds whose items are requests of their own, one after another; a test holds that every kind has a road."""


def perform(session: Session, reader: Reader, plurals: Mapping[str, str], step: Step) -> ImportReport:
    """What came of the step; `plurals` gives a class's type, for the errors of an import."""
    match step.kind:
        case StepKind.CALL:
            return imported(session, step.body, plurals)
        case StepKind.DELETE:
            return delete(session, reader, step.body, plurals)
        case StepKind.OWN:
            return by_own_endpoint(session, reader, step.body)
        case StepKind.MAINTENANCE:
            return kept_up(session, step.body)
        case _:
            return sent_in_turn(session, IN_TURN[step.kind](step.body))
