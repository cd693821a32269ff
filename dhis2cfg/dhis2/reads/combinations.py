"""Option combinations by their category combination, as the server has made them (facts §4.4)."""

from collections.abc import Callable, Mapping
from typing import Any

from dhis2cfg.dhis2.reads.objects import Reader
from dhis2cfg.dhis2.reads.queries import Selection
from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.names import COMBINATIONS, Uid
from dhis2cfg.wire.combinations import completed, standing, wanted_in


def with_combinations(
    reader: Reader, body: Mapping[str, Any], stand_in: Callable[[], Uid | None] = lambda: None
) -> Mapping[str, Any]:
    """The body with the UIDs of the combinations that it waits for; one that is missing ends it unsent.

    `stand_in` gives a combination that takes the place of missing ones where a body is only tried.
    """
    wanted = frozenset(wanted_in(body))
    if not wanted:
        return body
    combos = tuple(sorted({each.combo for each in wanted}))
    fields = "id,categoryCombo,categoryOptions"
    selection = Selection(type=COMBINATIONS, path="categoryCombo.id", values=combos, fields=fields)
    known = standing(reader.select([selection], skip_sharing=True).get(COMBINATIONS, []))
    instead = stand_in() if wanted - known.keys() else None
    if instead is not None:
        known |= dict.fromkeys(wanted - known.keys(), instead)
    missing = sorted(f"{','.join(sorted(each.options))} of {each.combo}" for each in wanted - known.keys())
    if missing:
        raise Dhis2cfgError(
            f"the server has made no option combination of the options {missing[0]}",
            details=("what names it was not sent",),
        )
    finished: Mapping[str, Any] = completed(body, known)
    return finished
