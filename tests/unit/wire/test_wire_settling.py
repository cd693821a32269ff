"""Sets come out in one order, whatever order the server gives them in; what is ordered stays as it is."""

import random
from typing import Any

import pytest

from dhis2cfg.catalogue import shipped
from dhis2cfg.wire.settling import settled

CATALOGUE = shipped.load("2.42")
STAGE: dict[str, Any] = {
    "id": "StageUid001",
    "name": "Test",
    "programStageDataElements": [
        {"id": "PsdeUid0002", "sortOrder": 1},
        {"id": "PsdeUid0001", "sortOrder": 2},
    ],
    "translations": [
        {"property": "NAME", "locale": "nb", "value": "b"},
        {"property": "NAME", "locale": "en", "value": "a"},
    ],
    "attributeValues": [
        {"attribute": {"id": "AttrUid0002"}, "value": "2"},
        {"attribute": {"id": "AttrUid0001"}, "value": "1"},
    ],
    "style": {"color": "#000000"},
    "nobodyKnows": [2, 1],
}


@pytest.mark.parametrize("seed", range(5))
def test_any_order_is_one(seed: int) -> None:
    """A shuffled object is settled as the one that was not shuffled."""
    shuffled = {
        name: random.Random(seed).sample(value, len(value))  # noqa: S311 - an order, no secret
        if isinstance(value, list) and name != "nobodyKnows"
        else value
        for name, value in STAGE.items()
    }
    assert settled(CATALOGUE, "programStages", shuffled) == settled(CATALOGUE, "programStages", STAGE)


def test_sets_are_sorted() -> None:
    """References, values and children that are sets, translations and attribute values."""
    got = settled(CATALOGUE, "programStages", STAGE)
    assert [each["id"] for each in got["programStageDataElements"]] == ["PsdeUid0001", "PsdeUid0002"]
    assert [each["locale"] for each in got["translations"]] == ["en", "nb"]
    assert [each["value"] for each in got["attributeValues"]] == ["1", "2"]
    assert (got["style"], got["nobodyKnows"]) == ({"color": "#000000"}, [2, 1])
    role = {"authorities": ["F_B", "F_A"]}
    assert settled(CATALOGUE, "userRoles", role) == {"authorities": ["F_A", "F_B"]}


def test_lists_stay() -> None:
    """What the catalogue calls ordered keeps its order, in embedded objects too."""
    options = {"options": [{"id": "OptionUid02"}, {"id": "OptionUid01"}]}
    assert settled(CATALOGUE, "optionSets", options) == options
    view = {"trackerDataView": {"attributes": ["AttrUid0002", "AttrUid0001"]}}
    assert settled(CATALOGUE, "relationshipTypes", {"fromConstraint": view}) == {"fromConstraint": view}
