"""JSON and values: what does not fit is one error with its path; what is written is always the same bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import pytest

from dhis2cfg.model.names import Uid
from dhis2cfg.wire.canonical import canonical, digest, pretty, to_json
from dhis2cfg.wire.codec import DoesNotFit, from_json


class Colour(Enum):
    """Two of them."""

    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, kw_only=True)
class Inner:
    """Something inside."""

    count: int


@dataclass(frozen=True, kw_only=True)
class Outer:
    """One of every kind."""

    uid: Uid
    colour: Colour
    share: float
    inner: Inner | None = None
    either: int | str | None = None
    pair: tuple[str, int] = ("", 0)
    many: tuple[Inner, ...] = ()
    by_name: Mapping[str, Inner] = field(default_factory=dict)
    anything: Any = None


WHOLE: dict[str, Any] = {"uid": "abc", "colour": "red", "share": 1}


def test_every_kind_is_read() -> None:
    """Integers for floats, either of a union, tuples of fixed and free length, mappings."""
    json = {
        **WHOLE,
        "inner": {"count": 1},
        "either": "text",
        "pair": ["a", 2],
        "many": [{"count": 3}],
        "by_name": {"x": {"count": 4}},
        "anything": [None],
    }
    read = from_json(Outer, json)
    assert read == Outer(
        uid=Uid("abc"),
        colour=Colour.RED,
        share=1.0,
        inner=Inner(count=1),
        either="text",
        pair=("a", 2),
        many=(Inner(count=3),),
        by_name={"x": Inner(count=4)},
        anything=[None],
    )
    assert from_json(Outer, {**WHOLE, "either": 5, "inner": None}).either == 5


@pytest.mark.parametrize(
    ("json", "message"),
    [
        ([], "value: an object is wanted"),
        ({"colour": "red", "share": 1}, "uid: is missing"),
        ({**WHOLE, "colour": "green"}, "colour: 'green' is none of its values"),
        ({**WHOLE, "share": "much"}, "share: float is wanted"),
        ({**WHOLE, "share": True}, "share: float is wanted"),
        ({**WHOLE, "inner": {"count": "1"}}, "inner.count: int is wanted"),
        ({**WHOLE, "inner": {}}, "inner.count: is missing"),
        ({**WHOLE, "inner": 5}, "inner: an object is wanted"),
        ({**WHOLE, "either": []}, "either: nothing fits"),
        ({**WHOLE, "pair": ["a"]}, "pair: 2 items are wanted"),
        ({**WHOLE, "many": {}}, "many: a list is wanted"),
        ({**WHOLE, "many": [{"count": 1}, {"count": None}]}, "many[1].count: int is wanted"),
        ({**WHOLE, "by_name": []}, "by_name: an object is wanted"),
        ({**WHOLE, "by_name": {"x": {}}}, "by_name.x.count: is missing"),
    ],
)
def test_what_does_not_fit_is_named_by_its_path(json: Any, message: str) -> None:
    """The first thing that does not fit, and where."""
    with pytest.raises(DoesNotFit) as caught:
        from_json(Outer, json)
    assert str(caught.value) == message


def test_canonical_json() -> None:
    """Keys sorted, no blanks, UTF-8, whole numbers without a fraction, enums by value, sets sorted."""
    value = {"b": 65.0, "a": [1.5, "å", None, True], "c": Colour.BLUE, "d": frozenset({"y", "x"})}
    assert canonical(value) == '{"a":[1.5,"å",null,true],"b":65,"c":"blue","d":["x","y"]}'.encode()
    assert pretty({"a": 1}) == '{\n  "a": 1\n}\n'
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_empty_fields_are_left_out_where_they_are_empty_by_default() -> None:
    """What is not None by default is written even where it is empty."""
    plain = Outer(uid=Uid("abc"), colour=Colour.RED, share=1.5)
    assert to_json(plain) == {"uid": "abc", "colour": "red", "share": 1.5, "pair": ["", 0]}
    assert to_json(Outer(uid=Uid(""), colour=Colour.RED, share=0.0, either="", anything=())) == {
        "uid": "",
        "colour": "red",
        "share": 0,
        "either": "",
        "pair": ["", 0],
        "anything": [],
    }


def test_what_is_no_json_is_an_error() -> None:
    """A value of a foreign class."""
    with pytest.raises(TypeError, match="no JSON for object"):
        to_json(object())
