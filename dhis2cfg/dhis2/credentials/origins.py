"""What credentials are bound to: the origin of a URL, and the name that it has in variables (design §5)."""

import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from dhis2cfg.errors import UsageError
from dhis2cfg.model.fleet import Origin

_PORTS = {"http": 80, "https": 443}


def origin_of(url: str) -> Origin:
    """The origin of a target's URL; a URL that carries credentials, a query or a fragment is refused."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise UsageError(f"not a URL of a server: {_shown(url)}") from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise UsageError(
            f"not a URL of a server: {_shown(url)}",
            following=("write it as https://host, or https://host/path",),
        )
    if "@" in parts.netloc:
        raise UsageError(
            f"a URL must not hold a user name or a password: {_shown(url)}",
            following=("keep them in variables or in the credentials file",),
        )
    if parts.query or parts.fragment:
        raise UsageError(f"a URL of a server ends before ? and #: {_shown(url)}")
    return Origin(scheme=parts.scheme, host=parts.hostname, port=port or _PORTS[parts.scheme])


def _shown(url: str) -> str:
    """The URL without what stands before @."""
    return re.sub(r"//[^/]*@", "//***@", url)


def name_of(origin: Origin) -> str:
    """The origin as it ends a variable's name: the host in capitals, the port unless it is the usual one."""
    port = "" if origin.port == _PORTS[origin.scheme] else f"_{origin.port}"
    return re.sub(r"[^A-Z0-9]", "_", origin.host.upper()) + port


def is_loopback(origin: Origin) -> bool:
    """Whether the origin is this machine."""
    if origin.host == "localhost":
        return True
    try:
        return ipaddress.ip_address(origin.host).is_loopback
    except ValueError:
        return False


def refuse_ambiguous(origins: Iterable[Origin]) -> None:
    """Two origins that would share a variable's name are refused: one's token could go to the other."""
    named: dict[str, Origin] = {}
    for origin in origins:
        other = named.setdefault(name_of(origin), origin)
        if other != origin:
            raise UsageError(
                f"{other} and {origin} would share the variable DHIS2CFG_TOKEN__{name_of(origin)}",
                following=(
                    "give their credentials in the credentials file, and select one of them at a time",
                ),
            )
