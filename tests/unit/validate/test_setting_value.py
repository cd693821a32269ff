"""setting-value: settings and entries without a value."""

import pytest

from dhis2cfg.validate.rules.setting_value import check
from tests.unit.validate.settings_states import setting, told


@pytest.mark.parametrize(
    ("ref", "value", "is_empty"),
    [
        ("systemSettings/keyApplicationFooter", None, True),
        ("systemSettings/keyApplicationFooter", " ", True),
        ("systemSettings/keyAnalyticsMaxLimit", 0, False),
        ("systemSettings/keyRequireAddToView", False, False),
        ("dataStore/a/b", None, True),
        ("dataStore/a/b", "", False),
        ("dataStore/a/b", {}, False),
    ],
)
def test_empty_values(ref: str, value: object, *, is_empty: bool) -> None:
    """DHIS2 takes no empty text for a setting; an entry may hold any JSON but nothing at all."""
    assert told(check, setting(ref, value)) == ([f"{ref} has no value"] if is_empty else [])


def test_what_is_let_go_needs_no_value() -> None:
    """`!keep` stands alone."""
    assert told(check, setting("systemSettings/keyFlag", None, keep=True)) == []


def test_empty_texts() -> None:
    """A locale without a text is left out."""
    title = setting("systemSettings/applicationTitle", "Tittel", en=" ", fr="Titre")
    assert told(check, title) == ["systemSettings/applicationTitle has an empty text in en"]
