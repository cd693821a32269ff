"""A unit that a municipality's own file defines, under another key."""

from collections.abc import Iterator

from dhis2cfg.errors import UsageError
from dhis2cfg.model import tree
from dhis2cfg.model.names import Ref
from dhis2cfg.model.places import Place
from dhis2cfg.pipeline.reading import Read
from dhis2cfg.pipeline.renaming.codes import keep
from dhis2cfg.pipeline.renaming.keys import Renamed
from dhis2cfg.pipeline.renaming.places import UNITS, Files, own_units, texts, used_units
from dhis2cfg.resolve import new_lock
from dhis2cfg.resolve.objects.entities import KEY
from dhis2cfg.workspace.formatting.nodes import applied


def units_of(files: Read) -> Iterator[tuple[str, str]]:
    """Every unit of a municipality's own: the municipality's name, and the unit's key."""
    for name, document in files.source.municipalities.items():
        for entry in own_units(document.root):
            yield name, entry.key


def rename_unit(files: Read, municipality: str, old: str, new: str, *, follow: bool) -> Renamed:
    """Its key, where `assign` and parents name it, paths in texts, its line in the lock; its code stays."""
    if not KEY.match(new) or (municipality, new) in set(units_of(files)) or new == municipality:
        raise UsageError(f"{new} is no key for a unit of {municipality}", details=("it is taken, or no key",))
    document = files.source.municipalities[municipality]
    work = Files(documents=dict(files.documents))
    for place, written in _named(document.root, old):
        work.replace(place, written, f"{UNITS}/{new}" if written != old else new)
    for entry in own_units(document.root):
        has_code = isinstance(entry.value, tree.Mapping) and entry.value.get("code") is not None
        if entry.key == old and not follow and not has_code:
            keep(work, Ref(UNITS, old), entry.key_place, ())
    found = {file: applied(work.documents[file].text, edits) for file, edits in work.edits.items()}
    count = sum(len(edits) for edits in work.edits.values())
    lock = files.source.lock
    before, after = (f"{municipality}/{UNITS}/{key}" for key in (old, new))
    if lock is not None and any(line.path == before for line in lock.lines):
        lines = [f"{after if line.path == before else line.path}: {line.uid}" for line in lock.lines]
        found[lock.file] = new_lock(lines)
    return Renamed(texts=found, places=count)


def _named(root: tree.Mapping | None, key: str) -> Iterator[tuple[Place, str]]:
    """Where the file names a unit of its own: its definition, parents, `assign`, and as `TYPE/KEY`."""
    yield from ((entry.key_place, key) for entry in own_units(root) if entry.key == key)
    yield from used_units(root, key)
    yield from (each for each in texts(root) if each[1] == f"{UNITS}/{key}")
