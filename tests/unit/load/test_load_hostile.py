"""Tests of files that want to break the reader: a finding each, never a traceback."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dhis2cfg.catalogue.shipped import load
from dhis2cfg.load import load_fleet, load_package, package_folders
from dhis2cfg.model.findings import Finding

MANIFEST = 'name: p\nversion: 1.0.0\ndhis2: ">=2.42"\nlocale: nb\n'

_SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
_BYTES = st.one_of(
    st.binary(max_size=200),
    st.text(alphabet="ab: -[]{}&*!#|>'\"\n\t,;", max_size=80).map(str.encode),
    st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass")),
)


def findings_of(root: Path) -> tuple[Finding, ...]:
    """All findings of the package that is this folder."""
    return load_package(root, ".", load("2.42"))[1]


def whole(root: Path, name: str, content: bytes) -> tuple[str, ...]:
    """The rules that a package with one such file breaks."""
    (root / "package.yaml").write_text(MANIFEST)
    (root / name).write_bytes(content)
    return tuple(found.rule for found in findings_of(root))


@_SLOW
@given(
    _BYTES, st.sampled_from(["a.yaml", "package.yaml", "uids.lock", "translations/en.yaml", "a.csv", "a.txt"])
)
def test_random_bytes_in_any_file(tmp_path: Path, content: bytes, name: str) -> None:
    """Whatever stands in a file of a package, reading it ends."""
    (tmp_path / "translations").mkdir(exist_ok=True)
    (tmp_path / "package.yaml").write_text(MANIFEST)
    (tmp_path / "use.yaml").write_text("dataElements: !csv a.csv\noptions: {A: {name: !file a.txt }}\n")
    (tmp_path / name).write_bytes(content)
    for found in findings_of(tmp_path):
        assert found.rule
        assert 0 < len(found.message) < 400
        assert found.following
        assert found.place.line >= 1
    (tmp_path / name).unlink()


@_SLOW
@given(_BYTES, st.sampled_from(["fleet.yaml", "uids.lock", "municipalities/a.yaml"]))
def test_random_bytes_around_the_packages(tmp_path: Path, content: bytes, name: str) -> None:
    """The same for the workspace's own files."""
    (tmp_path / "municipalities").mkdir(exist_ok=True)
    (tmp_path / "fleet.yaml").write_text("name: f\n")
    (tmp_path / name).write_bytes(content)
    source, _ = load_fleet(tmp_path)
    package_folders(tmp_path, source)


@pytest.mark.parametrize(
    ("content", "rules"),
    [
        (b"", ()),
        (b"# nothing\n\n", ()),
        (b"\xef\xbb\xbf", ()),
        (b"\x00", ("control-character",)),
        (b"\xff\xfe\x00\x00", ("not-utf8",)),
        (b"a: &a [*a, *a]\n", ("unknown-type", "unknown-anchor", "unknown-anchor")),
        (b"{" * 100_000, ("too-deep",)),
        (b"- " * 100_000, ("too-deep",)),
        (b"? " * 100_000, ("too-deep",)),
        (b"'" * 100_001, ("yaml-syntax",)),
        (b"dataElements: {A: {aggregationLevels: [" + b"9" * 100_000 + b"]}}", ("not-an-integer",)),
        (b"a: !!python/object/apply:os.system [x]\n", ("unknown-type", "unknown-tag")),
        (b"dataElements: {A: {" + b"u" * 900 + b": x}}", ("unknown-property",)),
        (b"dataElements: {? {A: b} : c}\n", ("key-not-text",)),
        (b"--- |\n a\n", ("not-a-mapping",)),
        (b"%YAML 9.9\n---\na: 1\n", ("yaml-syntax",)),
    ],
)
def test_files_that_are_odd(tmp_path: Path, content: bytes, rules: tuple[str, ...]) -> None:
    """Each is read, or said what is wrong with it."""
    assert whole(tmp_path, "a.yaml", content) == rules


def test_a_bomb_of_aliases(tmp_path: Path) -> None:
    """Nine to the power of nine nodes are counted and never built."""
    lines = ["a: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    assert whole(tmp_path, "a.yaml", "\n".join(lines).encode()) == ("anchors-explode",)


def test_fifty_megabytes(tmp_path: Path) -> None:
    """A file over the limit is one finding, wherever it lies in the package."""
    for name in ("a.yaml", "docs.pdf", "uids.lock"):
        with (tmp_path / name).open("wb") as stream:
            stream.truncate(50 * 1024 * 1024)
    (tmp_path / "package.yaml").write_text(MANIFEST)
    found = findings_of(tmp_path)
    assert [(each.rule, each.place.file) for each in found] == [
        ("too-large", "a.yaml"),
        ("too-large", "docs.pdf"),
        ("too-large", "uids.lock"),
    ]


def test_links_pipes_and_folders(tmp_path: Path) -> None:
    """A folder named like a file is entered, a pipe is not waited for, loops are said."""
    (tmp_path / "package.yaml").write_text(MANIFEST)
    (tmp_path / "a.yaml").mkdir()
    (tmp_path / "a.yaml" / "b.yaml").write_text("xyz: {}\n")
    os.mkfifo(tmp_path / "c.yaml")
    (tmp_path / "d.yaml").symlink_to("d.yaml")
    (tmp_path / "e").symlink_to(".")
    assert [(found.rule, found.place.file) for found in findings_of(tmp_path)] == [
        ("unknown-type", "a.yaml/b.yaml"),
        ("not-a-file", "c.yaml"),
        ("symlink-loop", "d.yaml"),
        ("symlinked-folder", "e"),
    ]


def test_a_manifest_that_is_a_folder(tmp_path: Path) -> None:
    """There is no package then."""
    (tmp_path / "package.yaml").mkdir()
    source, findings = load_package(tmp_path, ".", load("2.42"))
    assert source is None
    assert [found.rule for found in findings] == ["not-a-file"]


def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    """A file name in Latin-1 is read, and shown in characters that can be printed."""
    (tmp_path / "package.yaml").write_text(MANIFEST)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe5.yaml")).write_text("xyz: {}\n")
    (found,) = findings_of(tmp_path)
    assert found.place.file == "\ufffd.yaml"
