"""An object under another key: definition, references, expressions, translations, tests."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dhis2cfg.errors import UsageError
from dhis2cfg.load import open_binary
from dhis2cfg.load.text.events import parse
from dhis2cfg.model import tree
from dhis2cfg.model.names import Ref
from dhis2cfg.model.places import Place
from dhis2cfg.model.tree import Document
from dhis2cfg.pipeline.reading import Read
from dhis2cfg.pipeline.renaming.codes import follows_key, keep
from dhis2cfg.pipeline.renaming.places import (
    UNITS,
    Files,
    own_units,
    rename_paths,
    rename_translations,
    tail,
    texts,
    used_units,
)
from dhis2cfg.resolve import Named, is_below, named, read_manifest
from dhis2cfg.resolve.objects.entities import KEY
from dhis2cfg.workspace.formatting.nodes import applied


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """New texts by file, how many places changed, what only a person can change, and files that move."""

    texts: Mapping[str, str]
    places: int
    by_hand: tuple[Place, ...] = ()
    moves: tuple[tuple[str, str], ...] = ()


def rename_key(files: Read, ref: Ref, key: str, *, follow: bool) -> Renamed:
    """Everything that must change for an object to have another key; `follow`: its code changes as well."""
    packages = named(files.packages, files.catalogue, files.fleet)
    holders = {name: each for name, each in packages.items() if ref in each.entities.objects}
    _must_be_free(ref, key, holders, files)
    new = _new_ref(ref, key, holders)
    work = Files(documents={**files.documents, **dict(_tests(files))})
    for name, each in packages.items():
        for seen in each.seen:
            if seen.ref.type != "programRuleActions" and new(seen.ref) != seen.ref:
                work.rename(seen, new(seen.ref))
        for document in files.packages[name].translations.values():
            rename_translations(work, document, new)
    for name, each in holders.items():
        work_on = _Holder(work=work, files=files, name=name, named=each)
        _definitions(work_on, ref, key, follow=follow)
    known = [one for each in holders.values() for one in each.entities.objects]
    manifests = (files.packages[name].manifest for name in holders)
    for beside in (files.source.fleet, *files.source.municipalities.values(), *manifests):
        if beside is not None:
            rename_paths(work, beside, known, new)
    for document in files.source.municipalities.values() if ref.type == UNITS else ():
        if all(entry.key != ref.key for entry in own_units(document.root)):
            for place, text in used_units(document.root, ref.key):
                work.replace(place, text, key)
    for file, document in _tests(files):
        _in_tests(work, file, document, ref, new(ref), known)
    changed = {file: applied(work.documents[file].text, edits) for file, edits in work.edits.items()}
    count = sum(len(edits) for edits in work.edits.values())
    return Renamed(texts=changed, places=count, by_hand=tuple(sorted(work.by_hand)))


def _must_be_free(ref: Ref, key: str, holders: Mapping[str, Named], files: Read) -> None:
    if not KEY.match(key):
        raise UsageError(f"{key} is no key", details=("letters, digits, _ and -, at most 100",))
    other = Ref(ref.type, f"{ref.parent_path}/{key}".removeprefix("/"))
    for name in files.packages:
        each = holders.get(name)
        if each is not None and other in each.entities.objects:
            raise UsageError(f"{other} is there already", details=(f"in {name}",))


def _new_ref(ref: Ref, key: str, holders: Mapping[str, Named]) -> "RefMaker":
    return RefMaker(ref, f"{ref.parent_path}/{key}".removeprefix("/"), holders)


class RefMaker:
    """The key path that an object has afterwards; all others stay as they are."""

    def __init__(self, ref: Ref, path: str, holders: Mapping[str, Named]) -> None:
        below = {
            one
            for each in holders.values()
            for one in each.entities.objects
            if is_below(one, ref, each.entities)
        }
        self._new = {ref: Ref(ref.type, path)}
        self._new |= {one: Ref(one.type, path + one.path.removeprefix(ref.path)) for one in below}

    def __call__(self, ref: Ref) -> Ref:
        """The reference afterwards."""
        return self._new.get(ref, ref)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Holder:
    """A package that holds the object."""

    work: Files
    files: Read
    name: str
    named: Named


def _definitions(holder: _Holder, ref: Ref, key: str, *, follow: bool) -> None:
    """The keys under which the object is written, and its old key as its code."""
    work, files, name, each = holder.work, holder.files, holder.name, holder.named
    places = list(_defined(files, name, each, ref))
    if not places:
        raise UsageError(
            f"{ref} is made by for_each, or has no key of its own",
            details=(str(each.entities.objects[ref].place),),
            following=("rename it where it is made, by hand",),
        )
    for place, written in places:
        work.replace(place, written, key)
    prop = follows_key(ref)
    if prop and not follow and each.entities.objects[ref].node.get(prop) is None:
        manifest, _ = read_manifest(files.packages[name].manifest)
        keep(work, ref, places[0][0], manifest.locales)


def _defined(files: Read, name: str, each: Named, ref: Ref) -> Iterator[tuple[Place, str]]:
    """The place of every key below which an object is written."""
    for entry in _entries(files, name, each, ref):
        yield entry.key_place, entry.key


def _entries(files: Read, name: str, each: Named, ref: Ref) -> Iterator[tree.Entry]:
    """The entries that define an object, over all files of its package."""
    entity = each.entities.objects[ref]
    if not entity.is_nested or entity.parent is None or entity.row is None:
        for document in files.packages[name].documents:
            types = document.root.get(ref.type) if document.root else None
            yield from (entry for entry in _inside(types) if entry.key == tail(ref, entry.key))
        return
    for parent in _entries(files, name, each, entity.parent):
        listed = parent.value.get(entity.row.collection) if isinstance(parent.value, tree.Mapping) else None
        yield from (entry for entry in _inside(listed) if entry.key == ref.key)


def _inside(node: tree.Node | None) -> tuple[tree.Entry, ...]:
    return node.entries if isinstance(node, tree.Mapping) else ()


def _tests(files: Read) -> Iterator[tuple[str, Document]]:
    """The test files of all packages, which are not read as objects."""
    for package in files.packages.values():
        folder = files.root / package.folder / "tests"
        for path in sorted([*folder.rglob("*.yaml"), *folder.rglob("*.yml")]):
            file = path.relative_to(files.root).as_posix()
            yield file, parse(_text(path), file)[0]


def _text(path: Path) -> str:
    with open_binary(path) as file:
        return file.read().decode("utf-8", "replace")


def _in_tests(work: Files, file: str, document: Document, ref: Ref, new: Ref, known: list[Ref]) -> None:
    """Keys and paths in a file of tests; a key that several types have only by its path."""
    alone = sum(each.key == ref.key for each in known) == 1
    words = {str(ref): str(new), ref.path: new.path, **({ref.key: new.key} if alone else {})}
    for place, text in texts(document.root):
        if text in words:
            work.replace(replace(place, file=file), text, words[text])
