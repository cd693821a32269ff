"""Tests of reading a whole package folder."""

import errno
import os
from collections.abc import Mapping as MappingOf
from pathlib import Path
from typing import BinaryIO

import pytest

from dhis2cfg.catalogue.shipped import load
from dhis2cfg.load import load_package, read_manifest
from dhis2cfg.load.forms.schemas import as_json
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.sources import PackageSource
from dhis2cfg.model.tree import Document

MANIFEST = 'name: p\nversion: 1.0.0\ndhis2: ">=2.42,<2.43"\nlocale: nb\nlocales: {required: [en]}\n'


def write(root: Path, files: MappingOf[str, str]) -> None:
    """A package `packages/p` with a manifest and these files."""
    for name, text in {"package.yaml": MANIFEST, **files}.items():
        path = root / "packages" / "p" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def loaded(root: Path) -> tuple[PackageSource, tuple[Finding, ...]]:
    """The package and its findings."""
    source, findings = load_package(root, "packages/p", load("2.42"))
    assert source is not None
    return source, findings


def whole(root: Path, files: MappingOf[str, str]) -> PackageSource:
    """A package without findings."""
    write(root, files)
    source, findings = loaded(root)
    assert findings == ()
    return source


def only(root: Path, files: MappingOf[str, str]) -> Finding:
    """The one finding of a package."""
    write(root, files)
    _, findings = loaded(root)
    (found,) = findings
    return found


def json_of(document: Document) -> object:
    """The values of a document."""
    return as_json(document.root) if document.root else None


def test_which_files_are_documents(tmp_path: Path) -> None:
    """Every YAML file but the manifest, hidden ones and those of three folders; the digest is over all."""
    source = whole(
        tmp_path,
        {
            "a.yaml": "dataElements: {A: {name: x}}\n",
            "programs/b.yml": "# nothing\n",
            "programs/docs/c.yaml": "dataElements: {C: {name: x}}\n",
            "docs/d.yaml": "not: read",
            "tests/e.yaml": "not: read",
            "translations/en.yaml": "dataElements: {A: {name: X}}\n",
            "CHANGELOG.md": "# 1.0.0",
            ".hidden.yaml": "not: read",
            ".git/f.yaml": "not: read",
        },
    )
    assert [document.file for document in source.documents] == [
        "packages/p/a.yaml",
        "packages/p/programs/b.yml",
        "packages/p/programs/docs/c.yaml",
    ]
    assert json_of(source.translations["en"]) == {"dataElements": {"A": {"name": "X"}}}
    assert source.documents[1].root is None
    assert source.manifest.file == "packages/p/package.yaml"
    assert source.folder == "packages/p"


def test_the_digest_follows_names_and_bytes(tmp_path: Path) -> None:
    """Any change of a file, whatever file it is, changes it; hidden files do not count."""
    first = whole(tmp_path, {"docs/x.md": "a"}).digest
    assert whole(tmp_path, {"docs/x.md": "a", ".y": "b"}).digest == first
    second = whole(tmp_path, {"docs/x.md": "b"}).digest
    (tmp_path / "packages/p/docs/x.md").rename(tmp_path / "packages/p/docs/z.md")
    assert len({first, second, loaded(tmp_path)[0].digest}) == 3


def test_a_workspace_that_is_a_package_alone(tmp_path: Path) -> None:
    """Folder `.` is the root itself, and files are named from there."""
    (tmp_path / "package.yaml").write_text(MANIFEST)
    source, findings = load_package(tmp_path, ".", load("2.42"))
    assert source is not None
    assert (source.manifest.file, source.lock.file, findings) == ("package.yaml", "uids.lock", ())


def test_a_manifest_alone(tmp_path: Path) -> None:
    """The versions a package claims are known before anything else is read."""
    write(tmp_path, {"broken.yaml": "a: ["})
    manifest, findings = read_manifest(tmp_path, "packages/p")
    assert manifest is not None
    assert manifest.root is not None
    assert (as_json(manifest.root.get("dhis2") or manifest.root), findings) == (">=2.42,<2.43", ())


def test_a_package_without_manifest(tmp_path: Path) -> None:
    """There is no package, and the findings of its other files are told all the same."""
    write(tmp_path, {"a.yaml": "xyz: {}\n"})
    (tmp_path / "packages/p/package.yaml").unlink()
    source, findings = load_package(tmp_path, "packages/p", load("2.42"))
    assert source is None
    assert [found.rule for found in findings] == ["unknown-type", "missing-file"]
    assert read_manifest(tmp_path, "packages/p")[0] is None


@pytest.mark.parametrize(
    ("text", "rule", "message"),
    [
        ("", "required-property", "packages/p/package.yaml is empty"),
        ("# later\n", "required-property", "packages/p/package.yaml is empty"),
        ("a: [\n", "yaml-syntax", "a value is missing here"),
    ],
)
def test_a_manifest_that_says_nothing(tmp_path: Path, text: str, rule: str, message: str) -> None:
    """One finding, and no package."""
    write(tmp_path, {"package.yaml": text})
    source, (found,) = load_package(tmp_path, "packages/p", load("2.42"))
    assert (source, found.rule, found.message) == (None, rule, message)


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """A package that does not exist lacks its manifest, and that is all."""
    source, (found,) = load_package(tmp_path, "packages/x", load("2.42"))
    assert (source, found.message) == (None, "packages/x/package.yaml does not exist")


