"""Category combinations, their limits, and their options' combinations."""

from collections.abc import Iterable, Iterator
from itertools import product
from math import prod

from dhis2cfg.sandbox.checks.bundle import Bundle, Item, Part
from dhis2cfg.sandbox.checks.problem import Found, Problem
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.world.default_dimension import DEFAULTS

_CATEGORIES, _OPTIONS, _COMBINATIONS = 5, 50, 500
"""What dhis.conf says where nobody changed it (facts §1.6)."""

_Options = frozenset[str]


def check_limits(bundle: Bundle, part: Part) -> Found:
    """From 2.42 on: too many options, categories or combinations (E1126, E1127, E1128)."""
    if bundle.world.release < (2, 42):
        return
    for item in part.items:
        limit = _many_options if part.type_name == "categories" else _many_combinations
        problem = next(limit(bundle, part, item.uid, item.body), None)
        if problem:
            yield item, [problem]


def _many_options(_bundle: Bundle, part: Part, uid: str, body: Body) -> Iterator[Problem]:
    count = len(body.get("categoryOptions") or [])
    if count > _OPTIONS:
        message = f"Category {uid} cannot have more than {_OPTIONS} options, but had: {count} "
        yield _problem(part, "E1127", message, (uid, _OPTIONS, count))


def _many_combinations(bundle: Bundle, part: Part, uid: str, body: Body) -> Iterator[Problem]:
    rows = body.get("categories") or []
    if len(rows) > _CATEGORIES:
        message = (
            f"Category combo {uid} cannot combine more than {_CATEGORIES} categories, but had: {len(rows)}"
        )
        yield _problem(part, "E1126", message, (uid, _CATEGORIES, len(rows)))
    stored = [bundle.session.get("categories", str(row.get("id"))) or {} for row in rows]
    count = prod(
        len(one.get("categoryOptions") or []) for one in stored
    )  # those of the call count nothing yet
    if count > _COMBINATIONS:
        message = (
            f"Category combo {uid} cannot have more than {_COMBINATIONS} combinations, but requires: {count}"
        )
        yield _problem(part, "E1128", message, (uid, _COMBINATIONS, count))


def check_option_combos(bundle: Bundle, part: Part) -> Found:
    """None beside the default one in the default combination; from 2.43 on they come as the full set."""
    if bundle.world.release < (2, 42):
        return
    sets: dict[str, list[_Options]] = {}
    for item in part.items:
        sets.setdefault(_combo(item), []).append(_options(item.body))
    for item in part.items:
        problems = list(_alone(part, item))
        if bundle.world.release >= (2, 43) and _combo(item):
            problems += _in_set(bundle, part, item, sets[_combo(item)])
        if problems:
            yield item, problems


def _alone(part: Part, item: Item) -> Iterator[Problem]:
    if not _combo(item):
        message = f"CategoryCombo must be provided for Category option combo {item.display}"
        yield _problem(part, "E1133", message, (item.display,))
        yield _problem(part, "E1133", message.replace(item.display, item.uid), (item.uid,))
    elif _combo(item) == DEFAULTS["categoryCombos"] and item.uid != DEFAULTS["categoryOptionCombos"]:
        message = f"Category option combo {item.display} cannot be associated with the default category combo"
        yield _problem(part, "E1122", message, (item.display,))


def _in_set(bundle: Bundle, part: Part, item: Item, sets: list[_Options]) -> Iterator[Problem]:
    combo = _combo(item)
    lists = _lists(bundle, bundle.either("categoryCombos", combo) or {})
    count = prod(len(options) for options in lists)
    if len(sets) != count:
        message = (
            f"Importing {len(sets)} CategoryOptionCombos does not match the expected "
            f"amount of {count} for CategoryCombo {combo}"
        )
        yield _problem(part, "E1130", message, (len(sets), count, combo))
        return
    mine, wanted = _options(item.body), {frozenset(one) for one in product(*lists)}
    for other in bundle.session.holding("categoryOptionCombos", combo) if item.before is None else ():
        if _options(other) == mine and _combo_of(other) == combo:
            message = (
                f"Provided CategoryOptionCombo {item.uid} cannot be processed (potential duplicate). An "
                f"existing CategoryOptionCombo {other['id']} has the same CategoryCombo {combo} and same "
                f"CategoryOptions {_shown(mine)}"
            )
            yield _problem(part, "E1132", message, (item.uid, other["id"], combo, _shown(mine)))
            return
    if mine not in wanted or (sets.count(mine) > 1 and set(sets) != wanted):
        missing = _shown(_shown(one) for one in wanted - set(sets))
        message = (
            f"Unexpected CategoryOptionCombo provided with CategoryOptions: {_shown(mine)} for "
            f"CategoryCombo: {combo}. Missing expected CategoryOptionCombos with CategoryOption sets: "
            f"{missing}"
        )
        yield _problem(part, "E1131", message, (_shown(mine), combo, missing))


def _combo(item: Item) -> str:
    return _combo_of(item.body)


def _combo_of(body: Body) -> str:
    return (body.get("categoryCombo") or {}).get("id") or ""


def _options(body: Body) -> _Options:
    return frozenset(row.get("id") or "" for row in body.get("categoryOptions") or [])


def _lists(bundle: Bundle, combo: Body) -> list[list[str]]:
    lists = []
    for row in combo.get("categories") or []:
        category = bundle.either("categories", row.get("id") or "") or {}
        lists.append([option.get("id") or "" for option in category.get("categoryOptions") or []])
    return lists


def _shown(values: Iterable[str]) -> str:
    return f"[{', '.join(sorted(values))}]"


def _problem(part: Part, code: str, message: str, properties: tuple[object, ...]) -> Problem:
    return Problem(code=code, message=message, klass=part.kind.klass, properties=properties)
