"""What tags say: starting values count as values, fields let go as gone, secrets by their names."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from dhis2cfg.model.names import Ref
from dhis2cfg.model.plan import Change, Kind, Reason, Risk
from dhis2cfg.model.state import Child, DesiredObject, Field, Keep, Once, Opaque, Secret, State, Value
from dhis2cfg.plan.between.beside import STARTS
from dhis2cfg.plan.matching.matcher import own_uid
from dhis2cfg.wire import paths
from dhis2cfg.wire.secrets import parts_of

LET_GO = "no longer managed: what stands on servers stays"


def plain(state: State) -> State:
    """The state with starting values as values, and without what is let go."""
    return replace(state, objects={ref: _plain_object(each) for ref, each in state.objects.items()})


def _plain_object(each: DesiredObject) -> DesiredObject:
    fields = _plain_fields(each.fields)
    return each if fields is each.fields else replace(each, fields=fields)


def _plain_fields(fields: Mapping[str, Field]) -> Mapping[str, Field]:
    if not any(_is_tagged(each.value) for each in fields.values()):
        return fields
    return {
        name: replace(each, value=_plain_value(each.value))
        for name, each in fields.items()
        if not isinstance(each.value, Keep)
    }


def _is_tagged(value: Value) -> bool:
    if isinstance(value, tuple):
        return any(
            isinstance(each, Child) and _plain_fields(each.fields) is not each.fields for each in value
        )
    if isinstance(value, Child):
        return _plain_fields(value.fields) is not value.fields
    return isinstance(value, Once | Keep)


def _plain_value(value: Value) -> Value:
    match value:
        case Once():
            return value.value
        case Child():
            return replace(value, fields=_plain_fields(value.fields))
        case tuple():
            return tuple(_plain_value(each) if isinstance(each, Child) else each for each in value)  # type: ignore[return-value] # children stay children
        case _:
            return value


def noted(change: Change, after: State) -> Change:
    """A change with what the tag of its field says."""
    each = after.objects.get(Ref(change.type, change.path))
    written = each.fields.get(paths.parse(change.field).property) if each and change.field else None
    if written is None:
        return change
    if isinstance(written.value, Keep):
        return replace(change, risk=Risk.SAFE, place=written.place, note=LET_GO)
    return replace(change, note=STARTS) if isinstance(written.value, Once) else change


def tags_between(before: State, after: State, titles: Mapping[Ref, str]) -> Iterator[Change]:
    """Secrets by their names, and whether an object is described as a whole."""
    for ref, each in after.objects.items():
        last = before.objects.get(ref)
        if last is None or not each.place.file:
            continue
        for name in parts_of(ref.type):
            old, new = (_shown(_value(side, name)) for side in (last, each))
            if old != new:
                place = each.fields[name].place if name in each.fields else each.place
                yield _told(replace(each, place=place), titles, name, (old, new), Risk.ACCESS)
        if last.complete != each.complete:
            told = "describes all of it"
            yield _told(each, titles, told, (last.complete, each.complete), Risk.VISIBLE)


def _value(each: DesiredObject, name: str) -> Any:
    return each.fields[name].value if name in each.fields else None


def _told(
    each: DesiredObject, titles: Mapping[Ref, str], label: str, values: tuple[Any, Any], risk: Risk
) -> Change:
    return Change(
        type=each.ref.type,
        path=each.ref.path,
        field=label.replace(" ", ""),
        kind=Kind.UPDATE,
        reason=Reason.MOVED_ON,
        risk=risk,
        uid=own_uid(each),
        title=titles.get(each.ref, each.ref.key),
        label=label,
        before=values[0],
        after=values[1],
        place=each.place,
        package=each.owner,
    )


def _shown(value: Any) -> Any:
    """A value as JSON, secrets by their names."""
    match value:
        case Secret():
            return f"secret {value.name}"
        case Opaque():
            return _shown(value.json)
        case Mapping():
            return {str(key): _shown(inner) for key, inner in value.items()}
        case tuple() | list():
            return [_shown(inner) for inner in value]
        case _:
            return value
