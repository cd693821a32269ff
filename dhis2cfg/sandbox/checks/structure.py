"""Checks of single types: options, stages, relationships, units, dashboards, users, option combinations."""

import re
from collections.abc import Iterable, Iterator

from dhis2cfg.sandbox.checks.bundle import Bundle, Item, Part
from dhis2cfg.sandbox.checks.problem import Found, Problem
from dhis2cfg.sandbox.store.session import Body

_SHOWN = (
    ("visualization", "visualizations", "VISUALIZATION"),
    ("eventVisualization", "eventVisualizations", "EVENT_VISUALIZATION"),
    ("eventChart", "eventCharts", "EVENT_CHART"),
    ("eventReport", "eventReports", "EVENT_REPORT"),
    ("map", "maps", "MAP"),
)


def check_options(bundle: Bundle, part: Part) -> Found:
    """A code or a name that the stored option set has already (E4028)."""
    if part.type_name != "options":
        return
    for item in part.items:
        set_uid = (item.body.get("optionSet") or {}).get("id")
        for other in bundle.session.children("options", set_uid or ""):
            same = any(other.get(key) == item.body.get(key) for key in ("code", "name"))
            if other["id"] != item.uid and same:
                yield item, [_repeated(bundle, str(set_uid), other["id"])]
                break


def _repeated(bundle: Bundle, set_uid: str, other: str) -> Problem:
    return Problem(
        code="E4028",
        message=f"Option set `{set_uid}` already contains option `{other}`",
        klass=bundle.world.kind("optionSets").klass,
        properties=(set_uid, other),
    )


def check_stages(bundle: Bundle, part: Part) -> Found:
    """A stage that no program holds (E4053)."""
    if part.type_name != "programStages":
        return
    for item in part.items:
        if item.body.get("program"):
            continue
        sent = bundle.parts["programs"].items if "programs" in bundle.parts else []
        if any(row.get("id") == item.uid for one in sent for row in one.body.get("programStages") or []):
            continue
        yield (
            item,
            [
                Problem(
                    code="E4053",
                    message=f"Program stage `{item.uid}` must reference a program.",
                    klass=part.kind.klass,
                    properties=(item.uid,),
                )
            ],
        )


def check_data_views(bundle: Bundle, part: Part) -> Found:
    """Fields of a relationship's data view, looked up in what is stored (E4314)."""
    if part.type_name != "relationshipTypes":
        return
    for item in part.items:
        problems = [
            problem
            for side in ("fromConstraint", "toConstraint")
            for problem in _view(bundle, item.body.get(side) or {})
        ]
        if problems:
            yield item, problems


def _view(bundle: Bundle, constraint: Body) -> Iterator[Problem]:
    view = constraint.get("trackerDataView") or {}
    klass = "org.hisp.dhis.relationship.RelationshipConstraint"
    missing = [uid for uid in view.get("attributes") or [] if uid not in _view_attributes(bundle, constraint)]
    rows = [("TrackedEntityAttributes", missing, "TrackedEntityType/Program")]
    missing = [uid for uid in view.get("dataElements") or [] if uid not in _view_elements(bundle, constraint)]
    rows.append(("DataElements", missing, "ProgramStage"))
    for shown, uids, where in rows:
        if uids:
            listed = ",".join(uids)
            yield Problem(
                code="E4314",
                message=f"Provided `{shown}`: (`{listed}`) are not part of the selected `{where}`",
                klass=klass,
                properties=(shown, listed, where),
            )


def _stored(bundle: Bundle, constraint: Body, prop: str, type_name: str) -> Body:
    uid = (constraint.get(prop) or {}).get("id")
    return (bundle.session.get(type_name, uid) if uid else None) or {}


def _uids(rows: Iterable[Body], prop: str) -> frozenset[str]:
    return frozenset((row.get(prop) or {}).get("id") or "" for row in rows)


def _view_attributes(bundle: Bundle, constraint: Body) -> frozenset[str]:
    entity = _stored(bundle, constraint, "trackedEntityType", "trackedEntityTypes")
    program = _stored(bundle, constraint, "program", "programs")
    return _uids(entity.get("trackedEntityTypeAttributes") or [], "trackedEntityAttribute") | _uids(
        program.get("programTrackedEntityAttributes") or [], "trackedEntityAttribute"
    )


