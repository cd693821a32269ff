"""The objects of several packages as one set: one UID is one object, whatever each package calls it."""

from collections.abc import Iterator, Mapping, Sequence
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
    gathered: dict[Ref, list[Owned]] = {}
    for package in packages:
        for each in names.objects(package):
            gathered.setdefault(each.object.ref, []).append(each)
    objects: dict[Ref, DesiredObject] = {}
    for ref, several in gathered.items():
        in_order = sorted(several, key=lambda each: each.object.owner)
        is_alone = len(several) == 1
        objects[ref] = several[0].object if is_alone else one_object(in_order, catalogue, deciding, findings)
    return objects, names.named if names.anywhere else None


class _Names:
    """What objects are called: by UID the name that counts, by package what is called otherwise there."""

    def __init__(self, packages: Sequence[ResolvedPackage]) -> None:
        self.known: dict[tuple[str, Uid | None], Ref] = {}
        in_order = sorted(packages, key=lambda package: package.manifest.name)
        self.renamed = {package.manifest.name: self._read(package) for package in in_order}
        self.anywhere: dict[Ref, Ref] = {}
        for renamed in self.renamed.values():
            self.anywhere |= renamed

    def _read(self, package: ResolvedPackage) -> Mapping[Ref, Ref]:
        """What one package calls otherwise than those before it; children go with their parent."""
        renamed: dict[Ref, Ref] = {}
        for ref, each in package.objects.items():
            parent = package.entities.objects[ref].parent if is_scoped(ref.type) else None
            below = Ref(ref.type, f"{renamed[parent].path}/{ref.key}") if parent in renamed else ref
            name = self.known.setdefault((ref.type, each.uid), below)
            if name != ref:
                renamed[ref] = name
        return renamed

    def objects(self, package: ResolvedPackage) -> Iterator[Owned]:
        """The objects of a package under the names that count, and so all that they refer to."""
        ours = any((each.type, each.uid) in self.known for each in package.foreign)
        if not self.anywhere and not ours:
            yield from (Owned(known_as=ref, object=each) for ref, each in package.objects.items())
            return
        own = self.renamed[package.manifest.name]

        def named(reference: Reference) -> Reference:
            if isinstance(reference, Ref) and reference in package.objects:
                return own.get(reference, reference)
            return self.named(reference)

        for ref, each in package.objects.items():
            fields = {name: rewritten_field(field, named) for name, field in each.fields.items()}
            yield Owned(known_as=ref, object=replace(each, ref=own.get(ref, ref), fields=fields))

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
    return {
        ref: replace(
            each, fields={name: rewritten_field(field, named) for name, field in each.fields.items()}
        )
        for ref, each in objects.items()
    }