def test_a_file_for_a_package(tmp_path: Path) -> None:
    """A file where a folder is expected has no manifest in it."""
    (tmp_path / "p").write_text("x")
    source, (found,) = load_package(tmp_path, "p", load("2.42"))
    assert (source, found.rule) == (None, "unreadable-file")


def test_locales_of_the_manifest_make_options(tmp_path: Path) -> None:
    """An option written as its texts alone becomes an option with a name."""
    source = whole(tmp_path, {"a.yaml": "optionSets: {S: {options: {JA: {nb: Ja, en: Yes}}}}\n"})
    assert json_of(source.documents[0]) == {
        "optionSets": {"S": {"options": {"JA": {"name": {"nb": "Ja", "en": "Yes"}}}}}
    }


def test_locales_that_no_manifest_names(tmp_path: Path) -> None:
    """Another language is no property of an option."""
    write(tmp_path, {"a.yaml": "optionSets: {S: {options: {JA: {nb: Ja, se: Jo}}}}\n"})
    assert [found.message for found in loaded(tmp_path)[1]] == [
        "nb is no property of options",
        "se is no property of options",
    ]


def test_a_manifest_without_locales(tmp_path: Path) -> None:
    """Without a base language that is the finding, and no option is written by texts alone."""
    found = only(tmp_path, {"package.yaml": 'name: p\nversion: 1.0.0\ndhis2: ">=2.42"\n'})
    assert (found.rule, found.message) == ("required-property", "package.yaml does not say its locale")


def test_a_table_stands_for_a_mapping(tmp_path: Path) -> None:
    """Rows become objects, their cells typed by the catalogue, places and text those of the table."""
    source = whole(
        tmp_path,
        {
            "a.yaml": "optionSets: {S: {name: S, options: !csv tables/s.csv }}\n",
            "tables/s.csv": "key;name.nb;name.en;code\n01;Ja;Yes;0301\nNO;Nei;;\n",
        },
    )
    assert json_of(source.documents[0]) == {
        "optionSets": {
            "S": {
                "name": "S",
                "options": {
                    "01": {"name": {"nb": "Ja", "en": "Yes"}, "code": "0301"},
                    "NO": {"name": {"nb": "Nei"}},
                },
            }
        }
    }
    assert source.texts == {"packages/p/tables/s.csv": "key;name.nb;name.en;code\n01;Ja;Yes;0301\nNO;Nei;;\n"}


def test_a_table_in_for_each(tmp_path: Path) -> None:
    """Turns may stand in a table, that of an option set too; their values are texts."""
    source = whole(
        tmp_path,
        {
            "programs/a.yaml": "dataElements:\n  D_{{band}}:\n    for_each: {band: !csv ../bands.csv }\n",
            "bands.csv": "key,from,name.nb,name.en\n0_9,0,barn,children\n",
        },
    )
    turn = {"from": "0", "name": {"nb": "barn", "en": "children"}}
    assert json_of(source.documents[0]) == {
        "dataElements": {"D_{{band}}": {"for_each": {"band": {"0_9": turn}}}}
    }


def test_an_unknown_column_is_one_finding(tmp_path: Path) -> None:
    """However many rows, the column is named once, in the header."""
    found = only(
        tmp_path,
        {
            "a.yaml": "optionSets: {S: {options: !csv s.csv }}\n",
            "s.csv": "key,nmae\nA,x\nB,y\n",
        },
    )
    assert (found.rule, str(found.place), found.following) == (
        "unknown-property",
        "packages/p/s.csv:1:5",
        "did you mean name?",
    )


def test_a_cell_of_the_wrong_type(tmp_path: Path) -> None:
    """The finding stands at the cell."""
    found = only(
        tmp_path,
        {
            "a.yaml": "dataElements: !csv s.csv\n",
            "s.csv": "key,name,zeroIsSignificant\nA,x,true\nB,y,TRUE\n",
        },
    )
    assert (found.rule, str(found.place), found.following) == (
        "not-a-boolean",
        "packages/p/s.csv:3:5",
        "write true",
    )


def test_a_text_in_a_file_of_its_own(tmp_path: Path) -> None:
    """`!file` is the file's text, and its place that of the name."""
    source = whole(
        tmp_path,
        {
            "a.yaml": "dataElements: {A: {description: !once {nb: !file text.html }, url: !var u}}\n",
            "text.html": "<b>~</b>\n",
        },
    )
    assert json_of(source.documents[0]) == {
        "dataElements": {"A": {"description": {"!once": {"nb": "<b>~</b>\n"}}, "url": {"!var": "u"}}}
    }


