"""The user's files as `load` hands them on: typed trees and a digest; meaning is not looked at yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dhis2cfg.model.names import Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.tree import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class LockLine:
    """One line of a `uids.lock`: `TYPE/KEY/PATH: UID`."""

    path: str
    uid: Uid
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class LockFile:
    """A `uids.lock`, in the order of its lines; `exists` is False where there is no file."""

    file: str
    lines: tuple[LockLine, ...] = ()
    exists: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageSource:
    """One package folder: manifest, documents of objects, translation files by locale, its lock.

    `folder` is relative to the workspace. `digest` is SHA-256 over names and bytes of all its files.
    `texts` are those of further files that places point to, by file: tables, `uids.lock`.
    """

    folder: str
    manifest: Document
    documents: tuple[Document, ...]
    translations: Mapping[str, Document]
    lock: LockFile
    digest: str
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetSource:
    """`fleet.yaml` (None where the workspace is a package alone), municipalities by file name, its lock."""

    fleet: Document | None
    municipalities: Mapping[str, Document] = field(default_factory=dict)
    lock: LockFile | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
