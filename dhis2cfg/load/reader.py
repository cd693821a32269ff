"""One file → one typed document: open, parse, take in tables and texts, type, check."""

import json
import os
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from dhis2cfg.catalogue import shipped
from dhis2cfg.catalogue.json_schemas.metadata import metadata_schema
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.load.forms import files
from dhis2cfg.load.forms.form import Form, Record
from dhis2cfg.load.forms.schemas import Checker
from dhis2cfg.load.forms.typed import typed
from dhis2cfg.load.includes import Includes
from dhis2cfg.load.text.events import parse
from dhis2cfg.load.text.locks import parse_lock
from dhis2cfg.load.text.opening import Opener, open_binary, read_text, shown
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.places import Place
from dhis2cfg.model.sources import LockFile
from dhis2cfg.model.tree import Document


class FileKind(Enum):
    """What a YAML file is; the value names its JSON Schema, empty where there is none."""

    OBJECTS = "metadata.schema.json"
    MANIFEST = "package.schema.json"
    FLEET = "fleet.schema.json"
    MUNICIPALITY = "municipality.schema.json"
    TRANSLATIONS = ""


_FORMS: dict[FileKind, Form] = {
    FileKind.OBJECTS: files.OBJECTS,
    FileKind.MANIFEST: files.MANIFEST,
    FileKind.FLEET: files.FLEET,
    FileKind.MUNICIPALITY: files.MUNICIPALITY,
    FileKind.TRANSLATIONS: files.TRANSLATIONS,
}


@dataclass(slots=True, kw_only=True)
class Reader:
    """Reads the files of one folder of a workspace; `texts` are those that findings may quote."""

    root: Path
    folder: Path
    catalogue: Catalogue
    opener: Opener
    locales: frozenset[str] = frozenset()
    findings: list[Finding] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    _checkers: dict[FileKind, Checker] = field(default_factory=dict)

    def document(self, path: Path, kind: FileKind) -> Document | None:
        """The file as a typed document, None where it cannot be opened."""
        text = self._text(path)
        if text is None:
            return None
        document, findings = parse(text, shown(path, self.root))
        self.findings.extend(findings)
        if document.root is None:
            self.findings.extend(() if findings else _empty(document, _FORMS[kind]))
            return document
        includes = Includes(root=self.root, folder=self.folder, opener=self.opener)
        whole = includes.read(document.root, path)
        self.findings.extend(includes.findings)
        self.texts |= includes.texts
        root, findings = typed(whole, _FORMS[kind], self.catalogue, self.locales)
        self.findings.extend(findings)
        if kind.value:
            self.findings.extend(self._checker(kind).findings(root))
        return replace(document, root=root)

    def lock(self) -> LockFile:
        """The folder's `uids.lock`, or that there is none."""
        path = self.folder / "uids.lock"
        name = shown(path, self.root)
        if not os.path.lexists(path):
            return LockFile(file=name)
        text = self._text(path)
        if text is None:
            return LockFile(file=name, exists=True)
        self.texts[name] = text
        lock, findings = parse_lock(text, name)
        self.findings.extend(findings)
        return lock

    def _text(self, path: Path) -> str | None:
        text = read_text(path, shown(path, self.root), opener=self.opener)
        if isinstance(text, Finding):
            self.findings.append(text)
            return None
        return text

    def _checker(self, kind: FileKind) -> Checker:
        """The schema of a kind of file, made ready once; that of objects comes from this very catalogue."""
        if kind not in self._checkers:
            is_objects = kind is FileKind.OBJECTS
            schema = (
                metadata_schema(self.catalogue, editor=False)
                if is_objects
                else json.loads(shipped.schema_text(kind.value))
            )
            self._checkers[kind] = Checker(schema)
        return self._checkers[kind]


def _empty(document: Document, form: Form) -> tuple[Finding, ...]:
    """What is missing in a file without content, where something must be said."""
    required = form.required if isinstance(form, Record) else ()
    if not required:
        return ()
    message, following = f"{document.file} is empty", f"write at least {', '.join(required)}"
    place = Place(file=document.file)
    return (Finding(rule="required-property", message=message, place=place, following=following),)


def reader_of(
    root: Path, folder: str = ".", *, catalogue: Catalogue | None = None, opener: Opener = open_binary
) -> Reader:
    """A reader for a folder of a workspace; without a catalogue every shipped version is accepted."""
    base = Path(os.path.realpath(root))
    if catalogue is None:
        catalogue = shipped.united()
    return Reader(root=base, folder=base / folder, catalogue=catalogue, opener=opener)
