"""Real packages go into the embedded server as they went into real ones, and stand there alike afterwards."""

import pytest

from tests.conformance.packages_replay import replay_packages
from tests.conformance.recorded import RECORDED, VERSIONS

DIFFERING = {("userRoles", "authorities"): "the installation's role lists authorities that no schema names"}
"""(type, property) that differ, each with its reason; none of a property that a plan compares."""

pytestmark = pytest.mark.skipif(
    not (RECORDED / "imports").is_dir(), reason=f"recorded imports are not at {RECORDED}"
)


@pytest.mark.parametrize("minor", VERSIONS)
def test_packages_are_refused_accepted_and_kept_alike(minor: str) -> None:
    """The refusal as published, the counters of each call, every property afterwards are as recorded."""
    for verdict in replay_packages(minor):
        assert (verdict.name, verdict.raw, verdict.calls) == (verdict.name, (), ())
        unlisted = {key: lines[0] for key, lines in verdict.after.items() if key not in DIFFERING}
        assert (verdict.name, unlisted) == (verdict.name, {})
