"""Keys that look renamed: a line of the lock without an object, beside an object that is its like."""

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.names import Ref
from dhis2cfg.model.sources import LockFile, LockLine
from dhis2cfg.resolve.lock import standing
from dhis2cfg.resolve.nodes import text_of
from dhis2cfg.resolve.objects.entities import Entity

ALIKE = 0.8
"""From which share of equal letters on two keys are taken for spellings of one."""
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})


def renamed_findings(new: Mapping[Ref, Entity], lock: LockFile) -> tuple[Finding, ...]:
    """A finding for each of the `new` objects (without `id:`) whose key took the place of a locked one.

    What stands inside a renamed object follows it and is not told.
    """
    lines = standing(lock)
    gone = {ref: line for line in lines.values() if (ref := _ref(line)) not in new}
    came = {ref: each for ref, each in new.items() if str(ref) not in lines}
    parents: dict[str, str] = {}
    found: list[Finding] = []
    for ref in sorted(came, key=lambda each: (each.path.count("/"), each)):
        old = next(_olds(ref, came[ref], gone, parents), None)
        if old is None:
            continue
        line = gone.pop(old)
        parents[ref.path] = old.path
        if parents.get(ref.parent_path, ref.parent_path) == ref.parent_path:
            found.append(_finding(ref, came[ref], old, line))
    return tuple(found)


def _ref(line: LockLine) -> Ref:
    type_name, _, path = line.path.partition("/")
    return Ref(type_name, path)


def _olds(ref: Ref, each: Entity, gone: Mapping[Ref, LockLine], parents: Mapping[str, str]) -> Iterator[Ref]:
    """The vanished keys of the same type and parent that the object may have had, the likeliest first."""
    parent = parents.get(ref.parent_path, ref.parent_path)
    near = [old for old in gone if old.type == ref.type and old.parent_path == parent]
    yield from (old for old in near if old.key == ref.key)
    said = {_plain(text) for name in ("code", "name") for text in _texts(each.node.get(name))}
    yield from (old for old in near if _plain(old.key) in said)
    yield from (old for old in near if _are_alike(old.key, ref.key))


def _texts(node: tree.Node | None) -> Iterator[str]:
    """A text, or the text of each language."""
    if isinstance(node, tree.Mapping):
        yield from (text for entry in node.entries if (text := text_of(entry.value)))
    elif text := text_of(node):
        yield text


def _plain(text: str) -> str:
    """A text as a key would be made from it, small."""
    return re.sub(r"[^a-z0-9]+", "_", text.lower().translate(_LETTERS)).strip("_")


def _are_alike(one: str, other: str) -> bool:
    """Whether two keys differ in a few letters; numbers tell things apart."""
    numbers = [re.findall(r"\d+", key) for key in (one, other)]
    return numbers[0] == numbers[1] and SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def _finding(ref: Ref, each: Entity, old: Ref, line: LockLine) -> Finding:
    return Finding(
        rule="looks-renamed",
        message=f"{ref} is new, and {old}, which is locked as {line.uid}, is gone: it looks renamed",
        place=each.place,
        label="on servers the old object would be left behind, and a new one made",
        following=(
            f"write {old.key} again and run dhis2cfg rename {old} {ref.key}, which keeps the UID; "
            "is it something new, say so: # dhis2cfg: ignore looks-renamed: REASON"
        ),
        related=(Related(message="the line that lost its object", place=line.place),),
    )
