"""Bytes → a document, or a finding that says why not."""

import io
import json
import zipfile
from collections.abc import Mapping

import pytest

from dhis2cfg.interchange import sources
from dhis2cfg.interchange.sources import Source, read_source, too_large
from dhis2cfg.model.findings import Finding

METADATA = b'{"dataElements": [{"id": "abcdefghijk"}]}'


def zipped(members: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def refused(content: bytes) -> str:
    """The rule that refuses some bytes."""
    found = read_source("file", content)
    assert isinstance(found, Finding)
    assert found.following
    return found.rule


def test_json_is_read_with_and_without_a_mark_of_its_order() -> None:
    """A byte order mark says nothing."""
    for content in (METADATA, b"\xef\xbb\xbf" + METADATA):
        found = read_source("file.json", content)
        assert isinstance(found, Source)
        assert found.document == json.loads(METADATA)
        assert found.file == "file.json"


def test_the_metadata_of_a_zip_is_found_among_other_files() -> None:
    """Guides beside it, folders and JSON that is something else do not matter."""
    content = zipped(
        {"docs/": b"", "docs/guide.txt": b"text", "index.json": b"{}", "a/metadata.json": METADATA}
    )
    found = read_source("file.zip", content)
    assert isinstance(found, Source)
    assert found.file == "file.zip:a/metadata.json"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "import-unreadable"),
        (b"no json", "import-unreadable"),
        (b'{"a": NaN}', "import-unreadable"),
        (b'{"a": ' + b"1" * 5000 + b"}", "import-unreadable"),
        (b"\xff\xfe", "import-unreadable"),
        (b"[" * 100_000, "import-unreadable"),
        (b"{}", "import-no-metadata"),
        (b"[1]", "import-no-metadata"),
        (b'{"pager": {}, "dataElements": []}', "import-no-metadata"),
        (b"PK\x03\x04broken", "import-unreadable"),
        (zipped({"readme.txt": b"text"}), "import-no-metadata"),
        (zipped({"a.json": METADATA, "b.json": METADATA}), "import-no-metadata"),
        (zipped({"../metadata.json": METADATA}), "import-path"),
        (zipped({"/metadata.json": METADATA}), "import-path"),
        (zipped({"c:\\metadata.json": METADATA}), "import-path"),
        (zipped({"metadata.json": b" " * 3_000_000 + METADATA}), "import-zip-bomb"),
    ],
)
def test_what_is_no_metadata_is_a_finding(content: bytes, rule: str) -> None:
    """Never a traceback, whatever the bytes."""
    assert refused(content) == rule


def test_an_encrypted_member_is_refused() -> None:
    """A password is not asked for."""
    content = bytearray(zipped({"metadata.json": METADATA}, method=zipfile.ZIP_STORED))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(content)) == "import-unreadable"


def test_a_damaged_member_is_refused() -> None:
    """What is unpacked must be what was packed."""
    content = zipped({"metadata.json": METADATA}, method=zipfile.ZIP_STORED)
    assert refused(content.replace(b"abcdefghijk", b"abcdefghijl")) == "import-unreadable"


def test_sizes_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a zip all members count; a file is refused before it is opened."""
    monkeypatch.setattr(sources, "LARGEST", 10)
    assert refused(zipped({"metadata.json": METADATA})) == "import-too-large"
    assert too_large("file.json", 200_000_000).message == "file.json has 200 MB, and at most 0 MB are read"
