"""A folder appears whole or not at all: written beside, looked at, renamed."""

import contextlib
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from dhis2cfg.errors import Dhis2cfgError, UsageError


def must_be_free(target: Path, *, replace: bool) -> None:
    """Whether a folder may be written there: nothing is, or it may be replaced."""
    is_taken = target.exists() and (not target.is_dir() or any(target.iterdir()))
    if target.is_symlink() or (is_taken and not (replace and (target / "package.yaml").is_file())):
        raise UsageError(
            f"{target} is there already",
            details=("nothing was written",),
            following=("name another folder", "--replace takes the place of a package that stands there"),
        )


def inside(folder: Path, name: str) -> Path:
    """The path of a file below a folder; a name that leads out of it is refused."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise Dhis2cfgError(
            f"{name} would lie outside of {folder.name}",
            details=("nothing was written",),
            following=("correct what gives the file its name",),
        )
    return path


@contextlib.contextmanager
def staged(target: Path) -> Iterator[Path]:
    """A folder of the same name to write into; once the block ends well it stands where it was wanted."""
    target = target.resolve()
    stage = target.parent / f".{target.name}.{secrets.token_hex(6)}.tmp"
    try:
        made = stage / target.name
        made.mkdir(parents=True)
        yield made
        _take_place(made, target, stage / "before")
    except OSError as error:
        raise Dhis2cfgError(
            f"cannot write {target}: {error.strerror or error}",
            details=("what stood there stands as it was",),
            following=("make room, or the folder writable, and try again",),
        ) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _take_place(made: Path, target: Path, aside: Path) -> None:
    """Rename into place; what stood there goes only once the new one is."""
    if not target.exists():
        made.rename(target)
        return
    target.rename(aside)
    try:
        made.rename(target)
    except OSError:
        aside.rename(target)
        raise
