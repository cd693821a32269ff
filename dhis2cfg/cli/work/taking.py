"""`import --from`: what stands on a municipality's server, chosen and with all that it needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dhis2cfg.catalogue import shipped
from dhis2cfg.cli.desk import Desk, open_desk
from dhis2cfg.cli.settings import Settings
from dhis2cfg.dhis2.reads.everything import everything
from dhis2cfg.errors import UsageError
from dhis2cfg.fleet.selection import Chosen, Selection
from dhis2cfg.interchange.closure import needed
from dhis2cfg.interchange.sources import Source
from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What of a server is taken: programs and data sets by code, UID or name; or everything."""

    source: str
    environment: str = ""
    programs: tuple[str, ...] = ()
    data_sets: tuple[str, ...] = ()
    everything: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A server's metadata as a document, where it was asked, and what could not be read."""

    source: Source
    desk: Desk
    chosen: Chosen
    findings: tuple[Finding, ...]


def ask(settings: Settings, choice: Choice) -> Asked:
    """The chosen things and all that they need, as they stand."""
    if not (choice.everything or choice.programs or choice.data_sets):
        raise UsageError(
            "what of the server?", following=("--program CODE, --dataset CODE (both repeatable), or --all",)
        )
    desk = open_desk(settings)
    selection = Selection(municipalities=(choice.source,), environment=choice.environment)
    chosen = desk.chosen(selection, all_is_default=False)
    if len(chosen) != 1:
        raise UsageError("--from takes one server", following=("name one municipality",))
    target = chosen[0].target
    with desk.connector().connect(target, planning=True) as connection:
        facts = connection.server.facts()
        catalogue = shipped.for_server(facts.version)
        got = everything(
            connection.session, catalogue, lambda line: desk.details.tell(target.name, f"read {line}")
        )
    document: dict[str, Any] = dict(got.objects)
    if not choice.everything:
        document = {**needed(got.objects, _roots(got.objects, choice))}
    document["package"] = {
        "name": target.name,
        "DHIS2Version": facts.version,
        "locale": facts.database_locale or "en",
    }
    return Asked(
        source=Source(file=target.url, document=document),
        desk=desk,
        chosen=chosen[0],
        findings=tuple(_unread(target.url, name) for name in got.unread),
    )


def _unread(url: str, name: str) -> Finding:
    return Finding(
        rule="import-unread-type",
        message=f"the account may not read {name}; none is taken over",
        place=Place(file=url),
        severity=Severity.WARNING,
        following="give the account the right to read it, and import again",
    )


def _roots(objects: Mapping[str, list[dict[str, Any]]], choice: Choice) -> list[str]:
    return [
        _one(objects, name, wanted)
        for name, several in (("programs", choice.programs), ("dataSets", choice.data_sets))
        for wanted in several
    ]


def _one(objects: Mapping[str, list[dict[str, Any]]], name: str, wanted: str) -> str:
    rows = objects.get(name, [])
    for by in ("id", "code", "name"):
        found = [str(each["id"]) for each in rows if each.get(by) == wanted]
        if len(found) == 1:
            return found[0]
    known = ", ".join(sorted(str(each.get("code") or each.get("name")) for each in rows)) or "none"
    raise UsageError(f"no one of {name} is called {wanted}", details=(f"there are: {known}",))
