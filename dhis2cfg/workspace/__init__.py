"""The user's folder: where it is, which commit it stands at, how files are written, where journals lie.

In: a folder, or texts to write. Out: a `Workspace`, files on disk, the journal of a run. `root` comes first.
"""

from dhis2cfg.workspace.git import Revision, revision
from dhis2cfg.workspace.journal import JournalFile, journal_folder, open_journal
from dhis2cfg.workspace.locks import write_lock
from dhis2cfg.workspace.root import Workspace, find_root
from dhis2cfg.workspace.writing import Opener, atomic_write

__all__ = [
    "JournalFile",
    "Opener",
    "Revision",
    "Workspace",
    "atomic_write",
    "find_root",
    "journal_folder",
    "open_journal",
    "revision",
    "write_lock",
]
