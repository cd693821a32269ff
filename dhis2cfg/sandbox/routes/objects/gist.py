"""`/api/<plural>/gist`: objects as the database holds them, sharing without anybody's name (seen on 2.41)."""

from dhis2cfg.catalogue.types import MetadataType
from dhis2cfg.sandbox.read.filters import parse_filter
from dhis2cfg.sandbox.read.listing import select
from dhis2cfg.sandbox.routes.call import Answer, Call

_PAGE = 50


def gist(call: Call, kind: MetadataType) -> Answer:
    """The stored values of the fields asked for; of sharing also where lists break (facts §17.1)."""
    view = call.view()
    filters = [parse_filter(text, view.world.release) for text in call.every("filter")]
    fields = [name for text in call.every("fields") for name in text.split(",")]
    size = int(call.first("pageSize") or _PAGE)
    rows = [{name: body.get(name) for name in fields} for body in select(view, kind, filters)]
    return Answer(body={"pager": {"page": 1, "pageSize": size}, kind.name: rows[:size]})
