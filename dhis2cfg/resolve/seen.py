"""Every place of a workspace at which a key names an object: what `rename` has to change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model import tree
from dhis2cfg.model.fleet import Fleet
from dhis2cfg.model.names import Ref
from dhis2cfg.model.sources import PackageSource
from dhis2cfg.resolve.nodes import text_of
from dhis2cfg.resolve.objects.entities import Entities
from dhis2cfg.resolve.objects.patches import read_patches
from dhis2cfg.resolve.objects.scope import Seen
from dhis2cfg.resolve.package import Parsed, Patching, finish, parse, required_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The objects of one package, and all keys that were read in it and in what is laid over it."""

    entities: Entities
    seen: tuple[Seen, ...]


def named(sources: Mapping[str, PackageSource], catalogue: Catalogue, fleet: Fleet) -> Mapping[str, Named]:
    """The keys of every package by its name, patches of municipalities among them."""
    parsed = {name: parse(source, catalogue, None) for name, source in sources.items()}
    return {name: _named(each, parsed, catalogue, fleet) for name, each in parsed.items()}


def _named(each: Parsed, parsed: Mapping[str, Parsed], catalogue: Catalogue, fleet: Fleet) -> Named:
    required = tuple(required_by(each, parsed))
    seen: list[Seen] = []
    finish(each, catalogue, required=required, patching=Patching(seen=seen))
    for municipality in (one for each in fleet.municipalities for one in (each, *each.alone.values())):
        patches = read_patches(municipality.patches)
        trees = {
            ref: entry.value
            for ref, entry in patches.items()
            if isinstance(entry.value, tree.Mapping) and ref in each.entities.objects
        }
        if trees:
            laid = Patching(files=(fleet.place.file, municipality.place.file), patches=trees, seen=seen)
            finish(each, catalogue, required=required, patching=laid)
    seen += _parents(each.entities)
    return Named(entities=each.entities, seen=tuple(dict.fromkeys(seen)))


def _parents(entities: Entities) -> Iterator[Seen]:
    """The parents that objects at the top name (`program: KEY`)."""
    for entity in entities.objects.values():
        written = entity.node.get(entity.row.back) if entity.row and entity.row.back else None
        if written is not None and entity.parent is not None and text_of(written) is not None:
            yield Seen(ref=entity.parent, place=written.place)


def is_below(ref: Ref, above: Ref, entities: Entities) -> bool:
    """Whether an object's key path goes through another one."""
    entity = entities.objects.get(ref)
    while entity is not None and entity.parent is not None:
        if entity.parent == above:
            return ref.path.startswith(f"{above.path}/")
        entity = entities.objects.get(entity.parent)
    return False
