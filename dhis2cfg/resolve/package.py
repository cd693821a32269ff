"""One package → its desired objects, and the lock it should have."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding, in_order
from dhis2cfg.model.fleet import PackageChoice
from dhis2cfg.model.mentions import mentioned
from dhis2cfg.model.names import Foreign, Ref, Uid
from dhis2cfg.model.sources import PackageSource
from dhis2cfg.model.state import DesiredObject, DesiredSetting, Origin
from dhis2cfg.resolve.lock import lock_lines, lock_uids, new_lock, stale_findings
from dhis2cfg.resolve.manifest import Manifest, read_manifest
from dhis2cfg.resolve.memory import Memory
from dhis2cfg.resolve.objects.entities import Entities, Entity, Finder
from dhis2cfg.resolve.objects.merge import Merger
from dhis2cfg.resolve.objects.patches import patched, with_defaults
from dhis2cfg.resolve.objects.scope import Scope, Seen
from dhis2cfg.resolve.objects.turns import Turns, expand_mapping
from dhis2cfg.resolve.parameters import Setting, settings_for, unused
from dhis2cfg.resolve.renamed import renamed_findings
from dhis2cfg.resolve.requirements import requirements
from dhis2cfg.resolve.roots import with_root
from dhis2cfg.resolve.settings.reading import Written, laid_settings, settings_reader, written_in
from dhis2cfg.resolve.short_names import with_short_names
from dhis2cfg.resolve.values.desired import Maker
from dhis2cfg.resolve.values.reading import Reader
from dhis2cfg.resolve.values.texts import Languages, dangling, read_translations

SPOKEN_OF = frozenset({"programRuleVariables"})
"""Types whose properties stand in the values of other objects (the name of a variable in a condition)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedPackage:
    """What one package asks for. `lock` is the text that its `uids.lock` should have.

    `foreign` is what its objects name by UID alone, `uids` are its own by type and UID.
    """

    manifest: Manifest
    objects: Mapping[Ref, DesiredObject]
    entities: Entities
    lock: str
    digest: str = ""
    settings: Mapping[Ref, DesiredSetting] = field(default_factory=dict)
    foreign: frozenset[Foreign] = frozenset()
    uids: Mapping[tuple[str, Uid | None], Ref] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A package between files and values: names replaced, files merged; `beside` are settings as written."""

    source: PackageSource
    manifest: Manifest
    entities: Entities
    settings: Mapping[str, Setting]
    findings: tuple[Finding, ...]
    beside: Mapping[Ref, Written] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One object as read, before what follows from others (short names), and what is wrong in it."""

    object: DesiredObject
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A package whose values are read, with all that is wrong in them."""

    package: ResolvedPackage
    made: Mapping[Ref, Made]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patching:
    """What a municipality lays over a package's objects and settings, and the files it stands in.

    `beside` are the objects of the municipality's other packages, which its patches may name. `seen` gathers
    what keys named, where somebody wants to know.
    """

    files: tuple[str, ...] = ()
    patches: Mapping[Ref, tree.Mapping] = field(default_factory=dict)
    settings: Mapping[Ref, tree.Node] = field(default_factory=dict)
    beside: tuple[Entities, ...] = ()
    seen: list[Seen] | None = None

    def is_of(self, parsed: Parsed) -> bool:
        """Whether anything of it lies over something of a package."""
        over = any(ref in parsed.entities.objects for ref in self.patches)
        return over or any(ref in parsed.beside for ref in self.settings)


def resolve_package(
    source: PackageSource,
    catalogue: Catalogue,
    *,
    choice: PackageChoice | None = None,
    required: Iterable[PackageSource] = (),
) -> tuple[ResolvedPackage, tuple[Finding, ...]]:
    """A package without a municipality, or with the values that one gives its parameters.

    Of `required`, the other packages of the workspace, only what the package requires is looked into, and
    what that requires in turn.
    """
    parsed = parse(source, catalogue, choice)
    others = {each.manifest.name: each for each in (parse(other, catalogue, None) for other in required)}
    resolved, findings = finish(parsed, catalogue, required=tuple(required_by(parsed, others)))
    known = {name: other.manifest for name, other in others.items()}
    lacking = requirements(parsed.manifest, source.manifest.root, known)
    return resolved, in_order((*parsed.findings, *lacking, *findings))


def required_by(parsed: Parsed, others: Mapping[str, Parsed]) -> Iterator[Entities]:
    """The objects of the packages that a package requires, and of those that these require."""
    seen = {parsed.manifest.name}
    waiting = list(parsed.manifest.requires)
    while waiting:
        name = waiting.pop(0)
        if name in others and name not in seen:
            seen.add(name)
            waiting += others[name].manifest.requires
            yield others[name].entities


def parse(
    source: PackageSource, catalogue: Catalogue, choice: PackageChoice | None, memory: Memory | None = None
) -> Parsed:
    """The objects of a package, with names replaced; values are not read yet.

    With a `memory`, what has the same values for its parameters is parsed once.
    """
    known = memory or Memory()
    manifest, found = known.once(("manifest", source.folder), lambda: read_manifest(source.manifest))
    settings, unfit = settings_for(manifest.name, manifest.parameters, choice)
    key = ("parsed", source.folder, tuple(sorted((name, each.text) for name, each in settings.items())))
    parsed = known.once(key, lambda: _parsed(source, catalogue, manifest, settings))
    return replace(parsed, findings=(*found, *unfit, *parsed.findings))


def _parsed(
    source: PackageSource, catalogue: Catalogue, manifest: Manifest, settings: Mapping[str, Setting]
) -> Parsed:
    findings: list[Finding] = []
    turns = Turns(parameters=manifest.parameters, settings=settings, findings=findings, used=set())
    manifest = replace(
        manifest,
        sharing={name: expand_mapping(node, turns) for name, node in manifest.sharing.items()},
        defaults={name: expand_mapping(node, turns) for name, node in manifest.defaults.items()},
    )
    roots = [expand_mapping(each.root, turns) for each in source.documents if each.root]
    translations = {
        locale: replace(each, root=expand_mapping(each.root, turns)) if each.root else each
        for locale, each in source.translations.items()
    }
    findings += unused(manifest.parameters, turns.used, manifest.name)
    merged = Merger(catalogue=catalogue, findings=findings).merge(roots)
    finder = Finder(catalogue=catalogue, locales=manifest.locales, findings=findings)
    return Parsed(
        source=replace(source, translations=translations),
        manifest=manifest,
        entities=finder.find(merged),
        settings=settings,
        beside=written_in(merged, findings),
        findings=tuple(findings),
    )


def finish(
    parsed: Parsed,
    catalogue: Catalogue,
    *,
    required: tuple[Entities, ...] = (),
    patching: Patching | None = None,
    memory: Memory | None = None,
) -> tuple[ResolvedPackage, tuple[Finding, ...]]:
    """The values of a package's objects, patches laid over, and its lock.

    With a `memory`, objects without a patch are those of the package without patches.
    """
    if patching is not None and patching.seen is not None:
        all_of_it = _finished(parsed, catalogue, required, patching, None)
        return all_of_it.package, all_of_it.findings
    known = memory or Memory()
    key = ("finished", id(parsed.entities), tuple(id(each) for each in required))
    plain = known.once(key, lambda: _finished(parsed, catalogue, required, Patching(), None))
    if patching is None or not patching.is_of(parsed):
        return plain.package, plain.findings
    reused = None if any(ref.type in SPOKEN_OF for ref in patching.patches) else plain
    patched = _finished(parsed, catalogue, required, patching, reused)
    return patched.package, patched.findings


def _finished(
    parsed: Parsed,
    catalogue: Catalogue,
    required: tuple[Entities, ...],
    laid: Patching,
    plain: Finished | None,
) -> Finished:
    """A package with patches laid over; what `plain` has made already is taken from there."""
    manifest, lock = parsed.manifest, parsed.source.lock
    findings: list[Finding] = []
    entities = _laid_over(parsed, laid, findings)
    uids = lock_uids(manifest.name, _unpinned(entities), lock, pinned=set(pinned_uids(entities)))
    scope = Scope(
        catalogue=catalogue,
        own=entities,
        findings=findings,
        required=required,
        pinned=pinned_uids(entities, *required) | {uid: ref for ref, uid in uids.items()},
        seen=laid.seen,
        beside=laid.beside,
        beside_in=laid.files,
    )
    translations = read_translations(parsed.source.translations)
    reader = _reader(parsed, scope, laid)
    maker = Maker(owner=manifest.name, reader=reader, entities=entities, uids=uids, translations=translations)
    made = dict(_made(maker, laid, plain))
    findings += [finding for each in made.values() for finding in each.findings]
    read = {ref: each.object for ref, each in made.items()}
    objects = with_root(with_short_names(read, catalogue, findings), findings)
    findings += dangling(translations, {ref: each.fields for ref, each in objects.items()}, catalogue)
    findings += stale_findings({ref: entities.objects[ref].place for ref in uids}, lock, lock.file)
    findings += renamed_findings({ref: entities.objects[ref] for ref in uids}, lock)
    beside = settings_reader(manifest.name, languages_of(manifest), laid.files, findings)
    resolved = ResolvedPackage(
        manifest=manifest,
        objects=objects,
        entities=entities,
        lock=new_lock(lock_lines(uids)),
        digest=parsed.source.digest,
        settings=laid_settings(parsed.beside, laid.settings, _turns(parsed, findings), beside),
        foreign=frozenset(_foreign(objects.values())),
        uids={(ref.type, each.uid): ref for ref, each in objects.items()},
    )
    return Finished(package=resolved, made=made, findings=tuple(findings))


def _foreign(objects: Iterable[DesiredObject]) -> Iterator[Foreign]:
    """What objects name by UID alone."""
    for each in objects:
        for written in each.fields.values():
            yield from (named for named in mentioned(written.value) if isinstance(named, Foreign))


def _turns(parsed: Parsed, findings: list[Finding]) -> Turns:
    """What names stand for in a municipality's patch of a package."""
    return Turns(
        parameters=parsed.manifest.parameters, settings=parsed.settings, findings=findings, used=set()
    )


