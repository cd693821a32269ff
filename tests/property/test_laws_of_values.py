"""Laws of values: through JSON and back, the same bytes for the same value, the same UID for the same key."""

import json
from dataclasses import fields
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dhis2cfg.model.names import Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.plan import (
    Author,
    Change,
    Digests,
    Kind,
    Local,
    Mark,
    Plan,
    Reason,
    Refusal,
    Risk,
    Step,
    StepKind,
    Touched,
)
from dhis2cfg.model.record import Record, Recorded
from dhis2cfg.wire.bind import made_uid
from dhis2cfg.wire.canonical import canonical, digest, pretty, to_json
from dhis2cfg.wire.codec import from_json
from tests.property.strategies import json_values

BOUNDED = settings(max_examples=50, deadline=None, derandomize=True)
short = st.text(max_size=6)
places = st.none() | st.builds(
    Place, file=short, line=st.integers(1, 9), column=st.integers(1, 9), length=st.integers(1, 9)
)
values = st.none() | st.booleans() | st.integers(-9, 9) | short | st.lists(short, max_size=2)
changes = st.builds(
    Change,
    type=short,
    path=short,
    field=short,
    kind=st.sampled_from(Kind),
    reason=st.sampled_from(Reason),
    risk=st.sampled_from(Risk),
    uid=short.map(Uid),
    title=short,
    within=st.lists(short, max_size=2).map(tuple),
    before=values,
    after=values,
    marks=st.lists(st.sampled_from(Mark), max_size=1).map(tuple),
    touched=st.none() | st.builds(Touched, count=st.none() | st.integers(0, 9), what=short),
    place=places,
    author=st.none() | st.builds(Author, username=short, at=short),
    inside=st.booleans(),
)
pairs = st.tuples(short, short)
plans = st.builds(
    Plan,
    target=short,
    environment=short,
    url=short,
    municipalities=st.lists(short, max_size=2).map(tuple),
    fleet=short,
    packages=st.dictionaries(short, short, max_size=2),
    applied=st.dictionaries(short, short, max_size=2),
    server_version=short,
    compared=st.integers(0, 9),
    changes=st.lists(changes, max_size=2).map(tuple),
    steps=st.lists(
        st.builds(
            Step,
            number=st.integers(1, 3),
            kind=st.sampled_from(StepKind),
            objects=st.lists(pairs, max_size=2).map(tuple),
            body=st.dictionaries(short, values, max_size=2),
            reason=short,
            tried=st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
    local=st.lists(
        st.builds(Local, type=short, path=short, field=short, title=short, value=values), max_size=2
    ).map(tuple),
    refusals=st.lists(st.builds(Refusal, word=short, message=short, place=places), max_size=2).map(tuple),
    findings=st.just(()),
    notes=st.lists(short, max_size=2).map(tuple),
    digests=st.builds(Digests, **{each.name: short for each in fields(Digests)}),
    group=short,
    trial=st.just(()),
    tool=short,
    format=st.just(1),
)
records = st.builds(
    Record,
    fleet=short,
    environment=short,
    packages=st.dictionaries(short, short, max_size=2),
    objects=st.dictionaries(
        short,
        st.dictionaries(
            short.map(Uid),
            st.builds(
                Recorded,
                path=short,
                owner=short,
                fields=st.dictionaries(short, values, max_size=3),
                found=st.lists(short, max_size=2).map(tuple),
                adopted=st.booleans(),
                filled=st.dictionaries(short, values, max_size=2),
            ),
            max_size=2,
        ),
        max_size=2,
    ),
    format=st.just(1),
)


@BOUNDED
@given(plan=plans)
def test_a_plan_goes_into_a_file_and_comes_back(plan: Plan) -> None:
    """Plan → JSON → bytes → JSON → plan is the plan."""
    assert from_json(Plan, json.loads(canonical(plan))) == plan


@BOUNDED
@given(record=records)
def test_a_record_goes_to_the_server_and_comes_back(record: Record) -> None:
    """Record → JSON → record is the record."""
    assert from_json(Record, json.loads(pretty(record))) == record


@BOUNDED
@given(value=json_values(), data=st.data())
def test_the_order_of_keys_changes_no_bytes(value: Any, data: st.DataObject) -> None:
    """Canonical JSON sorts keys at every depth, and reading it back changes nothing of it."""
    turned = _turned(value, data)
    assert canonical(value) == canonical(turned)
    assert digest(value) == digest(json.loads(canonical(value)))
    assert to_json(to_json(value)) == to_json(value)


def _turned(value: Any, data: st.DataObject) -> Any:
    if isinstance(value, dict):
        keys = data.draw(st.permutations(list(value)))
        return {key: _turned(value[key], data) for key in keys}
    return [_turned(each, data) for each in value] if isinstance(value, list) else value


@given(parts=st.lists(short, min_size=1, max_size=3))
def test_the_same_key_has_the_same_uid(parts: list[str]) -> None:
    """A made UID hangs on its parts alone, and has the form that DHIS2 wants."""
    uid = made_uid(*parts)
    assert uid == made_uid(*parts)
    assert len(uid) == 11
    assert uid.isascii()
    assert uid.isalnum()
    assert uid[0].isalpha()


@given(one=short, other=short)
def test_other_keys_have_other_uids(one: str, other: str) -> None:
    """Two key paths never share a UID in practice."""
    same = made_uid("package", "options", one) == made_uid("package", "options", other)
    assert same is (one == other)
