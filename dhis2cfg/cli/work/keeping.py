"""One hand-made edit and what shall become of it: asked, and written into the file that was chosen."""

from dataclasses import replace
from pathlib import Path

from dhis2cfg.cli.desk import Desk
from dhis2cfg.cli.settings import width, write_err, write_out
from dhis2cfg.model.findings import has_errors
from dhis2cfg.model.fleet import Municipality
from dhis2cfg.model.names import Ref
from dhis2cfg.model.plan import Change, Plan
from dhis2cfg.model.state import State, Text
from dhis2cfg.model.tree import Atom
from dhis2cfg.pipeline.reading import read, resolved
from dhis2cfg.report.drifts import drift_text
from dhis2cfg.report.findings import findings_text
from dhis2cfg.report.signs import clean
from dhis2cfg.workspace.edits import with_patch, with_value
from dhis2cfg.workspace.scalars import spelled

LEAVE, MUNICIPALITY, PACKAGE, BACK, QUIT = "l", "m", "p", "s", "q"


def keep_or_not(desk: Desk, plan: Plan, change: Change, state: State) -> bool:
    """Ask, and do it; False where somebody wants to be asked no more."""
    ways = dict(_ways(desk, plan, change, state))
    write_err(drift_text([replace(plan, changes=(change,))], {}, width()))
    write_err("".join(f"  {key}  {told}\n" for key, (told, _) in ways.items()))
    while True:
        write_err(f"What shall become of it? ({', '.join(ways)}) ")
        chosen = desk.settings.world.answer().strip().lower()
        if chosen in ways:
            break
    _, edit = ways[chosen]
    if edit is not None:
        _write(desk, *edit)
    return chosen != QUIT


Edit = tuple[Path, str]
"""A file, and the text that it would have."""


def _ways(desk: Desk, plan: Plan, change: Change, state: State) -> list[tuple[str, tuple[str, Edit | None]]]:
    """What can be chosen, each with its words and the edit that it means."""
    ways: list[tuple[str, tuple[str, Edit | None]]] = [
        (LEAVE, ("leave it on the server for now; the next plan shows it again", None))
    ]
    if (edit := _into_municipality(desk, plan, change, state)) is not None:
        ways.append((MUNICIPALITY, (f"keep it: write it into {edit[0].name} (patches)", edit)))
    if (edit := _into_package(desk, change)) is not None:
        place = change.place
        ways.append((PACKAGE, (f"make it everybody's: write it into {place and place.file}", edit)))
    if len(ways) == 1:
        write_err("  of this kind only a person can write it into a file\n")
    return [
        *ways,
        (BACK, ("set it back: the next apply does", None)),
        (QUIT, ("leave it, and ask no more", None)),
    ]


def _into_municipality(desk: Desk, plan: Plan, change: Change, state: State) -> Edit | None:
    """The municipality's file with a patch; not where several share the server, which must say the same."""
    if len(plan.municipalities) != 1 or not _is_plain(change):
        return None
    found = [each for each in desk.files.fleet.municipalities if each.name == plan.municipalities[0]]
    written = state.objects[Ref(change.type, change.path)].fields.get(change.field)
    if not found or written is None:
        return None
    path = desk.files.root / found[0].place.file
    value = spelled(change.after)
    if isinstance(written.value, Text):
        value = f"{{{written.value.locale}: {value}}}"
    text = with_patch(
        path.read_text(encoding="utf-8"),
        f"{change.type}/{change.path}",
        change.field,
        value,
        alone=plan.environment if _speaks_for_one_server(found[0], plan.environment) else "",
    )
    return None if text is None else (path, text)


def _speaks_for_one_server(municipality: Municipality, environment: str) -> bool:
    """Whether a patch belongs to one server: it has its own there, or another one serves others too."""
    return environment in municipality.alone or any(
        len(target.municipalities) > 1 for target in municipality.servers.values()
    )


def _into_package(desk: Desk, change: Change) -> Edit | None:
    """The file in which the value is written, with the other value, where it stands there as it is."""
    if change.place is None or not _is_plain(change):
        return None
    path = desk.files.root / change.place.file
    text = with_value(path.read_text(encoding="utf-8"), change.place, change.before, change.after)
    return None if text is None else (path, text)


def _is_plain(change: Change) -> bool:
    """Whether an edit is one value of one field."""
    return change.field.isidentifier() and isinstance(change.after, Atom) and change.after is not None


def _write(desk: Desk, path: Path, text: str) -> None:
    """Write, and see that the files still mean something; else put back what stood there."""
    before = path.read_text(encoding="utf-8")
    desk.save(path, text)
    again = read(desk.files.root, desk.settings.world.opener)
    findings = resolved(again, today=desk.settings.world.today()).findings
    if has_errors(findings):
        desk.save(path, before)
        write_err(findings_text(findings, again.documents, width()))
        write_err(f"{clean(path.name)} stands as it was: with that value it would have errors\n")
        return
    write_out(f"wrote {clean(str(path.relative_to(desk.files.root)))}\n")