def _made(maker: Maker, laid: Patching, plain: Finished | None) -> Iterator[tuple[Ref, Made]]:
    """Each object with what is wrong in it."""
    findings = maker.reader.scope.findings
    for ref, entity in maker.entities.objects.items():
        if plain is not None and ref not in laid.patches:
            yield ref, plain.made[ref]
            continue
        before = len(findings)
        each = maker.make(entity)
        told = tuple(findings[before:])
        del findings[before:]
        yield ref, Made(object=each, findings=told)


def _reader(parsed: Parsed, scope: Scope, laid: Patching) -> Reader:
    """What reads the properties of a package; what stands in a municipality's file is the municipality's."""
    origins = {parsed.manifest.place.file: Origin.DEFAULT, **dict.fromkeys(laid.files, Origin.MUNICIPALITY)}
    return Reader(
        scope=scope,
        languages=languages_of(parsed.manifest),
        profiles=parsed.manifest.sharing,
        origins=origins,
    )


def languages_of(manifest: Manifest) -> Languages:
    """The languages a package writes."""
    return Languages(base=manifest.locale, required=manifest.required, all=manifest.locales)


def pinned_uids(*entities: Entities) -> dict[Uid, Ref]:
    """The object of each UID that an `id` pins."""
    return {
        each.pinned: ref for some in entities for ref, each in some.objects.items() if each.pinned is not None
    }


def _laid_over(parsed: Parsed, patching: Patching, findings: list[Finding]) -> Entities:
    """The objects with the package's defaults laid under and the municipality's patches laid over."""
    objects: dict[Ref, Entity] = {}
    turns = _turns(parsed, findings)
    for ref, entity in parsed.entities.objects.items():
        node = with_defaults(entity.node, parsed.manifest.defaults.get(ref.type))
        patch = patching.patches.get(ref)
        if patch is not None:
            node = patched(node, expand_mapping(patch, turns), ref, parsed.manifest.locale, findings)
        objects[ref] = replace(entity, node=node)
    return replace(parsed.entities, objects=objects)


def _unpinned(entities: Entities) -> list[Ref]:
    return [ref for ref, each in entities.objects.items() if each.pinned is None]
