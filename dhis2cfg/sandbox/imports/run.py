"""POST /api/metadata: bundle, checks, commit in the schemas' order, report (facts §1.2 to §1.4)."""

from collections.abc import Mapping
from typing import Any

from dhis2cfg.sandbox.checks.bundle import Bundle, Item, Parameters, Part
from dhis2cfg.sandbox.checks.chains import CHAINS
from dhis2cfg.sandbox.checks.problem import Problem
from dhis2cfg.sandbox.imports import analytical, deleting, hooks, lists, merging
from dhis2cfg.sandbox.imports.reading import read_object
from dhis2cfg.sandbox.imports.report import ImportReport, TypeReport
from dhis2cfg.sandbox.rights.people import Person
from dhis2cfg.sandbox.store.session import Body, Session, new_uid
from dhis2cfg.sandbox.store.trouble import Trouble, duplicate_key
from dhis2cfg.sandbox.world.default_dimension import DEFAULTS


def import_metadata(
    session: Session, person: Person, sent: Mapping[str, Any], parameters: Parameters
) -> ImportReport:
    """Everything one call does. The caller rolls back where the report, or `Trouble`, says so."""
    bundle = read_bundle(session, person, sent, parameters)
    if parameters.strategy not in CHAINS:
        raise Trouble(500, 'Cannot invoke "java.util.List.iterator()" because "validationChecks" is null')
    report = ImportReport(types=[TypeReport(klass=part.kind.klass) for part in bundle.parts.values()])
    reports = dict(zip(bundle.parts, report.types, strict=True))
    if not (parameters.skip_validation and person.is_superuser):
        _check(bundle, reports)
    for name, part in bundle.parts.items():
        _count(parameters, part, reports[name])
    if report.has_errors and parameters.is_atomic:
        for one in report.types:
            one.counters.ignore_all()
        report.status = "ERROR"
        return report
    if not parameters.is_validate:
        _commit(bundle, reports)
    if report.has_errors:
        report.status = "WARNING" if not parameters.is_validate else "ERROR"
    return report


def read_bundle(session: Session, person: Person, sent: Mapping[str, Any], parameters: Parameters) -> Bundle:
    """The known types of a body as typed objects, in the order of work, less the default dimension."""
    parts: dict[str, Part] = {}
    for name in session.world.order:
        rows = sent.get(name)
        if not isinstance(rows, list):
            continue
        items = [
            _item(session, parameters, name, index, row)
            for index, row in enumerate(rows)
            if isinstance(row, Mapping)
        ]
        kept = [item for item in items if item is not None]
        if items:
            parts[name] = Part(type_name=name, kind=session.world.kind(name), items=kept)
    return Bundle(session=session, person=person, parameters=parameters, parts=parts)


def _item(
    session: Session, parameters: Parameters, name: str, index: int, row: Mapping[str, Any]
) -> Item | None:
    row = _with_credentials(session, name, row)
    body = analytical.read(name, row, read_object(session.world, name, row))
    if name in DEFAULTS and body.get("id") == DEFAULTS[name]:
        return None
    by_code = _of_code(session, name, body) if parameters.identifier == "CODE" else None
    uid = str(by_code or body.get("id") or new_uid())
    return Item(index=index, uid=uid, body=body | {"id": uid}, before=session.get(name, uid))


def _of_code(session: Session, name: str, body: Body) -> str | None:
    """`identifier=CODE`: the stored object of the same code; users and roles go by UID (facts §4.2)."""
    if name in {"users", "userRoles"} or not body.get("code"):
        return None
    return next((one["id"] for one in session.every(name) if one.get("code") == body["code"]), None)


def _with_credentials(session: Session, name: str, row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Up to 2.41 a user's login may stand in a wrapper of its own (facts §7.4)."""
    wrapped = row.get("userCredentials") if name == "users" and session.world.release < (2, 42) else None
    return {**wrapped, **row} if isinstance(wrapped, Mapping) else row


def _check(bundle: Bundle, reports: Mapping[str, TypeReport]) -> None:
    for name, part in bundle.parts.items():
        report = reports[name]
        for step in CHAINS[bundle.parameters.strategy]:
            for item, problems in step.check(bundle, part):
                index = item.index + (len(part.items) if problems[0].code == "E5000" else 0)
                report.blame(index, item.uid, item.display, problems)
                if step.removes:
                    item.removed = True
                    report.counters.ignored += 1
                elif bundle.parameters.is_atomic:
                    report.counters.ignored += 1


def _count(parameters: Parameters, part: Part, report: TypeReport) -> None:
    for item in part.alive:
        if parameters.strategy == "DELETE":
            report.counters.deleted += 1
        elif item.before is None:
            report.counters.created += 1
        else:
            report.counters.updated += 1


def _commit(bundle: Bundle, reports: Mapping[str, TypeReport]) -> None:
    for name, part in bundle.parts.items():
        if bundle.parameters.strategy == "DELETE":
            _delete(bundle, part, reports[name])
            continue
        alive = part.alive
        for item in [one for one in alive if one.before is None] + [
            one for one in alive if one.before is not None
        ]:
            _save(bundle, part, item)
            reports[name].passed(item.index, item.uid, item.display)
    hooks.rescue_units(bundle)
    analytical.refuse_lost_items(bundle)


def _save(bundle: Bundle, part: Part, item: Item) -> None:
    session = bundle.session
    if item.before is None and session.get(part.type_name, item.uid) is not None:
        raise duplicate_key("uid", "uid", item.uid)
    item.before = session.get(part.type_name, item.uid)
    new = merging.merged(bundle, part, item)
    hooks.before_saving(bundle, part, item, new)
    analytical.before_saving(bundle, part, item, new)
    lists.drop_templates(bundle, part, item, new)
    session.put(part.type_name, new)
    lists.attach_children(bundle, part, item)
    hooks.after_saving(bundle, part, item, new)


def _delete(bundle: Bundle, part: Part, report: TypeReport) -> None:
    deleting.refuse_managers(bundle.session, part.type_name, [item.uid for item in part.alive])
    for position, item in enumerate(part.alive):
        index = len(part.items) + position
        holder = deleting.blocker(bundle.session, part.type_name, item.uid)
        if holder is not None:
            report.blame(index, item.uid, item.display, [blocked(part.kind.klass, holder)])
            report.counters.deleted -= 1
            report.counters.ignored += 1
            continue
        deleting.delete(bundle.session, part.type_name, item.uid)
        report.passed(index, item.uid, item.display)


def blocked(klass: str, holder: str) -> Problem:
    """E4030: somebody uses the object."""
    return Problem(
        code="E4030",
        message=f"Object could not be deleted because it is associated with another object: {holder}",
        klass=klass,
    )


def read_body(value: Any) -> Body:
    """A parsed body as types → rows; whatever is no object holds nothing."""
    return value if isinstance(value, dict) else {}
