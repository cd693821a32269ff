"""What tests call their objects, turned into names and UIDs of one run, and back again in answers."""

import gzip
import hashlib
import json
import re
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

UID = re.compile(r"\bU[A-Za-z0-9]{10}\b")
WORDS = frozenset({"UNSPECIFIED", "UNSUPPORTED", "Unspecified", "Unsupported"})
"""Words of DHIS2 that look like the UIDs of tests."""

NAMED = frozenset({"name", "shortName", "code", "username"})
BARE = frozenset(
    {
        "dashboardItems",
        "legends",
        "options",
        "programRuleVariables",
        "programStageDataElements",
        "translations",
    }
)
"""Lists whose members keep their names: they are found by their parents, and data hold option codes."""

BEGINNINGS = frozenset({"eq", "ne", "ieq", "in", "$like", "ge", "gt", "le", "lt"})
"""Operators that compare the beginning of a text."""

FILTER = re.compile(r"\b(name|shortName|code):([^:&]+):([^&]*)")
NAMESPACE = re.compile(r"^/api/dataStore/([^/?]+)")
LOOKUP = re.compile(r"^/api/userLookup/([^/?]+)")
PLAIN = re.compile(r"/api/(dataStore|systemSettings|userSettings|options|tracker)\b")
KEPT = frozenset({"", "default"})
LONGEST = 200
"""Longer names are refused anyway, and their length is told."""

GZIP = b"\x1f\x8b"
SIGNS = string.ascii_letters + string.digits


@dataclass(kw_only=True)
class Disguise:
    """`prefix` stands before every name; UIDs come from it, so that no run meets another's objects."""

    prefix: str
    real: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    foreign: set[str] = field(default_factory=set)

    def path(self, path: str) -> str:
        """A path and query as they go out."""
        path = NAMESPACE.sub(lambda found: f"/api/dataStore/{self.prefix}{found[1]}", path)
        path = LOOKUP.sub(lambda found: f"/api/userLookup/{self.user(found[1])}", path)
        return self._with_uids(FILTER.sub(self._filter, path))

    def _filter(self, found: re.Match[str]) -> str:
        prop, operator, value = found[1], found[2], found[3]
        if operator not in BEGINNINGS or value == "default":
            return found[0]
        if operator == "in":
            value = "[" + ",".join(self.prefix + one for one in value.strip("[]").split(",")) + "]"
            return f"{prop}:{operator}:{value}"
        return f"{prop}:{operator}:{self.prefix}{value}"

    def user(self, name: str) -> str:
        """A user's name as it goes out; the administrator is nobody's object."""
        return name if name == "admin" or UID.fullmatch(name) else self.prefix + name

    def body(self, path: str, body: Any) -> Any:
        """A body as it goes out; values of the data store, settings and options hold no names of ours."""
        if isinstance(body, bytes) and body[:2] == GZIP:
            inner = self.body(path, json.loads(gzip.decompress(body)))
            return gzip.compress(json.dumps(inner).encode())
        if isinstance(body, bytes):
            return self._with_uids(body.decode()).encode()
        if not isinstance(body, list | dict):
            return body
        told = body if PLAIN.match(path) else self._named(body)
        return json.loads(self._with_uids(json.dumps(told)))

    def _named(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._named(one) for one in value]
        if not isinstance(value, dict):
            return value
        found = {}
        for key, held in value.items():
            if key in NAMED and isinstance(held, str) and held not in KEPT and len(held) <= LONGEST:
                found[key] = self.prefix + held
            else:
                found[key] = held if key in BARE else self._named(held)
        if found.get("op") in {"replace", "add"} and str(found.get("path", "")).strip("/") in NAMED:
            found["value"] = f"{self.prefix}{found['value']}"
        return found

    def _with_uids(self, text: str) -> str:
        return UID.sub(lambda found: self._real(found[0]), text)

    def _real(self, uid: str) -> str:
        if uid in WORDS or uid in self.foreign:
            return uid
        if uid not in self.real:
            number = int.from_bytes(hashlib.sha256(f"{self.prefix}{uid}".encode()).digest())
            signs = [SIGNS[number % 52]]
            for _ in range(10):
                number //= 62
                signs.append(SIGNS[number % 62])
            self.real[uid] = "".join(signs)
            self.shown[self.real[uid]] = uid
        return self.real[uid]

    def seen(self, text: str) -> str:
        """An answer as the test reads it."""
        self.foreign.update(uid for uid in UID.findall(text) if uid not in self.real)
        text = re.sub(r"\b[A-Za-z][A-Za-z0-9]{10}\b", lambda found: self.shown.get(found[0], found[0]), text)
        return re.sub(re.escape(self.prefix), "", text, flags=re.IGNORECASE)

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """An answer's headers as the test reads them."""
        return {name: value if name == "set-cookie" else self.seen(value) for name, value in headers.items()}
