"""Category option combinations: made by maintenance and by the endpoint of their combination (facts §4.4)."""

from itertools import product

from dhis2cfg.sandbox.rights.people import Person
from dhis2cfg.sandbox.store.session import Body, Session, new_uid


def update(session: Session, person: Person, combos: list[str] | None = None) -> None:
    """Make the missing combinations of options, take the obsolete ones away; None means everywhere."""
    for combo in list(session.every("categoryCombos")):
        if combos is None or combo["id"] in combos:
            _update(session, person, combo)


def _update(session: Session, person: Person, combo: Body) -> None:
    wanted = {frozenset(options): options for options in product(*_options(session, combo))}
    for held in session.holding("categoryOptionCombos", combo["id"]):
        if held.get("categoryCombo", {}).get("id") != combo["id"]:
            continue
        key = frozenset(row["id"] for row in held.get("categoryOptions", []))
        if wanted.pop(key, None) is None:
            session.remove("categoryOptionCombos", held["id"])
    for options in wanted.values():
        session.put("categoryOptionCombos", _combination(session, person, combo, options))


def _options(session: Session, combo: Body) -> list[list[str]]:
    found = []
    for row in combo.get("categories", []):
        category = session.get("categories", row["id"]) or {}
        found.append([option["id"] for option in category.get("categoryOptions", [])])
    return found


def _combination(session: Session, person: Person, combo: Body, options: tuple[str, ...]) -> Body:
    names = [str((session.get("categoryOptions", uid) or {}).get("name")) for uid in options]
    return {
        "id": new_uid(),
        "name": ", ".join(names),
        "created": session.now,
        "lastUpdated": session.now,
        "lastUpdatedBy": {"id": person.uid},
        "categoryCombo": {"id": combo["id"]},
        "categoryOptions": [{"id": uid} for uid in options],
        "ignoreApproval": False,
        "translations": [],
        "attributeValues": [],
    }
