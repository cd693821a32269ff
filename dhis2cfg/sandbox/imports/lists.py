"""Lists of a parent that are really references of its children: who is left out lets go (facts §5.4)."""

from dhis2cfg.catalogue.oddities import NestedList
from dhis2cfg.sandbox.checks.bundle import Bundle, Item, Part
from dhis2cfg.sandbox.store.session import Session

_DELETED = frozenset({("programStages", "programStageSections"), ("programRules", "programRuleActions")})
"""Lists whose members do not outlive being left out."""

_TEMPLATES = frozenset({"programs", "programStages"})


def attach_children(bundle: Bundle, part: Part, item: Item) -> None:
    """Make the children of the stored parent be those of the sent list; a list left out is an empty one."""
    for (parent, collection), row in bundle.world.lists.items():
        if parent == part.type_name:
            listed = [member["id"] for member in item.body.get(collection) or [] if "id" in member]
            set_children(bundle.session, row, item.uid, listed)


def set_children(session: Session, row: NestedList, parent: str, listed: list[str]) -> None:
    """The children of one list, in order."""
    wanted = set(listed)
    for child in session.children(row.child, parent):
        if child["id"] in wanted:
            continue
        if (row.parent, row.collection) in _DELETED:
            session.remove(row.child, child["id"])
        else:
            session.put(row.child, {name: value for name, value in child.items() if name != row.back})
    stored = (session.get(row.child, uid) for uid in listed)
    for position, child_body in enumerate(filter(None, stored)):
        new = child_body | {row.back: {"id": parent}}
        if row.order == "list":
            new["sortOrder"] = position
        if new != child_body:
            session.put(row.child, new)


def drop_templates(bundle: Bundle, part: Part, item: Item, new: dict[str, list[dict[str, str]]]) -> None:
    """Notification templates that a program or stage no longer lists are deleted (facts §5.1)."""
    if part.type_name not in _TEMPLATES or item.before is None:
        return
    kept = {row["id"] for row in new.get("notificationTemplates", [])}
    for row in item.before.get("notificationTemplates") or []:
        if row["id"] not in kept:
            bundle.session.remove("programNotificationTemplates", row["id"])
