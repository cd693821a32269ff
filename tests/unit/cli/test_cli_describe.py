"""`describe` through the door: what it prints, and what it refuses."""

import json
from pathlib import Path

import pytest

from dhis2cfg.cli.app import run

PACKAGE = 'name: demo\nversion: 1.0.0\ntitle: Demo\ndhis2: ">=2.41,<2.44"\nlocale: nb\n'
OBJECTS = """
dataElements:
  SVAR:
    id: aaaaaaaaaaA
    name: Svar
    shortName: Svar
    valueType: TEXT
    domainType: TRACKER
    aggregationType: NONE
    sharing: {public: "--------"}
optionSets:
  SVAR: {id: aaaaaaaaaaB, name: Svar, valueType: TEXT, sharing: {public: "--------"}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A package with two objects of one key."""
    (tmp_path / "package.yaml").write_text(PACKAGE, encoding="utf-8")
    (tmp_path / "objects.yaml").write_text(OBJECTS, encoding="utf-8")
    return tmp_path


def test_text_json_and_a_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Text by default, JSON when asked for, further reports into files; exit 0."""
    assert run(["-C", str(folder), "describe", "dataElements/SVAR"]) == 0
    assert capsys.readouterr().out.startswith("data element Svar · SVAR")
    report = folder / "svar.json"
    arguments = ["describe", "aaaaaaaaaaA", "--format", "json", "--report", f"json={report}"]
    assert run(["-C", str(folder), *arguments]) == 0
    printed = capsys.readouterr().out
    assert json.loads(printed)["uid"] == "aaaaaaaaaaA"
    assert report.read_text(encoding="utf-8") == printed


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("SVAR", "SVAR may mean 2 things\n  dataElements/SVAR\n  optionSets/SVAR"),
        ("SVARR", "nothing in this workspace is called SVARR\n  did you mean SVAR?"),
        ("zzzzzzz", "nothing in this workspace is called zzzzzzz\n  look in the files for its key"),
    ],
)
def test_a_key_that_means_nothing_or_too_much(
    folder: Path, capsys: pytest.CaptureFixture[str], key: str, wanted: str
) -> None:
    """A usage error that lists what it may mean, or what is spelled nearly alike; exit 64."""
    assert run(["-C", str(folder), "describe", key]) == 64
    assert wanted in capsys.readouterr().err


def test_files_with_errors(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be read cannot be described; exit 3."""
    (folder / "objects.yaml").write_text("dataElements: {SVAR: {nosuch: 1}}\n", encoding="utf-8")
    assert run(["-C", str(folder), "describe", "SVAR"]) == 3
    assert "unknown-property" in capsys.readouterr().err
