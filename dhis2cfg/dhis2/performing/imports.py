"""One POST /api/metadata, sent once; what went wrong on the way is a report too."""

from collections.abc import Mapping
from typing import Any

from dhis2cfg.dhis2 import answers
from dhis2cfg.dhis2.importing import (
    ImportMode,
    Strategy,
    import_path,
    no_report,
    objects_in,
    read_report,
)
from dhis2cfg.dhis2.session import Session
from dhis2cfg.errors import CredentialsRefused, NeverSent, ServerRefused, Unreachable
from dhis2cfg.model.questions import ImportReport

IMPORT_SECONDS = 600.0


def imported(
    session: Session,
    body: Mapping[str, Any],
    plurals: Mapping[str, str],
    strategy: Strategy = Strategy.CREATE_AND_UPDATE,
) -> ImportReport:
    """COMMIT exactly this body. `committed` is None where the answer never came.

    A server finishes an import whose sender is gone (facts §19.44). It is False where it was never taken.
    """
    try:
        return posted(session, body, plurals, ImportMode.COMMIT, strategy)
    except (NeverSent, CredentialsRefused, ServerRefused) as error:
        return no_report(error, committed=False)
    except Unreachable as error:
        return no_report(error, committed=None)


def posted(
    session: Session,
    body: Mapping[str, Any],
    plurals: Mapping[str, str],
    mode: ImportMode,
    strategy: Strategy = Strategy.CREATE_AND_UPDATE,
) -> ImportReport:
    """The server's own report; a missing answer raises."""
    response = session.send("POST", import_path(mode, strategy), body, timeout=IMPORT_SECONDS)
    json = answers.json_or_none(response)
    return read_report(response, json, mode=mode, sent=objects_in(body), plurals=plurals)
