"""What a server does for itself when it is asked: paths of units, combinations of options (facts §11)."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from dhis2cfg.dhis2.performing.sending import OneRequest
from dhis2cfg.errors import Dhis2cfgError

TASKS = re.compile(r"ouPathsUpdate|categoryOptionComboUpdate(/categoryCombo/[a-zA-Z][a-zA-Z0-9]{10})?")
"""The tasks that steps may name; others take data away."""


def upkeep_requests(body: Mapping[str, Any]) -> Iterator[OneRequest]:
    """One POST a task; its answer is empty up to 2.42 (facts §17.12)."""
    for each in body["maintenance"]:
        if TASKS.fullmatch(each["id"]) is None:
            raise Dhis2cfgError(
                f"no step may ask a server for {each['id']}",
                details=("this is a mistake in dhis2cfg; it was not sent",),
            )
        yield OneRequest(
            type="maintenance", uid=each["id"], method="POST", path=f"/api/maintenance/{each['id']}"
        )