def _view_elements(bundle: Bundle, constraint: Body) -> frozenset[str]:
    stage = _stored(bundle, constraint, "programStage", "programStages")
    return _uids(stage.get("programStageDataElements") or [], "dataElement")


def check_dates(_bundle: Bundle, part: Part) -> Found:
    """A unit that closes before it opens (E4013)."""
    if part.type_name != "organisationUnits":
        return
    for item in part.items:
        opened, closed = item.body.get("openingDate"), item.body.get("closedDate")
        if opened and closed and closed < opened:
            yield (
                item,
                [
                    Problem(
                        code="E4013",
                        message=f"Invalid closing date `{closed}`, must be after opening date `{opened}`",
                        klass=part.kind.klass,
                        properties=(closed, opened),
                    )
                ],
            )


def check_dashboards(bundle: Bundle, part: Part) -> Found:
    """Items that show what is not there (E4061)."""
    if part.type_name != "dashboards":
        return
    for item in part.items:
        problems = [
            Problem(
                code="E4061",
                message=(
                    f"DashboardItem `{row.get('id')}` object reference `{shown}` with id `{uid}` not found"
                ),
                klass="org.hisp.dhis.dashboard.DashboardItem",
                properties=(row.get("id"), shown, uid),
            )
            for row in item.body.get("dashboardItems") or []
            for prop, type_name, shown in _SHOWN
            if (uid := (row.get(prop) or {}).get("id")) and not bundle.knows(type_name, uid)
        ]
        if problems:
            yield item, problems


def check_users(_bundle: Bundle, part: Part) -> Found:
    """A role at least, and a good password where one is sent (E4005, E4055)."""
    if part.type_name != "users":
        return
    for item in part.items:
        if not item.body.get("userRoles"):
            name = item.body.get("username")
            yield (
                item,
                [
                    Problem(
                        code="E4055",
                        message="User needs to have at least one user role associated with it",
                        klass=part.kind.klass,
                        properties=("username", name),
                        more={"errorProperty": "username"},
                    )
                ],
            )
        problem = _weak(item)
        if problem:
            more = {"errorKlass": "java.lang.String", "errorProperty": "password"}
            yield (
                item,
                [
                    Problem(
                        code="E4005",
                        message=f"Property `password` requires a valid password, `{problem}`",
                        klass=part.kind.klass,
                        properties=("password", problem),
                        more=more,
                    )
                ],
            )


_RULES = (
    (r"\d", "Password must have at least one digit"),
    (r"[A-Z]", "Password must have at least one upper case"),
    (r"[^A-Za-z0-9]", "Password must have at least one special character"),
)


def _weak(item: Item) -> str:
    password = item.body.get("password")
    if not password or str(password).startswith("$2a$"):
        return ""
    if not 8 <= len(password) <= 72:  # noqa: PLR2004 -- the two numbers stand in the message below
        return "Password must have at least 8, and at most 72 characters"
    return next((message for pattern, message in _RULES if not re.search(pattern, password)), "")


def check_option_combos(bundle: Bundle, part: Part) -> Found:
    """From 2.43 on, option combinations come as the full set of their category combination (E1130)."""
    if part.type_name != "categoryOptionCombos" or bundle.world.release < (2, 43):
        return
    counts: dict[str, int] = {}
    for item in part.items:
        combo = (item.body.get("categoryCombo") or {}).get("id") or ""
        counts[combo] = counts.get(combo, 0) + 1
    for item in part.items:
        combo = (item.body.get("categoryCombo") or {}).get("id") or ""
        expected = _product(bundle, combo)
        if counts[combo] != expected:
            yield (
                item,
                [
                    Problem(
                        code="E1130",
                        message=(
                            f"Importing {counts[combo]} CategoryOptionCombos does not match the expected "
                            f"amount of {expected} for CategoryCombo {combo}"
                        ),
                        klass=part.kind.klass,
                        properties=(counts[combo], expected, combo),
                    )
                ],
            )


def _product(bundle: Bundle, combo: str) -> int:
    product = 1
    for row in (bundle.either("categoryCombos", combo) or {}).get("categories") or []:
        category = bundle.either("categories", row.get("id") or "") or {}
        product *= len(category.get("categoryOptions") or [])
    return product
