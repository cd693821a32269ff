"""Settings and data store entries of two states, by the merge table that plans use for them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from dhis2cfg.model.names import Ref
from dhis2cfg.model.plan import Change
from dhis2cfg.model.questions import Answers, SettingName
from dhis2cfg.model.record import Record, Recorded
from dhis2cfg.model.state import DesiredSetting, State
from dhis2cfg.plan.settings.comparing import VALUE, compare_settings
from dhis2cfg.plan.settings.telling import setting_changes
from dhis2cfg.wire import paths

STARTS = "a starting value: where it was written already, the municipality's stays"


def settings_between(before: State, after: State) -> Iterator[Change]:
    """What of settings and entries is asked for otherwise; starting values are compared like others."""
    last = _plain(before)
    recorded: dict[str, dict[str, Recorded]] = {}
    answers: dict[SettingName, Any] = {}
    for ref, each in last.items():
        fields = {
            VALUE: each.value,
            **{paths.member("texts", name): text for name, text in each.texts.items()},
        }
        recorded.setdefault(ref.type, {})[ref.path] = Recorded(path=ref.path, owner=each.owner, fields=fields)
        answers[SettingName(ref.type, ref.path)] = each.value
        answers |= {SettingName(ref.type, ref.path, name): text for name, text in each.texts.items()}
    record = Record(fleet="", environment="", packages={}, objects={}, settings=recorded)
    state = replace(after, settings=_plain(after))
    for change in setting_changes(compare_settings(state, record, Answers(settings=answers))):
        ref = Ref(change.type, change.path)
        stands = after.settings.get(ref) or before.settings.get(ref)
        starts = stands is not None and stands.once
        place = change.place or (stands.place if stands else None)
        yield replace(change, place=place, note=STARTS if starts else change.note)


def _plain(state: State) -> Mapping[Ref, DesiredSetting]:
    """Settings with their starting values as values, without those that are let go."""
    return {ref: replace(each, once=False) for ref, each in state.settings.items() if not each.keep}
