"""`adopt:` of packages and municipalities: what stands on the server already, and how it is found there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dhis2cfg.catalogue.adoptable import is_adoptable
from dhis2cfg.catalogue.types import SCALARS, Catalogue, Shape
from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.fleet import Municipality
from dhis2cfg.model.mentions import Change
from dhis2cfg.model.names import Foreign, Ref, Reference, ServerDefault, Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import DesiredObject, Origin, Text
from dhis2cfg.model.tree import as_text
from dhis2cfg.resolve.municipal.uniting import renamed
from dhis2cfg.resolve.nodes import did_you_mean, entries_of, items_of, text_of
from dhis2cfg.resolve.objects.scope import WITH_DEFAULT
from dhis2cfg.resolve.package import ResolvedPackage

DEFAULT = "default"
"""In place of properties: the server's own `default` of a category type."""
SET, OPTIONS, GROUPS = "optionSets", "options", "userGroups"


def adopted(
    objects: dict[Ref, DesiredObject],
    packages: Sequence[ResolvedPackage],
    municipality: Municipality,
    named: Change | None,
    catalogue: Catalogue,
    findings: list[Finding],
) -> dict[Ref, DesiredObject]:
    """The objects, those that packages or the municipality adopt with how they are found.

    A municipality knows its server: what it names must stand there. What a package names is made where there
    is none. `named` gives the name that counts.
    """
    if municipality.adopt is None and all(package.manifest.adopt is None for package in packages):
        return objects
    wishes = _Reader(
        objects=objects,
        foreign=frozenset(each for package in packages for each in package.foreign),
        catalogue=catalogue,
        findings=findings,
        named=named or (lambda reference: reference),
    )
    for package in packages:
        wishes.read(package.manifest.name, package.manifest.adopt, package.objects, must_stand=False)
    wishes.read(municipality.name, municipality.adopt, objects, must_stand=True)
    with_wishes = {**objects, **wishes.found}
    if not wishes.names:
        return with_wishes
    left = {ref: each for ref, each in with_wishes.items() if ref not in wishes.names}
    return renamed(left, lambda reference: wishes.names.get(reference, reference))


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Reads what is said, one file after another; the later one counts.

    `foreign` is what packages name by UID alone. `found` are the objects that are looked for; `names` what
    stands in place of references.
    """

    objects: Mapping[Ref, DesiredObject]
    foreign: frozenset[Foreign]
    catalogue: Catalogue
    findings: list[Finding]
    named: Change
    found: dict[Ref, DesiredObject] = field(default_factory=dict)
    names: dict[Reference, Reference] = field(default_factory=dict)

    def read(
        self, owner: str, node: tree.Mapping | None, known: Mapping[Ref, DesiredObject], *, must_stand: bool
    ) -> None:
        """All lines of one `adopt:`; `known` are the objects that it may name."""
        for entry in entries_of(node):
            type_name, _, path = entry.key.partition("/")
            if type_name not in self.catalogue.types or not is_adoptable(type_name):
                self._wrong(entry.key_place, *_no_type(type_name, self.catalogue))
            elif path.startswith("id:"):
                self._by_uid(owner, Ref(type_name, path), entry, must_stand=must_stand)
            elif path and not self._is_known(Ref(type_name, path), known):
                near = did_you_mean(entry.key, tuple(str(ref) for ref in known if ref.type == type_name))
                following = near or "write TYPE/KEY of an object of the packages, or TYPE/id:UID"
                self._wrong(entry.key_place, f"there is no {entry.key} to adopt", following)
            else:
                refs = [Ref(type_name, path)] if path else [ref for ref in known if ref.type == type_name]
                for ref in refs:
                    self._one(ref, entry, must_stand=must_stand)

    def _is_known(self, ref: Ref, known: Mapping[Ref, DesiredObject]) -> bool:
        return ref in known or self.named(ref) in self.objects

    def _one(self, ref: Ref, entry: tree.Entry, *, must_stand: bool) -> None:
        """One object of ours; the options of a set go along with it."""
        name = self.named(ref)
        assert isinstance(name, Ref)  # noqa: S101 - an object of ours is renamed to one
        if self._is_default(ref, entry.value):
            self.names[name] = ServerDefault(ref.type)
            return
        each = self.objects[name]
        properties = dict(self._properties(each, entry))
        if not properties:
            return
        members = each.fields.get("users") if ref.type == GROUPS else None
        if members is not None and members.origin is Origin.MUNICIPALITY:
            message = f"{ref} is adopted and left as it is: its members would not be written"
            self._wrong(members.place, message, "take it out of members:, or out of adopt:")
        self.found[name] = replace(each, adopt=properties, must_stand=must_stand)
        if ref.type == SET:
            for option, inner in self.objects.items():
                if option.type == OPTIONS and option.parent_path == name.path:
                    adopt = {"code": _text(inner, "code") or option.key}
                    self.found[option] = replace(inner, adopt=adopt, must_stand=must_stand)

    def _by_uid(self, owner: str, ref: Ref, entry: tree.Entry, *, must_stand: bool) -> None:
        """What is named by UID alone: another object of the server stands for it."""
        uid = Uid(ref.path.removeprefix("id:"))
        ours = [each.ref for each in self.objects.values() if (each.ref.type, each.uid) == (ref.type, uid)]
        if ours:
            self._one(ours[0], entry, must_stand=must_stand)
            return
        foreign = Foreign(ref.type, uid)
        if foreign not in self.foreign:
            self._wrong(entry.key_place, f"no package names {ref.type} {uid}", "take it out of adopt:")
            return
        if self._is_default(ref, entry.value):
            self.names[foreign] = ServerDefault(ref.type)
            return
        nothing = DesiredObject(
            ref=ref, owner=owner, place=entry.key_place, fields={}, uid=uid, must_stand=True
        )
        properties = dict(self._properties(nothing, entry))
        if properties:
            self.found[ref] = replace(nothing, adopt=properties)
            self.names[foreign] = ref

    def _is_default(self, ref: Ref, node: tree.Node) -> bool:
        return ref.type in WITH_DEFAULT and text_of(node) == DEFAULT

    def _properties(self, each: DesiredObject, entry: tree.Entry) -> Iterator[tuple[str, str]]:
        """By what an object is found, what can be looked for first; values left out are the object's own."""
        given = {one.key: (one.key_place, text_of(one.value)) for one in entries_of(entry.value)}
        listed = {text_of(item) or "": (item.place, None) for item in items_of(entry.value)}
        read = {
            name: text
            for name, (place, value) in (*given.items(), *listed.items())
            if (text := self._value(each, name, value, place)) is not None
        }
        if len(read) < len(given) + len(listed):
            return
        wanted = sorted(read.items(), key=lambda pair: self._is_truth(each.ref.type, pair[0]))
        if not wanted or self._is_truth(each.ref.type, wanted[0][0]):
            self._wrong(
                entry.key_place,
                f"nothing says how {each.ref} is found",
                "write {id: UID}, {code: …}, {name: …}, or properties like [factor, number]",
            )
            return
        yield from wanted

    def _is_truth(self, type_name: str, name: str) -> bool:
        prop = self.catalogue.property(type_name, name)
        return prop is not None and prop.shape is Shape.BOOLEAN

    def _value(self, each: DesiredObject, name: str, given: str | None, place: Place) -> str | None:
        """The value looked for: as given, else what the object itself says."""
        prop = self.catalogue.property(each.ref.type, name)
        if name != "id" and (prop is None or prop.shape not in SCALARS):
            known = self.catalogue.types[each.ref.type].properties
            following = did_you_mean(name, tuple(known)) or "write id, code, name or another plain property"
            self._wrong(place, f"{each.ref.type} cannot be found by {name}", following)
            return None
        value = given if given is not None else _text(each, name)
        if value is None:
            following = f"write {{{name}: VALUE}}"
            self._wrong(place, f"{each.ref} does not say its {name}, by which it is to be found", following)
        return value

    def _wrong(self, place: Place, message: str, following: str) -> None:
        finding = Finding(rule="adoption", message=message, place=place, following=following)
        self.findings.append(finding)


def _no_type(type_name: str, catalogue: Catalogue) -> tuple[str, str]:
    """Why objects of a type cannot be adopted, and what to do."""
    if type_name == OPTIONS:
        return "options go along with their set", "write optionSets/KEY"
    if type_name in catalogue.types:
        what = f"{type_name} cannot be adopted: what they hold could not be told apart on a server"
        return what, "pin the UID that they have there (id:), or import them from that server"
    near = did_you_mean(type_name, tuple(catalogue.types))
    return f"{type_name} is no type of DHIS2", near or "write TYPE/KEY, as in dataElements/FEVER"


def _text(each: DesiredObject, name: str) -> str | None:
    """What an object says of itself, as text."""
    written = each.fields.get(name)
    value = written.value if written else each.uid if name == "id" else None
    base = value.base if isinstance(value, Text) else value
    return as_text(base) if isinstance(base, str | bool | int | float) else None
