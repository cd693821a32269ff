"""Items of dashboards that show what is not there."""

from dhis2cfg.sandbox.checks.bundle import Bundle, Part
from dhis2cfg.sandbox.checks.problem import Found, Problem

_SHOWN = (
    ("visualization", "visualizations", "VISUALIZATION"),
    ("eventVisualization", "eventVisualizations", "EVENT_VISUALIZATION"),
    ("eventChart", "eventCharts", "EVENT_CHART"),
    ("eventReport", "eventReports", "EVENT_REPORT"),
    ("map", "maps", "MAP"),
)


def check_dashboards(bundle: Bundle, part: Part) -> Found:
    """Items that show what is not there (E4061); only dashboards that stand are asked."""
    if part.type_name != "dashboards":
        return
    for item in [one for one in part.items if one.before is not None]:
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
