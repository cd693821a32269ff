"""The proxies of the usual variables, without the credentials that they may hold."""

from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from dhis2cfg.dhis2.credentials import is_loopback, origin_of


def proxy_of(url: str) -> str:
    """The proxy on the way to a URL, without user name and password; empty where there is none."""
    parts = urlsplit(url)
    found = getproxies()
    proxy = found.get(parts.scheme) or found.get("all") or ""
    if not proxy or is_loopback(origin_of(url)) or proxy_bypass(parts.hostname or ""):
        return ""
    before, _, host = proxy.rpartition("@")
    return f"{before.partition('//')[0]}//{host}" if "//" in before else host


def proxy_secrets() -> tuple[str, ...]:
    """The passwords of all proxies that the variables name."""
    passwords = (
        urlsplit(proxy if "//" in proxy else f"//{proxy}").password for proxy in getproxies().values()
    )
    return tuple(spelled for password in passwords if password for spelled in {password, unquote(password)})
