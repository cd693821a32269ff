"""Which module answers which path, and what exceptions become."""

from collections.abc import Callable, Mapping

from dhis2cfg.sandbox.routes.call import Answer, Call, message
from dhis2cfg.sandbox.routes.data_store import data_store
from dhis2cfg.sandbox.routes.data_values import data_summary, data_value_sets
from dhis2cfg.sandbox.routes.expressions import expression_description
from dhis2cfg.sandbox.routes.merges import MERGED, merge
from dhis2cfg.sandbox.routes.objects.metadata import metadata
from dhis2cfg.sandbox.routes.objects.per_type import per_type
from dhis2cfg.sandbox.routes.server.people import me, user_lookup
from dhis2cfg.sandbox.routes.server.schemas import schemas
from dhis2cfg.sandbox.routes.server.settings import system_settings, user_settings
from dhis2cfg.sandbox.routes.server.system import authorities, locales, maintenance, system
from dhis2cfg.sandbox.routes.server.tokens import tokens
from dhis2cfg.sandbox.routes.sharing_endpoint import sharing_endpoint
from dhis2cfg.sandbox.routes.tracker import tracker
from dhis2cfg.sandbox.routes.unbuilt import refuse_unbuilt
from dhis2cfg.sandbox.store.trouble import Trouble

ROUTES: Mapping[str, Callable[[Call], Answer]] = {
    "apiToken": tokens,
    "authorities": authorities,
    "dataStore": data_store,
    "dataSummary": data_summary,
    "dataValueSets": data_value_sets,
    "locales": locales,
    "maintenance": maintenance,
    "me": me,
    "metadata": metadata,
    "metadata.json": metadata,
    "metadata.json.gz": metadata,
    "schemas": schemas,
    "sharing": sharing_endpoint,
    "system": system,
    "systemSettings": system_settings,
    "tracker": tracker,
    "userLookup": user_lookup,
    "userSettings": user_settings,
}


def respond(call: Call) -> Answer:
    """The answer to one call; `Trouble` goes on to whoever must roll back."""
    if not call.parts:
        return Answer(status=302, headers={"Location": f"{call.instance.url}/api/resources"})
    refuse_unbuilt(call)
    name = call.parts[0].removesuffix(".json") if len(call.parts) == 1 else call.parts[0]
    route = ROUTES.get(name) or ROUTES.get(call.parts[0])
    if route is not None:
        return route(call)
    described = expression_description(call)
    if described is not None:
        return described
    if call.method == "POST" and call.parts[1:] == ("merge",) and name in MERGED:
        return merge(call)
    if name in call.session.world.catalogue.types:
        return per_type(call)
    raise Trouble(404, None)


def troubled(trouble: Trouble) -> Answer:
    """What an exception looks like outside."""
    if trouble.status == 404 and trouble.message is None:  # noqa: PLR2004 -- the one page that is no JSON
        return Answer(status=404, body="<html><body>HTTP Status 404</body></html>", media="text/html")
    return message(trouble.status, trouble.message, code=trouble.code)
