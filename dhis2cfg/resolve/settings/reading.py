"""The settings and data store entries of a package's merged tree, patches laid over, as desired values."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from dhis2cfg.catalogue.settings.keys import BESIDE, DATA_STORE, SETTINGS, SYSTEM_SETTINGS, ServerSetting
from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.names import Ref
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import DesiredSetting, Origin
from dhis2cfg.model.tree import Atom
from dhis2cfg.resolve.nodes import Mistyped, entries_of, is_null, is_unread, plain_json, typed, untagged
from dhis2cfg.resolve.objects.patches import laid_over
from dhis2cfg.resolve.objects.turns import Turns, expand
from dhis2cfg.resolve.values.texts import Languages, locale_nodes


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One value as written: under which name, where its key stands, and its tree."""

    ref: Ref
    place: Place
    node: tree.Node


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsReader:
    """Reads the settings of one package; `origins` maps a file to the origin of what is written there."""

    owner: str
    languages: Languages
    findings: list[Finding]
    origins: Mapping[str, Origin] = field(default_factory=dict)

    def read(self, written: Mapping[Ref, Written]) -> dict[Ref, DesiredSetting]:
        """The values by name; what cannot be read is left out, with a finding."""
        read = ((ref, self._setting(each)) for ref, each in written.items())
        return {ref: each for ref, each in read if each is not None}

    def _setting(self, each: Written) -> DesiredSetting | None:
        tag = each.node.tag if isinstance(each.node, tree.Tagged) else ""
        node = untagged(each.node) or each.node
        if tag == "!secret":
            self._wrong(each.node.place, f"{each.ref} takes no secret", "DHIS2 shows it to every account")
            return None
        if is_unread(node):
            return None
        before = len(self.findings)
        value, texts = (None, {}) if tag == "!keep" or is_null(node) else self._value(each.ref, node)
        if len(self.findings) > before:
            return None
        return DesiredSetting(
            ref=each.ref,
            owner=self.owner,
            place=each.node.place,
            value=value,
            texts=texts,
            origin=self.origins.get(each.node.place.file, Origin.WRITTEN),
            once=tag == "!once",
            keep=tag == "!keep",
        )

    def _value(self, ref: Ref, node: tree.Node) -> tuple[object, dict[str, str]]:
        """The value, and the texts of other locales."""
        known = SETTINGS.get(ref.path) if ref.type == SYSTEM_SETTINGS else None
        if known is None:
            return self._json(ref, node), {}
        if not known.translatable:
            return self._atom(known, node), {}
        nodes = locale_nodes(node, str(ref), self.languages, self.findings)
        said = {locale: str(self._atom(known, each)) for locale, each in nodes.items() if not is_null(each)}
        return said.pop(self.languages.base, None), said

    def _atom(self, known: ServerSetting, node: tree.Node) -> Atom:
        """One value as its key takes it; what `load` could not type (a parameter, a template) is checked."""
        if not isinstance(node, tree.Scalar):
            self._wrong(node.place, f"{known.name} is one value", f"write {known.name}: …")
            return None
        value = typed(node.text, known.shape)
        if not isinstance(value, Mistyped):
            return value
        self._wrong(node.place, f"'{node.text}' is no value for {known.name}", f"wanted: {value.wanted}")
        return None

    def _json(self, ref: Ref, node: tree.Node) -> object:
        """Any JSON; of tags only texts that are passed on can stand in the middle of it."""
        for tagged in _tags(node):
            if tagged.tag != "!raw":
                self._wrong(
                    tagged.place, f"{tagged.tag} stands before the whole of {ref}", f"write it after {ref}:"
                )
        return plain_json(node)

    def _wrong(self, place: Place, message: str, label: str) -> None:
        self.findings.append(
            Finding(rule="wrong-form", message=message, place=place, label=label, following=label)
        )


def settings_reader(
    owner: str, languages: Languages, files: Iterable[str], findings: list[Finding]
) -> SettingsReader:
    """The reader of a package's settings; what stands in these files is the municipality's."""
    origins = dict.fromkeys(files, Origin.MUNICIPALITY)
    return SettingsReader(owner=owner, languages=languages, findings=findings, origins=origins)


def written_in(root: tree.Mapping, findings: list[Finding]) -> dict[Ref, Written]:
    """Everything that a package's merged tree says beside its types."""
    found: dict[Ref, Written] = {}
    for each in _written(root, findings):
        before = found.setdefault(each.ref, each)
        if before is not each:
            findings.append(
                Finding(
                    rule="duplicate-key",
                    message=f"{each.ref} is written twice",
                    place=each.place,
                    label="written before, and only one can hold",
                    following="keep one of the two",
                    related=(Related(message="first written here", place=before.place),),
                )
            )
    return found


def _written(root: tree.Mapping, findings: list[Finding]) -> Iterator[Written]:
    for entry in entries_of(root.get(SYSTEM_SETTINGS)):
        ref = Ref(SYSTEM_SETTINGS, entry.key)
        yield Written(ref=ref, place=entry.key_place, node=entry.value)
    for entry in entries_of(root.get(DATA_STORE)):
        if "/" in entry.key:
            yield Written(ref=Ref(DATA_STORE, entry.key), place=entry.key_place, node=entry.value)
        elif isinstance(entry.value, tree.Mapping):
            for inner in entry.value.entries:
                ref = Ref(DATA_STORE, f"{entry.key}/{inner.key}")
                yield Written(ref=ref, place=inner.key_place, node=inner.value)
        else:
            findings.append(
                Finding(
                    rule="wrong-form",
                    message=f"{entry.key} is a namespace, and takes its keys",
                    place=entry.value.place,
                    label="wanted: KEY: value",
                    following=f"write {entry.key}: {{KEY: value}}, or {entry.key}/KEY: value",
                )
            )


def laid_settings(
    written: Mapping[Ref, Written], patches: Mapping[Ref, tree.Node], turns: Turns, reader: SettingsReader
) -> dict[Ref, DesiredSetting]:
    """What a package asks for, with a municipality's values laid over; `turns` are the package's names."""
    laid = dict(written)
    for ref in written.keys() & patches.keys():
        above = expand(patches[ref], turns)
        laid[ref] = replace(laid[ref], node=laid_over(laid[ref].node, above, reader.languages.base))
    return reader.read(laid)


def is_beside(ref: Ref) -> bool:
    """Whether a name is one of a setting or a data store entry, and not of an object."""
    return ref.type in BESIDE


def _tags(node: tree.Node) -> Iterator[tree.Tagged]:
    """Every tag in a tree."""
    if isinstance(node, tree.Tagged):
        yield node
    elif isinstance(node, tree.Sequence):
        for item in node.items:
            yield from _tags(item)
    elif isinstance(node, tree.Mapping):
        for entry in node.entries:
            yield from _tags(entry.value)
