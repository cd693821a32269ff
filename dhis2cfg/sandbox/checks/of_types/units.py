"""Organisation units and what else has opening and closing dates; who may move a unit."""

from collections.abc import Iterator

from dhis2cfg.sandbox.checks.bundle import Bundle, Item, Part
from dhis2cfg.sandbox.checks.problem import Found, Problem
from dhis2cfg.sandbox.rights import sharing
from dhis2cfg.sandbox.store.session import Body


def check_units(bundle: Bundle, part: Part) -> Found:
    """A unit that closes before it opens (E4013) or moves where the caller may not (E1520 to E1523)."""
    for item in part.items:
        problems = [*_dates(part, item.body, "closedDate"), *_move(bundle, part, item)]
        if problems:
            yield item, problems


def check_periods(_bundle: Bundle, part: Part) -> Found:
    """Periods of a data set that close before they open (E4013)."""
    for item in part.items:
        rows = item.body.get("dataInputPeriods") or []
        problems = [problem for row in rows for problem in _dates(part, row, "closingDate")]
        if problems:
            yield item, problems


def _dates(part: Part, body: Body, name: str) -> Iterator[Problem]:
    opened, closed = body.get("openingDate"), body.get(name)
    if opened and closed and closed < opened:
        message = f"Invalid closing date `{closed}`, must be after opening date `{opened}`"
        yield Problem(code="E4013", message=message, klass=part.kind.klass, properties=(closed, opened))


def _move(bundle: Bundle, part: Part, item: Item) -> Iterator[Problem]:
    person = bundle.person
    if person.is_superuser or item.before is None:
        return
    old = (item.before.get("parent") or {}).get("id")
    new = (item.body.get("parent") or {}).get("id")
    if old == new:
        return
    if not person.may("F_ORGANISATIONUNIT_MOVE"):
        message = f"User `{person.uid}` is not allowed to move organisation units"
        yield _refused(part, "E1520", message, (person.uid,))
        return
    if not sharing.can_update(person, part.kind, item.before):
        message = f"User `{person.uid}` is not allowed to move organisation `{item.uid}`"
        yield _refused(part, "E1521", message, (person.uid, item.uid))
    for code, word, parent in (("E1522", "from", old), ("E1523", "to", new)):
        if parent and not _is_reached(bundle, part, parent):
            message = (
                f"User `{person.uid}` is not allowed to move organisation `{item.uid}` unit {word} "
                f"parent `{parent}`"
            )
            yield _refused(part, code, message, (person.uid, item.uid, parent))


def _is_reached(bundle: Bundle, part: Part, uid: str) -> bool:
    unit = bundle.session.get("organisationUnits", uid) or {}
    user = bundle.session.get("users", bundle.person.uid) or {}
    own = {row["id"] for row in user.get("organisationUnits") or []}
    is_below = bool(own & set(str(unit.get("path") or "").split("/")))
    return is_below and sharing.can_update(bundle.person, part.kind, unit)


def _refused(part: Part, code: str, message: str, properties: tuple[str, ...]) -> Problem:
    return Problem(code=code, message=message, klass=part.kind.klass, properties=properties)
