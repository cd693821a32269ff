"""access-string: access strings that are none."""

import pytest

from dhis2cfg.model.names import Ref, Username
from dhis2cfg.model.state import Sharing
from dhis2cfg.validate.rules.access_string import check
from tests.unit.validate.states import found, messages, thing

GROUP = Ref("userGroups", "NO_UG")


@pytest.mark.parametrize("access", ["--------", "rw------", "r-rw----", "rwrw----"])
def test_good_strings(access: str) -> None:
    """Two characters for metadata, two for data, four dashes."""
    assert messages(check, thing("programs/P", sharing=Sharing(public=access))) == []


@pytest.mark.parametrize("access", ["rw", "wr------", "r-rw---x", "R-------", ""])
def test_bad_strings(access: str) -> None:
    """Anything else is a finding that says who has it."""
    (finding,) = found(check, thing("programs/P", sharing=Sharing(public=access)))
    assert finding.message == f"{access!r} is no access string (public of program P)"


def test_groups_and_users() -> None:
    """Entries are looked at like the public string, which may be left out."""
    sharing = Sharing(public=None, user_groups={GROUP: "rw"}, users={Username("kari"): "x"})
    assert messages(check, thing("programs/P", sharing=sharing, name="P")) == [
        "'rw' is no access string (NO_UG of program P)",
        "'x' is no access string (kari of program P)",
    ]
