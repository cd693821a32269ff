"""`!once V`: written when the object or field is first ours, then the municipality's (design §4)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dhis2cfg.model.record import Recorded
from dhis2cfg.model.state import Child, Field, Once, State, Value
from dhis2cfg.wire import paths
from dhis2cfg.wire.flatten import Flat


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The starting values of one object, and what is compared beside them.

    `desired` and `recorded` are those of the comparison: with the starting values that are to be written now,
    without those that are the municipality's. `later` are (path, V, W) where the package starts with another
    value than it did, and here it is W.
    """

    values: Mapping[str, Any]
    desired: Flat
    recorded: Recorded | None
    later: tuple[tuple[str, Any, Any], ...] = ()


def without_starts(state: State) -> State | None:
    """The state without its starting values; None where there is none."""
    having = {ref: each for ref, each in state.objects.items() if any(map(_starts, each.fields.values()))}
    if not having:
        return None
    plain = {ref: replace(each, fields=_plain(each.fields)) for ref, each in having.items()}
    return replace(state, objects={**state.objects, **plain})


def _starts(field: Field) -> bool:
    """Whether a value is a starting one, or holds one in its children."""
    value = field.value
    if isinstance(value, Child):
        return any(map(_starts, value.fields.values()))
    if isinstance(value, tuple):
        return any(
            map(
                _starts,
                (inner for each in value if isinstance(each, Child) for inner in each.fields.values()),
            )
        )
    return isinstance(value, Once)


def _plain(fields: Mapping[str, Field]) -> dict[str, Field]:
    """Fields without starting values."""
    return {
        name: replace(field, value=_plain_value(field.value)) if _starts(field) else field
        for name, field in fields.items()
        if not isinstance(field.value, Once)
    }


def _plain_value(value: Value) -> Value:
    if isinstance(value, tuple):
        return tuple(replace(each, fields=_plain(each.fields)) for each in value if isinstance(each, Child))
    assert isinstance(value, Child)  # noqa: S101 - tells mypy what _starts found
    return replace(value, fields=_plain(value.fields))


def started(recorded: Recorded | None, full: Flat, plain: Flat, live: Flat | None) -> Started:
    """The starting values of an object, each either to be written now or the municipality's already."""
    values = {path: value for path, value in full.items() if path not in plain}
    if not values:
        return Started(values=values, desired=full, recorded=recorded)
    theirs = {stem for stem in map(stem_of, values) if _is_theirs(stem, recorded, live)}
    desired = {path: value for path, value in full.items() if path in plain or stem_of(path) not in theirs}
    if recorded is not None:
        fields = {path: each for path, each in recorded.fields.items() if stem_of(path) not in theirs}
        last, recorded = recorded.once, replace(recorded, fields=fields)
        later = tuple(_later(values, last, live or {}))
        return Started(values=values, desired=desired, recorded=recorded, later=later)
    return Started(values=values, desired=desired, recorded=None)


def _is_theirs(stem: str, recorded: Recorded | None, live: Flat | None) -> bool:
    """Whether it was given before, or somebody has a value there; what the server filled in is nobody's."""
    if live is None:
        return False
    if recorded is not None and any(stem_of(path) == stem for path in (*recorded.once, *recorded.fields)):
        return True
    filled = recorded.filled if recorded else {}
    return any(
        stem_of(path) == stem and value is not None and path not in filled for path, value in live.items()
    )


def stem_of(path: str) -> str:
    """What is given as one value: a property, a text in one language, one field of an embedded object."""
    if not path:
        return ""
    parsed = paths.parse(path)
    if parsed.property == "translations":
        return path
    if not parsed.rest:
        return parsed.property
    whole = parsed.property if parsed.key is None else paths.member(parsed.property, parsed.key)
    return paths.inside(whole, paths.parse(parsed.rest).property)


def _later(values: Flat, last: Mapping[str, Any], live: Flat) -> Iterator[tuple[str, Any, Any]]:
    for path, value in values.items():
        was = last.get(path)
        was = tuple(was) if isinstance(was, list) and path.endswith(paths.ORDER) else was
        if path in last and was != value and live.get(path) != value:
            yield path, value, live.get(path)
