"""Small documents of metadata, and the files that they become."""

import json
from typing import Any

import yaml

from dhis2cfg.catalogue import shipped
from dhis2cfg.interchange import Taken, Wanted, read_source, take
from dhis2cfg.interchange.sources import Source
from dhis2cfg.workspace.printing import printed


def uid(text: str) -> str:
    """A UID that begins with a text of letters and digits."""
    return (text + "00000000000")[:11]


def taken(document: dict[str, Any], **wanted: Any) -> Taken:
    """What an import makes of a document."""
    source = read_source("file.json", json.dumps(document).encode())
    assert isinstance(source, Source), source
    return take(source, shipped.united(shipped.VERSIONS), Wanted(name="demo", **wanted))


def files(document: dict[str, Any], **wanted: Any) -> dict[str, str]:
    """The files of the package, by name."""
    return {page.file: printed(page) for page in taken(document, **wanted).pages}


def rules(document: dict[str, Any]) -> list[str]:
    """The rules that spoke, in order, each once."""
    return list(dict.fromkeys(each.rule for each in taken(document).findings))


def element(name: str, **values: Any) -> dict[str, Any]:
    """A data element whose UID, code and name are alike."""
    return {"id": uid(name), "code": name.upper(), "name": name, "shortName": name, **values}


class Texts(yaml.BaseLoader):
    """Everything as text; what stands behind a tag as the tag and its text."""


Texts.add_multi_constructor("!", lambda loader, tag, node: f"!{tag} {loader.construct_scalar(node)}")


def written(document: dict[str, Any], **wanted: Any) -> dict[str, Any]:
    """The YAML files of the package, read again: every value a text."""
    made = files(document, **wanted)
    return {
        name: yaml.load(text, Loader=Texts)  # noqa: S506 - a loader that makes nothing but texts
        for name, text in made.items()
        if name.endswith(".yaml")
    }
