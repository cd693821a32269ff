"""What commands share: the workspace read and checked, targets chosen, connections, progress on stderr."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from dhis2cfg import __version__
from dhis2cfg.cli.settings import LogFormat, Settings, width, write_err
from dhis2cfg.dhis2.guards import Exchange, silent
from dhis2cfg.errors import FilesRefused, UsageError
from dhis2cfg.fleet.connections import Connector, RealClock
from dhis2cfg.fleet.selection import Chosen, Selection, choose
from dhis2cfg.fleet.work import tasks
from dhis2cfg.model.findings import Finding, has_errors
from dhis2cfg.model.fleet import Fleet, Municipality, PackageChoice, Target
from dhis2cfg.model.places import Place
from dhis2cfg.pipeline.reading import Read, Resolved, read, resolved
from dhis2cfg.pipeline.tasks import Task
from dhis2cfg.report.findings import findings_text
from dhis2cfg.report.signs import clean
from dhis2cfg.resolve import read_address
from dhis2cfg.workspace.root import find_root
from dhis2cfg.workspace.writing import atomic_write


class Lines:
    """Progress as lines on stderr: who, what; as text or one JSON object a line.

    What is only a `detail` on the way is for somebody who watches: a terminal, or `--verbose`.
    """

    def __init__(self, settings: Settings, *, detail: bool = False) -> None:
        self._settings = settings
        self._silent = settings.quiet or (detail and not (settings.is_terminal or settings.verbose))
        self._lock = threading.Lock()

    def tell(self, target: str, message: str) -> None:
        """One line about one target."""
        if self._silent:
            return
        with self._lock:
            if self._settings.log_format is LogFormat.JSON:
                now = datetime.now().astimezone().isoformat(timespec="seconds")
                line = {"time": now, "target": target, "message": message}
                write_err(json.dumps(line, ensure_ascii=False) + "\n")
            else:
                write_err(f"  {time.strftime('%H:%M:%S')}  {clean(target)}  {clean(message)}\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One command's view of the workspace; `fleet` is that of the files, or the one made for `--server`."""

    settings: Settings
    files: Read
    fleet: Fleet
    server: str = ""

    @property
    def lines(self) -> Lines:
        """What everybody should know of a run: where it begins and how it ended."""
        return Lines(self.settings)

    @property
    def details(self) -> Lines:
        """What happens in between."""
        return Lines(self.settings, detail=True)

    def chosen(self, selection: Selection, *, all_is_default: bool) -> tuple[Chosen, ...]:
        """The targets that are meant."""
        return choose(self.fleet, selection, all_is_default=all_is_default)

    def resolved(self, chosen: tuple[Chosen, ...]) -> Resolved:
        """Desired states of the chosen; errors in files stop here, after they were all shown."""
        meant = [each for target in chosen for each in target.municipalities]
        result = resolved(self.files, meant, today=self.settings.world.today())
        self.refuse(result.findings)
        return result

    def refuse(self, findings: tuple[Finding, ...]) -> None:
        """Show findings on stderr; errors among them end the command."""
        shown = [each for each in findings if self.settings.verbose or has_errors([each])]
        if shown:
            write_err(findings_text(shown, self.files.documents, width()))
        if has_errors(findings):
            raise FilesRefused(
                "the files have errors; nothing was sent",
                following=("dhis2cfg validate    shows them again",),
            )

    def connector(self) -> Connector:
        """How the targets are reached."""
        from dhis2cfg.sandbox.seed import SANDBOX_TOKEN

        world = self.settings.world
        return Connector(
            fleet=self.fleet,
            environ=world.environ,
            clock=world.clock or RealClock(),
            log=_log if self.settings.debug else silent,
            for_server=bool(self.server),
            sandbox_token=SANDBOX_TOKEN,
            transport=world.transport,
            root=self.files.root,
            used=self.settings.secrets.update,
        )

    def tasks(
        self, chosen: tuple[Chosen, ...], states: Resolved, *, dry_run: bool
    ) -> tuple[tuple[str, Task], ...]:
        """One task a target."""
        return tasks(self.fleet, chosen, states.shared, __version__, dry_run=dry_run)

    def save(self, path: Path, text: str) -> None:
        """Write a report or a plan where the user asked for it."""
        saver(self.settings)(path, text)


def saver(settings: Settings) -> Callable[[Path, str], None]:
    """How files are written, whole or not at all."""

    def save(path: Path, text: str) -> None:
        atomic_write(path, text, opener=settings.world.writer)

    return save


def _log(exchange: Exchange) -> None:
    write_err(f"  http  {exchange}\n")


def open_desk(settings: Settings, server: str = "") -> Desk:
    """The workspace that the command was called in, read."""
    root = find_root(settings.folder or Path.cwd()).root
    files = read(root, settings.world.opener)
    return Desk(
        settings=settings,
        files=files,
        fleet=one_server(files, server) if server else files.fleet,
        server=server,
    )


def one_server(files: Read, text: str) -> Fleet:
    """A fleet of one nameless municipality that uses every package of the workspace, for `--server URL`."""
    address = read_address(text)
    if isinstance(address, str):
        raise UsageError(
            "--server wants the address of a server",
            details=(address,),
            following=("write it as https://dhis2.example.org or https://example.org/dhis",),
        )
    place = Place(file="--server")
    host = address.origin.host
    target = Target(name=host, environment="prod", url=address.url, municipalities=(host,))
    packages = tuple(
        PackageChoice(name=name, version="", parameters={}, place=place) for name in sorted(files.packages)
    )
    municipality = Municipality(
        name=host,
        number="",
        title=host,
        place=place,
        servers={"prod": target},
        packages=packages,
        shared=files.fleet.shared,
    )
    name = files.fleet.name or next(iter(sorted(files.packages)), "dhis2cfg")
    return replace(files.fleet, name=name, municipalities=(municipality,))
