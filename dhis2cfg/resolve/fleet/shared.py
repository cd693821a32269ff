"""What municipalities on one server must say alike: packages, parameter values, patches (design §5)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from dhis2cfg.model import tree
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
    for what, one, two in (
        ("the patch of", first.patches, other.patches),
        ("whose values count for", first.shared, other.shared),
        ("what is adopted as", first.adopt, other.adopt),
    ):
        for key, place, before in _differing(one, two):
            places = (place or other.place, before or first.place)
            yield _finding(f"{what} {key}", *places, (first, other), url)


def _differing(
    one: tree.Mapping | None, two: tree.Mapping | None
) -> Iterator[tuple[str, Place | None, Place | None]]:
    """Each key of which two mappings do not say the same, with its places in the second and the first."""
    before = {entry.key: entry for entry in entries_of(one)}
    for entry in entries_of(two):
        other = before.pop(entry.key, None)
        if other is None or not same(other.value, entry.value):
            yield entry.key, entry.key_place, other.key_place if other else None
    for key, left in before.items():
        yield key, None, left.key_place


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
