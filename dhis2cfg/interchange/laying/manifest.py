"""`package.yaml`, `translations/` and `uids.lock` of an imported package, and where it came from."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dhis2cfg.interchange.bundle import Body
from dhis2cfg.interchange.keys import Keys
from dhis2cfg.model.pages import TextPage, Yaml, YamlPage, in_order

VERSION = re.compile(r"\d+\.\d+\.\d+")
DHIS2 = ">=2.41,<2.44"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What `package.yaml` says; `source` is the file that the package was made from."""

    name: str
    source: str
    provenance: Body
    base: str
    inline: tuple[str, ...] = ()
    sharing: dict[str, Yaml] = field(default_factory=dict)
    defaults: dict[str, Yaml] = field(default_factory=dict)
    severity: Mapping[str, str] = field(default_factory=dict)


def manifest(said: Said) -> YamlPage:
    """`package.yaml`: what the source says of itself, profiles, what all objects say alike."""
    provenance = said.provenance
    version = str(provenance.get("version", ""))
    content: dict[str, Yaml] = {
        "name": said.name,
        "version": version if VERSION.fullmatch(version) else "1.0.0",
        "title": str(provenance.get("description") or provenance.get("name") or said.name),
        "dhis2": DHIS2,
        "locale": said.base,
    }
    further: dict[str, Yaml] = {
        "locales": {"inline": [*said.inline]} if said.inline else None,
        "sharing": said.sharing or None,
        "defaults": said.defaults or None,
        "severity": {**said.severity} or None,
    }
    content |= {key: value for key, value in further.items() if value is not None}
    return YamlPage(file="package.yaml", content=content, comments=tuple(_comments(said)))


def _comments(said: Said) -> Iterator[str]:
    yield f"Imported from {said.source}; docs/provenance.yaml says what that file says of itself."
    if not VERSION.fullmatch(str(said.provenance.get("version", ""))):
        yield "The source says no version: 1.0.0 stands for it."


def origin(source: str, provenance: Body) -> YamlPage:
    """The `package` block of the source, kept as it was."""
    return YamlPage(file="docs/provenance.yaml", content={"file": source, "package": {**provenance}})


def translations(apart: Mapping[str, dict[str, dict[str, dict[str, Yaml]]]]) -> Iterator[YamlPage]:
    """A file a locale: type → key path → property → text."""
    for locale, types in sorted(apart.items()):
        content: dict[str, Yaml] = {
            name: {path: in_order(sorted(texts.items())) for path, texts in sorted(objects.items())}
            for name, objects in sorted(types.items())
        }
        yield YamlPage(file=f"translations/{locale}.yaml", content=content)


def lock(keys: Keys) -> TextPage:
    """`uids.lock`: every object keeps the UID that it had."""
    lines = sorted(f"{ref}: {uid}\n" for ref, uid in keys.uids.items())
    return TextPage(file="uids.lock", text="".join(lines))
