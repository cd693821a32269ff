"""Short constructors of what reports tell: changes, plans, findings."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.names import Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.plan import (
    Author,
    Change,
    Digests,
    Kind,
    Local,
    Plan,
    Reason,
    Refusal,
    Risk,
    Step,
    StepKind,
)
from dhis2cfg.model.tree import Document
from dhis2cfg.report.plans import PlanView, plans_text

UID = Uid("abcdefghijk")
BY_HAND = Author(username="lokal.admin", at="2026-11-02T09:14:31.120")


def a_place(file: str = "packages/covid-no/program.yaml", line: int = 9, column: int = 5) -> Place:
    """A place in the package."""
    return Place(file=file, line=line, column=column)


def a_change(type_name: str, path: str, field: str = "", **values: Any) -> Change:
    """A change of a field, or with an empty field a new object; everything else as usual."""
    given: dict[str, Any] = {
        "type": type_name,
        "path": path,
        "field": field,
        "kind": Kind.UPDATE if field else Kind.CREATE,
        "reason": Reason.MOVED_ON if field else Reason.NEW,
        "risk": Risk.VISIBLE if field else Risk.SAFE,
        "uid": UID,
        "title": path,
        "label": field,
        "package": "covid-no",
        "place": a_place(),
        "after": None if field else {},
    }
    return Change(**{**given, **values})


def a_member(type_name: str, path: str, field: str, label: str, **values: Any) -> Change:
    """A member that comes into a list."""
    given = {"kind": Kind.CREATE, "reason": Reason.NEW, "after": True, "label": label}
    return a_change(type_name, path, field, **{**given, **values})


def a_step(number: int = 1, reason: str = "", *, tried: bool = True) -> Step:
    """One call."""
    return Step(number=number, kind=StepKind.CALL, objects=(), body={}, reason=reason, tried=tried)


def a_plan(*changes: Change, target: str = "tromso", **values: Any) -> Plan:
    """The plan of one target of covid-no 1.4.0 over 1.3.2."""
    given: dict[str, Any] = {
        "target": target,
        "environment": "prod",
        "url": f"https://{target}.example.org",
        "municipalities": (target,),
        "fleet": "smittevern-norge",
        "packages": {"covid-no": "1.4.0"},
        "applied": {"covid-no": "1.3.2"},
        "server_version": "2.42.5",
        "compared": 612,
        "changes": changes,
        "steps": (a_step(),) if changes else (),
        "local": (),
        "refusals": (),
        "findings": (),
        "notes": (),
        "digests": Digests(files="f", record="r", catalogue="c", live="l", changes="d"),
        "group": "g",
        "tool": "0.1.0",
    }
    return Plan(**{**given, **values})


def for_target(plan: Plan, target: str, *more: Change, **values: Any) -> Plan:
    """The same plan for another target, perhaps with more changes."""
    return replace(plan, target=target, municipalities=(target,), changes=(*plan.changes, *more), **values)


def a_refusal(word: str = "", message: str = "", **values: Any) -> Refusal:
    """What apply would refuse."""
    missing = f"--allow {word} is missing (1 change)" if word else "there is no user kari01 on the server"
    return Refusal(word=word, message=message or missing, **values)


def a_local(type_name: str, path: str, field: str, title: str, **values: Any) -> Local:
    """Something of the municipality's own."""
    return Local(type=type_name, path=path, field=field, title=title, **values)


def told(
    *plans: Plan, width: int = 100, failed: Mapping[str, Dhis2cfgError] | None = None, **view: Any
) -> str:
    """What is printed of some plans."""
    return plans_text(PlanView(plans=plans, failed=failed or {}, width=width, **view))


def a_finding(
    rule: str = "option-code", message: str = "'Female' is no option of NO_KJONN", **values: Any
) -> Finding:
    """A finding in a file of three lines."""
    place = values.pop("place", a_place("packages/covid-no/indicators.yaml", 2, 29))
    return Finding(rule=rule, message=message, place=place, **values)


def a_document(file: str, *lines: str) -> dict[str, Document]:
    """A file by its name."""
    return {file: Document(file=file, root=None, text="\n".join(lines))}
