"""UIDs back into names that a reader knows: keys where we know them, titles where there are any."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dhis2cfg.catalogue import oddities
from dhis2cfg.catalogue.types import Catalogue, Shape
from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.state import Child, DesiredObject, Field, Formula, Text
from dhis2cfg.plan.survey import Survey
from dhis2cfg.wire import paths


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Keys and titles by UID, of everything that the packages, the record or the server told."""

    catalogue: Catalogue
    keys: Mapping[str, str]
    titles: Mapping[str, str]
    users: Mapping[str, str] = field(default_factory=dict)

    def key(self, uid: str) -> str:
        """The key path of an object of ours, the username of a user, else `id:UID`."""
        return self.keys.get(uid) or self.users.get(uid) or f"id:{uid}"

    def title(self, uid: str) -> str:
        """The name of an object, else its key."""
        return self.titles.get(uid) or self.key(uid)

    def path(self, type_name: str, path: str) -> str:
        """A field path with keys in place of UIDs."""
        parsed = paths.parse(path)
        named = parsed.property
        if parsed.key is not None:
            named += f"[{','.join(self.parts(type_name, parsed))}]"
        if parsed.is_order:
            named += paths.ORDER
        return f"{named}.{self.path(type_name, parsed.rest)}" if parsed.rest else named

    def parts(self, type_name: str, parsed: paths.Parsed) -> tuple[str, ...]:
        """The parts of a member's key, keys in place of UIDs; words of a list of words stay as they are."""
        parts = tuple((parsed.key or "").split(","))
        prop = self.catalogue.property(type_name, parsed.property)
        is_words = prop is not None and prop.shape in (Shape.VALUES, Shape.TRANSLATIONS) and not prop.target
        return parts if is_words else tuple(map(self.part, parts))

    def part(self, part: str) -> str:
        """One part of a member's key: a UID becomes a key, anything else stays."""
        return self.key(part) if part in self.keys or part in self.users or is_uid_like(part) else part

    def value(self, type_name: str, path: str, value: Any) -> Any:
        """A value with keys in place of the UIDs that a reference or an order holds."""
        if isinstance(value, tuple):
            return [self.part(str(each)) for each in value]
        if isinstance(value, str) and path and self._is_reference(type_name, path):
            return self.part(value)
        return value

    def _is_reference(self, type_name: str, path: str) -> bool:
        parsed = paths.parse(path)
        prop = self.catalogue.property(type_name, parsed.property)
        if prop is None:
            return False
        if parsed.rest and prop.target:
            return self._is_reference(prop.target, parsed.rest)
        return prop.shape is Shape.REFERENCE


def is_uid_like(text: str) -> bool:
    """Whether a text has the form of a UID; used on what catalogues call references only."""
    return len(text) == 11 and text.isascii() and text.isalnum() and text[0].isalpha()  # noqa: PLR2004 - facts §4.1


def names_of(known: Survey, users: Mapping[str, Uid | None]) -> Names:
    """Everything that has a name, for one target."""
    keys: dict[str, str] = {}
    titles: dict[str, str] = {}
    for (_, uid), live in known.live.items():
        titles[uid] = str(live.get("name") or live.get("displayName") or "")
    for dropped in known.dropped:
        keys[dropped.uid] = dropped.recorded.path
    for ref, uid in known.matching.uids.items():
        each = known.given.state.objects[ref]
        keys[uid] = ref.path
        titles[uid] = title_of(each) or titles.get(uid, "")
        for child_id, child in _children(known.bodies[ref], each):
            keys.setdefault(child_id, child.key)
            titles.setdefault(child_id, _text(child.fields.get("name")))
    return Names(
        catalogue=known.given.catalogue,
        keys=keys,
        titles=titles,
        users={uid: name for name, uid in users.items() if uid is not None},
    )


def _children(body: Mapping[str, Any], each: DesiredObject) -> Iterator[tuple[str, Child]]:
    """Our embedded children by the ids that they have on this server."""
    for name, written in each.fields.items():
        if isinstance(written.value, tuple) and name in body:
            for told, child in zip(body[name], written.value, strict=True):
                if isinstance(child, Child) and "id" in told:
                    yield told["id"], child


def title_of(each: DesiredObject) -> str:
    """The base name of an object, empty where it has none (rule actions)."""
    return _text(each.fields.get("name"))


def _text(written: Field | None) -> str:
    value = written.value if written else None
    text = value.base if isinstance(value, Text) else value
    if isinstance(text, Formula):
        return "".join(str(part) for part in text.parts)
    return text if isinstance(text, str) else ""


def within(known: Survey, ref: Ref) -> tuple[str, ...]:
    """The titles of what an object stands in, outermost first (program, stage)."""
    objects = known.given.state.objects
    parents = [title_of(objects[parent]) or parent.key for parent in ancestors(ref) if parent in objects]
    return tuple(reversed(parents))


def ancestors(ref: Ref) -> Iterator[Ref]:
    """What an object stands in by its key path, innermost first; a path without a parent has none."""
    row = next((row for row in oddities.parent_lists(ref.type) if row.scoped), None)
    if row is not None and ref.parent_path:
        parent = Ref(row.parent, ref.parent_path)
        yield parent
        yield from ancestors(parent)
