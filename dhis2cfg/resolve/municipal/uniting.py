"""The objects of several packages as one set: one UID is one object, whatever each package calls it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dhis2cfg.catalogue.oddities import is_scoped
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.mentions import Change, rewritten_field
from dhis2cfg.model.names import Foreign, Ref, Reference, Uid
from dhis2cfg.model.state import DesiredObject
from dhis2cfg.resolve.municipal.one_object import Owned, one_object
from dhis2cfg.resolve.objects.deciding import Deciding
from dhis2cfg.resolve.package import ResolvedPackage


def united(
    packages: Sequence[ResolvedPackage], catalogue: Catalogue, deciding: Deciding, findings: list[Finding]
) -> tuple[dict[Ref, DesiredObject], Change | None]:
    """The objects of all packages, and what gives each reference the name that counts (None: all have it).

    An object that several packages have is one; where they contradict each other is a finding. Of two names
    that of the first package in the alphabet counts, so that the order in which a municipality names its
    packages says nothing.
    """
    if len(packages) == 1:
        return dict(packages[0].objects), None
    names = _Names(packages)
    objects: dict[Ref, DesiredObject] = {}
    several: dict[Ref, list[Owned]] = {}
    for package in packages:
        ours, known_as = names.objects(package)
        for ref in objects.keys() & ours.keys():
            before = several.setdefault(ref, [names.owned(objects[ref])])
            before.append(Owned(known_as=known_as.get(ref, ref), object=ours[ref]))
        objects |= ours
    for ref in (ref for ref in objects if ref in several):
        in_order = sorted(several[ref], key=lambda each: each.object.owner)
        objects[ref] = one_object(in_order, catalogue, deciding, findings)
    return objects, names.named if names.anywhere else None


class _Names:
    """What objects are called: by UID the name that counts, by package what is called otherwise there."""

    def __init__(self, packages: Sequence[ResolvedPackage]) -> None:
        self.known: dict[tuple[str, Uid | None], Ref] = {}
        in_order = sorted(packages, key=lambda package: package.manifest.name)
        self.renamed = {package.manifest.name: self._read(package) for package in in_order}
        self.anywhere: dict[Ref, Ref] = {}
        for renamed_here in self.renamed.values():
            self.anywhere |= renamed_here

    def _read(self, package: ResolvedPackage) -> Mapping[Ref, Ref]:
        """What one package calls otherwise than those before it; children go with their parent."""
        both = self.known.keys() & package.uids.keys()
        otherwise = {
            package.uids[key]: self.known[key] for key in both if self.known[key] != package.uids[key]
        }
        self.known = {**package.uids, **self.known}
        for ref, each in package.objects.items() if otherwise else ():
            parent = package.entities.objects[ref].parent if is_scoped(ref.type) else None
            if parent in otherwise and (ref.type, each.uid) not in both:
                otherwise[ref] = Ref(ref.type, f"{otherwise[parent].path}/{ref.key}")
                self.known[ref.type, each.uid] = otherwise[ref]
        return otherwise

    def objects(self, package: ResolvedPackage) -> tuple[Mapping[Ref, DesiredObject], Mapping[Ref, Ref]]:
        """The objects of a package under the names that count, in references too; and what it calls them."""
        ours = any((each.type, each.uid) in self.known for each in package.foreign)
        own = self.renamed[package.manifest.name]
        if not self.anywhere and not ours:
            return package.objects, own

        def named(reference: Reference) -> Reference:
            if isinstance(reference, Ref) and reference in package.objects:
                return own.get(reference, reference)
            return self.named(reference)

        objects = {
            own.get(ref, ref): replace(each, ref=own.get(ref, ref))
            for ref, each in renamed(package.objects, named).items()
        }
        return objects, {name: ref for ref, name in own.items()}

    def owned(self, each: DesiredObject) -> Owned:
        """An object with what its package calls it."""
        names = (ref for ref, name in self.renamed[each.owner].items() if name == each.ref)
        return Owned(known_as=next(names, each.ref), object=each)

    def named(self, reference: Reference) -> Reference:
        """The name that counts, seen from outside the packages; of a UID that one of them has, its object."""
        match reference:
            case Ref():
                return self.anywhere.get(reference, reference)
            case Foreign():
                return self.known.get((reference.type, reference.uid), reference)
            case _:
                return reference


def renamed(objects: Mapping[Ref, DesiredObject], named: Change) -> dict[Ref, DesiredObject]:
    """The objects with the names that count for all that they refer to."""
    return {ref: _renamed(each, named) for ref, each in objects.items()}


def _renamed(each: DesiredObject, named: Change) -> DesiredObject:
    """An object with other names in its fields; the same one where none changes."""
    fields = {name: rewritten_field(field, named) for name, field in each.fields.items()}
    is_same = all(field is each.fields[name] for name, field in fields.items())
    return each if is_same else replace(each, fields=fields)
