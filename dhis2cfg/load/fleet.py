"""The workspace around packages → fleet file, municipalities, their lock; which folders are packages."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.load.reader import FileKind, Reader, reader_of
from dhis2cfg.load.text.opening import Opener, inside, open_binary, shown
from dhis2cfg.model.findings import Finding, Severity, in_order
from dhis2cfg.model.places import Place
from dhis2cfg.model.sources import FleetSource
from dhis2cfg.model.tree import Document, Node, Scalar, Sequence

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,99}")
_USUAL = {"packages": "packages/*", "municipalities": "municipalities/*.yaml"}


def load_fleet(
    root: Path, catalogue: Catalogue | None = None, *, opener: Opener = open_binary
) -> tuple[FleetSource, tuple[Finding, ...]]:
    """`fleet.yaml`, the files that its `municipalities:` names, `uids.lock` beside it.

    Without a catalogue, patches and organisation units are read by all shipped versions together.
    """
    reader = reader_of(root, catalogue=catalogue, opener=opener)
    path = reader.root / "fleet.yaml"
    if not os.path.lexists(path):
        return FleetSource(fleet=None), ()
    fleet = reader.document(path, FileKind.FLEET) or Document(file=path.name, root=None, text="")
    municipalities: dict[str, Document] = {}
    for found in _named(reader, fleet, "municipalities"):
        document = _municipality(reader, found, municipalities)
        if document is not None:
            municipalities[found.stem] = document
    lock = reader.lock()
    source = FleetSource(fleet=fleet, municipalities=municipalities, lock=lock, texts=reader.texts)
    return source, in_order(reader.findings)


def package_folders(root: Path, fleet: FleetSource) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """The folders that `packages:` names, relative to the workspace; `.` where it is a package alone."""
    if fleet.fleet is None:
        return (".",), ()
    reader = reader_of(root)
    folders = []
    for path in _named(reader, fleet.fleet, "packages"):
        name = shown(path, reader.root)
        if os.path.lexists(path / "package.yaml"):
            folders.append(name)
        elif path.is_dir():
            _warn(reader, "no-package", f"{name} has no package.yaml", Place(file=name))
    return tuple(folders), in_order(reader.findings)


def _municipality(reader: Reader, path: Path, known: Mapping[str, Document]) -> Document | None:
    """One municipality's file, if its name can be an identity and nobody else has it."""
    file = shown(path, reader.root)
    if not _NAME.fullmatch(path.stem):
        message = f"{file} cannot name a municipality"
        following = "letters without accents, digits, - and _ make its name: tromso.yaml"
    elif path.stem in known:
        message = f"{file} names the municipality {path.stem} a second time"
        following = f"keep this file or {known[path.stem].file}"
    else:
        return reader.document(path, FileKind.MUNICIPALITY)
    finding = Finding(rule="municipality-name", message=message, place=Place(file=file), following=following)
    reader.findings.append(finding)
    return None


def _named(reader: Reader, fleet: Document, field: str) -> tuple[Path, ...]:
    """What the patterns of a field of the fleet file name, in order; without the field its usual pattern."""
    if fleet.root is None:
        return ()
    node = fleet.root.get(field)
    if node is None:
        usual = Scalar(value=_USUAL[field], text=_USUAL[field], place=fleet.root.place)
        return _matches(reader, usual)
    found: dict[Path, None] = {}
    for pattern in _scalars(node):
        matches = _matches(reader, pattern)
        if not matches:
            _warn(reader, "no-match", f"{pattern.text} names nothing", pattern.place)
        found |= dict.fromkeys(matches)
    return tuple(found)


def _scalars(node: Node) -> tuple[Scalar, ...]:
    nodes = node.items if isinstance(node, Sequence) else (node,)
    return tuple(item for item in nodes if isinstance(item, Scalar) and item.text)


def _matches(reader: Reader, pattern: Scalar) -> tuple[Path, ...]:
    """The paths in the workspace that a pattern names, hidden ones left out; leading out is a finding."""
    beside = reader.root / "fleet.yaml"
    safe = inside(reader.root, beside, pattern.text, pattern.place, what="the workspace")
    if isinstance(safe, Finding):
        reader.findings.append(safe)
        return ()
    found = []
    for path in _glob(reader.root, os.path.relpath(safe, reader.root)):
        real = inside(reader.root, path, path.name, pattern.place, what="the workspace")
        if isinstance(real, Finding):
            reader.findings.append(real)
        elif not path.name.startswith("."):
            found.append(path)
    return tuple(found)


def _glob(root: Path, pattern: str) -> list[Path]:
    """What a pattern names; one that cannot be read (`a**`) names nothing."""
    if pattern == ".":
        return [root]
    try:
        return sorted(root.glob(pattern))
    except ValueError:
        return []


def _warn(reader: Reader, rule: str, message: str, place: Place) -> None:
    following = "correct the pattern in fleet.yaml, or write what is missing"
    reader.findings.append(
        Finding(rule=rule, message=message, place=place, severity=Severity.WARNING, following=following)
    )
