"""Examples that are no single file: what their lines say is laid out in a workspace.

A listing has a path a line: `PATH`, `PATH -> TARGET` (a link), `PERMISSIONS PATH`, `PATH  31 MB`; passages of
several files have the files' names in comments above them.
"""

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from tests.page_examples import world

ENTRY = re.compile(
    r"(?P<mode>[-d][-rwx]{9} +)?(?P<path>\S+?)/?(?: -> (?P<to>\S+)| +(?P<size>\d+) (?P<unit>kB|MB))?"
)
UNITS = {"kB": 1_000, "MB": 1_000_000}
PACKAGE = "packages/covid-no"
ELEMENT = "dataElements:\n  NO_A:\n    "
BELL = "<U+0007>"


def listed(folder: Path, example: str) -> None:
    """Files, folders and links of a listing."""
    for line in example.splitlines():
        entry = ENTRY.fullmatch(line.partition("#")[0].strip())
        if entry is not None:
            path = folder / entry["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            _make(path, entry)


def _make(path: Path, entry: re.Match[str]) -> None:
    if entry["to"]:
        path.symlink_to(entry["to"])
    elif entry["size"]:
        path.write_bytes(b"#" * (int(entry["size"]) * UNITS[entry["unit"]]))
    elif not path.exists():
        path.write_text(world.MUNICIPALITY if path.parent.name == "municipalities" else "", encoding="utf-8")
    if entry["mode"]:
        path.chmod(0o600 if "r" in entry["mode"] else 0o200)


def without_manifest(folder: Path, example: str) -> None:
    """A listing of a package that has a manifest only where the listing says so."""
    manifest = folder / PACKAGE / "package.yaml"
    manifest.unlink()
    listed(folder, example)
    if manifest.is_file():
        manifest.write_text(world.MANIFEST, encoding="utf-8")


def passages(folder: Path, example: str) -> None:
    """Passages of several files; a further package gets a manifest, and the municipality has it too."""
    for part in re.split(r"^# ", example, flags=re.MULTILINE)[1:]:
        name, _, text = part.partition("\n")
        path = folder / name
        _with_package(folder, path.parent)
        stands = path.read_text(encoding="utf-8") if path.name == "package.yaml" else ""
        if path.parent.name == "municipalities":
            stands = f"name: {path.stem}\norganisationUnit: {{code: {path.stem}}}\n"
        path.write_text(stands + text, encoding="utf-8")


def _with_package(folder: Path, place: Path) -> None:
    if place.parent.name == "packages" and not place.exists():
        place.mkdir()
        manifest = world.MANIFEST.replace("covid-no", place.name)
        (place / "package.yaml").write_text(manifest, encoding="utf-8")
        municipality = folder / "municipalities" / "alta.yaml"
        chosen = f"packages: {{covid-no: {{}}, {place.name}: {{}}}}\n"
        text = municipality.read_text(encoding="utf-8").partition("packages:")[0] + chosen
        municipality.write_text(text, encoding="utf-8")


def element(folder: Path, example: str) -> None:
    """Lines of an object, in the encoding that they name, with the sign and the depth that they mean."""
    text = ELEMENT + example.strip().replace(BELL, "\x07") + "\n"
    if "and so on" in text:
        text = text.replace("[", "[" * 10).replace("]", "]" * 10)
    encoding = "latin-1" if "Latin-1" in text else "utf-8"
    (folder / PACKAGE / "example.yaml").write_bytes(text.encode(encoding))


def mistakes(folder: Path, example: str) -> None:
    """As many mistakes as the comment of an example tells of."""
    number = 150 if "a hundred" in example else 1
    rows = "".join(f"  E{each}: {{name: A, name: B}}\n" for each in range(number))
    (folder / PACKAGE / "example.yaml").write_text(f"dataElements:\n{rows}{example}", encoding="utf-8")


def as_permitted(path: Path) -> BinaryIO:
    """A file as its permissions are, also for those whom no permission stops."""
    if not path.stat().st_mode & 0o400:
        raise PermissionError(13, "Permission denied")
    with path.open("rb") as file:
        return BytesIO(file.read())


LAYOUTS: Mapping[str, Callable[[Path, str], None]] = {
    "not-a-file": without_manifest,
    "unreadable-file": listed,
    "symlink-loop": listed,
    "symlinked-folder": listed,
    "not-utf8": element,
    "too-large": listed,
    "no-package": without_manifest,
    "municipality-name": listed,
    "translation-file": listed,
    "control-character": element,
    "too-deep": element,
    "too-many-mistakes": mistakes,
    "order-over-files": passages,
    "two-packages": passages,
    "shared-conflict": passages,
    "unused-parameter": passages,
}
"""Rules whose examples are no single file, and how each is laid out."""
