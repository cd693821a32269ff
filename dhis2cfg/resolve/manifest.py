"""`package.yaml` as a value: name, version, languages, parameters, sharing profiles, defaults."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding, Severity, in_order
from dhis2cfg.model.places import Place
from dhis2cfg.model.privacy import Privacy, Word
from dhis2cfg.model.tree import Document
from dhis2cfg.resolve.nodes import entries_of, items_of, mapping_of, text_of, texts_of
from dhis2cfg.resolve.parameters import Parameter, read_parameters
from dhis2cfg.resolve.versions import is_package_version, is_requirement

RESERVED = ("adopt", "extends")
"""Words that mean nothing in an object and at the top of the fleet file (grammar.md)."""
LATER = ("extends",)
"""Words that all files keep free for later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a package says of itself; `locale` is the base language, the next three the others.

    `sharing` and `defaults` stay trees: they name objects, and are read where those are known. `requires` is
    package → accepted versions; `was` lists former names; `adopt` is what stands on servers already.
    """

    name: str
    version: str
    locale: str
    place: Place
    title: str = ""
    description: str = ""
    dhis2: str = ""
    required: tuple[str, ...] = ()
    inline: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    sharing: Mapping[str, tree.Mapping] = field(default_factory=dict)
    defaults: Mapping[str, tree.Mapping] = field(default_factory=dict)
    requires: Mapping[str, str] = field(default_factory=dict)
    severity: Mapping[str, Severity] = field(default_factory=dict)
    privacy: Privacy | None = None
    was: tuple[str, ...] = ()
    adopt: tree.Mapping | None = None

    @property
    def locales(self) -> tuple[str, ...]:
        """All locales the package speaks, the base first."""
        return tuple(dict.fromkeys((self.locale, *self.required, *self.inline, *self.optional)))


def read_manifest(document: Document) -> tuple[Manifest, tuple[Finding, ...]]:
    """The manifest; what is missing or cannot be read is a finding, and stands as empty."""
    root = document.root or tree.Mapping(entries=(), place=Place(file=document.file))
    folder = document.file.rpartition("/")[0].rpartition("/")[2]
    locale = text_of(root.get("locale")) or "en"
    locales = mapping_of(root.get("locales"))
    parameters, findings = read_parameters(root.get("parameters"))
    manifest = Manifest(
        name=text_of(root.get("name")) or folder,
        version=text_of(root.get("version")) or "0.0.0",
        locale=locale,
        place=root.place,
        title=_text(root, "title", locale),
        description=_text(root, "description", locale),
        dhis2=_requirement(root.get("dhis2")),
        required=texts_of(locales and locales.get("required")),
        inline=texts_of(locales and locales.get("inline")),
        optional=texts_of(locales and locales.get("optional")),
        parameters=parameters,
        sharing=_mappings(root.get("sharing")),
        defaults=_mappings(root.get("defaults")),
        requires=_requires(root.get("requires")),
        severity=_severity(root.get("severity")),
        privacy=_privacy(mapping_of(root.get("privacy"))),
        was=texts_of(root.get("was")),
        adopt=mapping_of(root.get("adopt")),
    )
    return manifest, in_order((*findings, *reserved_words(root, LATER), *_form(root)))


def reserved_words(root: tree.Mapping | None, words: Sequence[str] = RESERVED) -> tuple[Finding, ...]:
    """A finding for each word that means nothing here."""
    return tuple(
        Finding(
            rule="reserved-word",
            message=f"{entry.key} is reserved and means nothing {'yet' if entry.key in LATER else 'here'}",
            place=entry.key_place,
            label="take it out",
            following="a later version will give it a meaning; until then it is refused"
            if entry.key in LATER
            else ADOPT_STANDS,
        )
        for entry in entries_of(root)
        if entry.key in words
    )


ADOPT_STANDS = "adopt: stands in package.yaml, in a municipality's file, or under defaults: of fleet.yaml"
"""Where the word means something."""


def _requirement(node: tree.Node | None) -> str:
    """Versions that are asked for; empty where they cannot be read."""
    text = text_of(node) or ""
    return text if is_requirement(text) else ""


def _text(root: tree.Mapping, name: str, locale: str) -> str:
    """A text of the manifest in the base language."""
    node = root.get(name)
    return text_of(node.get(locale) if isinstance(node, tree.Mapping) else node) or ""


def _mappings(node: tree.Node | None) -> Mapping[str, tree.Mapping]:
    """The entries of a mapping whose values are mappings themselves."""
    return {entry.key: entry.value for entry in entries_of(node) if isinstance(entry.value, tree.Mapping)}


def _requires(node: tree.Node | None) -> Mapping[str, str]:
    """Package → versions; a list of names accepts every version."""
    named = {entry.key: text_of(_versions(entry.value)) or "" for entry in entries_of(node)}
    return named or dict.fromkeys(texts_of(node), "")


def _versions(node: tree.Node) -> tree.Node | None:
    return node.get("version") if isinstance(node, tree.Mapping) else node


def _severity(node: tree.Node | None) -> Mapping[str, Severity]:
    known = {severity.value: severity for severity in Severity}
    return {
        entry.key: known[text]
        for entry in entries_of(node)
        if (text := text_of(entry.value)) is not None and text in known
    }


def _privacy(node: tree.Mapping | None) -> Privacy | None:
    """What is promised about persons; None where nothing is."""
    if node is None:
        return None
    words = {
        entry.key: tuple(Word(text=text_of(item) or "", place=item.place) for item in items_of(entry.value))
        for entry in node.entries
    }
    return Privacy(
        place=node.place,
        persons=words.get("persons", ()),
        readers=words.get("readers", ()),
        numbers=words.get("numbers", ()),
        never=words.get("never", ()),
    )


def _form(root: tree.Mapping) -> list[Finding]:
    """A version that is not X.Y.Z, a requirement that cannot be read."""
    findings = []
    version, dhis2 = root.get("version"), root.get("dhis2")
    text = text_of(version)
    if version is not None and text is not None and not is_package_version(text):
        findings.append(
            Finding(
                rule="package-version",
                message=f"'{text}' is no version",
                place=version.place,
                label="three numbers: 1.4.0",
                following="write X.Y.Z",
            )
        )
    wanted = text_of(dhis2)
    if dhis2 is not None and wanted is not None and not is_requirement(wanted):
        findings.append(
            Finding(
                rule="version-requirement",
                message=f"'{wanted}' cannot be read as a requirement",
                place=dhis2.place,
                label='for example ">=2.41,<2.44"',
                following="write bounds with >=, <, == and a comma between them, in quotes",
            )
        )
    return findings
