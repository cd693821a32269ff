"""Gates of the fleet file: what goes into one environment must have been applied in another one before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.fleet.connections import Connector
from dhis2cfg.fleet.many import Done
from dhis2cfg.fleet.selection import Chosen
from dhis2cfg.model.fleet import Fleet, Municipality, Target
from dhis2cfg.model.plan import Plan, Refusal
from dhis2cfg.pipeline.tasks import Planned


def gated(
    connector: Connector, fleet: Fleet, chosen: Sequence[Chosen], done: Sequence[Done[Planned]]
) -> tuple[Done[Planned], ...]:
    """The plans, with a refusal where a gate is not passed yet; nothing is asked where nothing would change.

    A gate is passed where the record of a server in the environment before says that exactly these packages
    were applied there, whole: the municipality's own server, or where it has none any server of the fleet.
    """
    asked: dict[str, str] = {}
    targets = {each.target.name: each for each in chosen}
    return tuple(_gated(connector, fleet, targets[each.name], each, asked) for each in done)


def _gated(
    connector: Connector, fleet: Fleet, each: Chosen, done: Done[Planned], asked: dict[str, str]
) -> Done[Planned]:
    before = fleet.gates.get(each.target.environment)
    if before is None or done.value is None or done.value.plan.is_empty:
        return done
    known: dict[str, str] = {}
    for target in _before(fleet, each, before):
        if target.url not in asked:
            asked[target.url] = _applied(connector, fleet, target)
        known[target.name] = asked[target.url]
    if done.value.plan.digests.files in known.values():
        return done
    refusal = _refusal(done.value.plan, before, known)
    plan = replace(done.value.plan, refusals=(*done.value.plan.refusals, refusal))
    return replace(done, value=replace(done.value, plan=plan))


def _before(fleet: Fleet, each: Chosen, environment: str) -> Iterator[Target]:
    """The servers whose record opens the gate."""
    own = _servers(each.municipalities, environment)
    yield from (own or _servers(fleet.municipalities, environment)).values()


def _servers(municipalities: Iterable[Municipality], environment: str) -> dict[str, Target]:
    """Their servers in an environment, each once."""
    targets = [each.servers[environment] for each in municipalities if environment in each.servers]
    return {target.url: target for target in targets}


def _applied(connector: Connector, fleet: Fleet, target: Target) -> str:
    """The digest of the packages that stand applied on a server; else in words why there is none."""
    try:
        with connector.ports(target, planning=True) as ports:
            record, run = ports.store.record(fleet.name), ports.store.run(fleet.name)
    except Dhis2cfgError as error:
        return f"could not be asked: {error.what}"
    if record is None:
        return "nothing was applied there yet"
    if run is not None and run.is_unfinished:
        return f"run {run.id} is not finished there"
    return record.digest


def _refusal(plan: Plan, before: str, known: Mapping[str, str]) -> Refusal:
    packages = " and ".join(f"{name} {version}" for name, version in plan.packages.items())
    told = [
        f"{name}: {said if ' ' in said else 'other content was applied there'}"
        for name, said in known.items()
    ]
    why = "; ".join(told) or f"the fleet has no server in {before}"
    return Refusal(
        word="",
        message=f"{packages}, as it stands in the files, was not applied in {before} yet ({why})",
        following=f"dhis2cfg apply --env {before} first (gate of {plan.environment} in fleet.yaml)",
    )
