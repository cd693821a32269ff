"""The table of contents of an import: a document in, the pages of a package out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.interchange.bundle import Account, Bundle, items
from dhis2cfg.interchange.gathering import gather
from dhis2cfg.interchange.keys import make_keys
from dhis2cfg.interchange.laying import manifest
from dhis2cfg.interchange.laying.defaults import lift
from dhis2cfg.interchange.laying.folder import Folder
from dhis2cfg.interchange.laying.nesting import Nest, find_members
from dhis2cfg.interchange.mending import mend
from dhis2cfg.interchange.packing.formulas import Formulas
from dhis2cfg.interchange.packing.objects import Packer, short_names
from dhis2cfg.interchange.packing.sharing import make_profiles
from dhis2cfg.interchange.packing.texts import Texts
from dhis2cfg.interchange.packing.values import Values
from dhis2cfg.interchange.sources import Source
from dhis2cfg.model.findings import Finding, has_errors
from dhis2cfg.model.pages import Page

INLINE = ("nb", "no", "en")
"""Languages that stand beside the base text, where the source has them; the others stand apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How a package shall be: its name, which languages stand inline, which rules only warn."""

    name: str
    inline: tuple[str, ...] = INLINE
    severity: Mapping[str, str] = field(default_factory=dict)
    foreign: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What an import made; `pages` is empty where findings hold an error."""

    pages: tuple[Page, ...]
    findings: tuple[Finding, ...]
    account: Account


def take(source: Source, catalogue: Catalogue, wanted: Wanted) -> Taken:
    """The package that a document becomes."""
    bundle = gather(source, catalogue)
    bundle.foreign |= wanted.foreign
    if has_errors(bundle.findings):
        return Taken(pages=(), findings=tuple(bundle.findings), account=bundle.account)
    mend(bundle, catalogue)
    pages = _pages(bundle, catalogue, wanted)
    return Taken(pages=pages, findings=tuple(bundle.findings), account=bundle.account)


def _pages(bundle: Bundle, catalogue: Catalogue, wanted: Wanted) -> tuple[Page, ...]:
    keys = make_keys(bundle)
    base = bundle.provenance.get("locale") or "en"
    spoken = {
        str(each.get("locale")) for _, _, body in bundle.all() for each in items(body.get("translations"))
    }
    inline = tuple(each for each in wanted.inline if each != base and each in spoken)
    texts = Texts(bundle=bundle, base=base, inline=inline)
    profiles = make_profiles(bundle, catalogue)
    formulas = Formulas(bundle=bundle, keys=keys)
    packer = Packer(
        values=Values(catalogue=catalogue, bundle=bundle, keys=keys, formulas=formulas),
        texts=texts,
        profiles=profiles,
        short_names=short_names(bundle),
    )
    packed = {uid: packer.packed(uid) for uid in keys.refs}
    defaults = lift(packed, keys, catalogue)
    nest = Nest(bundle=bundle, keys=keys, packed=packed, base=base, members=find_members(bundle, keys))
    return (
        manifest.manifest(
            manifest.Said(
                name=wanted.name,
                source=bundle.file,
                provenance=bundle.provenance,
                base=base,
                inline=inline,
                sharing=profiles.written(keys),
                defaults=defaults,
                severity=wanted.severity,
            )
        ),
        *Folder(nest=nest).lay(),
        *manifest.translations(texts.apart),
        manifest.origin(bundle.file, bundle.provenance),
        manifest.lock(keys),
    )
