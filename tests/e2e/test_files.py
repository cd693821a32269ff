"""Files that are wrong, odd or out of reach: a finding or a sentence each, never a traceback."""

import json
import shutil
from pathlib import Path
from typing import BinaryIO

import pytest

from dhis2cfg.cli.world import for_reading, for_writing
from dhis2cfg.model.findings import Severity
from dhis2cfg.validate import PAGES
from tests.e2e.house import House, Ran

BAD = Path(__file__).parents[1] / "packages" / "bad"
NAMES = sorted(path.name for path in BAD.iterdir())
DICTIONARY = "packages/example/dictionary.yaml"


def test_there_are_twenty_five_bad_packages() -> None:
    """One mistake each, and twenty-five of them, each named after the rule that finds it."""
    assert len(NAMES) == 25
    assert {page.rule for page in PAGES}.issuperset(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_package_has_its_one_finding_at_the_right_line(tmp_path: Path, name: str) -> None:
    """`validate` on the package alone: the one finding that the folder expects; exit 3 for an error."""
    shutil.copytree(BAD / name, tmp_path / name)
    ran = House(folder=tmp_path / name).run("validate", "--format", "json")
    (page,) = (each for each in PAGES if each.rule == name)
    assert ran.code == (3 if page.severity is Severity.ERROR else 0), ran.said
    assert "Traceback" not in ran.err
    expected = json.loads((BAD / name / "expected.json").read_text(encoding="utf-8"))
    found = [
        {"rule": each["rule"], **{key: each["place"][key] for key in ("file", "line", "column")}}
        for each in ran.json["findings"]
        if each["severity"] != "info"
    ]
    assert found == [expected]


def validated(house: House, code: int) -> Ran:
    """`validate` with this exit code, and never a traceback."""
    ran = house.run("validate")
    assert ran.code == code, ran.said
    assert "Traceback" not in ran.err
    assert "mistake in dhis2cfg" not in ran.err
    return ran


@pytest.mark.parametrize(
    "name",
    [
        DICTIONARY,
        "packages/example/package.yaml",
        "packages/example/uids.lock",
        "fleet.yaml",
        "municipalities/example.yaml",
    ],
)
def test_random_bytes(bare: House, name: str) -> None:
    """A file of bytes that mean nothing is a finding with its place."""
    (bare.folder / name).write_bytes(bytes((37 * n * n + 11 * n) % 256 for n in range(4000)))
    ran = validated(bare, 3)
    assert name in ran.out


@pytest.mark.parametrize("name", [DICTIONARY, "packages/example/package.yaml", "municipalities/example.yaml"])
def test_a_directory_for_a_file(bare: House, name: str) -> None:
    """Where a file is read and a folder stands, that is said."""
    (bare.folder / name).unlink()
    (bare.folder / name).mkdir()
    validated(bare, 3)


def test_an_empty_package_file(bare: House) -> None:
    """A file of objects may be empty, a manifest may not."""
    bare.write("packages/example/package.yaml", "")
    assert "package.yaml is empty" in validated(bare, 3).flat
    bare.write("fleet.yaml", "")
    validated(bare, 3)


@pytest.mark.parametrize("written", ['dhis2: ">>2"', "dhis2: [2.42]", "dhis2: ~", ""])
def test_versions_that_cannot_be_read(bare: House, written: str) -> None:
    """`dhis2:` is text with bounds; anything else is a finding, and no crash."""
    bare.change("packages/example/package.yaml", 'dhis2: ">=2.41,<2.44"', written)
    ran = bare.run("validate")
    assert ran.code in (0, 3), ran.said
    assert "mistake in dhis2cfg" not in ran.err
    assert (ran.code == 0) == (written == "dhis2: ~"), ran.said


def test_fifty_megabytes(bare: House) -> None:
    """The limit is 16 MB a file."""
    with (bare.folder / DICTIONARY).open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    assert "is larger than 16 MB" in validated(bare, 3).flat


def test_a_bomb_of_aliases(bare: House) -> None:
    """Nine to the power of nine is never built."""
    lines = ["a: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    bare.write(DICTIONARY, "\n".join(lines))
    assert "anchors-explode" in validated(bare, 3).out


def test_a_symlink_loop(bare: House) -> None:
    """A link that leads back to itself is said, not followed."""
    (bare.folder / DICTIONARY).unlink()
    (bare.folder / DICTIONARY).symlink_to("dictionary.yaml")
    assert "symlink" in validated(bare, 3).out


def test_a_file_that_may_not_be_read(bare: House) -> None:
    """The one function that opens files is refused: a finding that names the file."""

    def refused(path: Path) -> BinaryIO:
        if path.name == "dictionary.yaml":
            raise PermissionError(13, "Permission denied", str(path))
        return for_reading(path)

    bare.opener = refused
    ran = validated(bare, 3)
    assert "packages/example/dictionary.yaml cannot be read: Permission denied" in ran.flat
    locked = bare.run("lock", "--check")
    assert locked.code == 3, locked.said
    assert "no lock was written" in locked.flat


def full(path: Path) -> BinaryIO:
    """A disk without room."""
    raise OSError(28, "No space left on device", str(path))


@pytest.mark.parametrize(
    ("arguments", "stays"),
    [
        (["plan", "--out", "plan.json"], "plan.json"),
        (["plan", "--report", "json=plan.json"], "plan.json"),
        (["validate", "--report", "sarif=found.sarif"], "found.sarif"),
        (["apply", "--yes", "--report", "json=outcome.json"], "outcome.json"),
        (["schema", "write", "made"], "made"),
        (["init", "new"], "new/fleet.yaml"),
    ],
)
def test_a_write_that_fails(
    applied: House, arguments: list[str], stays: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 1, one sentence, and the old file stands as it was."""
    monkeypatch.chdir(applied.folder)
    if not stays.startswith(("made", "new")):
        applied.write(stays, "old")
    applied.writer = full
    ran = applied.run(*arguments)
    assert ran.code == 1, ran.said
    assert "No space left on device" in ran.flat
    assert "Traceback" not in ran.err
    if not stays.startswith(("made", "new")):
        assert applied.read(stays) == "old"
    assert not list(applied.folder.rglob("*.tmp"))


def test_a_lock_that_cannot_be_written(bare: House) -> None:
    """The same for `lock`; what was there stays."""
    bare.change(DICTIONARY, "dataElements:\n", "dataElements:\n  EX_MORE: {name: More, valueType: TEXT}\n")
    before = bare.read("packages/example/uids.lock")
    bare.writer = full
    ran = bare.run("lock")
    assert ran.code == 1, ran.said
    assert bare.read("packages/example/uids.lock") == before
    bare.writer = for_writing
    assert "wrote packages/example/uids.lock" in bare.fine("lock").out
    bare.fine("validate")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "it is no JSON"),
        ("[]", "it holds no plans"),
        ("{}", "it holds no plans"),
        ('{"format": 1, "plans": 7}', "it holds no plans"),
        ('{"format": 1, "plans": [{}]}', "is no plan of this version"),
        ('{"format": 1, "plans": ["x"]}', "is no plan of this version"),
        ("[" * 100_000, "it is no JSON"),
        ("\x00\x01", "it is no JSON"),
    ],
)
def test_a_saved_plan_that_is_none(house: House, content: str, said: str) -> None:
    """`show` and `apply` say so: exit 3."""
    house.write("plan.json", content)
    for command in (["show"], ["apply", "--yes"]):
        ran = house.run(*command, str(house.folder / "plan.json"))
        assert ran.code == 3, ran.said
        assert said in ran.flat
        assert "Traceback" not in ran.err


def test_a_saved_plan_of_a_newer_format(house: House) -> None:
    """It says which version to install; exit 4."""
    house.write("plan.json", '{"format": 2, "plans": [{"tool": "9.1.0"}]}')
    ran = house.run("show", str(house.folder / "plan.json"))
    assert ran.code == 4, ran.said
    assert "not supported yet: plans of format 2 install dhis2cfg 9.1.0" in ran.flat
    assert house.run("show", str(house.folder / "nothing.json")).code == 3
    assert house.run("show", str(house.folder)).code == 3


def test_no_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither here nor above: 64, with what to do."""
    outside = House(folder=tmp_path)
    ran = outside.run("validate")
    assert ran.code == 64, ran.said
    assert "dhis2cfg init DIR makes a workspace" in ran.flat
    assert House(folder=tmp_path / "nothing").run("plan").code == 64
    monkeypatch.chdir(tmp_path)
    assert outside.run("plan", inside=False).code == 64


def test_init_makes_only_a_new_folder(tmp_path: Path) -> None:
    """A folder with something in it, or a file, is left alone."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("x")
    (tmp_path / "file").write_text("x")
    for name in ("full", "file"):
        ran = House(folder=tmp_path).run("init", str(tmp_path / name), inside=False)
        assert ran.code == 64, ran.said
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine"]


def test_journal_that_cannot_be_opened(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sent before the journal is open."""
    house.write("occupied", "a file where a folder is wanted")
    monkeypatch.setenv("XDG_STATE_HOME", str(house.folder / "occupied"))
    ran = house.run("apply", "--yes")
    assert ran.code == 1, ran.said
    assert "cannot write the journal" in ran.flat
    assert not house.server.has_keys()
