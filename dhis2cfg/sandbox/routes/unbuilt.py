"""What DHIS2 answers and this server does not: said so, rather than answered as if it were unknown."""

import re
from collections.abc import Sequence

from dhis2cfg.sandbox.routes.call import Call
from dhis2cfg.sandbox.store.trouble import Trouble

_PATHS: Sequence[tuple[str, str]] = (
    ("*", r"(?:[^/]+/[^/]+/)?gist"),
    ("*", r"(?:analytics|analyticsTables|resourceTables|validation|predictions|dataAnalysis)(?:/.*)?"),
    ("*", r"(?:dataEntry|dataValues|completeDataSetRegistrations|dataApprovals|lockExceptions)(?:/.*)?"),
    ("*", r"(?:dataIntegrity|dataStatistics|dataElementOperands|dimensions|periodTypes)(?:/.*)?"),
    ("*", r"(?:fileResources|externalFileResources|documents/[^/]+/data|staticContent|icons)(?:/.*)?"),
    ("*", r"(?:messageConversations|interpretations|sms|email|scheduling)(?:/.*)?"),
    ("*", r"(?:apps|appHub|dashboards/q|userDataStore|configuration|openapi|sharing/search)(?:/.*)?"),
    ("*", r"(?:metadata/(?:version|versions|sync|proposals|csv|gml|sharing|dependencies))(?:/.*)?"),
    ("*", r"(?:query/alias|synchronization|deviceEnrollment|oauth2)(?:/.*)?"),
    ("*", r"tracker/(?:jobs|relationships|ownership/override)(?:/.*)?"),
    ("*", r"(?:trackedEntityInstances|enrollments|events|relationships|trackedEntities)(?:/.*)?"),
    ("*", r"users/(?:invite|invites|[^/]+/(?:replica|invite|reset|twoFA|expired|unexpired).*)"),
    ("*", r"me/(?:password|changePassword|verifyPassword|dashboard|dataApprovalWorkflows).*"),
    ("*", r"organisationUnits/(?:split|geojson.*)"),
    ("*", r"sqlViews/[^/]+/(?:data|execute|refresh).*"),
    ("*", r"(?:predictors|dataExchanges?|aggregateDataExchanges)/(?:.*/)?(?:run|exchange|sourceData).*"),
    ("PATCH", r"[^/]+/sharing"),
)
"""(method or any, pattern of the path below `/api`) of what is not built."""


def refuse_unbuilt(call: Call) -> None:
    """501 with a sentence, where DHIS2 has an answer and this server has none."""
    path = "/".join(call.parts).removesuffix(".json")
    for method, pattern in _PATHS:
        if method in {"*", call.method} and re.fullmatch(pattern, path):
            raise Trouble(
                501, f"The dhis2cfg sandbox is not DHIS2: {call.method} /api/{path} is not built in it"
            )
