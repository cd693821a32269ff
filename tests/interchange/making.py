"""From a published file to a package on disk, its state, and what comes out of it again."""

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dhis2cfg.catalogue import shipped
from dhis2cfg.interchange import Taken, Wanted, read_source, take
from dhis2cfg.interchange.sources import Source
from dhis2cfg.model.plan import StepKind
from dhis2cfg.model.state import PackageUse, State
from dhis2cfg.pipeline.exporting import steps_on_nothing
from dhis2cfg.pipeline.reading import read, resolved
from dhis2cfg.workspace.printing import printed

NAMED = re.compile(r"(\w+)/([A-Za-z][A-Za-z0-9]{10})\b")


def taken_from(file: Path, name: str = "official") -> Taken:
    """The package that a published file becomes."""
    source = read_source(file.name, file.read_bytes())
    assert isinstance(source, Source)
    return take(source, shipped.united(shipped.VERSIONS), Wanted(name=name))


def write_pages(taken: Taken, folder: Path) -> None:
    """The package on disk."""
    for page in taken.pages:
        path = folder / page.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(printed(page), encoding="utf-8")


def state_in(folder: Path) -> State:
    """What the only package of a folder asks for."""
    (package,) = resolved(read(folder)).packages.values()
    manifest = package.manifest
    use = PackageUse(
        name=manifest.name, version=manifest.version, locale=manifest.locale, digest=package.digest
    )
    return State(municipality="", packages=(use,), objects=package.objects)


def sent(state: State, version: str) -> Mapping[str, list[Any]]:
    """Every object as an empty server is sent it, type by type."""
    objects: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for step in steps_on_nothing(state, version):
        if step.kind in (StepKind.CALL, StepKind.OWN):
            for name, rows in step.body.items():
                objects[name].update({each["id"]: each for each in rows})
    return {name: [*rows.values()] for name, rows in objects.items()}


def mended_objects(taken: Taken) -> set[tuple[str, str]]:
    """The objects that a mending changed, as its findings name them."""
    found = (NAMED.match(each.message) for each in taken.findings if each.rule.startswith("mend-"))
    return {(match[1], match[2]) for match in found if match}
