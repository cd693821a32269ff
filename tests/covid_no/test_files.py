"""The package of this repository and its three municipalities keep what their papers promise."""

import re

import pytest

from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import Sharing
from dhis2cfg.pipeline.reading import resolved
from dhis2cfg.resolve import read_fleet, resolve_package, workspace_lock
from tests.covid_no.package import (
    RECORDED,
    ROOT,
    TODAY,
    VERSIONS,
    catalogue,
    fleet_source,
    of_type,
    refs,
    source_of,
    state_of,
    words,
    workspace,
)

PROGRAM = "NO_C19_INDEKS"


def test_nothing_is_wrong_with_the_files() -> None:
    """Not one finding in any package, for any municipality, in any environment; lint and privacy too."""
    found = resolved(workspace(), today=TODAY)
    assert found.findings == ()
    assert sorted(found.packages) == sorted(each.name for each in (ROOT / "packages").iterdir())
    assert found.packages["covid-no"].manifest.privacy is not None


def test_the_locks_are_as_lock_would_write_them() -> None:
    """Writing the locks of package and workspace again changes nothing."""
    package, source = source_of()[0], fleet_source()[0]
    resolved, _ = resolve_package(package, catalogue())
    assert (ROOT / "packages/covid-no/uids.lock").read_text("utf-8") == resolved.lock
    text, findings = workspace_lock(read_fleet(source)[0], catalogue(), source.lock)
    assert ((ROOT / "uids.lock").read_text("utf-8"), ()) == (text, findings)


@pytest.mark.parametrize(
    ("name", "uid", "access", "stages"),
    [
        ("NO_C19_INDEKS", "uYjxkTbwRNf", "CLOSED", "LpWNjNGvCO5 oqsk2Jv4k3s dDHkBd3X8Ce zAstsy3slf9"),
        ("NO_C19_NARKONTAKT", "DM9n1bUw8W8", "CLOSED", "sAV9jAajr8x mtYQyjaiLIU cMEGZf48YkC xK50EzZwHkn"),
        ("NO_C19_KLYNGE", "plTOwEXJrb6", "PROTECTED", "NO_KL_STATUS"),
    ],
)
def test_the_programs_are_whole(name: str, uid: str, access: str, stages: str) -> None:
    """Stages with the UIDs that data of 2020 carry, in the order of the work; none is open."""
    program, known = of_type("programs")[name], of_type("programStages")
    assert (program.uid, program.fields["accessLevel"].value) == (uid, access)
    listed = refs(program.fields["programStages"])
    pinned = [known[ref.path].uid if name != "NO_C19_KLYNGE" else ref.key for ref in listed]
    assert pinned == stages.split()


def test_every_element_is_asked_in_exactly_one_section_of_its_stage() -> None:
    """No question of a stage is missing from its form or stands in it twice."""
    for path, stage in of_type("programStages").items():
        rows = stage.fields["programStageDataElements"].value
        assert isinstance(rows, tuple)
        shown: list[str] = []
        for section, each in of_type("programStageSections").items():
            members = each.fields["dataElements"].value
            assert isinstance(members, tuple)
            if section.startswith(f"{path}/"):
                shown += [ref.path for ref in members if isinstance(ref, Ref)]
        assert sorted(shown) == sorted(getattr(row, "key", "") for row in rows)


def test_nothing_is_public() -> None:
    """Whatever says who may see it is closed to everybody else."""
    state, _ = state_of("amot")
    said = [each.fields["sharing"].value for each in state.objects.values() if "sharing" in each.fields]
    assert {each.public for each in said if isinstance(each, Sharing)} == {"--------"}
    silent = {ref.type for ref, each in state.objects.items() if "sharing" not in each.fields}
    assert silent == {
        "indicatorTypes",
        "options",
        "organisationUnits",
        "programNotificationTemplates",
        "programRuleActions",
        "programRuleVariables",
        "programRules",
        "programSections",
        "programStageSections",
        "sections",
    }


def test_rules_keep_clear_of_the_traps_of_their_language() -> None:
    """No remainder; no variable that looks like a UID or that the engine cannot read."""
    rules = [words(each.fields["condition"]) for each in of_type("programRules").values()]
    actions = [words(each.fields.get("data")) for each in of_type("programRuleActions").values()]
    assert [text for text in rules + actions if "%" in text or "d2:modulus" in text] == []
    names = [path.rpartition("/")[2] for path in of_type("programRuleVariables")]
    assert [name for name in names if len(name) == 11 or not re.fullmatch(r"[a-z0-9_]+", name)] == []


@pytest.mark.parametrize(("name", "days"), [("tromso", "5"), ("oslo", "6"), ("amot", "6")])
def test_isolation_follows_the_municipality(name: str, days: str) -> None:
    """Person and health status get the same number of days, that of the municipality."""
    state, _ = state_of(name)
    texts = [words(each.fields.get("data")) for each in state.objects.values()]
    assert {text for text in texts if "isolasjon_fra}, " in text} == {
        f"d2:addDays(#{{isolasjon_fra}}, {days})"
    }


def test_oslo_works_in_its_districts() -> None:
    """The program belongs to the city and its fifteen districts, Tromsø's to the town and its own team."""
    oslo, tromso = state_of("oslo")[0], state_of("tromso")[0]
    units = oslo.objects[Ref("programs", PROGRAM)].fields["organisationUnits"].value
    assert isinstance(units, tuple)
    assert [each.path for each in units if isinstance(each, Ref)] == ["oslo", *_districts()]
    team = tromso.objects[Ref("programs", PROGRAM)].fields["organisationUnits"].value
    assert team == (
        Ref("organisationUnits", "tromso"),
        Ref("organisationUnits", "NO_TROMSO_FASTLAND"),
    )


def _districts() -> list[str]:
    return [f"0301{number:02}" for number in range(1, 16)]


def test_roles_grant_only_what_every_claimed_version_knows() -> None:
    """Authorities stand in the lists of all three versions, or are apps; none opens the whole country."""
    granted: set[str] = set()
    for role in of_type("userRoles").values():
        authorities = role.fields["authorities"].value
        assert isinstance(authorities, tuple)
        granted |= {str(each) for each in authorities}
    assert "F_TRACKED_ENTITY_INSTANCE_SEARCH_IN_ALL_ORGUNITS" not in granted
    lists = [RECORDED / "norway" / "authorities" / f"{version}.txt" for version in VERSIONS]
    if not all(each.is_file() for each in lists):
        pytest.skip("no recorded authorities here (DHIS2CFG_RECORDED)")
    known = set.intersection(*(set(each.read_text("utf-8").split()) for each in lists))
    assert {each for each in granted if not each.startswith("M_")} <= known
