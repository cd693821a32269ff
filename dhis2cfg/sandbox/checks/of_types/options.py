"""Options beside the others of their set."""

from dhis2cfg.sandbox.checks.bundle import Bundle, Item, Part
from dhis2cfg.sandbox.checks.problem import Found, Problem
from dhis2cfg.sandbox.store.session import Body


def check_options(bundle: Bundle, part: Part) -> Found:
    """A code or name that the stored set has already (E4028), a comma in a set of several (E1118)."""
    for item in part.items:
        set_uid = (item.body.get("optionSet") or {}).get("id") or ""
        others = [other for other in bundle.session.children("options", set_uid) if _is_same(item, other)]
        problems = [_repeated(bundle, set_uid, other["id"]) for other in others[:1]]
        owner = bundle.either("optionSets", set_uid) or {}
        code = str(item.body.get("code") or "")
        if owner.get("valueType") == "MULTI_TEXT" and "," in code:
            problems.append(_separator(bundle, set_uid, code))
        if problems:
            yield item, problems


def _is_same(item: Item, other: Body) -> bool:
    same = any(other.get(key) == item.body.get(key) for key in ("code", "name"))
    return bool(other["id"] != item.uid and same)


def _separator(bundle: Bundle, set_uid: str, code: str) -> Problem:
    return Problem(
        code="E1118",
        message=(
            f"Option set `{set_uid}` of value type multi-text cannot have option codes with the separator "
            f"character: `{code}`"
        ),
        klass=bundle.world.kind("optionSets").klass,
        properties=(set_uid, code),
    )


def _repeated(bundle: Bundle, set_uid: str, other: str) -> Problem:
    return Problem(
        code="E4028",
        message=f"Option set `{set_uid}` already contains option `{other}`",
        klass=bundle.world.kind("optionSets").klass,
        properties=(set_uid, other),
    )
