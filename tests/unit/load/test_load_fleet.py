"""Tests of reading the workspace around the packages."""

from collections.abc import Mapping as MappingOf
from pathlib import Path

import pytest

from dhis2cfg.catalogue.shipped import load
from dhis2cfg.load import load_fleet, package_folders
from dhis2cfg.load.forms.schemas import as_json
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.sources import FleetSource


def write(root: Path, files: MappingOf[str, str]) -> None:
    """These files below the root."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def loaded(root: Path, files: MappingOf[str, str]) -> tuple[FleetSource, tuple[Finding, ...]]:
    """The fleet of these files, and the findings."""
    write(root, {"fleet.yaml": "name: f\n", **files})
    return load_fleet(root)


def whole(root: Path, files: MappingOf[str, str]) -> FleetSource:
    """A fleet without findings."""
    source, findings = loaded(root, files)
    assert findings == ()
    return source


def test_a_fleet_with_its_municipalities(tmp_path: Path) -> None:
    """Each file's name is the municipality's, the scalars are typed, the lock is read."""
    source = whole(
        tmp_path,
        {
            "fleet.yaml": "name: f\nmunicipalities: municipalities/*.yaml\nwaves: {1: [tromso]}\n",
            "municipalities/tromso.yaml": "number: 5501\npatches: {programs/P: {skipOffline: true}}\n",
            "municipalities/oslo.yaml": "number: 0301\norganisationUnits: {030101: {code: 030101}}\n",
            "municipalities/.oslo.yaml.swp.yaml": "x",
            "municipalities/README.md": "x",
            "uids.lock": "oslo/organisationUnits/030101: wsF1SCfjoWL\n",
        },
    )
    assert source.fleet is not None
    assert source.fleet.root is not None
    assert as_json(source.fleet.root) == {
        "name": "f",
        "municipalities": "municipalities/*.yaml",
        "waves": {"1": ["tromso"]},
    }
    roots = {name: document.root for name, document in source.municipalities.items()}
    assert {name: as_json(root) for name, root in roots.items() if root} == {
        "oslo": {"number": "0301", "organisationUnits": {"030101": {"code": "030101"}}},
        "tromso": {"number": "5501", "patches": {"programs/P": {"skipOffline": True}}},
    }
    assert source.lock is not None
    assert [line.path for line in source.lock.lines] == ["oslo/organisationUnits/030101"]
    assert source.texts == {"uids.lock": "oslo/organisationUnits/030101: wsF1SCfjoWL\n"}


def test_usual_patterns(tmp_path: Path) -> None:
    """Left out, municipalities are `municipalities/*.yaml` and packages `packages/*`."""
    source = whole(tmp_path, {"municipalities/a.yaml": "", "packages/p/package.yaml": ""})
    assert list(source.municipalities) == ["a"]
    assert package_folders(tmp_path, source) == (("packages/p",), ())


def test_no_fleet(tmp_path: Path) -> None:
    """A workspace without fleet file is a package alone."""
    source, findings = load_fleet(tmp_path)
    assert (source, findings) == (FleetSource(fleet=None), ())
    assert package_folders(tmp_path, source) == ((".",), ())


@pytest.mark.parametrize(
    ("text", "rule"),
    [("", "required-property"), ("waves: {1: [a]}\n", "required-property"), ("a: [\n", "yaml-syntax")],
)
def test_a_fleet_file_that_says_too_little(tmp_path: Path, text: str, rule: str) -> None:
    """Empty, nameless or broken: one finding, and no municipality is guessed from a broken file."""
    source, (found,) = loaded(tmp_path, {"fleet.yaml": text})
    assert (found.rule, found.place.file, source.fleet is not None) == (rule, "fleet.yaml", True)


def test_a_folder_for_a_fleet_file(tmp_path: Path) -> None:
    """What cannot be read is still not a package alone."""
    (tmp_path / "fleet.yaml").mkdir()
    source, (found,) = load_fleet(tmp_path)
    assert (found.rule, package_folders(tmp_path, source)) == ("not-a-file", ((), ()))


def test_several_patterns(tmp_path: Path) -> None:
    """A list of patterns is read in order, each match once."""
    files = {
        "fleet.yaml": "name: f\nmunicipalities: [b/*.yaml, '*/x.yaml', a/y.yaml]\n",
        "a/x.yaml": "",
        "a/y.yaml": "",
        "b/z.yaml": "",
    }
    assert list(whole(tmp_path, files).municipalities) == ["z", "x", "y"]


@pytest.mark.parametrize("pattern", ["../*.yaml", "/etc/*.yaml", "a/../../x/*.yaml"])
def test_patterns_that_lead_out(tmp_path: Path, pattern: str) -> None:
    """Nothing outside the workspace is read."""
    root = tmp_path / "w"
    write(tmp_path, {"secret.yaml": "x: 1", "x/secret.yaml": "x: 1"})
    source, findings = loaded(root, {"fleet.yaml": f"name: f\nmunicipalities: {pattern}\n"})
    assert [found.rule for found in findings] == ["no-match", "outside"]
    assert findings[1].message == f"{pattern!r} leads out of the workspace"
    assert source.municipalities == {}


def test_a_symlink_that_leads_out(tmp_path: Path) -> None:
    """A municipality's file that is a link to elsewhere is refused."""
    root = tmp_path / "w"
    write(tmp_path, {"secret.yaml": "x: 1", "w/municipalities/a.yaml": ""})
    (root / "municipalities" / "b.yaml").symlink_to(tmp_path / "secret.yaml")
    source, (found,) = loaded(root, {})
    assert (list(source.municipalities), found.rule) == (["a"], "outside")


