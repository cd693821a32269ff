"""The steps that write settings and data store entries, and what the record holds of them afterwards."""

from collections.abc import Iterable
from typing import Any

from dhis2cfg.catalogue.settings.keys import DATA_STORE, SYSTEM_SETTINGS
from dhis2cfg.model.plan import Step, StepKind
from dhis2cfg.model.record import Recorded
from dhis2cfg.plan.merge import ABSENT
from dhis2cfg.plan.recording import as_json
from dhis2cfg.plan.settings.comparing import SettingComparison
from dhis2cfg.wire import paths

REASONS = {
    SYSTEM_SETTINGS: "settings have an endpoint of their own, and are written before all else",
    DATA_STORE: "the data store has an endpoint of its own, and is written when the objects stand",
}


def settings_step(type_name: str, comparisons: Iterable[SettingComparison]) -> Step | None:
    """The step that writes all values of one kind, or None where there is nothing to write."""
    items = {each.ref: _item(each) for each in comparisons if each.ref.type == type_name and each.writes}
    if not items:
        return None
    return Step(
        number=0,
        kind=StepKind.SETTING,
        objects=tuple((ref.type, ref.path) for ref in items),
        body={type_name: list(items.values())},
        reason=REASONS[type_name],
    )


def _item(comparison: SettingComparison) -> dict[str, Any]:
    """One value, and the texts of other locales; None: the default again, no such entry, no such text."""
    item: dict[str, Any] = {"id": comparison.ref.path}
    for each in comparison.writes:
        value = None if each.desired is ABSENT else each.desired
        locale = paths.parse(each.path).key
        if locale is None:
            item["value"] = value
        else:
            item.setdefault("texts", {})[locale] = value
    return item


def recorded_settings(comparisons: Iterable[SettingComparison]) -> dict[str, dict[str, Recorded]]:
    """What of settings is ours once the plan was applied, by type and name."""
    recorded: dict[str, dict[str, Recorded]] = {}
    for each in comparisons:
        kept = each.record or each.once
        if each.desired is None or each.desired.keep or not kept:
            continue
        recorded.setdefault(each.ref.type, {})[each.ref.path] = Recorded(
            path=each.ref.path,
            owner=each.desired.owner,
            fields=as_json(each.record),
            found=each.found,
            once=each.once,
        )
    return recorded
