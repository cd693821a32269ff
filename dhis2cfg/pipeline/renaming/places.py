"""Where a workspace names the objects that get another key path: references, expressions, paths in texts."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from dhis2cfg.model import tree
from dhis2cfg.model.names import Ref
from dhis2cfg.model.places import Place
from dhis2cfg.model.tree import Document
from dhis2cfg.resolve import Seen
from dhis2cfg.workspace.formatting.nodes import Edit
from dhis2cfg.workspace.formatting.quoting import needs_quotes, quoted
from dhis2cfg.workspace.spelling import Spelling

UNITS = "organisationUnits"
NewRef = Callable[[Ref], Ref]


@dataclass(slots=True, kw_only=True)
class Files:
    """The texts of a workspace with the edits that are wanted, and places that only a person can change."""

    documents: dict[str, Document]
    edits: dict[str, set[Edit]] = field(default_factory=dict)
    by_hand: set[Place] = field(default_factory=set)
    _spellings: dict[str, Spelling] = field(default_factory=dict)

    def spelling(self, file: str) -> Spelling:
        """One file's text, taken apart once."""
        if file not in self._spellings:
            self._spellings[file] = Spelling(self.documents[file].text)
        return self._spellings[file]

    def put(self, file: str, start: int, end: int, text: str) -> None:
        """Another text between two offsets."""
        self.edits.setdefault(file, set()).add(Edit(start, end, text))

    def rename(self, seen: Seen, new: Ref) -> None:
        """The key at one place, as long as it was written there: with its parents, or without."""
        if seen.text:
            self._inside(seen, new)
            return
        spelling = self.spelling(seen.place.file)
        start = spelling.offset(seen.place.line, seen.place.column)
        written = spelling.text[start : start + seen.place.length]
        if written == tail(seen.ref, written):
            self.replace(seen.place, written, tail(new, written))
        else:
            self.by_hand.add(seen.place)

    def replace(self, place: Place, written: str, text: str) -> None:
        """A whole key or value; in quotes where the new one needs them and the old one had none."""
        spelling = self.spelling(place.file)
        start = spelling.offset(place.line, place.column)
        is_bare = spelling.text[start - 1 : start] not in ("'", '"')
        told = quoted(text) if is_bare and needs_quotes(text) and not place.file.endswith(".csv") else text
        if text != written:
            self.put(place.file, start, start + len(written), told)

    def _inside(self, seen: Seen, new: Ref) -> None:
        """A key inside a longer text: an expression, a message, a form."""
        told = tail(new, seen.text)
        if seen.text == tail(seen.ref, seen.text) and told != seen.text:
            self.respell(seen, told)

    def respell(self, seen: Seen, told: str) -> None:
        """Another text for what names an object inside a longer one."""
        spelling = self.spelling(seen.place.file)
        at = spelling.offset(seen.place.line, seen.place.column)
        value = spelling.value(at) or ""
        stretches = [
            spelling.stretch(at, value, start, start + len(seen.text)) for start in _starts(value, seen)
        ]
        for stretch in stretches or [None]:
            if stretch is None:
                self.by_hand.add(seen.place)
            else:
                self.put(seen.place.file, *stretch, told)


def tail(ref: Ref, like: str) -> str:
    """As many parts of a key path, from its end, as a text has."""
    parts = ref.path.split("/")
    return "/".join(parts[-(like.count("/") + 1) :])


def _starts(value: str, seen: Seen) -> Iterator[int]:
    """Where a key stands in a value: as it was read, or, where a template made the text, as a whole word."""
    if value[seen.start : seen.start + len(seen.text)] == seen.text:
        yield seen.start
        return
    word = re.compile(rf"(?<![A-Za-z0-9_-]){re.escape(seen.text)}(?![A-Za-z0-9_-])")
    yield from (match.start() for match in word.finditer(value))


def rename_paths(files: Files, document: Document, known: Iterable[Ref], new: NewRef) -> None:
    """`TYPE/KEY/PATH` wherever a municipality's file says it, as key or value."""
    refs = {str(ref): ref for ref in known if new(ref) != ref}
    for place, text in texts(document.root):
        if text in refs:
            files.replace(place, text, str(new(refs[text])))


def rename_translations(files: Files, document: Document, new: NewRef) -> None:
    """Key paths below their types, in a file of translations."""
    for types in document.root.entries if document.root else ():
        for entry in types.value.entries if isinstance(types.value, tree.Mapping) else ():
            ref = Ref(types.key, entry.key)
            files.replace(entry.key_place, entry.key, new(ref).path)


def own_units(root: tree.Mapping | None) -> tuple[tree.Entry, ...]:
    """The units that a municipality's file defines."""
    units = root.get(UNITS) if root else None
    return units.entries if isinstance(units, tree.Mapping) else ()


def used_units(root: tree.Mapping | None, key: str) -> Iterator[tuple[Place, str]]:
    """Where a municipality's file names a unit by its key alone: as a parent, and what is assigned."""
    for entry in own_units(root):
        parent = entry.value.get("parent") if isinstance(entry.value, tree.Mapping) else None
        yield from (each for each in texts(parent) if each[1] == key)
    yield from (each for each in texts(root.get("assign") if root else None) if each[1] == key)


def texts(node: tree.Node | None) -> Iterator[tuple[Place, str]]:
    """Every key and every value of a file, with its place."""
    waiting = [node] if node is not None else []
    while waiting:
        each = waiting.pop()
        match each:
            case tree.Mapping():
                for entry in each.entries:
                    yield entry.key_place, entry.key
                    waiting.append(entry.value)
            case tree.Sequence():
                waiting += each.items
            case tree.Tagged():
                waiting.append(each.value)
            case _:
                yield each.place, each.text
