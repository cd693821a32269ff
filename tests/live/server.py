"""A server as a test meets it: by hand, as its users do, and as the program reaches it."""

import base64
import json
import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from dhis2cfg.dhis2.credentials import name_of, origin_of
from dhis2cfg.dhis2.transport import HttpxTransport
from dhis2cfg.model.fleet import Target
from dhis2cfg.model.http import Request, Response
from dhis2cfg.ports import Transport
from dhis2cfg.sandbox.app import make_app
from dhis2cfg.sandbox.bridge import SandboxTransport
from dhis2cfg.sandbox.seed import SANDBOX_TOKEN, make_instance
from dhis2cfg.sandbox.store.instance import Instance

FORGOTTEN = {
    "programRuleActions": ",programRuleActionEvaluationTime,programRuleActionEvaluationEnvironments",
}
"""Fields that `:owner` does not give (facts §2.3)."""

SECONDS = 300.0

SIGNED_OUT = frozenset({302, 401})

OF_NO_SCOPE = re.compile(r"/api/(metadata|dataStore|system|systemSettings)\b")
"""What hands may ask in a session, which keeps the units and the rights that its user had at its start."""


def basic(username: str, password: str) -> str:
    """The header of a name and a password."""
    return "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()


@dataclass(kw_only=True)
class Server:
    """One DHIS2; `wire` is how hands reach it, `environ` what the program finds its credentials in.

    `embedded` is True for the one in process: then the program is given the same wire.
    """

    url: str
    wire: Transport
    authorization: str = field(repr=False)
    environ: Mapping[str, str] = field(repr=False)
    embedded: bool = False
    instance: Instance | None = None
    cookie: str = field(default="", repr=False)

    def saved(self) -> Instance:
        """The embedded server's database as it is now."""
        assert self.instance is not None
        database = self.instance.database.copy()
        return Instance(world=self.instance.world, database=database, url=self.url)

    def restore(self, saved: Instance) -> None:
        """Set the embedded server back to what was saved."""
        self.instance = saved
        self.wire = SandboxTransport(make_app(saved), self.url)

    def transport(self, _target: Target) -> Transport | None:
        """What stands in for HTTP when the program reaches this server."""
        return self.wire if self.embedded else None

    def ask(self, method: str, path: str, body: Any = None, authorization: str = "") -> Response:
        """One exchange by hand, whatever comes of it; in a session where one will do: a login costs 0.1 s."""
        in_session = not authorization and OF_NO_SCOPE.match(path) is not None
        if in_session and self.cookie:
            answer = self._send(method, path, body, {"Cookie": self.cookie})
            if answer.status not in SIGNED_OUT:
                return answer
        answer = self._send(method, path, body, {"Authorization": authorization or self.authorization})
        if in_session:
            self.cookie = answer.headers.get("set-cookie", "").split(";")[0]
        return answer

    def _send(self, method: str, path: str, body: Any, signed: Mapping[str, str]) -> Response:
        headers = {
            **signed,
            "Accept": "application/json",
            "Content-Type": "application/json",
            "X-Requested-With": "XMLHttpRequest",
        }
        content = b"" if body is None else json.dumps(body).encode()
        return self.wire.send(
            Request(method=method, path=path, headers=headers, body=content, timeout=SECONDS)
        )

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One exchange by hand that must succeed; its JSON."""
        return self.read(self.ask(method, path, body))

    @staticmethod
    def read(answer: Response) -> Any:
        """The JSON of an answer, which must be a success."""
        assert answer.status < 300, (answer.status, answer.body[:2000])
        return json.loads(answer.body) if answer.body else None

    def hand_in(self, **objects: Any) -> None:
        """Import objects by hand, all or nothing."""
        self.call("POST", "/api/metadata", objects)

    def live(self, type_name: str, uid: str) -> dict[str, Any]:
        """One object as it stands."""
        found = self.lives({(type_name, uid)})
        assert (type_name, uid) in found, f"no {type_name} {uid}"
        return found[type_name, uid]

    def lives(self, wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], dict[str, Any]]:
        """Those of the objects that stand, whole; asked for in new words, so that no cache answers."""
        stranger = f"0{secrets.token_hex(5)}"
        asked: dict[str, list[str]] = {}
        for type_name, uid in sorted(wanted):
            asked.setdefault(type_name, []).append(uid)
        query = "&".join(
            f"{name}:fields=:owner{FORGOTTEN.get(name, '')}&{name}:filter=id:in:[{','.join(uids)},{stranger}]"
            for name, uids in asked.items()
        )
        answer = self.call(
            "GET", f"/api/metadata?{query}&defaults=INCLUDE".replace("[", "%5B").replace("]", "%5D")
        )
        return {
            (name, each["id"]): each
            for name, several in (answer or {}).items()
            if isinstance(several, list)
            for each in several
        }

    def is_there(self, type_name: str, uid: str) -> bool:
        """Whether an object of this id stands."""
        return (type_name, uid) in self.lives({(type_name, uid)})

    def edit(self, type_name: str, uid: str, **values: Any) -> None:
        """Change an object by hand; None takes a value away."""
        changed = {**self.live(type_name, uid), **values}
        kept = {name: value for name, value in changed.items() if value is not None}
        self.hand_in(**{type_name: [kept]})

    @property
    def version(self) -> str:
        """What the server calls itself."""
        return str(self.call("GET", "/api/system/info")["version"])


def real_server(url: str, environ: Mapping[str, str]) -> Server:
    """The server of `DHIS2CFG_LIVE_URL`, with the token, or the name and the password, that stand beside."""
    bare = url.rstrip("/")
    name = name_of(origin_of(bare))
    token = environ.get("DHIS2CFG_LIVE_TOKEN", "")
    if token:
        found = {f"DHIS2CFG_TOKEN__{name}": token}
        return Server(url=bare, wire=HttpxTransport(bare), authorization=f"ApiToken {token}", environ=found)
    username = environ.get("DHIS2CFG_LIVE_USERNAME", "")
    password = environ.get("DHIS2CFG_LIVE_PASSWORD", "")
    return Server(
        url=bare,
        wire=HttpxTransport(bare),
        authorization=basic(username, password),
        environ={f"DHIS2CFG_USERNAME__{name}": username, f"DHIS2CFG_PASSWORD__{name}": password},
    )


def embedded_server(version: str) -> Server:
    """A fresh embedded server in process."""
    url = "http://127.0.0.1:8099"
    instance = make_instance(version, url=url)
    return Server(
        url=url,
        wire=SandboxTransport(make_app(instance), url),
        instance=instance,
        authorization=f"ApiToken {SANDBOX_TOKEN}",
        environ={"DHIS2CFG_TOKEN__127_0_0_1_8099": SANDBOX_TOKEN},
        embedded=True,
    )
