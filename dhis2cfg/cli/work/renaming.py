"""What is meant by a name, its renaming tried in memory, and only then the files written."""

from collections.abc import Iterator
from pathlib import Path

from dhis2cfg.cli.desk import Desk, open_desk, saver
from dhis2cfg.cli.settings import Settings, write_err, write_out
from dhis2cfg.errors import Exit, FilesRefused, UsageError
from dhis2cfg.model.findings import has_errors
from dhis2cfg.model.names import Ref
from dhis2cfg.pipeline.reading import Read, resolved
from dhis2cfg.pipeline.renaming import (
    Renamed,
    must_be_only_a_name,
    rename_key,
    rename_municipality,
    rename_package,
    rename_unit,
    units_of,
    with_locks,
)
from dhis2cfg.report.findings import findings_text
from dhis2cfg.report.signs import clean, number

UNIT = "/organisationUnits/"
"""Between a municipality's name and a unit of its own, as in the lock."""


def rename_command(settings: Settings, old: str, new: str, *, follow: bool) -> int:
    """Rename, check, write; the exit code."""
    desk = open_desk(settings)
    result = resolved(desk.files, ())
    if has_errors(result.findings):
        write_err(findings_text(result.findings, desk.files.documents, 100))
        raise FilesRefused("the files have errors; nothing was renamed")
    kind, name = meant(desk.files, old)
    if kind == "municipalities" and "/" in name:
        municipality, _, unit = name.partition(UNIT)
        renamed = rename_unit(desk.files, municipality, unit, new, follow=follow)
        texts = dict(renamed.texts)
    elif kind == "municipalities":
        renamed = rename_municipality(desk.files, name, new)
        texts = dict(renamed.texts)
    elif kind == "packages":
        renamed = rename_package(desk.files, name, new)
        texts = dict(renamed.texts)
    else:
        renamed = rename_key(desk.files, Ref(kind, name), new.rpartition("/")[2], follow=follow)
        texts = _keys(desk, renamed, follow=follow)
    _write(desk, renamed, texts)
    files = len(texts)
    write_out(
        f"{clean(old)} is {clean(new)} now: {number(renamed.places, 'place')} in {number(files, 'file')}\n"
    )
    for source, target in renamed.moves:
        write_out(f"moved {clean(source)} to {clean(target)}\n")
    for place in renamed.by_hand:
        write_out(f"by hand: {clean(str(place))} makes the key from a template\n")
    return Exit.FINE


def _keys(desk: Desk, renamed: Renamed, *, follow: bool) -> dict[str, str]:
    """The texts with their locks; that nothing but the name changes is seen before anything is written."""
    opener = desk.settings.world.opener
    texts = with_locks(desk.files, renamed.texts, opener)
    if not renamed.by_hand:
        must_be_only_a_name(desk.files, texts, opener, follow=follow)
    return texts


def meant(files: Read, word: str) -> tuple[str, str]:
    """Type and key path of the one thing that a word means; or `municipalities` or `packages`, and a name."""
    found = list(dict.fromkeys(_candidates(files, word)))
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(
            f"nothing here is called {word}",
            following=("write TYPE/KEY, packages/NAME or municipalities/NAME",),
        )
    raise UsageError(
        f"{word} may be several things",
        details=tuple(f"{kind}/{name}" for kind, name in found),
        following=("write one of these",),
    )


def _candidates(files: Read, word: str) -> Iterator[tuple[str, str]]:
    kind, _, rest = word.partition("/")
    for name in (word, rest if kind == "municipalities" else ""):
        if name in files.source.municipalities:
            yield "municipalities", name
    for municipality, key in units_of(files):
        name = f"{municipality}{UNIT}{key}"
        if word in (key, name, f"municipalities/{name}"):
            yield "municipalities", name
    for name in (word, rest if kind == "packages" else ""):
        if name in files.packages:
            yield "packages", name
    for package in resolved(files, ()).packages.values():
        for ref in package.objects:
            if word in (str(ref), ref.path, ref.key):
                yield ref.type, ref.path


def _write(desk: Desk, renamed: Renamed, texts: dict[str, str]) -> None:
    """New texts first, then files and folders under their new names."""
    root, save = desk.files.root, saver(desk.settings)
    for name, text in texts.items():
        save(root / name, text)
    for source, target in renamed.moves:
        move(root / source, root / target)


def move(source: Path, target: Path) -> None:
    """A file or folder under another name."""
    if target.exists():
        raise UsageError(f"{target} is there already", following=("move it away, and rename again",))
    source.rename(target)
