"""UIDs back into names that a reader knows: keys where we know them, titles where there are any."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dhis2cfg.catalogue import oddities
from dhis2cfg.catalogue.types import Catalogue, Shape
from dhis2cfg.expressions import Context, Found, context_of, find_references, rewrite
from dhis2cfg.model.names import COMBINATIONS, Ref, Uid
from dhis2cfg.model.state import Child, DesiredObject, Field, Formula, Text
from dhis2cfg.plan.survey import Survey
from dhis2cfg.wire import paths


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Keys and titles by UID, of everything that the packages, the record or the server told.

    `locale` is the language of the titles; empty: each package's own.
    """

    catalogue: Catalogue
    keys: Mapping[str, str]
    titles: Mapping[str, str]
    users: Mapping[str, str] = field(default_factory=dict)
    locale: str = ""

    def title_of(self, each: DesiredObject) -> str:
        """The name of an object of the packages, empty where it has none."""
        return title_of(each, self.locale)

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
        """A value with keys in place of the UIDs that a reference, an order or an expression holds."""
        if isinstance(value, tuple):
            return [self.part(str(each)) for each in value]
        if not isinstance(value, str) or not path:
            return value
        if self._is_reference(type_name, path):
            return self.part(value)
        context = self.context(type_name, path)
        return rewrite(value, context, lambda found: self._with_keys(value, found)) if context else value

    def context(self, type_name: str, path: str) -> Context | None:
        """The language of the expression that a field holds; None where it holds none."""
        parsed = paths.parse(path)
        prop = self.catalogue.property(type_name, parsed.property)
        if parsed.rest and prop is not None and prop.target:
            return context_of(prop.target, parsed.rest) or context_of(
                type_name, f"{parsed.property}.{parsed.rest}"
            )
        return context_of(type_name, f"{parsed.property}.{parsed.rest}".rstrip("."))

    def beside(self, type_name: str, path: str, *values: Any) -> Mapping[str, str]:
        """Key → title of what the values of a field refer to, as far as it has a name."""
        uids = [uid for value in values for uid in self._mentioned(type_name, path, value)]
        return {self.key(uid): self.titles[uid] for uid in uids if uid in self.keys and self.titles.get(uid)}

    def _mentioned(self, type_name: str, path: str, value: Any) -> Iterator[str]:
        """The UIDs that stand in the value of a field."""
        if isinstance(value, tuple | list):
            yield from map(str, value)
        elif isinstance(value, str) and path:
            context = self.context(type_name, path)
            if context is not None:
                yield from (key.text for found in find_references(value, context) for key in found.keys)
            elif self._is_reference(type_name, path):
                yield value

    def _with_keys(self, text: str, found: Found) -> str | None:
        """A reference of an expression with the last part of each key in place of its UID."""
        if not any(key.text in self.keys for key in found.keys):
            return None
        told, position = "", found.start
        for key in found.keys:
            told += text[position : key.start] + self.keys.get(key.text, key.text).rpartition("/")[2]
            position = key.end
        return told + text[position : found.end]

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


def names_of(known: Survey, users: Mapping[str, Uid | None], locale: str = "") -> Names:
    """Everything that has a name, for one target; titles in a language, else in each package's own."""
    keys: dict[str, str] = {}
    titles: dict[str, str] = {}
    for (_, uid), live in known.live.items():
        titles[uid] = str(live.get("name") or live.get("displayName") or "")
    for dropped in known.dropped:
        keys[dropped.uid] = dropped.recorded.path
    for ref, uid in known.matching.uids.items():
        each = known.given.state.objects[ref]
        keys[uid] = ref.path
        titles[uid] = title_of(each, locale) or titles.get(uid, "")
        for child_id, child in _children(known.bodies[ref], each):
            keys.setdefault(child_id, child.key)
            titles.setdefault(child_id, _text(child.fields.get("name"), locale))
    keys |= dict(_combinations(known, keys))
    return Names(
        catalogue=known.given.catalogue,
        keys=keys,
        titles=titles,
        users={uid: name for name, uid in users.items() if uid is not None},
        locale=locale,
    )


def _combinations(known: Survey, keys: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Option combinations as they are written: by the keys of their options."""
    for meant, uid in known.combinations.items():
        yield uid, meant.key
    for (type_name, uid), live in known.live.items():
        options = [keys.get(each["id"], f"id:{each['id']}") for each in live.get("categoryOptions") or ()]
        if type_name == COMBINATIONS and options:
            yield uid, f"({','.join(sorted(options))})"


def _children(body: Mapping[str, Any], each: DesiredObject) -> Iterator[tuple[str, Child]]:
    """Our embedded children by the ids that they have on this server."""
    for name, written in each.fields.items():
        if isinstance(written.value, tuple) and name in body:
            for told, child in zip(body[name], written.value, strict=True):
                if isinstance(child, Child) and "id" in told:
                    yield told["id"], child


def title_of(each: DesiredObject, locale: str = "") -> str:
    """The name of an object in a language, else its base name; empty where it has none (rule actions)."""
    return _text(each.fields.get("name"), locale)


def _text(written: Field | None, locale: str = "") -> str:
    value = written.value if written else None
    text = value.locales.get(locale, value.base) if isinstance(value, Text) else value
    if isinstance(text, Formula):
        return "".join(str(part) for part in text.parts)
    return text if isinstance(text, str) else ""


def within(known: Survey, ref: Ref, locale: str = "") -> tuple[str, ...]:
    """The titles of what an object stands in, outermost first (program, stage)."""
    objects = known.given.state.objects
    parents = [
        title_of(objects[parent], locale) or parent.key for parent in ancestors(ref) if parent in objects
    ]
    return tuple(reversed(parents))


def ancestors(ref: Ref) -> Iterator[Ref]:
    """What an object stands in by its key path, innermost first; a path without a parent has none."""
    row = next((row for row in oddities.parent_lists(ref.type) if row.scoped), None)
    if row is not None and ref.parent_path:
        parent = Ref(row.parent, ref.parent_path)
        yield parent
        yield from ancestors(parent)
