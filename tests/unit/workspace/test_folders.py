"""A folder appears whole or not at all."""

from pathlib import Path

import pytest

from dhis2cfg.errors import Dhis2cfgError, UsageError
from dhis2cfg.workspace.edits import with_package
from dhis2cfg.workspace.folders import inside, must_be_free, staged


def test_a_folder_stands_once_its_block_ends_well(tmp_path: Path) -> None:
    """Nothing of it is seen before, and nothing is left beside it."""
    target = tmp_path / "a" / "demo"
    target.parent.mkdir()
    with staged(target) as stage:
        (stage / "file").write_text("1", encoding="utf-8")
        assert not target.exists()
    assert (target / "file").read_text(encoding="utf-8") == "1"
    assert [path.name for path in target.parent.iterdir()] == ["demo"]


def test_what_breaks_leaves_what_stood_there(tmp_path: Path) -> None:
    """The old folder is whole, whatever was raised."""
    target = tmp_path / "demo"
    target.mkdir()
    (target / "old").write_text("1", encoding="utf-8")
    with pytest.raises(ValueError, match="no"), staged(target):
        raise ValueError("no")
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def test_a_folder_that_cannot_take_its_place_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stood there is put back."""
    target = tmp_path / "demo"
    target.mkdir()
    renamed: list[Path] = []
    rename = Path.rename

    def refuse(path: Path, to: Path) -> Path:
        renamed.append(path)
        if len(renamed) == 2:
            raise OSError(13, "Permission denied")
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(Dhis2cfgError, match="Permission denied"), staged(target):
        pass
    assert target.is_dir()


def test_a_file_or_link_is_never_replaced(tmp_path: Path) -> None:
    """Nor a folder that is no package."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    (tmp_path / "empty").mkdir()
    for name in ("file", "link"):
        with pytest.raises(UsageError):
            must_be_free(tmp_path / name, replace=True)
    must_be_free(tmp_path / "empty", replace=False)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("name: A\n", "name: A\npackages: {p: {}}\n"),
        ("name: A", "name: A\npackages: {p: {}}\n"),
        ("packages: {a: {}}\n", "packages: {p: {}, a: {}}\n"),
        ("packages:\n  a: {}\n", "packages:\n  p: {}\n  a: {}\n"),
        ("packages: {p: {}}\n", "packages: {p: {}}\n"),
        ("packages: [a]\n", None),
        ("{name: A}\n", None),
        ("- a\n", None),
    ],
)
def test_a_municipality_uses_one_package_more(text: str, made: str | None) -> None:
    """Written before the others, in their style; where there is no room for it, that is said."""
    assert with_package(text, "p") == made


@pytest.mark.parametrize("name", ["../x.yaml", "a/../../x.yaml", "/etc/x.yaml", "link/x.yaml"])
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    """By dots, from the root, by a link; what stays inside is a path."""
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path)
    with pytest.raises(Dhis2cfgError, match="outside of demo"):
        inside(folder, name)
    assert inside(folder, "a/b.yaml") == folder.resolve() / "a" / "b.yaml"
