"""Fleet, municipality, target: who is configured, and on which server."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dhis2cfg.model import tree
from dhis2cfg.model.places import Place
from dhis2cfg.model.tree import Atom


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Scheme, host and port: what credentials are bound to."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        usual = {"http": 80, "https": 443}.get(self.scheme)
        return f"{self.scheme}://{self.host}" + ("" if self.port == usual else f":{self.port}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One DHIS2 server in one environment: the unit of plan, lock, record and run.

    `name` is what output calls it: the municipality's name where one stands alone on its server. `url` has no
    trailing slash and may carry a path; `ca` is a file with the authorities to trust, if any.
    """

    name: str
    environment: str
    url: str
    municipalities: tuple[str, ...]
    ca: str = ""
    sandbox: bool = False
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageChoice:
    """A package that a municipality uses: accepted versions (`>=1.4`), and parameter values."""

    name: str
    version: str
    parameters: Mapping[str, Atom]
    place: Place
    parameter_places: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """A dated permission in a municipality's file (`allow:`)."""

    kind: str
    on: str
    until: str
    why: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """One place that is configured; its file's name is its identity, number and name are values.

    `servers` by environment; `unit` says how its organisation unit is found (`id`, `code` or `name`) or, with
    `openingDate`, made. What stays a tree is read by `resolve`: own units, assignments, members, patches,
    whose values count for what packages share, what stands on its servers already.
    `alone` holds, by environment, the municipality with what its file says of that server alone.
    """

    name: str
    number: str
    title: str
    place: Place
    servers: Mapping[str, Target]
    packages: tuple[PackageChoice, ...]
    unit: tree.Mapping | None = None
    organisation_units: tree.Mapping | None = None
    assign: tree.Mapping | None = None
    members: tree.Mapping | None = None
    patches: tree.Mapping | None = None
    thresholds: Mapping[str, int] = field(default_factory=dict)
    allow: tuple[Allowance, ...] = ()
    alone: Mapping[str, "Municipality"] = field(default_factory=dict)
    shared: tree.Mapping | None = None
    adopt: tree.Mapping | None = None

    def on(self, environment: str) -> "Municipality":
        """As it is on one of its servers."""
        return self.alone.get(environment, self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """The fleet file: its name says whose record stands on a server.

    `environments` holds packages that every municipality has in an environment beside its own; `shared` says
    for all of them whose values count for what packages share.
    """

    name: str
    place: Place
    municipalities: tuple[Municipality, ...]
    waves: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    state_group: str = ""
    state_accounts: tuple[str, ...] = ()
    gates: Mapping[str, str] = field(default_factory=dict)
    environments: Mapping[str, tuple[PackageChoice, ...]] = field(default_factory=dict)
    shared: tree.Mapping | None = None

    def in_environment(self, each: Municipality, environment: str) -> Municipality:
        """A municipality as it is in an environment, with its packages; its own choice of one wins."""
        there = each.on(environment)
        own = {choice.name for choice in there.packages}
        more = tuple(choice for choice in self.environments.get(environment, ()) if choice.name not in own)
        return replace(there, packages=(*more, *there.packages)) if more else there
