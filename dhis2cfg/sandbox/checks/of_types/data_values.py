"""Changes that stored data values stand against (E1120, E1121)."""

from dhis2cfg.sandbox.checks.bundle import Bundle, Item, Part
from dhis2cfg.sandbox.checks.problem import Found, Problem
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.tracker.records import DATA_VALUES


def check_value_types(bundle: Bundle, part: Part) -> Found:
    """From 2.42 on an element that has data values keeps its value type; events are not asked."""
    if bundle.world.release < (2, 42):
        return
    for item in part.items:
        before = item.before or {}
        if not before or before.get("valueType") == item.body.get("valueType"):
            continue
        if bundle.session.holding(DATA_VALUES.store, item.uid):
            message = (
                f"Data element `{item.uid}` value type cannot be changed as it has associated data values"
            )
            yield (
                item,
                [Problem(code="E1121", message=message, klass=part.kind.klass, properties=(item.uid,))],
            )


def check_categories(bundle: Bundle, part: Part) -> Found:
    """A combination keeps its categories while data values use its option combinations."""
    for item in part.items:
        if item.before is None or _categories(item.before) == _categories(item.body):
            continue
        if _has_data(bundle, item):
            name = item.before.get("name")
            message = "Update cannot be applied as it would make existing data values inaccessible"
            yield item, [Problem(code="E1120", message=message, klass=part.kind.klass, properties=(name,))]


def _categories(body: Body) -> set[str]:
    return {str(row.get("id")) for row in body.get("categories") or []}


def _has_data(bundle: Bundle, item: Item) -> bool:
    combos = [
        combo["id"]
        for combo in bundle.session.holding("categoryOptionCombos", item.uid)
        if (combo.get("categoryCombo") or {}).get("id") == item.uid
    ]
    return any(bundle.session.holding(DATA_VALUES.store, uid) for uid in combos)