def test_a_pattern_that_names_nothing(tmp_path: Path) -> None:
    """That is a warning at the pattern: it may be a slip, or a fleet that only begins."""
    _, (found,) = loaded(tmp_path, {"fleet.yaml": "name: f\nmunicipalities: kommuner/*.yaml\n"})
    assert (found.rule, found.severity.value, str(found.place)) == ("no-match", "warning", "fleet.yaml:2:17")
    assert found.message == "kommuner/*.yaml names nothing"


def test_the_root_as_a_pattern(tmp_path: Path) -> None:
    """`.` is the workspace itself: a package perhaps, but no municipality's file."""
    root = tmp_path / "w"
    source, (found,) = loaded(
        root, {"fleet.yaml": "name: f\npackages: .\nmunicipalities: .\n", "package.yaml": ""}
    )
    assert (found.rule, package_folders(root, source)) == ("not-a-file", ((".",), ()))


def test_a_pattern_that_cannot_be_read(tmp_path: Path) -> None:
    """It names nothing."""
    _, (found,) = loaded(tmp_path, {"fleet.yaml": "name: f\nmunicipalities: a**\n"})
    assert found.rule == "no-match"


@pytest.mark.parametrize("name", ["åmot", "-a", "a b"])
def test_names_that_cannot_be_identities(tmp_path: Path, name: str) -> None:
    """A municipality's name must be a key."""
    _, (found,) = loaded(tmp_path, {f"municipalities/{name}.yaml": ""})
    assert (found.rule, found.message) == (
        "municipality-name",
        f"municipalities/{name}.yaml cannot name a municipality",
    )


def test_one_name_in_two_folders(tmp_path: Path) -> None:
    """The second file is refused and names the first."""
    files = {"fleet.yaml": "name: f\nmunicipalities: '*/*.yaml'\n", "a/x.yaml": "", "b/x.yaml": ""}
    source, (found,) = loaded(tmp_path, files)
    assert (source.municipalities["x"].file, found.place.file) == ("a/x.yaml", "b/x.yaml")
    assert found.following == "keep this file or a/x.yaml"


def test_a_municipality_that_cannot_be_read(tmp_path: Path) -> None:
    """The others are read all the same."""
    write(tmp_path, {"municipalities/a.yaml/x": "", "municipalities/b.yaml": ""})
    source, (found,) = loaded(tmp_path, {})
    assert (list(source.municipalities), found.rule) == (["b"], "not-a-file")


def test_mistakes_in_a_municipality(tmp_path: Path) -> None:
    """The file is checked by its form, by the catalogue and by its schema."""
    text = (
        "nummer: 1\nthresholds: {max_delete: -1}\npatches: {programs/P: {displayIncidentDate: yes}}\n"
        "organisationUnits: {A: {opningDate: 2020-01-01}}\n"
    )
    _, findings = loaded(tmp_path, {"municipalities/a.yaml": text})
    assert [(found.rule, found.place.line, found.message) for found in findings] == [
        ("unknown-property", 1, "nummer is no property of a municipality's file"),
        ("out-of-range", 2, "max_delete cannot be -1"),
        ("not-a-boolean", 3, "displayIncidentDate takes true or false, not 'yes'"),
        ("unknown-property", 4, "opningDate is no property of organisationUnits"),
    ]


def test_the_catalogue_of_the_packages(tmp_path: Path) -> None:
    """With a catalogue, what only other versions have is unknown."""
    text = "patches: {programs/P: {enrollmentsLabel: x}}\n"
    write(tmp_path, {"fleet.yaml": "name: f\n", "municipalities/a.yaml": text})
    every, only_241 = load_fleet(tmp_path)[1], load_fleet(tmp_path, load("2.41"))[1]
    assert (len(every), [found.rule for found in only_241]) == (0, ["unknown-property"])


def test_folders_without_package(tmp_path: Path) -> None:
    """A folder without manifest is a warning, a file beside the packages nothing."""
    files = {
        "packages/p/package.yaml": "",
        "packages/q/x": "",
        "packages/README.md": "",
        "packages/.git/x": "",
    }
    source = whole(tmp_path, files)
    folders, (found,) = package_folders(tmp_path, source)
    assert (folders, found.rule, found.message) == (
        ("packages/p",),
        "no-package",
        "packages/q has no package.yaml",
    )
    assert found.severity.value == "warning"
