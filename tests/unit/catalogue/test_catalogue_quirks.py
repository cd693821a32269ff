"""What servers do to what they are sent."""

import pytest

from dhis2cfg.catalogue import quirks
from dhis2cfg.catalogue.shipped import VERSIONS, load


@pytest.mark.parametrize(
    ("locale", "offered", "expected"),
    [
        ("nb", ("en", "no"), ("no",)),
        ("nb", ("nb", "no"), ("nb", "no")),
        ("nb", ("nb",), ("nb",)),
        ("nb", ("en",), ("nb",)),
        ("no", ("en",), ("no",)),
        ("en", ("en", "no"), ("en",)),
        ("pt-BR", (), ("pt_BR",)),
    ],
)
def test_locales_under_which_a_text_goes_out(
    locale: str, offered: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    """Norwegian goes out as each name that the server lists, else as it is spelled."""
    assert quirks.database_locales(locale, offered) == expected


@pytest.mark.parametrize(
    ("locale", "shown"), [("nb", True), ("pt_BR", True), ("en-GB", True), ("nn", False), ("se", False)]
)
def test_locales_that_some_screen_can_show(locale: str, *, shown: bool) -> None:
    """Nynorsk and Northern Sami show on no screen of DHIS2."""
    assert quirks.is_shown(locale) is shown


def test_what_a_creation_needs_beside_the_package() -> None:
    """A stage needs its days from start, a data element nothing."""
    assert quirks.filled("programStages") == {"minDaysFromStart": 0}
    assert quirks.filled("dataElements") == {}


def test_days_to_wait_are_dropped_where_a_message_goes_at_once() -> None:
    """The row is found by another property of the same template."""
    row = quirks.rewritten(
        "programNotificationTemplates", "relativeScheduledDays", {"notificationTrigger": "COMPLETION"}
    )
    assert row is not None
    assert row.becomes == ""
    later = {"notificationTrigger": "SCHEDULED_DAYS_DUE_DATE"}
    assert quirks.rewritten("programNotificationTemplates", "relativeScheduledDays", later) is None


def test_maps_lose_their_data_items_before_2_43() -> None:
    """A loss belongs to versions."""
    assert [row.path for row in quirks.losses("maps", "2.42")] == [
        "mapViews.dataDimensionItems",
        "mapViews.rawPeriods",
    ]
    assert quirks.losses("maps", "2.43") == ()


def test_maps_have_another_road() -> None:
    """What the import loses goes to the type's own endpoint; on 2.43 items stay."""
    row = quirks.other_road("maps", "mapViews", "2.41")
    assert row is not None
    assert row.endpoint == "/api/maps"
    assert row.loses == {quirks.Lost.ITEMS, quirks.Lost.DATES, quirks.Lost.TRACKED}
    later = quirks.other_road("maps", "mapViews", "2.43")
    assert later is not None
    assert later.loses == {quirks.Lost.DATES, quirks.Lost.TRACKED}
    assert quirks.other_road("maps", "name", "2.43") is None


def test_every_row_speaks_of_a_property_that_is_there() -> None:
    """No row outlives the property it is about, and each says what was seen."""
    rows = (*quirks.FILLED, *quirks.REWRITTEN, *quirks.OTHER_ROADS)
    for row in rows:
        assert any(load(version).property(row.type, row.property) for version in VERSIONS), row
        assert row.reason
    for loss in quirks.LOSSES:
        assert load("2.42").property(loss.type, loss.path.partition(".")[0]), loss
