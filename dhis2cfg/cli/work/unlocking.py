"""Taking locks from runs that are dead: who holds them is shown first, and only they lose them."""

from collections.abc import Mapping

from dhis2cfg.cli.desk import Desk, open_desk
from dhis2cfg.cli.settings import Settings, write_err, write_out
from dhis2cfg.errors import Dhis2cfgError, Exit, Locked, UsageError
from dhis2cfg.fleet.exits import common_exit
from dhis2cfg.fleet.selection import Chosen, Selection
from dhis2cfg.report.outcomes import outcome_of
from dhis2cfg.report.signs import clean


def unlock_command(settings: Settings, selection: Selection, server: str, *, yes: bool) -> int:
    """Show, ask, take; the exit code is 0 where every chosen server is free in the end."""
    desk = open_desk(settings, server)
    chosen = desk.chosen(selection, all_is_default=False)
    held: dict[str, Locked] = {}
    codes: list[int] = []
    for each in chosen:
        name = each.target.name
        try:
            with desk.connector().ports(each.target, planning=True) as ports:
                blocker = ports.store.blocker()
        except Dhis2cfgError as error:
            codes.append(_failed(name, error))
            continue
        if blocker is None:
            write_out(f"{clean(name)} is not locked\n")
        else:
            held[name] = blocker
            write_err("".join(f"{clean(line)}\n" for line in (blocker.what, *blocker.details)))
    if held and not _agreed(settings, held, yes=yes):
        write_err("No lock was taken.\n")
        return Exit.FINE
    codes += [_take(desk, each, held[each.target.name]) for each in chosen if each.target.name in held]
    return common_exit(codes)


def _agreed(settings: Settings, held: Mapping[str, Locked], *, yes: bool) -> bool:
    if yes:
        return True
    if not settings.is_terminal:
        raise UsageError(
            "unlock asks before it takes a lock, and nobody is there to answer",
            following=("say --yes in a pipeline, when you know that the run is dead",),
        )
    write_err(f"Is that run dead, and shall its lock go? Type {len(held)}: ")
    return settings.world.answer().strip() == str(len(held))


def _take(desk: Desk, each: Chosen, shown: Locked) -> int:
    name = each.target.name
    try:
        with desk.connector().ports(each.target, planning=False) as ports:
            ports.store.break_lock(shown)
    except Dhis2cfgError as error:
        return _failed(name, error)
    write_out(f"{clean(name)} is free; see what that run left: dhis2cfg status -m {clean(name)}\n")
    return Exit.FINE


def _failed(name: str, error: Dhis2cfgError) -> int:
    told = outcome_of(name, error)
    write_err("".join(f"{clean(line)}\n" for line in (f"{name}: {told.message}", *told.details)))
    return int(error.exit)
