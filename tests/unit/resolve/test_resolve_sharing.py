"""Tests of sharing profiles and the full form."""

from pathlib import Path

import pytest

from dhis2cfg.model.names import Foreign, Ref, Uid, Username
from dhis2cfg.model.state import Sharing
from tests.unit.resolve.building import a_package, values

MANIFEST = """
name: p
version: 1.0.0
dhis2: ">=2.41"
locale: nb
sharing: {tracing: {public: "--------", userGroups: {G: r-rw----}}}
"""
GROUP = "userGroups: {G: {name: G, sharing: tracing}}\n"


def test_a_profile_leaves_data_bits_off_where_a_type_has_none(tmp_path: Path) -> None:
    """A program takes the profile as it is, a group without its data bits."""
    text = GROUP + "programs: {P: {name: P, programType: WITHOUT_REGISTRATION, sharing: tracing}}"
    package, findings = a_package(tmp_path, text, manifest=MANIFEST)
    assert findings == []
    group = Ref("userGroups", "G")
    assert values(package.objects, "programs/P")["sharing"] == Sharing(
        public="--------", user_groups={group: "r-rw----"}
    )
    assert values(package.objects, "userGroups/G")["sharing"] == Sharing(
        public="--------", user_groups={group: "r-------"}
    )


def test_the_full_form_names_groups_and_users(tmp_path: Path) -> None:
    """Groups by key or UID, users by name, an access as text or under `access`."""
    text = GROUP + (
        "constants: {C: {name: C, value: 1, sharing: {users: {kari01: r-------},"
        ' userGroups: {"id:aaaaaaaaaaa": {access: rw------}}}}}'
    )
    package, findings = a_package(tmp_path, text, manifest=MANIFEST)
    assert findings == []
    assert values(package.objects, "constants/C")["sharing"] == Sharing(
        public=None,
        user_groups={Foreign("userGroups", Uid("aaaaaaaaaaa")): "rw------"},
        users={Username("kari01"): "r-------"},
    )


@pytest.mark.parametrize(
    ("sharing", "rule", "following"),
    [
        ("tracingg", "unknown-reference", "did you mean tracing (p/package.yaml:6)?"),
        ("zzz", "unknown-reference", "the package has tracing; or write {public: …, userGroups: …}"),
        ("{public: r-rw----}", "data-sharing", "write r-------"),
        (
            "{userGroups: {G: {access: }}}",
            "access-string",
            "r and w for metadata, r and w for data, - where not allowed, four dashes",
        ),
        (
            "{userGroups: {H: r-------}}",
            "unknown-reference",
            "did you mean G (p/objects.yaml:1)?",
        ),
    ],
)
def test_what_sharing_may_not_say(tmp_path: Path, sharing: str, rule: str, following: str) -> None:
    """Each mistake is one finding that says what to write."""
    text = GROUP + f"constants: {{C: {{name: C, value: 1, sharing: {sharing}}}}}"
    _, findings = a_package(tmp_path, text, manifest=MANIFEST)
    assert [each.rule for each in findings] == [rule]
    assert findings[0].following in {
        following,
        "define it, or write {id: UID} for one that exists on the server",
    }
