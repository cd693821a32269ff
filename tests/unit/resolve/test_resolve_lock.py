"""Tests of the hash rule and of what a lock should hold."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from dhis2cfg import load
from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.sources import LockFile, LockLine
from dhis2cfg.resolve import mint, resolve_package, workspace_lock
from dhis2cfg.resolve.lock import lock_lines, lock_uids, new_lock, stale_findings
from tests.unit.resolve.building import a_fleet, a_source, catalogue, told, write

HERE = Place(file="p/x.yaml", line=3)


def a_lock(**lines: str) -> LockFile:
    """A lock with one line a type, `constants_A` for `constants/A`."""
    read = [
        LockLine(path=name.replace("_", "/"), uid=Uid(uid), place=Place(file="p/uids.lock", line=number))
        for number, (name, uid) in enumerate(lines.items(), 1)
    ]
    return LockFile(file="p/uids.lock", lines=tuple(read), exists=True)


def test_a_uid_is_made_of_package_type_and_path() -> None:
    """The hash rule gives one UID for one name, whoever asks."""
    assert mint("mini", "options", "NO_KJONN/KVINNE") == "sIk2na5eZRS"
    assert mint("mini", "dataElements", "NO_PROVEDATO") == "ZUwyVz9nf0V"


def test_a_taken_uid_is_made_anew() -> None:
    """A UID that is taken gives way to the next of its name."""
    first = mint("mini", "options", "NO_KJONN/KVINNE")
    second = mint("mini", "options", "NO_KJONN/KVINNE", {first})
    third = mint("mini", "options", "NO_KJONN/KVINNE", {first, second})
    assert len({first, second, third}) == 3


@given(st.text(), st.text(), st.text())
def test_every_name_gives_a_uid_of_the_right_form(package: str, kind: str, path: str) -> None:
    """Eleven letters and digits, a letter first, and the same each time."""
    uid = mint(package, kind, path)
    assert len(uid) == 11
    assert uid.isascii()
    assert uid.isalnum()
    assert uid[0].isalpha()
    assert uid == mint(package, kind, path)


def test_a_line_that_stands_is_kept() -> None:
    """A locked UID is never changed, and a new one never takes it."""
    refs = [Ref("constants", "B"), Ref("constants", "A")]
    uids = lock_uids("p", refs, a_lock(constants_A="abcdefghijk"), pinned={mint("p", "constants", "B")})
    assert uids[refs[1]] == "abcdefghijk"
    assert uids[refs[0]] == mint("p", "constants", "B", {mint("p", "constants", "B")})


def test_of_two_lines_for_one_path_the_first_counts() -> None:
    """A lock that says two UIDs for one path means the first."""
    lock = LockFile(
        file="p/uids.lock",
        lines=(*a_lock(constants_A="a0000000000").lines, *a_lock(constants_A="b0000000000").lines),
    )
    assert lock_uids("p", [Ref("constants", "A")], lock) == {Ref("constants", "A"): "a0000000000"}


def test_the_lines_are_sorted_and_end_with_a_line_break() -> None:
    """The file is its lines by code point, and nothing where there is no line."""
    uids = {Ref("options", "A/B"): Uid("b0000000000"), Ref("optionSets", "A"): Uid("a0000000000")}
    assert new_lock(lock_lines(uids)) == "optionSets/A: a0000000000\noptions/A/B: b0000000000\n"
    assert new_lock(()) == ""


def test_a_stale_lock_is_told_both_ways() -> None:
    """An object without a line and a line without an object are findings at their places."""
    found = stale_findings({Ref("constants", "B"): HERE}, a_lock(constants_A="a0000000000"), "p/uids.lock")
    assert told(found) == [
        ("stale-lock", "3:1", "constants/B has no line in p/uids.lock"),
        ("stale-lock", "1:1", "constants/A has a line in p/uids.lock, and no object"),
    ]
    assert found[0].following == "run dhis2cfg lock and commit the file"


def test_many_stale_lines_are_one_finding() -> None:
    """A new package is not told once an object; the first stands for all, the next ones are named."""
    wanted = {
        Ref("constants", name): Place(file="p/x.yaml", line=line) for line, name in enumerate("ABCDEFGH", 1)
    }
    (found,) = stale_findings(wanted, None, "p/uids.lock")
    assert told([found]) == [("stale-lock", "1:1", "constants/A and 7 more have no line in p/uids.lock")]
    assert [each.message for each in found.related] == [f"constants/{name}" for name in "BCDEF"]


def test_a_package_knows_the_lock_it_should_have(tmp_path: Path) -> None:
    """Objects with `id` are not in it, made keys and rule actions are."""
    source = a_source(
        tmp_path,
        """
        constants:
          A: {id: abcdefghijk, name: A, value: 1}
          B_{{n}}: {for_each: {n: [1, 2]}, name: !tpl "B {{n}}", value: 2}
        """,
    )
    package, findings = resolve_package(source, catalogue())
    assert package.lock == (
        f"constants/B_1: {mint('p', 'constants', 'B_1')}\nconstants/B_2: {mint('p', 'constants', 'B_2')}\n"
    )
    assert [finding.rule for finding in findings] == ["stale-lock"]
    write(tmp_path, {"p/uids.lock": package.lock})
    standing, _ = load.load_package(tmp_path, "p", catalogue())
    assert standing is not None
    again, findings = resolve_package(standing, catalogue())
    assert (again.lock, findings) == (package.lock, ())


def test_the_workspace_lock_holds_what_municipalities_define(tmp_path: Path) -> None:
    """Own units are hashed with the municipality's name; lines of a municipality that is gone are told."""
    write(tmp_path, {"uids.lock": "gone/organisationUnits/X: a0000000000\n"})
    fleet, lock, _ = a_fleet(
        tmp_path,
        {
            "by": """
                organisationUnit: {code: "1"}
                organisationUnits:
                  EAST: {name: East, openingDate: 2020-01-01}
                  WEST: {id: abcdefghijk, name: West, openingDate: 2020-01-01}
                """,
            "land": "number: '2'",
        },
    )
    text, findings = workspace_lock(fleet, catalogue(), lock)
    assert text == f"by/organisationUnits/EAST: {mint('by', 'organisationUnits', 'EAST')}\n"
    assert told(findings) == [
        ("stale-lock", "1:1", "gone/organisationUnits/X is locked, and there is no such municipality")
    ]
    assert workspace_lock(fleet, catalogue(), None) == (text, ())
