"""What a rule may ask: the state, the packages and what the DHIS2 versions they claim accept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dhis2cfg.catalogue.types import Catalogue, MetadataType, Property
from dhis2cfg.model.findings import Severity
from dhis2cfg.model.names import Ref
from dhis2cfg.model.places import Place
from dhis2cfg.model.privacy import Privacy
from dhis2cfg.model.state import DesiredObject, Field, Origin, State, Value
from dhis2cfg.validate.values import children_of, unwrapped


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What validation must know of a package beside its objects.

    `versions` are the DHIS2 versions it claims (`2.42`); `folder` is where its files stand; `severity` is
    what its `package.yaml` says of rules, `privacy` what it promises about persons.
    """

    name: str
    versions: tuple[str, ...]
    folder: str = ""
    severity: Mapping[str, Severity] = field(default_factory=dict)
    privacy: Privacy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Something with fields: an object, or an embedded child at any depth.

    `kind` is its type or class in the catalogue; `path` leads to it from the object without keys
    (`leftSide.`), and is empty for the object itself; `child` is the key of a child; `unread` names what is
    written and could not be read.
    """

    object: DesiredObject
    kind: str
    fields: Mapping[str, Field]
    place: Place
    path: str = ""
    child: str = ""
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One property of a holder: its value (behind `!once` too) and what each claimed version says of it."""

    holder: Holder
    name: str
    value: Value
    place: Place
    origin: Origin
    properties: Mapping[str, Property | None]

    @property
    def known(self) -> Mapping[str, Property]:
        """The versions that have the property."""
        return {version: found for version, found in self.properties.items() if found is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleContext:
    """One state with what is needed to judge it; made by `context_for`.

    `memory` keeps what several rules need and one of them worked out (`judging.judged`).
    """

    state: State
    catalogues: Mapping[str, Catalogue]
    claims: Mapping[str, tuple[str, ...]]
    by_type: Mapping[str, tuple[DesiredObject, ...]]
    by_parent: Mapping[tuple[str, str], tuple[DesiredObject, ...]]
    promises: tuple[Privacy, ...] = ()
    memory: dict[str, tuple[Any, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of(self, type_name: str) -> tuple[DesiredObject, ...]:
        """The objects of a type."""
        return self.by_type.get(type_name, ())

    def below(self, type_name: str, parent_path: str) -> tuple[DesiredObject, ...]:
        """The objects of a type whose key path goes on from a parent's."""
        return self.by_parent.get((type_name, parent_path), ())

    def get(self, ref: Ref | None) -> DesiredObject | None:
        """An object of the state."""
        return self.state.objects.get(ref) if ref else None

    def claimed(self, each: DesiredObject) -> Mapping[str, Catalogue]:
        """The catalogues of the versions that an object must fit: its package's, else all."""
        wanted = self.claims.get(each.owner) or tuple(self.catalogues)
        return {version: self.catalogues[version] for version in wanted if version in self.catalogues}

    def kinds(self, each: DesiredObject) -> Mapping[str, MetadataType]:
        """The type of an object in each claimed version that has it."""
        found = {version: one.types.get(each.ref.type) for version, one in self.claimed(each).items()}
        return {version: kind for version, kind in found.items() if kind is not None}

    def name(self, each: DesiredObject) -> str:
        """An object as messages call it: `data element NO_FODT`."""
        kind = next((one.types.get(each.ref.type) for one in self.catalogues.values()), None)
        return f"{(kind.display if kind else each.ref.type).lower()} {each.ref.path}"

    def holders(self) -> Iterator[Holder]:
        """All objects of the state and all their children."""
        if "holders" not in self.memory:
            self.memory["holders"] = tuple(self._holders())
        yield from self.memory["holders"]

    def spots(self) -> Iterator[Spot]:
        """All properties of all holders."""
        if "spots" not in self.memory:
            self.memory["spots"] = tuple(self._spots())
        yield from self.memory["spots"]

    def _holders(self) -> Iterator[Holder]:
        for each in self.state.objects.values():
            top = Holder(
                object=each, kind=each.ref.type, fields=each.fields, place=each.place, unread=each.unread
            )
            yield from self._with_children(top)

    def _spots(self) -> Iterator[Spot]:
        for holder in self.holders():
            catalogues = self.claimed(holder.object)
            for name, written in holder.fields.items():
                found = {version: one.property(holder.kind, name) for version, one in catalogues.items()}
                yield Spot(
                    holder=holder,
                    name=name,
                    value=unwrapped(written.value),
                    place=written.place,
                    origin=written.origin,
                    properties=found,
                )

    def _with_children(self, holder: Holder) -> Iterator[Holder]:
        """A holder and what is embedded in it, at any depth."""
        yield holder
        for name, written in holder.fields.items():
            children = children_of(unwrapped(written.value))
            if not children:
                continue
            found = (one.property(holder.kind, name) for one in self.claimed(holder.object).values())
            kind = next((each.target for each in found if each is not None), "")
            for child in children:
                inner = Holder(
                    object=holder.object,
                    kind=kind,
                    fields=child.fields,
                    place=child.place,
                    path=f"{holder.path}{name}.",
                    child=child.key,
                    unread=child.unread,
                )
                yield from self._with_children(inner)


def context_for(
    state: State, packages: Mapping[str, Package], catalogues: Mapping[str, Catalogue]
) -> RuleContext:
    """A state made ready for rules; versions that no used package claims are left out."""
    by_type: dict[str, list[DesiredObject]] = {}
    by_parent: dict[tuple[str, str], list[DesiredObject]] = {}
    for ref, each in state.objects.items():
        by_type.setdefault(ref.type, []).append(each)
        by_parent.setdefault((ref.type, ref.parent_path), []).append(each)
    used = [packages[use.name] for use in state.packages if use.name in packages]
    wanted = {version for package in used for version in package.versions} or set(catalogues)
    return RuleContext(
        state=state,
        catalogues={version: catalogues[version] for version in sorted(wanted) if version in catalogues},
        claims={package.name: package.versions for package in used},
        by_type={type_name: tuple(found) for type_name, found in by_type.items()},
        by_parent={key: tuple(found) for key, found in by_parent.items()},
        promises=tuple(package.privacy for package in used if package.privacy is not None),
    )
