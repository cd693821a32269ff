"""The schemas that come with the program: catalogues by version, JSON Schemas by name."""

import json
from functools import cache
from pathlib import Path

from dhis2cfg.catalogue.condense import minor
from dhis2cfg.catalogue.reading.build import build
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.catalogue.union import unite
from dhis2cfg.errors import NotSupported

VERSIONS = ("2.41", "2.42", "2.43")
"""The DHIS2 versions whose catalogue is shipped, oldest first."""


_PACKAGE = Path(__file__).resolve().parent.parent


def folder(package: Path = _PACKAGE) -> Path:
    """Where the schemas stand: inside an installed package, beside it in a checkout."""
    inside = package / "schemas"
    return inside if inside.is_dir() else package.parent / "schemas"


def schema_text(name: str) -> str:
    """One JSON Schema as text, by its file's name (`metadata.schema.json`)."""
    return (folder() / name).read_text(encoding="utf-8")


@cache
def load(version: str) -> Catalogue:
    """The catalogue of a version (`2.42`); one that was never pulled is refused."""
    file = folder() / "catalogue" / f"{version}.json"
    if not file.is_file():
        raise NotSupported(
            f"DHIS2 {version}",
            details=(f"catalogues are here for {', '.join(VERSIONS)}",),
            following=(
                f"dhis2cfg schema pull --server URL   reads what DHIS2 {version} accepts from a server",
            ),
        )
    return build(json.loads(file.read_text(encoding="utf-8")))


@cache
def united(versions: tuple[str, ...] = VERSIONS) -> Catalogue:
    """What any of some versions accepts, by default of all that are shipped."""
    return unite([load(version) for version in versions])


def for_server(version: str) -> Catalogue:
    """The catalogue for what a server says of itself (`2.42.5-SNAPSHOT`)."""
    return load(minor(version))
