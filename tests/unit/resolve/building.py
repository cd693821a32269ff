"""Packages and fleets out of a few lines of YAML, and what of a result a test looks at."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from textwrap import dedent

from dhis2cfg import load
from dhis2cfg.catalogue import shipped
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.load.text.events import parse
from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.fleet import Fleet
from dhis2cfg.model.names import Ref
from dhis2cfg.model.places import Place
from dhis2cfg.model.sources import LockFile, PackageSource
from dhis2cfg.model.state import DesiredObject, State, Value
from dhis2cfg.resolve import choose, read_fleet, resolve, resolve_package
from dhis2cfg.resolve.package import ResolvedPackage

MANIFEST = """
name: p
version: 1.0.0
dhis2: ">=2.41,<2.44"
locale: nb
locales: {required: [en], optional: [se]}
"""
PLAIN = """
name: p
version: 1.0.0
dhis2: ">=2.41,<2.44"
locale: nb
"""


def catalogue() -> Catalogue:
    """What DHIS2 2.43 accepts."""
    return shipped.load("2.43")


def write(root: Path, files: Mapping[str, str]) -> None:
    """Files below a folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")


def a_source(root: Path, text: str = "", *, manifest: str = PLAIN, **files: str) -> PackageSource:
    """A package in the folder `p`; `text` is `objects.yaml`, other files go by their name."""
    named = {f"p/{name}.yaml": content for name, content in files.items()}
    write(root, {"p/package.yaml": manifest, "p/objects.yaml": text, **named})
    source, findings = load.load_package(root, "p", catalogue())
    assert findings == (), told(findings)
    assert source is not None
    return source


def a_package(
    root: Path, text: str = "", *, manifest: str = PLAIN, **files: str
) -> tuple[ResolvedPackage, list[Finding]]:
    """A resolved package and its findings, those about the lock left out."""
    resolved, findings = resolve_package(a_source(root, text, manifest=manifest, **files), catalogue())
    return resolved, without_lock(findings)


def without_lock(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that are not about `uids.lock`."""
    return [finding for finding in findings if finding.rule != "stale-lock"]


def told(findings: Iterable[Finding]) -> list[tuple[str, str, str]]:
    """Rule, `line:column` and message of each finding."""
    return [(each.rule, f"{each.place.line}:{each.place.column}", each.message) for each in findings]


def rules(findings: Iterable[Finding]) -> list[str]:
    """The rules of the findings."""
    return [each.rule for each in findings]


def values(objects: Mapping[Ref, DesiredObject], name: str) -> dict[str, Value]:
    """Property → value of one object, named `type/path`."""
    ref = Ref(*name.split("/", 1))
    return {key: field.value for key, field in objects[ref].fields.items()}


def a_fleet(
    root: Path, municipalities: Mapping[str, str], *, fleet: str = "name: f\n"
) -> tuple[Fleet, LockFile | None, list[Finding]]:
    """A fleet of these municipalities, its lock and its findings."""
    files = {f"municipalities/{name}.yaml": text for name, text in municipalities.items()}
    write(root, {"fleet.yaml": fleet, **files})
    source, findings = load.load_fleet(root, catalogue())
    assert findings == (), told(findings)
    read, found = read_fleet(source)
    return read, source.lock, list(found)


def a_state(
    root: Path,
    municipality: str,
    package: str = "",
    *,
    manifest: str = PLAIN,
    fleet: str = "name: f\n",
    today: str = "",
) -> tuple[State, list[Finding]]:
    """The state of the municipality `by` with the package `p`, findings about locks left out."""
    source = a_source(root, package, manifest=manifest)
    read, lock, findings = a_fleet(root, {"by": municipality}, fleet=fleet)
    assert findings == []
    state, found = resolve(
        read, read.municipalities[0], choose([source]), catalogue(), lock=lock, today=today
    )
    return state, without_lock(found)


def a_tree(text: str) -> tree.Mapping:
    """A file's tree before any type is known."""
    document, findings = parse(dedent(text), "f.yaml")
    assert findings == (), told(findings)
    return document.root or tree.Mapping(entries=(), place=Place(file="f.yaml"))
