"""Tests of `requires:`: other packages are looked up in the folders of the workspace, by their version."""

from pathlib import Path

from dhis2cfg import load
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.sources import PackageSource
from dhis2cfg.resolve import choose, resolve, resolve_package
from tests.unit.resolve.building import a_fleet, catalogue, told, without_lock, write


def package(root: Path, name: str, more: str = "", version: str = "1.4.0") -> PackageSource:
    """A package without objects."""
    manifest = f"name: {name}\nversion: {version}\nlocale: nb\ndhis2: '>=2.41'\n{more}\n"
    write(root, {f"{name}/package.yaml": manifest})
    source, found = load.load_package(root, name, catalogue())
    assert found == ()
    assert source is not None
    return source


def found(root: Path, requires: str, *others: PackageSource) -> list[Finding]:
    """What is wrong with a package that requires others."""
    source = package(root, "demo", f"requires: {requires}")
    return list(resolve_package(source, catalogue(), required=others)[1])


def test_what_is_there_in_a_right_version(tmp_path: Path) -> None:
    """By any spelling; without a version every one is right."""
    base = package(tmp_path, "base")
    for requires in ('{base: ">=1.2"}', '{base: "1.4"}', "{base: ~}", "[base]"):
        assert found(tmp_path, requires, base) == []


def test_what_no_folder_holds(tmp_path: Path) -> None:
    """It is a finding at the line that requires it, and says what may be meant."""
    base = package(tmp_path, "base", "was: [grunn]")
    assert [
        (*each, one.following) for one in found(tmp_path, "{grunn: '>=1.2'}", base) for each in told([one])
    ] == [
        (
            "missing-requirement",
            "5:20",
            "demo requires grunn >=1.2, which this workspace does not have",
            "grunn is called base now",
        )
    ]
    assert found(tmp_path, "[bases]", base)[0].following.startswith("did you mean base")
    assert found(tmp_path, "{zzz: ~}", base)[0].following == "take its folder in among the packages"
    assert [each.place.column for each in found(tmp_path, "[a, b]")] == [12, 15]


def test_another_version(tmp_path: Path) -> None:
    """Both places are named; what cannot be read as versions is said."""
    base = package(tmp_path, "base")
    (wrong,) = found(tmp_path, '{base: ">=1.5"}', base)
    assert (wrong.rule, wrong.place.file, wrong.place.line, wrong.place.column) == (
        "missing-requirement",
        "demo/package.yaml",
        5,
        19,
    )
    assert wrong.message == "demo requires base >=1.5, and this workspace has 1.4.0"
    assert [each.place.file for each in wrong.related] == ["base/package.yaml"]
    (unread,) = found(tmp_path, "{base: newest}", base)
    assert (unread.rule, unread.message) == (
        "version-requirement",
        "'newest' cannot be read as versions of base",
    )


def test_a_municipality_has_to_use_what_is_required(tmp_path: Path) -> None:
    """What the workspace lacks is said of the package alone; what was renamed is said by its name of now."""
    base = package(tmp_path, "base", "was: [grunn]")
    demo = package(tmp_path, "demo", 'requires: {base: ">=1.5", other: ">=1"}')
    fleet, _, _ = a_fleet(tmp_path, {"by": "packages: {demo: {}, grunn: {}}"})
    _, wrong = resolve(fleet, fleet.municipalities[0], choose([base, demo]), catalogue())
    assert [(each.rule, each.message, each.following) for each in without_lock(wrong)] == [
        (
            "missing-requirement",
            "demo requires base >=1.5, which by does not use",
            "add base under packages:",
        ),
        ("unknown-package", "package grunn does not exist", "grunn is called base now"),
    ]
