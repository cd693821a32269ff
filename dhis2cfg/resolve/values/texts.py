"""Texts in several languages: the base text, the others inline or in `translations/`, what must be there."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.names import Ref
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import Formula, Text
from dhis2cfg.model.tree import Document
from dhis2cfg.resolve.nodes import did_you_mean, entries_of

REFERENCE = re.compile(r"\s*[#AV]\{[^{}]*\}\s*")
"""A text that names something and says nothing."""


IDENTIFIERS = frozenset({("programRuleVariables", "name")})
"""Names that stand inside expressions, and so are the same in every language, whatever a schema says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """The locales of a package: its base, those that every text needs, all that it knows."""

    base: str
    required: tuple[str, ...] = ()
    all: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """One text of `translations/<locale>.yaml`."""

    locale: str
    entry: tree.Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Translations:
    """All texts of `translations/`, by object and property."""

    texts: Mapping[tuple[Ref, str], tuple[Translated, ...]] = field(default_factory=dict)

    def of(self, ref: Ref, name: str) -> tuple[Translated, ...]:
        """The texts of one property."""
        return self.texts.get((ref, name), ())


def read_translations(documents: Mapping[str, Document]) -> Translations:
    """The translation files of a package, by locale: type → key path → property → text."""
    texts: dict[tuple[Ref, str], list[Translated]] = {}
    for locale, document in sorted(documents.items()):
        for types in entries_of(document.root):
            for objects in entries_of(types.value):
                ref = Ref(types.key, objects.key)
                for entry in entries_of(objects.value):
                    translated = Translated(locale=locale, entry=entry)
                    texts.setdefault((ref, entry.key), []).append(translated)
    return Translations(texts={key: tuple(found) for key, found in texts.items()})


def dangling(
    translations: Translations, objects: Mapping[Ref, Mapping[str, object]], catalogue: Catalogue
) -> Iterator[Finding]:
    """Translations of what does not exist, cannot be translated, or has no base text."""
    for (ref, name), texts in translations.texts.items():
        prop = catalogue.property(ref.type, name)
        for text in texts:
            where = text.entry.key_place
            if ref not in objects:
                near = did_you_mean(ref.path, tuple(each.path for each in objects if each.type == ref.type))
                yield _lost(f"{ref} does not exist", where, "nothing has this key path", near)
            elif prop is None or not prop.translation_key:
                yield _lost(f"{name} of {ref.type} is not translated", where, "no translatable text", "")
            elif name not in objects[ref]:
                following = f"write {name} of {ref} in the package first"
                yield replace(
                    _lost(f"{name} of {ref} has no base text", where, "the base is missing", following),
                    rule="missing-base-text",
                )


def _lost(message: str, place: Place, label: str, following: str) -> Finding:
    return Finding(
        rule="unknown-reference",
        message=message,
        place=place,
        label=label,
        following=following or "take it out, or correct its name",
    )


def locale_nodes(
    node: tree.Node, what: str, languages: Languages, findings: list[Finding]
) -> Mapping[str, tree.Node]:
    """Locale → node of a text; a plain text is the base. What a map lacks or has too much: findings."""
    if not isinstance(node, tree.Mapping):
        return {languages.base: node}
    strange = (entry for entry in node.entries if entry.key not in languages.all)
    findings.extend(_unknown_locale(entry, languages) for entry in strange)
    if node.get(languages.base) is None:
        findings.append(
            Finding(
                rule="missing-base-text",
                message=f"{what} has no text in the base language {languages.base}",
                place=node.place,
                label=f"wanted: {languages.base}: …",
                following="the base text is what everybody sees who chose no language",
            )
        )
    return {entry.key: entry.value for entry in node.entries if entry.key in languages.all}


def _unknown_locale(entry: tree.Entry, languages: Languages) -> Finding:
    return Finding(
        rule="unknown-locale",
        message=f"{entry.key} is no language of this package",
        place=entry.key_place,
        label=f"package.yaml names {', '.join(languages.all)}",
        following=did_you_mean(entry.key, languages.all)
        or f"add it under locales:, or write the text in translations/{entry.key}.yaml",
    )


Say: TypeAlias = Callable[[tree.Node], str | Formula | None]
"""What one locale's node says."""


def with_translations(
    text: Text, extra: tuple[Translated, ...], place: Place, say: Say, findings: list[Finding]
) -> Text:
    """The text with those of `translations/` added; one locale in both places is a finding."""
    locales: dict[str, str | Formula] = dict(text.locales)
    for translated in extra:
        words = say(translated.entry.value)
        if translated.locale in locales or translated.locale == text.locale:
            findings.append(
                Finding(
                    rule="duplicate-key",
                    message=f"{translated.entry.key} has two texts in {translated.locale}",
                    place=translated.entry.key_place,
                    label="written beside the base text too",
                    following="keep one of the two",
                    related=(Related(message="the other", place=place),),
                )
            )
        elif words is not None:
            locales[translated.locale] = words
    return replace(text, locales=locales)


def missing_locales(text: Text, what: str, languages: Languages, place: Place) -> Iterator[Finding]:
    """A required language that a text does not have; a reference alone (`#{variable}`) needs none."""
    if text.base is None or (isinstance(text.base, str) and REFERENCE.fullmatch(text.base)):
        return
    for locale in languages.required:
        if locale != text.locale and locale not in text.locales:
            yield Finding(
                rule="missing-translation",
                message=f"{what} has no text in {locale}",
                place=place,
                label=f"package.yaml requires {locale}",
                following=f"write {{{text.locale}: …, {locale}: …}}",
            )
