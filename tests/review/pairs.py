"""Twelve pairs of revisions: a workspace, and what a change makes of its files; `main` writes what is shown.

python -m tests.review.pairs    writes text.txt and pull-request.md beside each pair
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from dhis2cfg.cli.app import run

HERE = Path(__file__).resolve().parent
BEFORE = HERE / "before"
SHOWN = {"text": "text.txt", "markdown": "pull-request.md", "notes": "notes.md"}
"""Formats whose whole output is kept, and the file beside each pair."""


def names() -> list[str]:
    """The pairs."""
    return sorted(path.parent.name for path in HERE.glob("*/after"))


def git(folder: Path, *words: str) -> str:
    """What git says, under a name of its own and without anybody's settings."""
    identity = ("-c", "user.name=Review", "-c", "user.email=review@example.org", "-c", "commit.gpgsign=false")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(  # noqa: S603 - our own words
        ["git", *identity, *words],  # noqa: S607 - the git of this machine
        cwd=folder,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def commit(folder: Path, tag: str) -> None:
    """Everything in a folder as a commit, found by a tag."""
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", tag), ("tag", "-f", tag)):
        git(folder, *words)


def repository(pair: str, folder: Path) -> Path:
    """A repository whose tags `before` and `after` are the two revisions of a pair.

    Files get the time of now: git takes one of the same size and the same second for the same file.
    """
    workspace = folder / pair
    shutil.copytree(BEFORE, workspace, copy_function=shutil.copyfile)
    commit(workspace, "before")
    shutil.copytree(HERE / pair / "after", workspace, copy_function=shutil.copyfile, dirs_exist_ok=True)
    commit(workspace, "after")
    return workspace


def told(workspace: Path, *words: str) -> tuple[int, str]:
    """Exit code and stdout of `diff before..after`."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(["-C", str(workspace), "diff", "before..after", *words])
    return code, out.getvalue() or err.getvalue()


def everything(workspace: Path, folder: Path) -> dict[str, str]:
    """The output in every format, of one run."""
    words = [
        word
        for output in ("markdown", "notes", "json")
        for word in ("--report", f"{output}={folder / output}")
    ]
    code, text = told(workspace, *words)
    assert code == 0, text
    return {"text": text, **{path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}}


def main() -> None:
    """Write what is shown of every pair."""
    os.environ["COLUMNS"] = "100"
    for pair in names():
        with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as reports:
            shown = everything(repository(pair, Path(name)), Path(reports))
            for output, file in SHOWN.items():
                (HERE / pair / file).write_text(shown[output], encoding="utf-8")
        sys.stdout.write(f"wrote {pair}\n")


if __name__ == "__main__":
    main()
