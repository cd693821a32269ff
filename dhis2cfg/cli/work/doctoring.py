"""The checks of each chosen server, and what packages need of an account."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.cli.desk import open_desk
from dhis2cfg.cli.options import Format
from dhis2cfg.cli.settings import Settings, width, write_out
from dhis2cfg.dhis2.checks import Check, Level, Needs, examine
from dhis2cfg.errors import Dhis2cfgError, Exit
from dhis2cfg.fleet.connections import Connector
from dhis2cfg.fleet.exits import common_exit
from dhis2cfg.fleet.selection import Chosen, Selection
from dhis2cfg.model.state import State
from dhis2cfg.report.checks import CheckRow, checks_text
from dhis2cfg.report.documents import checks_document

CREATES = ("CREATE_PUBLIC", "CREATE_PRIVATE", "CREATE")


def doctor_command(
    settings: Settings, selection: Selection, server: str, output: Format, *, fix: bool
) -> int:
    """Every check of every chosen server; exit 1 where one fails, 8 where a server cannot be reached."""
    desk = open_desk(settings, server)
    chosen = desk.chosen(selection, all_is_default=True)
    states = desk.resolved(chosen).states
    connector = desk.connector()
    examined = {
        each.target.name: _one(connector, each, states, desk.files.catalogue, fix=fix) for each in chosen
    }
    rows = {name: [_row(check) for check in checks] for name, (checks, _) in examined.items()}
    write_out(checks_document(rows) if output is Format.JSON else checks_text(rows, width()))
    return common_exit(code for _, code in examined.values())


def _one(
    connector: Connector, each: Chosen, states: Mapping[str, State], catalogue: Catalogue, *, fix: bool
) -> tuple[tuple[Check, ...], int]:
    """The checks of one server, and the exit code that it asks for."""
    needs = needs_of([states[one.name] for one in each.municipalities], catalogue)
    try:
        with connector.connect(each.target, planning=not fix) as connection:
            connection.server.facts()
            if fix:
                connection.store.close_keys()
            checks = tuple(examine(connection, needs, datetime.now(UTC)))
    except Dhis2cfgError as error:
        text = "; ".join((error.what, *error.details))
        return (Check(level=Level.FAIL, text=text, following="; ".join(error.following)),), error.exit
    failed = any(check.level is Level.FAIL for check in checks)
    return checks, Exit.FAILED if failed else Exit.FINE


def needs_of(states: Sequence[State], catalogue: Catalogue) -> Needs:
    """Which rights the packages of states need: to create and change each of their types."""
    authorities: dict[str, tuple[str, ...]] = {}
    for type_name in sorted({ref.type for state in states for ref in state.objects}):
        granting = catalogue.types[type_name].authorities or {}
        granted = tuple(name for deed in CREATES for name in granting.get(deed, ()))
        if granted:
            authorities[f"create {type_name}"] = granted
    packages = {each.name: each for state in states for each in state.packages}
    who = " and ".join(packages) or "the packages"
    locale = next((each.locale for each in packages.values()), "")
    return Needs(who=who, authorities=authorities, locale=locale)


def _row(check: Check) -> CheckRow:
    return CheckRow(level=check.level.value, text=check.text, following=check.following)
