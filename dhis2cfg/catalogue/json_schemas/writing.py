"""All JSON Schemas that this room makes, by file name, as text that stays the same from run to run."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from dhis2cfg.catalogue.json_schemas.files import fleet_schema, municipality_schema, package_schema
from dhis2cfg.catalogue.json_schemas.forms import Schema
from dhis2cfg.catalogue.json_schemas.metadata import metadata_schema
from dhis2cfg.catalogue.shipped import VERSIONS, load
from dhis2cfg.catalogue.union import unite

_WIDTH = 120


def generated() -> Iterator[tuple[str, str]]:
    """File name and text of each schema; the first ones read all shipped versions as one."""
    every = unite([load(version) for version in VERSIONS])
    yield "metadata.schema.json", to_text(metadata_schema(every, editor=False))
    yield "metadata.editor.schema.json", to_text(metadata_schema(every, editor=True))
    for version in VERSIONS:
        yield (
            f"metadata-{version}.schema.json",
            to_text(metadata_schema(load(version), editor=False)),
        )
    makers: tuple[tuple[str, Callable[..., Schema]], ...] = (
        ("package", package_schema),
        ("municipality", municipality_schema),
        ("fleet", fleet_schema),
    )
    for name, make in makers:
        yield f"{name}.schema.json", to_text(make(every))


def write_schemas(folder: Path) -> None:
    """Write them all into a folder (`schemas/` of a checkout, or where `init` wants them)."""
    for name, text in generated():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def to_text(schema: Schema) -> str:
    """Canonical JSON for git: what fits stands on one line."""
    return _text(schema, "") + "\n"


def _text(value: Any, indent: str) -> str:
    short = json.dumps(value, ensure_ascii=False)
    if len(short) + len(indent) <= _WIDTH or not isinstance(value, dict | list) or not value:
        return short
    deeper = indent + "  "
    if isinstance(value, dict):
        rows = [f"{deeper}{json.dumps(name)}: {_text(inner, deeper)}" for name, inner in value.items()]
        return "{\n" + ",\n".join(rows) + f"\n{indent}}}"
    return "[\n" + ",\n".join(deeper + _text(inner, deeper) for inner in value) + f"\n{indent}]"
