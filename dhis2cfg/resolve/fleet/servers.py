"""The servers of a municipality by environment, and the targets they make: one a server and environment."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.fleet import Municipality, Target
from dhis2cfg.model.places import Place
from dhis2cfg.resolve.fleet.addresses import Address, read_address
from dhis2cfg.resolve.nodes import entries_of, mapping_of, text_of

DEFAULT_ENVIRONMENT = "prod"


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One server as a municipality's file writes it."""

    address: Address
    ca: str
    sandbox: bool
    place: Place


def read_servers(root: tree.Mapping, findings: list[Finding]) -> Mapping[str, Server]:
    """Environment → server; `server:` stands for the only one."""
    sandbox = text_of(root.get("sandbox")) == "true"
    written = [(entry.key, entry.value) for entry in entries_of(root.get("servers"))]
    only = root.get("server")
    if only is not None and written:
        findings.append(
            Finding(
                rule="two-servers",
                message="server: and servers: are both written",
                place=only.place,
                label="server: is for the only one",
                following="put it into servers: under the name of its environment",
            )
        )
    elif only is not None:
        written = [(DEFAULT_ENVIRONMENT, only)]
    read = ((environment, _server(node, findings, sandbox=sandbox)) for environment, node in written)
    return {environment: server for environment, server in read if server is not None}


def _server(node: tree.Node, findings: list[Finding], *, sandbox: bool) -> Server | None:
    """One server; None where its address cannot be used, with a finding."""
    mapping = mapping_of(node)
    url = mapping.get("url") if mapping else node
    text = text_of(url)
    place = url.place if url else node.place
    address = read_address(text) if text is not None else "a server needs a url"
    if isinstance(address, str):
        findings.append(
            Finding(
                rule="server-url",
                message=f"{text or 'nothing'} is no address of a server",
                place=place,
                label=address,
                following="write it as https://dhis2.example.org or https://example.org/dhis",
            )
        )
        return None
    is_sandbox = sandbox or text_of(mapping and mapping.get("sandbox")) == "true"
    if is_sandbox and not address.is_loopback:
        findings.append(
            Finding(
                rule="sandbox-url",
                message=f"sandbox: true goes with this machine only, not with {address.origin}",
                place=place,
                label="not an address of this machine",
                following="take sandbox: true out, or write http://localhost:PORT",
            )
        )
        is_sandbox = False
    ca = text_of(mapping and mapping.get("ca")) or ""
    return Server(address=address, ca=ca, sandbox=is_sandbox, place=place)


def with_targets(read: Iterable[tuple[Municipality, Mapping[str, Server]]]) -> tuple[Municipality, ...]:
    """The municipalities with their targets; those on one server in one environment share one target."""
    pairs = tuple(read)
    sharing: dict[tuple[str, str], list[str]] = defaultdict(list)
    for municipality, servers in pairs:
        for environment, server in servers.items():
            sharing[environment, server.address.url].append(municipality.name)
    return tuple(
        _with_servers(
            municipality,
            {
                environment: _target(environment, server, tuple(sharing[environment, server.address.url]))
                for environment, server in servers.items()
            },
        )
        for municipality, servers in pairs
    )


def _with_servers(municipality: Municipality, servers: Mapping[str, Target]) -> Municipality:
    """A municipality with its targets, also as it is on one of them alone."""
    alone = {name: replace(each, servers=servers) for name, each in municipality.alone.items()}
    return replace(municipality, servers=servers, alone=alone)


def _target(environment: str, server: Server, municipalities: tuple[str, ...]) -> Target:
    """One target; it has the municipality's name where one stands alone on its server, else the server's."""
    url = server.address.url
    return Target(
        name=municipalities[0] if len(municipalities) == 1 else url.partition("://")[2],
        environment=environment,
        url=url,
        municipalities=municipalities,
        ca=server.ca,
        sandbox=server.sandbox,
        place=server.place,
    )
