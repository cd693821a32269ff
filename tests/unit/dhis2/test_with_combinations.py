"""Tests of bodies that wait for option combinations."""

import pytest

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.names import Uid
from dhis2cfg.wire.combinations import mark
from tests.unit.dhis2.fakes import a_call, json_answer
from tests.unit.dhis2.test_client import COMMIT, VALIDATE, a_server, basics

TEXT = f"#{{DataElemen1.{mark(Uid('ComboCombo1'), [Uid('CatOption01')])}}}"
BODY = {"indicators": [{"id": "Indicator01", "numerator": TEXT}]}
READ = (
    "GET /api/metadata?categoryOptionCombos:filter=categoryCombo.id:eq:ComboCombo1"
    "&categoryOptionCombos:fields=id,categoryCombo,categoryOptions&defaults=INCLUDE&skipSharing=true"
)
MADE = {
    "id": "OptionComb1",
    "categoryCombo": {"id": "ComboCombo1"},
    "categoryOptions": [{"id": "CatOption01"}],
}
DONE = json_answer(
    {"status": "OK", "stats": {"created": 1, "updated": 0, "deleted": 0, "ignored": 0, "total": 1}}
)


def defaults() -> str:
    """The question for the server's own default."""
    types = ("categories", "categoryCombos", "categoryOptionCombos", "categoryOptions")
    asked = "&".join(f"{name}:filter=name:eq:default&{name}:fields=id,name" for name in types)
    return f"GET /api/metadata?{asked}&defaults=INCLUDE&skipSharing=true"


def test_filled_in_when_it_is_sent() -> None:
    """The UID that the server has given stands in the body."""
    made = json_answer({"categoryOptionCombos": [MADE]})
    server, transport = a_server({**basics(), READ: made, COMMIT: DONE})
    assert server.perform(a_call(BODY)).ok
    assert b"#{DataElemen1.OptionComb1}" in transport.requests[-1].body


def test_one_that_was_not_made_is_not_sent() -> None:
    """Nothing is written without it."""
    server, transport = a_server({**basics(), READ: json_answer({})})
    with pytest.raises(Dhis2cfgError, match="no option combination of the options CatOption01"):
        server.perform(a_call(BODY))
    assert COMMIT not in transport.asked


def test_a_trial_takes_the_default() -> None:
    """What is only tried may name one that exists."""
    default = json_answer({"categoryOptionCombos": [{"id": "HllvX50cXC0", "name": "default"}]})
    server, transport = a_server({**basics(), READ: json_answer({}), defaults(): default, VALIDATE: DONE})
    assert server.dry_run(BODY).ok
    assert b"#{DataElemen1.HllvX50cXC0}" in transport.requests[-1].body
