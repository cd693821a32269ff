"""What an answer is: JSON of DHIS2, a refusal, or something in between; said in words for people."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import orjson

from dhis2cfg.dhis2.credentials import Credentials, origin_of
from dhis2cfg.errors import CredentialsRefused, ServerRefused, Unreachable, UsageError
from dhis2cfg.model.http import Response

BAD_REQUEST = 400
NOT_FOUND = 404
UNAUTHORISED = 401
TOO_LARGE = 413
TOO_MANY = 429
REDIRECTS = frozenset({301, 302, 303, 307, 308})
RIGHT_URL = "see whether its `url` is right; it may need a path, as in https://host/dhis"
NOTHING_WRITTEN = "Nothing was written."


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who was asked for what: the server's name, its base URL, the path, and with which credentials."""

    name: str
    url: str
    path: str
    credentials: Credentials

    @property
    def where(self) -> str:
        """The address without its query."""
        return self.url + self.path.partition("?")[0]


def json_or_none(response: Response) -> Any:
    """The JSON of an answer, or None where it holds none."""
    try:
        return orjson.loads(response.body) if response.body else None
    except orjson.JSONDecodeError:
        return None


def json_of(asked: Asked, response: Response) -> Any:
    """The JSON of an answer, None where it is empty; a torn one raises."""
    try:
        return orjson.loads(response.body) if response.body else None
    except orjson.JSONDecodeError as error:
        raise Unreachable(
            f"{asked.name} answered with something that is not JSON ({asked.where}, {response.status})",
            details=(f"it was cut off, or something in between changed it. {NOTHING_WRITTEN}",),
        ) from error


def is_page(response: Response) -> bool:
    """Whether a web page came where JSON was asked for."""
    kind = response.headers.get("content-type", "").lower()
    begins_as_page = re.match(rb"\s*<(!doctype|html)", response.body[:100], re.IGNORECASE)
    return "html" in kind or ("json" not in kind and begins_as_page is not None)


def is_silent(response: Response) -> bool:
    """Whether an answer to a write says nothing of what was done.

    A 5xx, and what only a proxy says: a page, a redirect, 429. A refusal in DHIS2's own JSON does say it.
    """
    is_refusal = BAD_REQUEST <= response.status < 500  # noqa: PLR2004 - HTTP's own classes
    return not is_refusal or response.status == TOO_MANY or is_page(response)


def refuse_strange(asked: Asked, response: Response) -> None:
    """Raise for redirects, login pages and refused credentials: no answers of DHIS2 to whom we are."""
    if response.status in REDIRECTS:
        raise _redirected(asked, response)
    if response.status == UNAUTHORISED or _is_bad_token(response):
        raise _not_signed_in(asked, f"{asked.url} said {response.status}", "refused")
    if is_page(response):
        kind = response.headers.get("content-type", "").partition(";")[0] or "no content type"
        raise Unreachable(
            f"{asked.name} answered with a web page instead of JSON "
            f"({asked.where}, {response.status}, {kind})",
            details=(f"most often a proxy or a login page stands in between. {NOTHING_WRITTEN}",),
            following=(RIGHT_URL,) if response.status == NOT_FOUND else (),
        )


def refuse_unsuccessful(asked: Asked, response: Response) -> None:
    """Raise for a refusal of DHIS2's own, with its message."""
    if response.status >= 400:  # noqa: PLR2004 - HTTP's own classes
        said = message_of(response)
        raise ServerRefused(
            f"{asked.name} said {response.status} to {asked.where}", details=(said,) if said else ()
        )


def message_of(response: Response) -> str:
    """The message in a refusal, empty where there is none."""
    answer = json_or_none(response)
    return str(answer.get("message") or "") if isinstance(answer, dict) else ""


def code_of(response: Response) -> str:
    """The error code in a refusal, empty where there is none; of single objects it stands in their report."""
    answer = json_or_none(response)
    if not isinstance(answer, dict):
        return ""
    report = answer.get("response")
    errors = report.get("errorReports") if isinstance(report, dict) else None
    first = errors[0] if isinstance(errors, list) and errors else {}
    return str(answer.get("errorCode") or first.get("errorCode") or "")


def too_large(asked: Asked, size: int) -> ServerRefused:
    """A body that was refused for its size (413)."""
    return ServerRefused(
        f"{asked.name} refused a request of {size} bytes as too large (413)",
        details=(f"most often a proxy in front of the server sets the limit. {NOTHING_WRITTEN}",),
        following=("raise the proxy's limit for bodies (nginx: client_max_body_size)",),
    )


def _is_bad_token(response: Response) -> bool:
    """A malformed token is 400, not 401 (facts §16): it names the scheme, and the checksum."""
    is_about_tokens = "apitoken" in response.headers.get("www-authenticate", "").lower()
    return response.status == BAD_REQUEST and (is_about_tokens or "Checksum" in message_of(response))


def _not_signed_in(asked: Asked, how: str, became: str) -> CredentialsRefused:
    return CredentialsRefused(
        f"cannot sign in to {asked.name}: {how}",
        details=(f"{asked.credentials.provenance} {became}",),
        following=(f"try it: dhis2cfg doctor -m {asked.name}",),
    )


def _redirected(asked: Asked, response: Response) -> Unreachable:
    """Where a redirect led is said, and nobody goes there; one to the login page means 'not signed in'."""
    location = response.headers.get("location", "")
    try:
        led_to = urljoin(asked.url + asked.path, location).partition("?")[0]
        is_same = origin_of(led_to.partition("#")[0]) == asked.credentials.origin
    except (UsageError, ValueError):
        led_to, is_same = location, False
    if is_same and "login" in led_to:
        return _not_signed_in(asked, f"{asked.where} led to its login page", "not taken")
    return Unreachable(
        f"{asked.name} answered with a redirect ({asked.where}, {response.status})",
        details=(f"it leads to {led_to}; redirects are not followed. {NOTHING_WRITTEN}",),
        following=("if that is the server's address, write it as its `url`",),
    )
