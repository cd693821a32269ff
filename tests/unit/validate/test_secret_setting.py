"""secret-setting: passwords and keys of accounts where everybody reads them."""

import pytest

from dhis2cfg.model.findings import Severity
from dhis2cfg.validate.rules.secret_setting import check
from tests.unit.validate.settings_states import found_in, setting, told


@pytest.mark.parametrize("key", ["keyEmailPassword", "recaptchaSite", "keyGoogleMapsApiKey", "zzSecretThing"])
def test_settings_that_are_secret(key: str) -> None:
    """Those that DHIS2 marks, keys of accounts, and unknown ones that are called so."""
    (finding,) = found_in(check, setting(f"systemSettings/{key}", "x", line=2))
    assert (finding.message, finding.severity) == (f"{key} holds a secret", Severity.ERROR)
    assert finding.place.line == 2


def test_settings_that_only_sound_like_it() -> None:
    """How long a password must be is no secret."""
    assert told(check, setting("systemSettings/minPasswordLength", 12)) == []
    assert told(check, setting("systemSettings/keyFlag", "norway")) == []


def test_secrets_in_the_data_store() -> None:
    """At any depth, where a text stands behind such a name: a warning, for the name alone tells."""
    value = {"servers": [{"apiKey": "x", "url": "u"}], "token": "", "password": {"min": 8}, "list": [1]}
    (finding,) = found_in(check, setting("dataStore/app/config", value))
    assert finding.message == "apiKey in dataStore/app/config looks like a secret"
    assert finding.severity is Severity.WARNING
