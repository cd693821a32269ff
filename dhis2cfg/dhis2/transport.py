"""HTTP by httpx, and the only module that knows it: proxies, certificates, time-outs, errors renamed once."""

import logging
import ssl
from datetime import UTC, datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx
import truststore

from dhis2cfg import __version__
from dhis2cfg.dhis2.credentials import is_loopback, origin_of
from dhis2cfg.errors import CertificateRefused, Dhis2cfgError, NeverSent, Unreachable
from dhis2cfg.model.http import Request, Response

CONNECT_SECONDS = 10.0
CONNECTIONS = 4


class HttpxTransport:
    """One base URL; redirects are answers, cookies are the session's business.

    Reads share a few connections. A write gets one of its own: one that the server is about to close would
    break after the request was sent, and nobody would know what was done.

    `ca` is a file of authorities to trust beside those of the machine; proxies come from the usual
    variables, but for this machine itself.
    `network` stands in for the network in tests.
    """

    def __init__(self, url: str, *, ca: str = "", network: httpx.BaseTransport | None = None) -> None:
        self._url = url.rstrip("/")
        self._certificate_end: datetime | None = None
        trust = _trust(ca)
        by_proxy = not is_loopback(origin_of(self._url))
        for library in ("httpx", "httpcore"):  # their own logs tell cookies and whole addresses
            logging.getLogger(library).setLevel(logging.WARNING)
        self._reads = _client(trust, network, kept=CONNECTIONS, by_proxy=by_proxy)
        self._writes = _client(trust, network, kept=0, by_proxy=by_proxy)

    @property
    def url(self) -> str:
        """The base URL, without a trailing slash."""
        return self._url

    @property
    def certificate_end(self) -> datetime | None:
        """Until when the server's certificate holds, once an exchange over TLS has been made."""
        return self._certificate_end

    def send(self, request: Request) -> Response:
        """One exchange; `NeverSent`: no connection was made, `Unreachable`: no whole answer came."""
        if not request.path.startswith("/"):
            raise Dhis2cfgError(f"a path must begin with /: {request.path}")
        try:
            client = self._reads if request.method == "GET" else self._writes
            with client.stream(
                request.method,
                self._url + request.path,
                headers=dict(request.headers),
                content=request.body or None,
                timeout=httpx.Timeout(request.timeout, connect=min(CONNECT_SECONDS, request.timeout)),
            ) as answer:
                self._remember_certificate(answer)
                body = answer.read()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _renamed(error, self._url) from error
        return Response(status=answer.status_code, headers=_headers(answer), body=body)

    def close(self) -> None:
        """Let go of connections."""
        self._reads.close()
        self._writes.close()

    def _remember_certificate(self, answer: httpx.Response) -> None:
        stream = answer.extensions.get("network_stream")
        channel = stream.get_extra_info("ssl_object") if stream else None
        certificate = channel.getpeercert() if channel else None
        if certificate and "notAfter" in certificate:
            seconds = ssl.cert_time_to_seconds(certificate["notAfter"])
            self._certificate_end = datetime.fromtimestamp(seconds, UTC)


def _client(
    trust: ssl.SSLContext, network: httpx.BaseTransport | None, *, kept: int, by_proxy: bool
) -> httpx.Client:
    return httpx.Client(
        verify=trust,
        follow_redirects=False,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        headers={"User-Agent": f"dhis2cfg/{__version__}"},
        limits=httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=kept),
        transport=network,
        trust_env=by_proxy,
    )


def _trust(ca: str) -> ssl.SSLContext:
    """The machine's own trust (municipal proxies have private authorities there), and the `ca` file's."""
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if ca:
        try:
            context.load_verify_locations(cafile=ca)
        except (OSError, ssl.SSLError) as error:
            raise CertificateRefused(
                f"the file of certificate authorities cannot be read: {ca}",
                details=(str(error),),
                following=("`ca:` names a PEM file, seen from the workspace",),
            ) from error
    return context


def _headers(answer: httpx.Response) -> dict[str, str]:
    """Lower-case names; several values joined by a comma, cookies by a line break."""
    headers: dict[str, str] = {}
    for name, value in answer.headers.multi_items():
        joint = "\n" if name == "set-cookie" else ", "
        headers[name] = headers[name] + joint + value if name in headers else value
    return headers


def _renamed(error: httpx.HTTPError | httpx.InvalidURL, url: str) -> Unreachable:
    why = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    refused = _refused_certificate(error)
    if refused:
        return CertificateRefused(
            f"the certificate of {url} is not trusted",
            details=(refused,),
            following=("name the authority's file as `ca:` beside `url:`, or add it to this machine",),
        )
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
        return NeverSent(f"{url} does not answer", details=(why,))
    if isinstance(error, httpx.ProxyError):
        return NeverSent(
            f"the proxy on the way to {url} refused",
            details=(why,),
            following=("see HTTPS_PROXY and NO_PROXY",),
        )
    if isinstance(error, httpx.UnsupportedProtocol | httpx.InvalidURL):
        return NeverSent(f"{url} is no address that can be asked", details=(why,))
    if isinstance(error, httpx.TimeoutException):
        return Unreachable(f"{url} did not answer in time", details=(why,))
    return Unreachable(f"the connection to {url} broke", details=(why,))


def _refused_certificate(error: BaseException | None) -> str:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return str(getattr(error, "verify_message", "") or error)
        error = error.__cause__ or error.__context__
    return ""
