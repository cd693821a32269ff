"""What municipalities on one server must say alike: packages, parameter values, patches (design §5)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.fleet import Municipality, PackageChoice
from dhis2cfg.model.places import Place
from dhis2cfg.resolve.nodes import entries_of, same


def shared_conflicts(municipalities: Iterable[Municipality]) -> tuple[Finding, ...]:
    """A finding for each value in which two municipalities of one server differ."""
    groups: dict[tuple[str, str], list[Municipality]] = defaultdict(list)
    for municipality in municipalities:
        for environment, target in municipality.servers.items():
            groups[environment, target.url].append(municipality.on(environment))
    found = [
        finding
        for (_, url), members in groups.items()
        for other in members[1:]
        for finding in _conflicts(members[0], other, url)
    ]
    return tuple(found)


def _conflicts(first: Municipality, other: Municipality, url: str) -> Iterator[Finding]:
    """What the second says otherwise than the first."""
    known = {choice.name: choice for choice in first.packages}
    for choice in other.packages:
        if choice.name in known:
            yield from _parameters(known[choice.name], choice, first, other, url)
    patches = {entry.key: entry for entry in entries_of(first.patches)}
    for entry in entries_of(other.patches):
        if entry.key not in patches or not same(patches[entry.key].value, entry.value):
            before = patches[entry.key].key_place if entry.key in patches else first.place
            yield _finding(f"the patch of {entry.key}", entry.key_place, before, (first, other), url)
    said = {entry.key for entry in entries_of(other.patches)}
    for key, entry in patches.items():
        if key not in said:
            yield _finding(f"the patch of {key}", other.place, entry.key_place, (first, other), url)


def _parameters(
    one: PackageChoice, two: PackageChoice, first: Municipality, other: Municipality, url: str
) -> Iterator[Finding]:
    for name in sorted({*one.parameters, *two.parameters}):
        if one.parameters.get(name) != two.parameters.get(name):
            yield _finding(
                f"parameter {name} of {one.name}",
                two.parameter_places.get(name, two.place),
                one.parameter_places.get(name, one.place),
                (first, other),
                url,
            )


def _finding(
    what: str, place: Place, before: Place, pair: tuple[Municipality, Municipality], url: str
) -> Finding:
    first, other = pair
    return Finding(
        rule="shared-conflict",
        message=f"{other.name} and {first.name} share {url} and differ in {what}",
        place=place,
        label=f"{first.name} says otherwise",
        following=(
            "a server holds one value: say it in fleet.yaml (defaults), or only for a server of its own "
            "(servers: prod: packages)"
        ),
        related=(Related(message=f"in {first.name}", place=before),),
    )
