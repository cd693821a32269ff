"""What an editor makes of our files: the schemas accept them all, and `init` writes its settings."""

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from dhis2cfg.catalogue import shipped
from dhis2cfg.catalogue.json_schemas import words
from dhis2cfg.cli.work.beginning import ATTRIBUTES, EDITOR, EXTENSIONS, HOOKS
from tests.editor.core_reader import TAGS, read

ROOT = Path(__file__).parents[2]
FILES = [
    path
    for folder in ("municipalities", "packages")
    for path in sorted((ROOT / folder).rglob("*.yaml"))
    if not {"translations", "tests"} & set(path.relative_to(ROOT).parts)
]


def schema_of(path: Path) -> str:
    """The schema that the settings of `init` give a file."""
    if path.name == "fleet.yaml":
        return "fleet.schema.json"
    if path.parent.name == "municipalities":
        return "municipality.schema.json"
    return "package.schema.json" if path.name == "package.yaml" else "metadata.editor.schema.json"


@cache
def judge(name: str) -> Any:
    """One schema, compiled once."""
    return jsonschema_rs.validator_for(json.loads(shipped.schema_text(name)))


@pytest.mark.parametrize("path", [ROOT / "fleet.yaml", *FILES], ids=lambda path: str(path.relative_to(ROOT)))
def test_an_editor_accepts_every_file(path: Path) -> None:
    """As a reader of YAML 1.2's core schema sees it, with our tags."""
    said = list(judge(schema_of(path)).iter_errors(read(path.read_text(encoding="utf-8"))))
    assert [str(each) for each in said] == []


def test_an_editor_sees_a_mistake() -> None:
    """A property that there is not, a severity that is none."""
    wrong = read("dataElements: {NO_A: {valueTyp: TEXT}}")
    assert not judge("metadata.editor.schema.json").is_valid(wrong)
    assert not judge("package.schema.json").is_valid(read("severity: {no-sharing: fatal}"))


def test_the_reader_is_one_of_yaml_1_2() -> None:
    """`no` is a text and `0301` a number there; a tag of ours leaves the value behind it."""
    seen = read(
        "a: no\nb: 0301\nc: 0x1F\nd: 1.50\ne: ~\nf: true\n7: !var x\ng: !once {h: [!tpl y]}\nd8: 2020-01-01"
    )
    assert seen == {
        "a": "no",
        "b": 301,
        "c": 31,
        "d": 1.5,
        "e": None,
        "f": True,
        "7": "x",
        "g": {"h": ["y"]},
        "d8": "2020-01-01",
    }
    assert read("[!once [1], !keep ]") == [[1], ""]


def test_words_are_of_what_there_is() -> None:
    """Every type and property that is told of stands in a catalogue; what is told is short."""
    every = shipped.united(shipped.VERSIONS)
    kinds = [*every.types.values(), *every.embedded.values()]
    assert set(words.TYPES) <= set(every.types)
    assert set(words.PROPERTIES) <= {name for kind in kinds for name in kind.properties}
    told = [*words.TYPES.values(), *words.PROPERTIES.values(), *words.OURS.values()]
    assert max(len(each) for each in told) <= 100


def test_an_editor_shows_titles_descriptions_words_and_defaults() -> None:
    """Of a type, of a property, of what may stand there, of our own files."""
    schema = json.loads(shipped.schema_text("metadata.editor.schema.json"))
    element = schema["$defs"]["dataElements"]
    assert schema["properties"]["dataElements"]["title"] == element["title"] == "Data Element"
    assert schema["properties"]["dataElements"]["description"] == words.TYPES["dataElements"]
    assert element["properties"]["id"]["description"] == words.OURS["id"]
    assert element["properties"]["domainType"]["anyOf"][0]["enum"] == ["AGGREGATE", "TRACKER"]
    assert element["properties"]["domainType"]["description"].startswith(words.PROPERTIES["domainType"])
    options = schema["$defs"]["optionSets"]["properties"]["options"]
    assert options["description"] == words.PROPERTIES["options"]
    package = json.loads(shipped.schema_text("package.schema.json"))
    assert package["properties"]["version"]["default"] == "0.1.0"


def test_settings_of_an_editor() -> None:
    """The schemas that it names are shipped, and every tag of ours is told."""
    settings = json.loads(EDITOR)
    assert all(shipped.schema_text(Path(name).name) for name in settings["yaml.schemas"])
    assert {each.split()[0].removeprefix("!") for each in settings["yaml.customTags"]} == set(TAGS)
    assert json.loads(EXTENSIONS) == {"recommendations": ["redhat.vscode-yaml"]}


def test_hooks_before_a_commit() -> None:
    """Those that `init` writes and those of this repository run the same commands."""
    (local,) = yaml.safe_load(HOOKS)["repos"]
    ours = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    for hooks in (local["hooks"], ours):
        assert {each["id"]: each["entry"] for each in hooks} == {
            "dhis2cfg-fmt": "dhis2cfg fmt",
            "dhis2cfg-lock": "dhis2cfg lock",
            "dhis2cfg-validate": "dhis2cfg validate",
        }
        assert all(each["pass_filenames"] is False for each in hooks)


def test_git_puts_locks_together(tmp_path: Path) -> None:
    """Two branches that add a line each are merged without a conflict; `.gitattributes` says how."""

    def git(*words: str) -> None:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        command = ["git", *who, *words]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)  # noqa: S603 - our own words

    lock = tmp_path / "uids.lock"
    git("init", "-q", "-b", "main")
    (tmp_path / ".gitattributes").write_text(ATTRIBUTES, encoding="utf-8")
    lock.write_text("dataElements/A: abcdefghij1\n", encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "a")
    for branch, line in (("one", "dataElements/B: abcdefghij2\n"), ("two", "dataElements/C: abcdefghij3\n")):
        git("checkout", "-q", "-b", branch, "main")
        lock.write_text(f"dataElements/A: abcdefghij1\n{line}", encoding="utf-8")
        git("commit", "-qam", branch)
    git("merge", "-q", "-m", "both", "one")
    assert sorted(lock.read_text(encoding="utf-8").splitlines()) == [
        "dataElements/A: abcdefghij1",
        "dataElements/B: abcdefghij2",
        "dataElements/C: abcdefghij3",
    ]
