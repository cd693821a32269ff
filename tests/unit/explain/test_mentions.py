"""Every reference that a value makes, whatever the value."""

import pytest

from dhis2cfg.model.mentions import mentioned
from dhis2cfg.model.names import Foreign, Ref, Uid, Username
from dhis2cfg.model.state import Attributes, Keep, Once, Sharing, Value
from tests.unit.validate.states import child, formula, text

A, B = Ref("programs", "A"), Ref("programs", "B")
F = Foreign("programs", Uid("abcdefghijk"))


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (A, [A]),
        ((A, F), [A, F]),
        (child("k", program=A, name=formula("x", B)), [B, A]),
        (formula("x ", A, " y ", B), [A, B]),
        (text("x"), []),
        (
            Sharing(public=None, user_groups={A: "r-------"}, users={Username("kari"): "r-------"}),
            [A, Username("kari")],
        ),
        (Attributes(values={B: "x"}), [B]),
        (Once(value=A), [A]),
        (Keep(), []),
        (None, []),
    ],
)
def test_what_a_value_mentions(value: Value, wanted: list[object]) -> None:
    """In lists, children, texts, sharing, attributes and starting values."""
    assert list(mentioned(value)) == wanted
