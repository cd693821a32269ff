"""What a server does for itself when it is asked: paths of units, combinations of options (facts §11)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import prod
from typing import Any

from dhis2cfg.dhis2.importing import no_report
from dhis2cfg.dhis2.performing.sending import OneRequest, sent_in_turn
from dhis2cfg.dhis2.session import Session
from dhis2cfg.errors import Dhis2cfgError, ServerRefused, Unreachable
from dhis2cfg.model.questions import ImportProblem, ImportReport

TASKS = re.compile(r"ouPathsUpdate|categoryOptionComboUpdate(/categoryCombo/[a-zA-Z][a-zA-Z0-9]{10})?")
"""The tasks that steps may name; others take data away."""

COMBOS = "categoryCombos"
AT_ONCE = 100


def kept_up(session: Session, body: Mapping[str, Any]) -> ImportReport:
    """The tasks done; then the combinations of the category combinations named are counted (facts §4.4)."""
    report = sent_in_turn(session, upkeep_requests(body))
    if not report.ok:
        return report
    combos = [uid for each in body["maintenance"] for uid in each.get(COMBOS, ())]
    try:
        errors = tuple(_short(session, combos))
    except (ServerRefused, Unreachable) as error:
        return no_report(error, committed=None)
    message = errors[0].message if errors else ""
    return replace(report, ok=not errors, errors=errors, message=message)


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


def _short(session: Session, combos: list[str]) -> Iterator[ImportProblem]:
    """The category combinations with fewer option combinations than their categories' options give."""
    fields = "id,name,categories%5BcategoryOptions~size%5D,categoryOptionCombos~size"
    for start in range(0, len(combos), AT_ONCE):
        listed = ",".join(combos[start : start + AT_ONCE])
        answer = session.get(f"/api/{COMBOS}?filter=id:in:%5B{listed}%5D&fields={fields}&paging=false")
        for each in answer[COMBOS]:
            wanted = prod(category["categoryOptions"] for category in each["categories"])
            made = each["categoryOptionCombos"]
            if made < wanted:
                message = f"the server made {made} of {wanted} option combinations of {each['name']}"
                yield ImportProblem(type=COMBOS, uid=each["id"], code="", message=message)
