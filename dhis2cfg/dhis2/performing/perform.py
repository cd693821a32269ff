"""Which module does which kind of step."""

from collections.abc import Mapping
from typing import assert_never

from dhis2cfg.dhis2.performing.deletes import delete
from dhis2cfg.dhis2.performing.imports import imported
from dhis2cfg.dhis2.performing.own import by_own_endpoint
from dhis2cfg.dhis2.performing.sending import sent_in_turn
from dhis2cfg.dhis2.performing.settings import setting_requests
from dhis2cfg.dhis2.performing.sharing import sharing_requests
from dhis2cfg.dhis2.performing.upkeep import upkeep_requests
from dhis2cfg.dhis2.reads.objects import Reader
from dhis2cfg.dhis2.session import Session
from dhis2cfg.model.plan import Step, StepKind
from dhis2cfg.model.questions import ImportReport


def perform(session: Session, reader: Reader, plurals: Mapping[str, str], step: Step) -> ImportReport:
    """What came of the step; `plurals` gives a class's type, for the errors of an import."""
    match step.kind:
        case StepKind.CALL:
            return imported(session, step.body, plurals)
        case StepKind.DELETE:
            return delete(session, reader, step.body, plurals)
        case StepKind.OWN:
            return by_own_endpoint(session, reader, step.body)
        case StepKind.SHARING:
            return sent_in_turn(session, sharing_requests(step.body))
        case StepKind.SETTING:
            return sent_in_turn(session, setting_requests(step.body))
        case StepKind.MAINTENANCE:
            return sent_in_turn(session, upkeep_requests(step.body))
        case _:
            assert_never(step.kind)
