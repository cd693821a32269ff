"""Two readings of a workspace, compared: packages, fleet, municipalities."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from dhis2cfg.model.diff import Affected, Diff, Item, PackageDiff
from dhis2cfg.model.findings import Severity
from dhis2cfg.model.names import Ref
from dhis2cfg.model.plan import Change, Kind
from dhis2cfg.model.state import DesiredObject, State
from dhis2cfg.pipeline.diffing.affected import Audience
from dhis2cfg.pipeline.diffing.manifests import manifest_changes
from dhis2cfg.pipeline.diffing.settings import settings_changes
from dhis2cfg.pipeline.reading import Read, resolved
from dhis2cfg.plan.between import between
from dhis2cfg.resolve import Manifest, ResolvedPackage


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What the two sides are called, and the language of names (empty: each package's own)."""

    before: str
    after: str
    locale: str = ""


def differ(before: Read, after: Read, labels: Labels) -> Diff:
    """Everything that is configured otherwise after than before."""
    last, now = resolved(before, ()), resolved(after, ())
    pairs = _Pairs(before=before, after=after, last=last.packages, now=now.packages, labels=labels)
    packages = tuple(pairs.compared())
    renamed = {old: name for name, each in now.packages.items() for old in each.manifest.was}
    every = (item.change for package in packages for item in package.items)
    renamed |= {str(old): str(new) for old, new in _moved(every)}
    return Diff(
        before=labels.before,
        after=labels.after,
        packages=packages,
        settings=tuple(
            Item(change=each, affected=_municipality(each.type, len(after.fleet.municipalities)))
            for each in settings_changes(before.source, after.source, renamed)
        ),
        files=_differing(before, after),
        compared=sum(len(each.objects) for each in now.packages.values()),
        errors=sum(each.severity is Severity.ERROR for each in (*last.findings, *now.findings)),
    )


def _moved(changes: Iterable[Change]) -> Iterator[tuple[Ref, Ref]]:
    """Objects under another key: before and now."""
    for change in changes:
        if change.kind is Kind.MOVE and not change.field:
            yield Ref(change.type, str(change.before)), Ref(change.type, str(change.after))


def _municipality(type_name: str, all_of_them: int) -> Affected:
    return Affected(municipalities=1 if type_name == "municipalities" else all_of_them)


class _Pairs:
    """The packages of both sides, each with what it was before."""

    def __init__(
        self,
        *,
        before: Read,
        after: Read,
        last: Mapping[str, ResolvedPackage],
        now: Mapping[str, ResolvedPackage],
        labels: Labels,
    ) -> None:
        self.before, self.after, self.labels = before, after, labels
        self.last, self.now = last, now
        self.elsewhere = _united(now, last)
        self.sees = Audience(_state(_united(now)), labels.locale)
        self.saw = Audience(_state(_united(last)), labels.locale)

    def compared(self) -> Iterator[PackageDiff]:
        """Packages in the order of their names; those that are gone come last."""
        kept: set[str] = set()
        for name, new in sorted(self.now.items()):
            names = (name, *new.manifest.was)
            old = next((self.last[each] for each in names if each in self.last), None)
            kept.update(names)
            yield self._one(new.manifest, old, new)
        for name, old in sorted(self.last.items()):
            if name not in kept:
                yield self._one(old.manifest, old, None)

    def _one(self, shown: Manifest, old: ResolvedPackage | None, new: ResolvedPackage | None) -> PackageDiff:
        users = self._users(shown.name)
        objects = self._changes(old, new)
        moved = {str(before): str(after) for before, after in _moved(objects)}
        changes = (*(manifest_changes(old.manifest, new.manifest, moved) if old and new else ()), *objects)
        count = len(users) if self.after.source.fleet is not None else None
        return PackageDiff(
            name=shown.name,
            title=shown.title,
            before=old.manifest.version if old else "",
            after=new.manifest.version if new else "",
            locale=self.labels.locale or shown.locale,
            municipalities=users,
            items=tuple(
                Item(change=each, affected=replace(self._for_whom(each), municipalities=count))
                for each in changes
            ),
        )

    def _users(self, package: str) -> tuple[str, ...]:
        """The municipalities that use a package."""
        return tuple(
            each.title or each.name
            for each in self.after.fleet.municipalities
            if any(choice.name == package for choice in each.packages)
        )

    def _changes(self, old: ResolvedPackage | None, new: ResolvedPackage | None) -> tuple[Change, ...]:
        return between(
            _of(old),
            _of(new),
            self.after.catalogue if new else self.before.catalogue,
            locale=self.labels.locale,
            elsewhere=self.elsewhere,
        )

    def _for_whom(self, change: Change) -> Affected:
        """For whom an object is, where it stands now, else where it stood."""
        ref = Ref(change.type, change.path)
        return (self.sees if self.sees.knows(ref) else self.saw).of(ref)


def _united(*several: Mapping[str, ResolvedPackage]) -> Mapping[Ref, DesiredObject]:
    """What all packages hold, those that come first before others of the same key."""
    found: dict[Ref, DesiredObject] = {}
    for packages in several:
        for package in packages.values():
            for ref, each in package.objects.items():
                found.setdefault(ref, each)
    return found


def _of(package: ResolvedPackage | None) -> State:
    """What a package asks for; nothing where it is not there."""
    if package is None:
        return _state({})
    return replace(_state(package.objects), settings=package.settings)


def _state(objects: Mapping[Ref, DesiredObject]) -> State:
    return State(municipality="", packages=(), objects=objects)


def _differing(before: Read, after: Read) -> int:
    """How many files differ: those that came, went, or hold another text."""
    last = {name: each.text for name, each in before.documents.items()}
    now = {name: each.text for name, each in after.documents.items()}
    return sum(last.get(name) != now.get(name) for name in last.keys() | now.keys())
