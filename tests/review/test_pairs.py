"""What a reviewer reads of twelve changes: whole, in every format, and with all that the form asks for."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from dhis2cfg.catalogue.shipped import schema_text
from tests.review.pairs import HERE, SHOWN, everything, names, repository, told

GROUPS = "2 groups in 2 municipalities"
UNKNOWN = "how many registered values it touches is unknown"
FORM: dict[str, list[tuple[str, ...]]] = {
    "label": [
        ("Sannsynlig smittested", "data element", "Antatt smittested", GROUPS, "data-elements.yaml:7"),
        ("data element Prøvesvar", "ble", "er", GROUPS, "data-elements.yaml:16"),
    ],
    "option-code": [
        (
            "breaking",
            "option Positiv of Prøvesvar",
            "POS → POSITIV",
            UNKNOWN,
            GROUPS,
            "option-sets/prove.yaml:5",
        )
    ],
    "compulsory": [
        (
            "stage Bakgrunnsundersøkelse in Indeksregistrering og oppfølging",
            "Antatt smittested must be filled in (compulsory – → yes)",
            "phones must synchronise before this is applied",
            GROUPS,
            "program/program.yaml:18",
        )
    ],
    "rule-changed": [
        ("rule Varsle ved feber: condition 38.0 → 38.5", GROUPS, "program/rules.yaml:10"),
        (
            "rule Varsle ved feber, where it warns: content",
            "Feber",
            "Feber. Ring legen",
            GROUPS,
            "program/rules.yaml:14",
        ),
    ],
    "rule-moved": [
        (
            "rule Varsle ved feber",
            "moves to stage Testresultat",
            "from Bakgrunnsundersøkelse",
            GROUPS,
            "program/rules.yaml:9",
        ),
        (
            "breaking",
            "data element Høyeste temperatur moves from stage Bakgrunnsundersøkelse to stage Testresultat",
            UNKNOWN,
        ),
    ],
    "stage-removed": [
        (
            "leaves the package",
            "stage Testresultat in Indeksregistrering og oppfølging",
            UNKNOWN,
            GROUPS,
            "program/program.yaml:21",
        )
    ],
    "role-widened": [
        (
            "access",
            "user role Smittesporer",
            "may now delete enrolments",
            "F_ENROLLMENT_CASCADE_DELETE",
            "2 municipalities",
            "access.yaml:8",
        ),
    ],
    "group-widened": [
        (
            "access",
            "group Kommuneoverleger may now register (r-r----- → r-rw----)",
            "1 program and 2 stages",
            GROUPS,
            "package.yaml:20",
        ),
    ],
    "value-type": [
        (
            "breaking",
            "data element Høyeste temperatur: value type NUMBER → INTEGER",
            UNKNOWN,
            GROUPS,
            "data-elements.yaml:5",
        )
    ],
    "translation-lost": [
        (
            "program Indeksregistrering og oppfølging",
            "loses its enrollment date label (en): “Date of report”",
            GROUPS,
            "program/program.yaml:10",
        )
    ],
    "file-split": [("No change in what is configured (2 files moved).",)],
    "municipality-added": [
        (
            "municipality Bardu: new",
            "5520",
            "https://bardu.example.org",
            "1 municipality",
            "municipalities/bardu.yaml:1",
        )
    ],
}
"""For each pair what must stand together: type and name, old and new value, for whom, file and line."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One pair: its name, the repository with its two revisions, the output by format."""

    name: str
    workspace: Path
    shown: dict[str, str]


@pytest.fixture(scope="module", params=names())
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """One pair as it is shown in every format."""
    name = str(request.param)
    workspace = repository(name, tmp_path_factory.mktemp("review"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "100")
        return Pair(
            name=name, workspace=workspace, shown=everything(workspace, tmp_path_factory.mktemp("reports"))
        )


def test_there_are_twelve() -> None:
    """Every pair has a form, and the other way round."""
    assert names() == sorted(FORM)
    assert len(FORM) == 12


@pytest.mark.parametrize("output", sorted(SHOWN))
def test_the_whole_output(pair: Pair, output: str) -> None:
    """`python -m tests.review.pairs` writes what is shown; a change of it is read before it is committed."""
    assert pair.shown[output] == (HERE / pair.name / SHOWN[output]).read_text(encoding="utf-8")


def sentences(text: str, output: str) -> list[str]:
    """What a reviewer reads together: an entry of the text, a line of the list or a row of the table."""
    if output == "markdown":
        plain = re.sub(r"\[-|-\]|\{\+|\+\}|[*`~]|<!--.*?-->", "", text.partition("As YAML sees it")[0])
        heads = re.sub(r"\n\n\|  \|.*\n\| ---.*", "", plain)
        return heads.replace("\\_", "_").split("\n")
    entries = re.split(r"\n(?=\S|    [-+~] |! )", re.sub(r"\[-|-\]|\{\+|\+\}", "", text))
    return [" ".join(each.split()) for each in entries]


@pytest.mark.parametrize("output", ["text", "markdown"])
def test_the_form(pair: Pair, output: str) -> None:
    """Type and name in the base language, old and new value, for whom (a number, or unknown), file, line."""
    read = sentences(pair.shown[output], output)
    for wanted in FORM[pair.name]:
        heading = read if pair.name == "label" else []
        assert any(
            all(piece in each or any(piece in head for head in heading) for piece in wanted) for each in read
        ), (wanted, read)


@pytest.mark.parametrize("output", ["text", "markdown", "notes"])
def test_no_uid_without_a_name(pair: Pair, output: str) -> None:
    """UIDs of the lock stand in no output for people but as YAML itself has them; no person is named."""
    text = pair.shown[output]
    lock = (pair.workspace / "packages/sporing/uids.lock").read_text(encoding="utf-8")
    shown = text.partition("As YAML sees it")[0]
    assert [uid for uid in re.findall(r": (\w{11})$", lock, re.MULTILINE) if uid in shown] == []
    assert "kari01" not in text
    assert "ola02" not in text


def test_the_document(pair: Pair) -> None:
    """JSON fits its schema; each change has a name, a place and says for whom it is; no person is named."""
    name, text = pair.name, pair.shown["json"]
    document = json.loads(text)
    checked = Draft202012Validator(json.loads(schema_text("diff.schema.json")))
    assert [error.message for error in checked.iter_errors(document)] == []
    items = [item for package in document["packages"] for item in package["items"]] + document["settings"]
    assert bool(items) == (name != "file-split")
    for item in items:
        assert item["change"]["title"]
        assert item["change"]["place"]["line"] >= 1
        assert item["affected"]["municipalities"] >= 1
    assert "ola02" not in text


def test_who_is_told_when_asked_for(tmp_path: Path) -> None:
    """`--who` tells names of persons; `--locale` names in another language."""
    workspace = repository("municipality-added", tmp_path)
    _, text = told(workspace, "--who", "--format", "json")
    assert "ola02" in text
    workspace = repository("compulsory", tmp_path)
    _, text = told(workspace, "--locale", "en")
    assert "Presumed place of infection must be filled in" in " ".join(text.split())


def test_summary_and_exit_code(tmp_path: Path) -> None:
    """`--summary` keeps counts and risks; `--exit-code` is 2 where something changes."""
    workspace = repository("value-type", tmp_path)
    code, text = told(workspace, "--summary", "--exit-code")
    assert code == 2
    assert text.startswith("sporing 1.3.2: 1 change, 1 breaking, for 2 municipalities\n")
    assert "NUMBER → INTEGER" in text
    assert told(workspace, "--summary")[0] == 0