@pytest.mark.parametrize(
    ("tag", "rule", "column"),
    [
        ("!csv ../../x.csv", "outside", 20),
        ("!csv /etc/passwd", "outside", 20),
        ("!csv gone.csv", "missing-file", 20),
        ("!csv docs", "not-a-file", 20),
        ("!file ../../../x", "outside", 21),
        ("!csv [a]", "tag-value", 15),
        ("!csv ''", "tag-value", 15),
    ],
)
def test_tags_that_name_no_file_of_the_package(tmp_path: Path, tag: str, rule: str, column: int) -> None:
    """The finding stands where the name does, and there is no second one."""
    found = only(tmp_path, {"a.yaml": f"dataElements: {tag}\n", "docs/x": ""})
    assert (found.rule, found.place.line, found.place.column) == (rule, 1, column)


def test_the_lock(tmp_path: Path) -> None:
    """Its lines, and its text for those who quote it."""
    source = whole(tmp_path, {"uids.lock": "dataElements/A: ZUwyVz9nf0V\n"})
    assert source.lock.exists
    assert [(line.path, line.uid) for line in source.lock.lines] == [("dataElements/A", "ZUwyVz9nf0V")]
    assert source.texts == {"packages/p/uids.lock": "dataElements/A: ZUwyVz9nf0V\n"}


def test_no_lock(tmp_path: Path) -> None:
    """A package without a lock has an empty one that does not exist."""
    source = whole(tmp_path, {})
    assert (source.lock.exists, source.lock.lines, source.lock.file) == (False, (), "packages/p/uids.lock")


def test_a_folder_for_a_lock(tmp_path: Path) -> None:
    """What cannot be read exists nevertheless."""
    write(tmp_path, {"uids.lock/x": ""})
    source, (found,) = loaded(tmp_path)
    assert (source.lock.exists, found.rule) == (True, "not-a-file")


@pytest.mark.parametrize(
    "name", ["translations/sub/en.yaml", "translations/EN.yaml", "translations/engelsk1.yml"]
)
def test_translation_files_that_are_none(tmp_path: Path, name: str) -> None:
    """A file whose name is no locale is not passed over in silence."""
    found = only(tmp_path, {name: ""})
    assert (found.rule, found.place.file) == ("translation-file", f"packages/p/{name}")


def test_two_files_of_one_locale(tmp_path: Path) -> None:
    """One locale, one file."""
    files = {"translations/en.yaml": "", "translations/en.yml": "", "translations/notes.txt": ""}
    assert only(tmp_path, files).place.file == "packages/p/translations/en.yml"


def test_a_translation_file_that_cannot_be_read(tmp_path: Path) -> None:
    """It is left out, and said once."""
    write(tmp_path, {"translations/en.yaml": "x"})
    (tmp_path / "packages/p/translations/en.yaml").write_bytes(b"\xe6")
    source, (found,) = loaded(tmp_path)
    assert (source.translations, found.rule) == ({}, "not-utf8")


def test_symlinks(tmp_path: Path) -> None:
    """A link to a file inside is read; one that leads out, or to a folder, is a finding."""
    write(tmp_path, {"a.yaml": "dataElements: {A: {name: x}}\n", "real/x.md": ""})
    folder = tmp_path / "packages" / "p"
    (tmp_path / "secret.yaml").write_text("secret: 1")
    (folder / "link.yaml").symlink_to("a.yaml")
    (folder / "out.yaml").symlink_to(tmp_path / "secret.yaml")
    (folder / "more").symlink_to(folder / "real")
    (folder / "loop.yaml").symlink_to("loop.yaml")
    source, findings = loaded(tmp_path)
    assert [document.file for document in source.documents] == ["packages/p/a.yaml", "packages/p/link.yaml"]
    assert [(found.rule, found.place.file) for found in findings] == [
        ("symlink-loop", "packages/p/loop.yaml"),
        ("symlinked-folder", "packages/p/more"),
        ("outside", "packages/p/out.yaml"),
    ]


def test_reads_that_fail(tmp_path: Path) -> None:
    """A file that the system refuses is one finding, the rest of the package is read."""
    write(tmp_path, {"a.yaml": "", "b.yaml": "xyz: {}\n"})

    def refuse(path: Path) -> BinaryIO:
        if path.name == "a.yaml":
            raise PermissionError(errno.EACCES, "Permission denied")
        return path.open("rb")

    _, findings = load_package(tmp_path, "packages/p", load("2.42"), opener=refuse)
    assert [(found.rule, found.place.file) for found in findings] == [
        ("unreadable-file", "packages/p/a.yaml"),
        ("unknown-type", "packages/p/b.yaml"),
    ]


def test_a_folder_that_may_not_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that the system refuses is a finding, not a gap."""
    write(tmp_path, {"sub/a.yaml": ""})
    scandir = os.scandir

    def refuse(path: str | Path) -> object:
        if str(path).endswith("sub"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    _, (found,) = loaded(tmp_path)
    assert (found.rule, found.message) == (
        "unreadable-folder",
        "packages/p/sub cannot be listed: Permission denied",
    )
