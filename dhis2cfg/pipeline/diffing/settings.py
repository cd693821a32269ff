"""Fleet and municipality files compared, value by value, in a reader's words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from dhis2cfg.model import tree
from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.plan import Change, Kind, Reason, Risk
from dhis2cfg.model.sources import FleetSource
from dhis2cfg.pipeline.diffing.wording import Wording, wording

Path = tuple[str, ...]
_WORD = re.compile(r"[\w/.-]+")
UNITS = "organisationUnits"
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One value of a file: the text as written; `member` where it is one of a list."""

    text: str
    place: Place
    member: bool = False

    @property
    def shown(self) -> str | bool:
        """The text; of a member that it is there."""
        return True if self.member else self.text


def settings_changes(
    before: FleetSource, after: FleetSource, renamed: Mapping[str, str] = NOTHING
) -> Iterator[Change]:
    """What fleet and municipalities are told otherwise; `renamed` are words with new ones for the same."""
    if before.fleet is not None or after.fleet is not None:
        yield from _file("fleet", "fleet", (before.fleet, after.fleet), renamed)
    former = _former(before, after)
    for name in dict.fromkeys((*before.municipalities, *after.municipalities)):
        if name in former.values():
            continue
        old = former.get(name, name)
        files = (before.municipalities.get(old), after.municipalities.get(name))
        yield from _file("municipalities", name, files, {**renamed, old: name})
        if old != name:
            yield _moved(name, old, files[1])


def _former(before: FleetSource, after: FleetSource) -> dict[str, str]:
    """Municipalities whose file has another name and the same number: name now → name before."""
    gone = {
        _number(each): name
        for name, each in before.municipalities.items()
        if name not in after.municipalities
    }
    new = {
        name: _number(each)
        for name, each in after.municipalities.items()
        if name not in before.municipalities
    }
    return {name: gone[number] for name, number in new.items() if number and number in gone}


def _number(document: tree.Document) -> str:
    found = written(document).get(("number",))
    return found.text if found else ""


def _moved(name: str, old: str, document: tree.Document | None) -> Change:
    """A municipality under another name."""
    title = written(document).get(("name",))
    return Change(
        type="municipalities",
        path=name,
        field="",
        kind=Kind.MOVE,
        reason=Reason.MOVED_ON,
        risk=Risk.SAFE,
        uid=Uid(""),
        title=title.text if title else name,
        before=old,
        after=name,
        place=_place(document),
    )


def _file(
    type_name: str,
    name: str,
    files: tuple[tree.Document | None, tree.Document | None],
    renamed: Mapping[str, str],
) -> Iterator[Change]:
    before, after = files
    last, now = _under_new_names(written(before), renamed), written(after)
    title = next((each[("name",)].text for each in (now, last) if ("name",) in each), name)
    if before is None or after is None:
        yield _whole(Ref(type_name, name), title, _place(after or before), (last, now))
        return
    for path in dict.fromkeys((*now, *last)):
        old, new = last.get(path), now.get(path)
        if old is None or new is None or old.text != new.text:
            told = wording(type_name, path, is_new=old is None)
            yield _changed(Ref(type_name, name), title, path, (old, new), told)


def _under_new_names(values: Mapping[Path, Written], renamed: Mapping[str, str]) -> dict[Path, Written]:
    """The values of a file as they would stand with the new names of packages and objects."""

    def told(text: str) -> str:
        return _WORD.sub(lambda match: renamed.get(match[0], match[0]), text)

    named = {tuple(map(told, path)): replace(each, text=told(each.text)) for path, each in values.items()}
    own = {path[1] for path in named if path[0] == UNITS and path[1:]}
    units = {old: new for old, new in renamed.items() if old.removeprefix(f"{UNITS}/") not in own}
    return dict(_unit(path, each, units) for path, each in named.items())


def _unit(path: Path, each: Written, renamed: Mapping[str, str]) -> tuple[Path, Written]:
    """A value that names a unit by its key alone, with the unit's new key."""
    new = renamed.get(f"{UNITS}/{each.text}", "").rpartition("/")[2]
    if new and path[0] == "assign" and each.member:
        return (*path[:-1], new), replace(each, text=new)
    if new and path[0] == UNITS and path[-1] == "parent":
        return path, replace(each, text=new)
    return path, each


def _place(document: tree.Document | None) -> Place | None:
    return document.root.place if document and document.root else None


def _whole(
    file: Ref, title: str, place: Place | None, sides: tuple[Mapping[Path, Written], Mapping[Path, Written]]
) -> Change:
    """A file that comes or goes."""
    last, now = ({".".join(path): each.text for path, each in side.items()} for side in sides)
    is_new = bool(now)
    return Change(
        type=file.type,
        path=file.path,
        field="",
        kind=Kind.CREATE if is_new else Kind.DELETE,
        reason=Reason.NEW if is_new else Reason.DROPPED,
        risk=Risk.SAFE if is_new else Risk.VISIBLE,
        uid=Uid(""),
        title=title,
        before=None if is_new else last,
        after=now if is_new else None,
        place=place,
        note="" if is_new else "its server is no longer planned or applied",
    )


def _changed(
    file: Ref, title: str, path: Path, sides: tuple[Written | None, Written | None], told: Wording
) -> Change:
    """One value, before and after."""
    old, new = sides
    stands = new or old
    return Change(
        type=file.type,
        path=file.path,
        field=".".join(path),
        kind=Kind.UPDATE if old and new else Kind.CREATE if new else Kind.DELETE,
        reason=Reason.MOVED_ON if new else Reason.DROPPED,
        risk=told.risk,
        uid=Uid(""),
        title=title,
        label=told.label,
        before=old.shown if old else None,
        after=new.shown if new else None,
        place=stands.place if stands else None,
        note=told.note,
    )


def written(document: tree.Document | None) -> dict[Path, Written]:
    """Every value of a file by its path; members of a list are keys of it."""
    return dict(_flat(document.root, ())) if document and document.root else {}


def _flat(node: tree.Node, path: Path) -> Iterator[tuple[Path, Written]]:
    match node:
        case tree.Mapping():
            for entry in node.entries:
                yield from _flat(entry.value, (*path, entry.key))
            if not node.entries and path:
                yield path, Written(text="", place=node.place, member=True)
        case tree.Sequence():
            for item in node.items:
                yield (*path, _said(item)), Written(text=_said(item), place=item.place, member=True)
        case tree.Tagged():
            yield path, Written(text=f"!{node.tag.lstrip('!')} {_said(node.value)}", place=node.place)
        case _:
            yield path, Written(text=node.text, place=node.place)


def _said(node: tree.Node) -> str:
    """A node on one line."""
    match node:
        case tree.Mapping():
            return ", ".join(f"{entry.key}: {_said(entry.value)}" for entry in node.entries)
        case tree.Sequence():
            return ", ".join(map(_said, node.items))
        case tree.Tagged():
            return f"!{node.tag.lstrip('!')} {_said(node.value)}"
        case _:
            return node.text


def usernames(root: tree.Node | None) -> Iterator[str]:
    """Every name of a person in a file: members of groups, and users that something is shared with."""
    waiting = [root] if isinstance(root, tree.Mapping) else []
    while waiting:
        for entry in waiting.pop().entries:
            if entry.key == "members" and isinstance(entry.value, tree.Mapping):
                for group in entry.value.entries:
                    yield from _said(group.value).split(", ")
            elif entry.key == "users" and isinstance(entry.value, tree.Mapping):
                yield from (each.key for each in entry.value.entries)
            elif isinstance(entry.value, tree.Mapping):
                waiting.append(entry.value)
