"""UIDs in expressions become keys, where they name objects of the workspace and nothing else changes."""

import re
from collections.abc import Iterable, Iterator, Mapping

from dhis2cfg.load import Opener
from dhis2cfg.model.findings import Severity
from dhis2cfg.model.names import Ref
from dhis2cfg.pipeline.diffing import Labels, differ
from dhis2cfg.pipeline.reading import Read, read, resolved
from dhis2cfg.pipeline.renaming.checked import overlaid
from dhis2cfg.pipeline.renaming.places import Files
from dhis2cfg.resolve import Seen, named
from dhis2cfg.workspace.formatting.nodes import applied

_UID = re.compile(r"(?:id:)?[A-Za-z][A-Za-z0-9]{10}")
_IN_BRACES = re.compile(
    r"(?:#|\b[A-Z]+)\{[^{}\n]*?\b[A-Za-z][A-Za-z0-9]{10}\b|\(\s*['\"][A-Za-z][A-Za-z0-9]{10}['\"]"
)
"""Where a text could name something by its UID; most workspaces have no such place, and are read once."""


def with_keys(files: Read, opener: Opener) -> dict[str, str]:
    """The texts of files whose expressions name our objects by UIDs, with keys in their place.

    A key stands alone where that means the same, else with those above it.
    """
    sources = [each.text for package in files.packages.values() for each in package.documents]
    if not any(_IN_BRACES.search(text) for text in sources):
        return {}
    uids = list(_by_uid(files))
    tries = (_rewritten(files, [(seen, name(seen.ref)) for seen in uids]) for name in (_key, _path))
    return next((texts for texts in tries if not texts or _is_the_same(files, texts, opener)), {})


def _key(ref: Ref) -> str:
    return ref.key


def _path(ref: Ref) -> str:
    return ref.path


def _by_uid(files: Read) -> Iterator[Seen]:
    """Places in YAML files at which a UID was read as one of our objects."""
    known = {each.file for package in files.packages.values() for each in package.documents}
    packages = named(files.packages, files.catalogue, files.fleet).values()
    for seen in dict.fromkeys(seen for package in packages for seen in package.seen):
        is_uid = _UID.fullmatch(seen.text) and seen.text != seen.ref.key
        if is_uid and seen.place.file in known:
            yield seen


def _rewritten(files: Read, keys: Iterable[tuple[Seen, str]]) -> dict[str, str]:
    """The files with another text at each of these places."""
    work = Files(documents=dict(files.documents))
    for seen, key in keys:
        work.respell(seen, key)
    return {file: applied(work.documents[file].text, edits) for file, edits in work.edits.items()}


def _is_the_same(files: Read, texts: Mapping[str, str], opener: Opener) -> bool:
    """Whether the rewritten files configure exactly what the old ones did, and hold no new mistake."""
    errors = sum(each.severity is Severity.ERROR for each in resolved(files, ()).findings)
    after = read(files.root, overlaid(files.root, texts, opener))
    diff = differ(files, after, Labels(before="", after=""))
    return diff.errors == 2 * errors and not diff.items
