"""What a key means where it is written: scopes, required packages, foreign objects, the server's defaults."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from dhis2cfg.catalogue.oddities import is_scoped
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.names import Foreign, Ref, Reference, ServerDefault, Uid, Username
from dhis2cfg.model.places import Place
from dhis2cfg.resolve.nodes import did_you_mean, is_unread, text_of
from dhis2cfg.resolve.objects.entities import Entities

WITH_DEFAULT = frozenset({"categories", "categoryCombos", "categoryOptionCombos", "categoryOptions"})
"""Types of which every server has an object called `default` (facts §4.3)."""


SHOWN = 3
"""How many paths a finding names at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A key that was read: what it names, the value that it stands in, from which character of its text on.

    `text` is the key as it stands in a longer text; empty where the value is the key alone.
    """

    ref: Ref
    place: Place
    start: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The objects that the texts of one package, or of one municipality, may name.

    `required` are the objects of other packages that may be named as well; `pinned` are ours by UID, pinned
    or locked, so that a UID of ours is never taken for somebody else's. `beside` are objects that only what
    stands in the files `beside_in` may name: a municipality's patches name those of all its packages. `seen`
    gathers what keys named, where somebody wants to know.
    """

    catalogue: Catalogue
    own: Entities
    findings: list[Finding]
    required: tuple[Entities, ...] = ()
    whose: str = "this package or of what it requires"
    pinned: dict[Uid, Ref] = field(default_factory=dict)
    seen: list[Seen] | None = None
    beside: tuple[Entities, ...] = ()
    beside_in: tuple[str, ...] = ()

    def note(self, ref: Ref, place: Place, start: int = 0, text: str = "") -> None:
        """Remember what a key named."""
        if self.seen is not None:
            self.seen.append(Seen(ref=ref, place=place, start=start, text=text))

    def singular(self, type_name: str) -> str:
        """A type as people read it: `optionSets` → "option set"."""
        found = self.catalogue.types.get(type_name)
        name = found.singular if found else type_name
        return "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in name)

    def read(self, node: tree.Node, target: str, near: Ref | None) -> Reference | None:
        """The reference that a node spells: a key, a path, `id:UID` or `{id: UID}`."""
        if isinstance(node, tree.Mapping):
            uid = text_of(node.get("id"))
            if uid is not None and len(node.entries) == 1:
                return self.foreign(target, uid)
        text = text_of(node)
        if is_unread(node):
            return None
        if text is None:
            self.findings.append(self._no_reference(node.place, target))
            return None
        return self.find(text, target, node.place, near)

    def foreign(self, target: str, uid: str) -> Reference:
        """An object by its UID: ours where one of ours pins it."""
        ours = self.pinned.get(Uid(uid))
        return ours if ours is not None and ours.type == target else Foreign(target, Uid(uid))

    def find(self, text: str, target: str, place: Place, near: Ref | None) -> Reference | None:
        """What a key names, seen from the object `near`; a finding and None where it names nothing."""
        if text.startswith("id:"):
            return self.foreign(target, text.removeprefix("id:"))
        if target == "users":
            return Username(text)
        found = self.known(text, target, near) or self._beside(text, target, place)
        if found is not None:
            self.note(found, place)
            return found
        if text == "default" and target in WITH_DEFAULT:
            return ServerDefault(target)
        self.findings.append(self._unknown(text, target, place))
        return None

    def known(self, text: str, target: str, near: Ref | None) -> Ref | None:
        """The object of this key, or None: children of what refers, of its parent, and so on, then paths."""
        for above in self._upwards(near):
            ref = Ref(target, f"{above.path}/{text}")
            if is_scoped(target) and ref in self.own.objects:
                return ref
        ref = Ref(target, text)
        return next((ref for each in (self.own, *self.required) if ref in each.objects), None)

    def _beside(self, text: str, target: str, place: Place) -> Ref | None:
        """The object of this key in another package, for what a municipality writes."""
        ref = Ref(target, text)
        is_known = place.file in self.beside_in and any(ref in each.objects for each in self.beside)
        return ref if is_known else None

    def _upwards(self, near: Ref | None) -> Iterator[Ref]:
        """The object itself, its parent, and so on."""
        seen: set[Ref] = set()
        while near is not None and near not in seen:
            yield near
            seen.add(near)
            entity = self.own.objects.get(near)
            near = entity.parent if entity else None

    def within(self, near: Ref | None, type_name: str) -> Ref | None:
        """The nearest object of a type upwards: the program of a rule's action."""
        return next((each for each in self._upwards(near) if each.type == type_name), None)

    def places(self, target: str) -> dict[str, Place]:
        """Key path → place of everything of a type that may be named."""
        known: dict[str, Place] = {}
        for each in (*self.required, self.own):
            known |= each.of_type(target)
        return known

    def _unknown(self, text: str, target: str, place: Place) -> Finding:
        known = self.places(target)
        tails = [path for path in known if path.endswith(f"/{text}")]
        what = self.singular(target)
        if tails:
            shown = sorted(tails)[:SHOWN]
            more = " and others" if len(tails) > SHOWN else ""
            return Finding(
                rule="ambiguous-reference" if len(tails) > 1 else "unknown-reference",
                message=f"{what} {text} is not in reach here",
                place=place,
                label="a key is looked up inside what refers to it and its parents",
                following=f"write the path: {', '.join(shown)}{more}",
            )
        return Finding(
            rule="unknown-reference",
            message=f"{what} {text} does not exist",
            place=place,
            label=f"no {what} of {self.whose} has this key",
            following=did_you_mean(text, known)
            or "define it, or write {id: UID} for one that exists on the server",
        )

    def _no_reference(self, place: Place, target: str) -> Finding:
        return Finding(
            rule="not-a-reference",
            message=f"this names no {self.singular(target)}",
            place=place,
            label="wanted: a key, a path PARENT/KEY, or {id: UID}",
            following=f"write the key of the {self.singular(target)}",
        )
