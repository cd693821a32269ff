"""One package folder → its documents, typed, and what is wrong with their form."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.load.folder import digest_of, files_of
from dhis2cfg.load.reader import FileKind, Reader, reader_of
from dhis2cfg.load.text.opening import Opener, open_binary, shown
from dhis2cfg.model.findings import Finding, in_order
from dhis2cfg.model.places import Place
from dhis2cfg.model.sources import PackageSource
from dhis2cfg.model.tree import Document, Mapping, Node, Scalar, Sequence

_MANIFEST = "package.yaml"
_APART = frozenset({"translations", "tests", "docs"})
_SUFFIXES = frozenset({".yaml", ".yml"})
_LOCALE = re.compile(r"[a-z]{2,3}(?:[_@][A-Za-z0-9]{2,8}){0,3}")


def read_manifest(
    root: Path, folder: str, *, opener: Opener = open_binary
) -> tuple[Document | None, tuple[Finding, ...]]:
    """`package.yaml` alone, so that the caller learns the versions it claims, read by all shipped ones."""
    reader = reader_of(root, folder, opener=opener)
    manifest = reader.document(reader.folder / _MANIFEST, FileKind.MANIFEST)
    return manifest, in_order(reader.findings)


def load_package(
    root: Path, folder: str, catalogue: Catalogue, *, opener: Opener = open_binary
) -> tuple[PackageSource | None, tuple[Finding, ...]]:
    """All files of a package; None where its `package.yaml` cannot be read; the findings are of all.

    `catalogue` unites the versions that the package claims; `folder` is relative to the workspace.
    """
    reader = reader_of(root, folder, catalogue=catalogue, opener=opener)
    manifest = reader.document(reader.folder / _MANIFEST, FileKind.MANIFEST)
    reader.locales = _locales(manifest)
    paths = files_of(reader)
    documents = _documents(reader, paths)
    translations = _translations(reader, paths)
    lock = reader.lock()
    digest = digest_of(reader, paths)
    source = None
    if manifest is not None and manifest.root is not None:
        source = PackageSource(
            folder=folder,
            manifest=manifest,
            documents=documents,
            translations=translations,
            lock=lock,
            digest=digest,
            texts=reader.texts,
        )
    return source, in_order(reader.findings)


def _documents(reader: Reader, paths: Iterable[Path]) -> tuple[Document, ...]:
    """What the files below the package say, but the manifest and what stands apart."""
    read = (reader.document(path, FileKind.OBJECTS) for path in paths if _holds_objects(reader, path))
    return tuple(document for document in read if document is not None)


def _holds_objects(reader: Reader, path: Path) -> bool:
    parts = path.relative_to(reader.folder).parts
    return path.suffix in _SUFFIXES and parts != (_MANIFEST,) and (len(parts) == 1 or parts[0] not in _APART)


def _translations(reader: Reader, paths: Iterable[Path]) -> dict[str, Document]:
    """The documents of `translations/`, by the locale that the file's name is."""
    found: dict[str, Document] = {}
    for path in paths:
        parts = path.relative_to(reader.folder).parts
        if parts[0] != "translations" or len(parts) == 1 or path.suffix not in _SUFFIXES:
            continue
        file = shown(path, reader.root)
        is_locale = parts[:-1] == ("translations",) and _LOCALE.fullmatch(path.stem)
        if not is_locale or path.stem in found:
            message = f"{file} is no translations/<locale>.yaml of its own"
            following = "one file a locale, named nb.yaml or pt_BR.yaml, right in translations/"
            reader.findings.append(
                Finding(rule="translation-file", message=message, place=Place(file=file), following=following)
            )
        elif (document := reader.document(path, FileKind.TRANSLATIONS)) is not None:
            found[path.stem] = document
    return found


def _locales(manifest: Document | None) -> frozenset[str]:
    """Every locale that a manifest names."""
    if manifest is None or manifest.root is None:
        return frozenset()
    lists = manifest.root.get("locales")
    groups = [entry.value for entry in lists.entries] if isinstance(lists, Mapping) else []
    return frozenset(_texts([manifest.root.get("locale"), *groups]))


def _texts(nodes: Iterable[Node | None]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Scalar):
            yield node.text
        elif isinstance(node, Sequence):
            yield from _texts(node.items)
