"""Which commit the workspace stands at: information for plan and record, never a reason to refuse."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

SECONDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The commit, in full, and whether files of the workspace differ from it."""

    commit: str
    dirty: bool

    @property
    def short(self) -> str:
        """The commit as people write it."""
        return self.commit[:7]


def revision(root: Path, *, program: str = "git") -> Revision | None:
    """The revision of a folder; None without git, outside a repository, or before the first commit."""
    commit = _git(root, program, "rev-parse", "--verify", "HEAD")
    if not commit:
        return None
    changed = _git(root, program, "status", "--porcelain", "--untracked-files=normal", "--", ".")
    return Revision(commit=commit.strip(), dirty=changed is None or bool(changed.strip()))


def _git(root: Path, program: str, *arguments: str) -> str | None:
    """What git says, None where it fails."""
    told = run_git(root, program, *arguments)
    return None if told is None else told.decode(errors="replace")


def run_git(root: Path, program: str, *arguments: str, sent: bytes = b"") -> bytes | None:
    """What git says, None where it fails; `sent` is what it reads.

    A repository that belongs to somebody else (a container's user) is read all the same; so nothing that its
    settings could start is started.
    """
    options = ("-c", "safe.directory=*", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=")
    outer = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment = {**outer, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603 - a list of our own words, without a shell
            [program, *options, "-C", str(root), *arguments],
            capture_output=True,
            check=False,
            env=environment,
            timeout=SECONDS,
            input=sent,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None
