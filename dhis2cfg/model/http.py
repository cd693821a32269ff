"""One HTTP exchange as values, so that httpx and the embedded server are interchangeable behind one port."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """`path` begins with `/` and holds the query, already encoded; it follows the base URL of the target.

    `timeout` in seconds. `repr` leaves headers and body out: they may hold credentials.
    """

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    timeout: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """`headers` with lower-case names; several cookies are joined by a line break under `set-cookie`."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
