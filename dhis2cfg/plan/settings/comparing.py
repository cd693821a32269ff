"""Each setting and data store entry run through the merge table, as every field of an object is.

A setting always has a value: one that nobody set answers its default, so that the first write of one is no
takeover (design §3). An entry of the data store is there or it is not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dhis2cfg.catalogue.settings.keys import SYSTEM_SETTINGS
from dhis2cfg.model.names import Ref
from dhis2cfg.model.questions import Answers, SettingName
from dhis2cfg.model.record import Record, Recorded
from dhis2cfg.model.state import DesiredSetting, State
from dhis2cfg.plan.compare import Difference
from dhis2cfg.plan.merge import ABSENT, WRITES, Row, decide
from dhis2cfg.wire import paths
from dhis2cfg.wire.canonical import canonical

VALUE = "value"
TEXTS = "texts"


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingComparison:
    """What became of one value: its differences, and what the record holds of it afterwards.

    `desired` is None of what the packages ask for no longer. `record` and `found` are as in `Recorded`,
    `once` is the starting value that was given; `starts` what the package gives as one by now, where that
    was another.
    """

    ref: Ref
    desired: DesiredSetting | None
    differences: tuple[Difference, ...] = ()
    record: Mapping[str, Any] = field(default_factory=dict)
    found: tuple[str, ...] = ()
    once: Mapping[str, Any] = field(default_factory=dict)
    standing: Mapping[str, Any] = field(default_factory=dict)
    starts: Any = ABSENT

    @property
    def writes(self) -> tuple[Difference, ...]:
        """The differences that put something on the server, or take it away."""
        return tuple(each for each in self.differences if each.row in WRITES or each.row is Row.DROPPED)


def names_of(state: State, record: Record | None) -> frozenset[SettingName]:
    """Every value that must be known: of what is asked for, and of what we wrote."""
    names = {name for each in state.settings.values() for name in _names(each.ref, each.texts)}
    for type_name, several in (record.settings if record else {}).items():
        for path, recorded in several.items():
            locales = [_locale(field) for field in recorded.fields if field != VALUE]
            names.update(_names(Ref(type_name, path), locales))
    return frozenset(names)


def compare_settings(state: State, record: Record | None, answers: Answers) -> tuple[SettingComparison, ...]:
    """All values that are asked for, then those that were; of one that is not told nothing is known."""
    recorded = {
        Ref(type_name, path): each
        for type_name, several in (record.settings if record else {}).items()
        for path, each in several.items()
    }
    refs = dict.fromkeys((*state.settings, *recorded))
    return tuple(_compared(ref, state.settings.get(ref), recorded.get(ref), answers) for ref in refs)


def _compared(
    ref: Ref, desired: DesiredSetting | None, recorded: Recorded | None, answers: Answers
) -> SettingComparison:
    if SettingName(ref.type, ref.path) in answers.untold:
        kept = recorded or Recorded(path=ref.path, owner="", fields={})
        return SettingComparison(
            ref=ref, desired=desired, record=kept.fields, found=kept.found, once=kept.once
        )
    last = recorded.fields if recorded else {}
    once = dict(recorded.once) if recorded else {}
    wanted = _wanted(desired)
    live = _standing(ref, {*wanted, *last, *once}, wanted, answers)
    starts = ABSENT
    if desired is not None and desired.once:
        if once or (recorded is not None and VALUE in last):
            starts = desired.value if once and canonical(desired.value) != canonical(once[VALUE]) else ABSENT
            wanted, last, once = {}, {}, {VALUE: desired.value}
        else:
            once = {VALUE: desired.value}
    found = set(recorded.found if recorded else ())
    if desired is not None and desired.keep:
        found |= set(last)
    differences = tuple(_differences(ref, last, wanted, live, found))
    return SettingComparison(
        ref=ref,
        desired=desired,
        differences=differences,
        record={} if once else wanted,
        found=tuple(sorted(_found_by_now(found, wanted, last, live, differences))),
        once=once,
        standing=live,
        starts=starts,
    )


def _differences(
    ref: Ref, last: Mapping[str, Any], wanted: Mapping[str, Any], live: Mapping[str, Any], found: set[str]
) -> Iterator[Difference]:
    for path in dict.fromkeys((*wanted, *last)):
        values = tuple(side.get(path, ABSENT) for side in (last, wanted, live))
        row = decide(*(each if each is ABSENT else canonical(each) for each in values))
        if row is Row.DROPPED and path in found:
            row = Row.LET_GO
        if row is Row.TAKEOVER and ref.type == SYSTEM_SETTINGS:
            row = Row.CREATE
        if row in WRITES or row in (Row.DROPPED, Row.LET_GO, Row.FORGOTTEN):
            base, asked, stands = values
            yield Difference(path=path, row=row, base=base, desired=asked, live=stands)


def _found_by_now(
    found: set[str],
    wanted: Mapping[str, Any],
    last: Mapping[str, Any],
    live: Mapping[str, Any],
    differences: tuple[Difference, ...],
) -> set[str]:
    """What stood there before us and was never written by us: let go when the packages drop it."""
    written = {each.path for each in differences if each.row in WRITES}
    agreed = {path for path in wanted if path not in last and path in live} - written
    return ((found & wanted.keys()) | agreed) - written


def _wanted(desired: DesiredSetting | None) -> dict[str, Any]:
    if desired is None or desired.keep:
        return {}
    texts = {paths.member(TEXTS, locale): text for locale, text in desired.texts.items()}
    return {VALUE: desired.value, **texts}


def _standing(ref: Ref, fields: set[str], wanted: Mapping[str, Any], answers: Answers) -> dict[str, Any]:
    """What stands, by field. In a locale that has no text of its own the server shows the value itself."""
    value = answers.settings.get(SettingName(ref.type, ref.path))
    live = {} if value is None else {VALUE: value}
    for path in fields - {VALUE}:
        shown = answers.settings.get(SettingName(ref.type, ref.path, _locale(path)))
        is_like_all = path in wanted and wanted[path] == wanted.get(VALUE)
        if shown is not None and (shown != value or is_like_all):
            live[path] = shown
    return live


def _names(ref: Ref, locales: Any) -> Iterator[SettingName]:
    yield SettingName(ref.type, ref.path)
    for locale in locales:
        yield SettingName(ref.type, ref.path, locale)


def _locale(path: str) -> str:
    return paths.parse(path).key or ""
