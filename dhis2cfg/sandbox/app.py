"""The ASGI application: one `Instance`, any number of callers; every answer says that this is not DHIS2."""

import gzip
import re
from collections.abc import Mapping
from urllib.parse import unquote

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dhis2cfg.sandbox.rights.login import Login, NoLogin, sign_in
from dhis2cfg.sandbox.rights.people import person
from dhis2cfg.sandbox.routes.call import Answer, Call, message
from dhis2cfg.sandbox.routes.table import respond, troubled
from dhis2cfg.sandbox.store.instance import Instance
from dhis2cfg.sandbox.store.session import Session
from dhis2cfg.sandbox.store.trouble import Trouble

MARK = "X-Dhis2cfg-Sandbox"
"""The header that every answer carries."""

_HEADER_LIMIT = 8192
_REQUEST_LINE = 16
_BAD_PERCENT = re.compile(rb"%(?![0-9a-fA-F]{2})")
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]


def make_app(instance: Instance) -> Starlette:
    """The server as an ASGI application."""

    async def api(request: Request) -> Response:
        body = await request.body()
        refused = _refused_by_container(request)
        return _sent(instance, refused or answer(instance, request, body))

    async def ping(_request: Request) -> Response:
        return Response("pong", media_type="text/plain", headers={MARK: instance.version})

    async def login(_request: Request) -> Response:
        return Response("<html><body>dhis2cfg sandbox</body></html>", media_type="text/html")

    return Starlette(
        routes=[
            Route("/api/ping", ping),
            Route("/api/{path:path}", api, methods=_METHODS),
            Route("/dhis-web-login/{path:path}", login),
            Route("/login/{path:path}", login),
        ]
    )


def _refused_by_container(request: Request) -> Answer | None:
    """What the servlet container says before DHIS2 hears of it (facts §19.36, §19.43)."""
    query = request.scope.get("query_string", b"")
    size = len(request.scope.get("raw_path") or request.url.path) + len(query) + _REQUEST_LINE
    size += sum(len(name) + len(value) + 4 for name, value in request.scope["headers"])
    if size > _HEADER_LIMIT:
        return Answer(status=400, body="<html><body>HTTP Status 400</body></html>", media="text/html")
    if _BAD_PERCENT.search(query):
        return message(409, "Character decoding failed")
    return None


def answer(instance: Instance, request: Request, body: bytes) -> Answer:
    """What one request gets; what goes wrong leaves nothing behind."""
    cookie = ""
    with instance.lock:
        try:
            with instance.database.transaction():
                session = Session(instance.world, instance.database)
                login = sign_in(instance, session, request.headers)
                if isinstance(login, NoLogin):
                    return _unknown(instance, login)
                cookie = login.cookie
                found = respond(_call(instance, session, login, request, body))
        except Trouble as trouble:
            found = troubled(trouble)
    if not cookie:
        return found
    headers = {**found.headers, "Set-Cookie": f"JSESSIONID={cookie}; Path=/; HttpOnly; SameSite=Lax"}
    return Answer(status=found.status, body=found.body, headers=headers, media=found.media)


def _call(instance: Instance, session: Session, login: Login, request: Request, body: bytes) -> Call:
    path = request.url.path.split("/api/", 1)[1]
    parts = tuple(unquote(part) for part in path.split("/") if part)
    if parts and parts[0].isdigit():
        parts = parts[1:]
    return Call(
        method=request.method,
        parts=parts,
        query=request.query_params.multi_items(),
        headers=request.headers,
        body=body,
        instance=instance,
        session=session,
        person=person(session, login.user),
    )


def _unknown(instance: Instance, login: NoLogin) -> Answer:
    if login.status == 302:  # noqa: PLR2004 -- the redirect of facts §8
        return Answer(status=302, headers={"Location": f"{instance.url}/dhis-web-login/"})
    return message(login.status, login.message)


def _sent(instance: Instance, found: Answer) -> Response:
    headers: Mapping[str, str] = {
        MARK: instance.version,
        "Cache-Control": "no-cache, private",
        **found.headers,
    }
    if found.body is None:
        return Response(status_code=found.status, headers=dict(headers))
    if isinstance(found.body, str) and found.media != "application/json":
        return Response(found.body, status_code=found.status, headers=dict(headers), media_type=found.media)
    content = orjson.dumps(found.body)
    if found.media.endswith("+gzip"):
        content = gzip.compress(content)
    return Response(content, status_code=found.status, headers=dict(headers), media_type=found.media)
