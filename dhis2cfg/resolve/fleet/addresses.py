"""Addresses of servers in one spelling, so that two files that mean one server are seen to."""

from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from dhis2cfg.model.fleet import Origin

PORTS = {"http": 80, "https": 443}
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A normalised URL (no trailing slash, no usual port, host in small letters), and what it is bound to."""

    url: str
    origin: Origin

    @property
    def is_loopback(self) -> bool:
        """Whether the server is this machine."""
        return self.origin.host in LOOPBACK


def read_address(text: str) -> Address | str:
    """The address, or a sentence that says what is wrong with it."""
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError:
        return "this cannot be read as a URL"
    problem = _problem(parts)
    if problem:
        return problem
    scheme, host = parts.scheme.lower(), (parts.hostname or "").lower().rstrip(".")
    origin = Origin(scheme=scheme, host=host, port=port or PORTS[scheme])
    shown = f"[{host}]" if ":" in host else host
    suffix = "" if origin.port == PORTS[scheme] else f":{origin.port}"
    path = "/".join(part for part in parts.path.split("/") if part)
    return Address(url=f"{scheme}://{shown}{suffix}" + (f"/{path}" if path else ""), origin=origin)


def _problem(parts: SplitResult) -> str:
    """What keeps a URL from being a server's address; empty where nothing does."""
    if parts.scheme.lower() not in PORTS:
        return "a server's address begins with https:// or http://"
    if not parts.hostname:
        return "the address names no host"
    if parts.username is not None or parts.password is not None:
        return "credentials do not belong into a file of the repository"
    if parts.query or parts.fragment:
        return "the address of a server ends with its path, without ? or #"
    if parts.path.rstrip("/").endswith("/api"):
        return "leave /api out: it is added by the program"
    return ""
