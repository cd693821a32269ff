"""A package or a municipality under another name."""

from dhis2cfg.errors import UsageError
from dhis2cfg.model import tree
from dhis2cfg.model.places import Place
from dhis2cfg.pipeline.reading import Read
from dhis2cfg.pipeline.renaming.keys import Renamed
from dhis2cfg.pipeline.renaming.places import Files, texts
from dhis2cfg.resolve import new_lock
from dhis2cfg.resolve.objects.entities import KEY
from dhis2cfg.workspace.formatting.nodes import applied


def rename_package(files: Read, old: str, new: str) -> Renamed:
    """The name in `package.yaml`, the former one under `was`, and where packages are chosen or required."""
    if new in files.packages or not KEY.match(new):
        raise UsageError(f"{new} is no name for a package", details=("it is taken, or no key",))
    source = files.packages[old]
    work = Files(documents=dict(files.documents))
    root = source.manifest.root
    for place, text in texts(root.get("name") if root else None):
        work.replace(place, text, new)
    for document in (*(each.manifest for each in files.packages.values()), files.source.fleet):
        _below(work, document.root if document else None, old, new)
    for document in files.source.municipalities.values():
        _below(work, document.root, old, new)
    texts_now = {file: applied(work.documents[file].text, edits) for file, edits in work.edits.items()}
    manifest = source.manifest.file
    texts_now[manifest] = _with_former(texts_now.get(manifest, source.manifest.text), root, old)
    folder = source.folder
    moved = f"{folder.rpartition('/')[0]}/{new}".removeprefix("/")
    moves = ((folder, moved),) if folder.rpartition("/")[2] == old else ()
    count = sum(len(edits) for edits in work.edits.values()) + 1
    return Renamed(texts=texts_now, places=count, moves=moves)


def _below(work: Files, node: tree.Mapping | None, old: str, new: str) -> None:
    """The package's name as a key below `packages:` or `requires:`, or said below `shared:`, anywhere."""
    waiting: list[tree.Mapping] = [node] if node else []
    while waiting:
        for entry in waiting.pop().entries:
            if not isinstance(entry.value, tree.Mapping):
                continue
            if entry.key in ("packages", "requires"):
                for inner in entry.value.entries:
                    if inner.key == old:
                        work.replace(inner.key_place, inner.key, new)
            elif entry.key == "shared":
                named = (named for inner in entry.value.entries for named in texts(inner.value))
                for place in [place for place, text in named if text == old]:
                    work.replace(place, old, new)
            elif entry.key == "defaults":
                waiting.append(entry.value)
            elif entry.key == "servers":
                waiting += [
                    each.value for each in entry.value.entries if isinstance(each.value, tree.Mapping)
                ]


def _with_former(text: str, root: tree.Mapping | None, old: str) -> str:
    """The manifest with the former name noted, so that `diff` knows the package again."""
    former = root.get("was") if root else None
    if isinstance(former, tree.Sequence) and former.items:
        last = former.items[-1]
        line = text.split("\n")[last.place.line - 1]
        end = last.place.column - 1 + last.place.length
        lines = text.split("\n")
        lines[last.place.line - 1] = f"{line[:end]}, {old}{line[end:]}"
        return "\n".join(lines)
    ending = "" if text.endswith("\n") else "\n"
    return f"{text}{ending}was: [{old}]\n"


def rename_municipality(files: Read, old: str, new: str) -> Renamed:
    """The file's name, waves, what stands in its own file under its name, its lines in the lock."""
    document = files.source.municipalities[old]
    if new in files.source.municipalities or not KEY.match(new):
        raise UsageError(f"{new} is no name for a municipality", details=("it is taken, or no key",))
    work = Files(documents=dict(files.documents))
    for place, text in _own_unit(document.root, old):
        work.replace(place, text, new)
    waves = files.source.fleet.root.get("waves") if files.source.fleet and files.source.fleet.root else None
    for place, text in texts(waves):
        if text == old:
            work.replace(place, text, new)
    found = {file: applied(work.documents[file].text, edits) for file, edits in work.edits.items()}
    lock = files.source.lock
    count = sum(len(edits) for edits in work.edits.values())
    if lock is not None and lock.exists:
        lines = [f"{_path(line.path, old, new)}: {line.uid}" for line in lock.lines]
        found[lock.file] = new_lock(lines)
    ending = document.file.rpartition(".")[2]
    moved = f"{document.file.rpartition('/')[0]}/{new}.{ending}".removeprefix("/")
    return Renamed(texts=found, places=count + 1, moves=((document.file, moved),))


def _path(path: str, old: str, new: str) -> str:
    """A line of the workspace's lock, under the new name; the municipality's own unit has its name as key."""
    head, slash, rest = path.partition("/")
    if head != old:
        return path
    own = f"organisationUnits/{old}"
    return f"{new}{slash}{f'organisationUnits/{new}' if rest == own else rest}"


def _own_unit(root: tree.Mapping | None, name: str) -> list[tuple[Place, str]]:
    """Where a municipality's file names its own unit: in `assign`, and as a parent."""
    found = [(place, text) for place, text in texts(root.get("assign") if root else None) if text == name]
    units = root.get("organisationUnits") if root else None
    for entry in units.entries if isinstance(units, tree.Mapping) else ():
        parent = entry.value.get("parent") if isinstance(entry.value, tree.Mapping) else None
        found += [(place, text) for place, text in texts(parent) if text == name]
    return found
