"""One request's view of what stands there: objects read once, written at once, rolled back together."""

import secrets
import string
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import orjson

from dhis2cfg.sandbox.store.database import Database
from dhis2cfg.sandbox.world.world import World

Body = dict[str, Any]

_LETTERS = string.ascii_letters
_SIGNS = string.ascii_letters + string.digits


def new_uid() -> str:
    """Eleven letters and digits, as DHIS2 makes them."""
    return secrets.choice(_LETTERS) + "".join(secrets.choice(_SIGNS) for _ in range(10))


def timestamp() -> str:
    """Now, in milliseconds, without a zone."""
    return datetime.now(tz=UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3]


class Session:
    """Objects by type and UID. A body given out must not be changed; write a new one with `put`."""

    def __init__(self, world: World, database: Database) -> None:
        self.world = world
        self.database = database
        self.now = timestamp()
        self._known: dict[tuple[str, str], Body | None] = {}
        self._whole: set[str] = set()

    def get(self, type_name: str, uid: str) -> Body | None:
        """One object, None where there is none."""
        key = (type_name, uid)
        if key in self._known:
            return self._known[key]
        if type_name in self._whole:
            return None
        text = self.database.one(type_name, uid)
        found: Body | None = None if text is None else orjson.loads(text)
        self._known[key] = found
        return found

    def every(self, type_name: str) -> Iterator[Body]:
        """Every object of a type, oldest first."""
        self._whole.add(type_name)
        return iter(self._loaded(type_name, list(self.database.every(type_name))))

    def holding(self, type_name: str, text: str) -> list[Body]:
        """The objects of a type whose JSON contains a text."""
        return self._loaded(type_name, list(self.database.holding(type_name, text)))

    def _loaded(self, type_name: str, rows: list[tuple[str, bytes]]) -> list[Body]:
        found = []
        for uid, text in rows:
            body = self._known.get((type_name, uid))
            if body is None:
                body = orjson.loads(text)
                self._known[type_name, uid] = body
            found.append(body)
        return found

    def children(self, type_name: str, parent: str) -> list[Body]:
        """The children that a parent's list shows, by `sortOrder`, then by age."""
        found = [
            body
            for uid in self.database.children(type_name, parent)
            if (body := self.get(type_name, uid)) is not None
        ]
        return sorted(found, key=lambda body: body.get("sortOrder") or 0)

    def put(self, type_name: str, body: Body) -> None:
        """Write an object."""
        back = self.world.backs.get(type_name)
        parent = (body.get(back.back) or {}).get("id") if back else body.get("namespace")
        self.database.put(type_name, body["id"], parent, orjson.dumps(body))
        self._known[type_name, body["id"]] = body

    def remove(self, type_name: str, uid: str) -> None:
        """Take an object away."""
        self.database.remove(type_name, uid)
        self._known[type_name, uid] = None
