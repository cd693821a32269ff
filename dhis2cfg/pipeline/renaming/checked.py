"""A renamed workspace read again before anything is written: nothing but the name may have changed."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.load import Opener
from dhis2cfg.model.plan import Kind
from dhis2cfg.pipeline.diffing import Labels, differ
from dhis2cfg.pipeline.reading import Read, read, resolved
from dhis2cfg.resolve import new_lock


def overlaid(root: Path, texts: Mapping[str, str], opener: Opener) -> Opener:
    """An opener that sees other texts in place of some files."""
    contents = {(root / name).resolve(): text.encode() for name, text in texts.items()}

    def opened(path: Path) -> BinaryIO:
        content = contents.get(path.resolve())
        return opener(path) if content is None else io.BytesIO(content)

    return opened


def with_locks(before: Read, texts: Mapping[str, str], opener: Opener) -> dict[str, str]:
    """The texts, and the locks that give every object the UID which it had."""
    after = read(before.root, overlaid(before.root, texts, opener))
    old, new = resolved(before, ()), resolved(after, ())
    found = dict(texts)
    for name, package in old.packages.items():
        lock = before.packages[name].lock
        if not lock.exists or name not in new.packages:
            continue
        pairs = dict(zip(map(str, package.objects), map(str, new.packages[name].objects), strict=False))
        lines = [f"{pairs.get(line.path, line.path)}: {line.uid}" for line in lock.lines]
        text = new_lock(lines)
        if text != before.documents[lock.file].text:
            found[lock.file] = text
    return found


def must_be_only_a_name(
    before: Read, texts: Mapping[str, str], opener: Opener, *, follow: bool = False
) -> None:
    """Refuse what would configure something else, or break a file; with `follow` only the latter."""
    after = read(before.root, overlaid(before.root, texts, opener))
    diff = differ(before, after, Labels(before="", after=""))
    others = [each.change for each in diff.items if not (follow or each.change.kind is Kind.MOVE)]
    if not others and not diff.errors:
        return
    told = [f"{each.type}/{each.path} {each.field}".strip() for each in others[:3]]
    told += [each.message for each in resolved(after, ()).findings[:3]] if diff.errors else []
    raise Dhis2cfgError(
        "this cannot be renamed without changing what is configured; nothing was written",
        details=tuple(told),
        following=("rename it by hand, and see what changes: dhis2cfg diff",),
    )
