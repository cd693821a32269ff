"""Writing the locks of a workspace, or saying which are stale."""

from dhis2cfg.cli.desk import Desk
from dhis2cfg.cli.settings import width, write_err, write_out
from dhis2cfg.errors import Exit, FilesRefused
from dhis2cfg.load import read_bytes
from dhis2cfg.model.findings import Finding, has_errors
from dhis2cfg.pipeline.reading import resolved
from dhis2cfg.report.findings import findings_text
from dhis2cfg.resolve import workspace_lock
from dhis2cfg.workspace.locks import write_lock


def lock_command(desk: Desk, *, check: bool) -> int:
    """Every lock as it should be; files with other errors are not locked."""
    result = resolved(desk.files)
    others = [each for each in result.findings if each.rule != "stale-lock"]
    if has_errors(others):
        write_err(findings_text(others, desk.files.documents, width()))
        raise FilesRefused("the files have errors; no lock was written")
    wanted = {desk.files.packages[name].lock.file: each.lock for name, each in result.packages.items()}
    if desk.files.source.fleet is not None:
        wanted["uids.lock"], _ = workspace_lock(
            desk.files.fleet, desk.files.catalogue, desk.files.source.lock
        )
    stale = [name for name, text in sorted(wanted.items()) if _standing(desk, name) != text]
    if check:
        write_out("".join(f"{name} is stale: dhis2cfg lock\n" for name in stale))
        return Exit.FILES if stale else Exit.FINE
    for name in stale:
        write_lock(desk.files.root / name, wanted[name], opener=desk.settings.world.writer)
        write_out(f"wrote {name}: {wanted[name].count(chr(10))} UIDs\n")
    if not stale:
        write_out("every lock is as it should be\n")
    return Exit.FINE


def _standing(desk: Desk, name: str) -> str | None:
    """The lock as it stands, byte for byte; empty where there is none, None where it cannot be read."""
    path = desk.files.root / name
    if not path.exists():
        return ""
    content = read_bytes(path, name, opener=desk.settings.world.opener)
    return None if isinstance(content, Finding) else content.decode("utf-8", "replace")
