"""Two sides of a workspace found, read, compared and shown; no server is asked."""

import re
import shlex
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from dhis2cfg.cli.desk import saver
from dhis2cfg.cli.reports import Wanted, write_reports
from dhis2cfg.cli.settings import Settings, width, write_out
from dhis2cfg.errors import Exit, UsageError
from dhis2cfg.model.diff import Diff
from dhis2cfg.pipeline.diffing import Labels, differ, usernames
from dhis2cfg.pipeline.reading import Read, read
from dhis2cfg.report.diffs import Detail, DiffView, diff_text, without_people
from dhis2cfg.report.diffs.people import SOMEBODY
from dhis2cfg.report.documents import diff_document
from dhis2cfg.report.pull_requests import diff_markdown, notes_markdown
from dhis2cfg.workspace.revisions import commit_of, common_ancestor, put_revision
from dhis2cfg.workspace.root import FLEET, PACKAGE, find_root

HERE = "the files as they stand"
TWO = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffRequest:
    """What `diff` was asked for; `sides` are the words of the command line."""

    sides: tuple[str, ...]
    output: str
    reports: Wanted = ()
    detail: Detail = Detail.USUAL
    locale: str = ""
    who: bool = False
    exit_code: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side: a folder, or a revision of the workspace (then `folder` is the workspace)."""

    label: str
    folder: Path
    commit: str = ""


def diff_command(settings: Settings, request: DiffRequest) -> int:
    """Compare and show; the exit code."""
    before, after = sides_of(settings.folder or Path.cwd(), request.sides)
    with standing(before) as first, standing(after) as second:
        readings = [read(folder, settings.world.opener) for folder in (first, second)]
        labels = Labels(before=before.label, after=after.label, locale=request.locale)
        whole = differ(readings[0], readings[1], labels)
    diff = whole if request.who else without_people(whole)
    people = frozenset() if request.who else frozenset().union(*map(_people, readings))
    lines = tuple(_lines(readings[0], readings[1], people))

    def text(name: str) -> str:
        return _shown(name, diff, request, lines)

    write_out(text(request.output))
    write_reports(request.reports, text, saver(settings))
    if whole.errors:
        return Exit.FILES
    return Exit.CHANGES if request.exit_code and whole.items else Exit.FINE


def _shown(name: str, diff: Diff, request: DiffRequest, lines: Sequence[str]) -> str:
    view = DiffView(
        diff=diff,
        detail=request.detail,
        width=width(),
        command=shlex.join(["dhis2cfg", "diff", *request.sides, "--full"]),
        lines=lines,
    )
    match name:
        case "json":
            return diff_document(diff)
        case "markdown":
            return diff_markdown(view)
        case "notes":
            return notes_markdown(diff)
        case _:
            return diff_text(view)


def sides_of(start: Path, words: Sequence[str]) -> tuple[Side, Side]:
    """What is compared with what: `A..B`, `A...B`, `A`, nothing, or two folders."""
    if len(words) == TWO and all((start / word).is_dir() for word in words):
        one, other = (Side(label=word, folder=find_root(start / word).root) for word in words)
        return one, other
    if len(words) > 1:
        raise UsageError(
            "diff wants A..B, or two folders that exist",
            details=(f"given: {' '.join(words)}",),
            following=("dhis2cfg diff main..HEAD", "dhis2cfg diff OLD NEW"),
        )
    root = find_root(start).root
    word = words[0] if words else "HEAD"
    if (start / word).is_dir() and words:
        here = Side(label=HERE, folder=root)
        return Side(label=word, folder=find_root(start / word).root), here
    return _revisions(root, word)


def _revisions(root: Path, word: str) -> tuple[Side, Side]:
    """Two commits, or one and the files as they stand."""
    apart = "..." in word
    old, _, new = word.partition("..." if apart else "..")
    first = commit_of(root, old or "HEAD")
    if not new and not apart:
        return Side(label=old or "HEAD", folder=root, commit=first), Side(label=HERE, folder=root)
    second = commit_of(root, new or "HEAD")
    if apart:
        first = common_ancestor(root, first, second)
    return (
        Side(label=old or "HEAD", folder=root, commit=first),
        Side(label=new or "HEAD", folder=root, commit=second),
    )


@contextmanager
def standing(side: Side) -> Iterator[Path]:
    """A folder in which a side stands, as long as it is needed."""
    if not side.commit:
        yield side.folder
        return
    with tempfile.TemporaryDirectory(prefix="dhis2cfg-") as name:
        folder = Path(name).resolve()
        put_revision(side.folder, side.commit, folder)
        if not any((folder / each).is_file() for each in (FLEET, PACKAGE)):
            raise UsageError(
                f"{side.label} holds no workspace here",
                details=(f"neither {FLEET} nor {PACKAGE} stands in it at {side.commit[:7]}",),
                following=("compare with a revision in which the workspace stands at the same place",),
            )
        yield folder


def _people(files: Read) -> frozenset[str]:
    """The usernames that a workspace names: members, and whom something is shared with."""
    return frozenset(text for document in files.documents.values() for text in usernames(document.root))


def _lines(before: Read, after: Read, people: Collection[str]) -> Iterator[str]:
    """How the files differ, as `git diff` shows it, without these names."""
    names = re.compile("|".join(rf"(?<!\w){re.escape(each)}(?!\w)" for each in people) or "(?!)")
    last, now = before.documents, after.documents
    for name in sorted(last.keys() | now.keys()):
        if name.endswith(".lock"):
            continue
        texts = [side[name].text.splitlines() if name in side else [] for side in (last, now)]
        for line in unified_diff(texts[0], texts[1], name, name, n=1, lineterm=""):
            yield names.sub(SOMEBODY, line)
