"""One mistake, one finding: what only follows from a mistake that is told already is left out.

Whoever reads later sees less than who reads first: a value that could not be read looks like one that is
missing, an object in a broken file like one that was dropped. An error stops plan and apply whatever else is
found, so leaving out its echoes hides nothing: what was more than an echo is told once the error is mended.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from dhis2cfg.model.findings import Finding, Severity, in_order
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import Child, DesiredObject, State
from dhis2cfg.validate.values import children_of, unwrapped

Spot: TypeAlias = tuple[str, int, int]
"""File, line and column: a place without its length and its turn."""

LACKING = frozenset({"required-property", "variable-source", "action-target", "relationship-constraint"})
"""Rules that say what an object lacks, at the place of the object."""
LAST = frozenset(
    {
        "looks-renamed",
        "nobody-enters",
        "silence-effect",
        "stale-lock",
        "unused-element",
        "unused-object",
        "unused-parameter",
    }
)
"""Rules that can be judged only where everything else of the package could be read."""
OF_KEYS = frozenset({"duplicate-key", "key-form", "order-over-files", "two-packages", "two-parents", *LAST})
"""Rules that speak of what a thing is called or where it stands, and not of what it holds."""


def spot(place: Place) -> Spot:
    """A place by which two findings about one value are known."""
    return place.file, place.line, place.column


def beyond(told: Iterable[Finding], found: Iterable[Finding]) -> Iterator[Finding]:
    """What was found that does not stand where an error about the same value was told before."""
    taken = {
        spot(each.place) for each in told if each.severity is Severity.ERROR and each.rule not in OF_KEYS
    }
    return (each for each in found if each.rule in OF_KEYS or spot(each.place) not in taken)


def without_lacks(
    told: Iterable[Finding], found: Iterable[Finding], states: Sequence[State]
) -> Iterator[Finding]:
    """Less what an object seems to lack of which a property could not be read (`told` by `load`)."""
    errors = [each.place for each in told if each.severity is Severity.ERROR]
    holders = _holders(states, {place.file for place in errors})
    partial = {_holder_of(place, holders.get(place.file, ())) for place in errors}
    return (each for each in found if each.rule not in LACKING or spot(each.place) not in partial)


def settled(findings: Sequence[Finding], folders: Iterable[str]) -> Iterator[Finding]:
    """Less what can be judged only where nothing else is wrong, package by package and in the workspace.

    A key that looks renamed makes the lock stale, which is not told then.
    """
    known = tuple(folders)
    renamed = {_folder(each, known) for each in findings if each.rule == "looks-renamed"}
    findings = [each for each in findings if each.rule != "stale-lock" or _folder(each, known) not in renamed]
    wrong = {
        _folder(each, known) for each in findings if each.severity is Severity.ERROR and each.rule not in LAST
    }
    return (each for each in findings if each.rule not in LAST or _folder(each, known) not in wrong)


def folded(findings: Iterable[Finding]) -> Iterator[Finding]:
    """What one value makes wrong alike in many turns or objects, told once with the number of others."""
    groups: dict[tuple[str, Spot, str, str], list[Finding]] = {}
    for each in in_order(findings):
        alike = ("", "") if each.place.turn else (each.label, each.following)
        groups.setdefault((each.rule, spot(each.place), *alike), []).append(each)
    for first, *others in groups.values():
        if not others:
            yield first
            continue
        what = "turn" if first.place.turn else "object"
        more = f"and in {len(others)} more {what if len(others) == 1 else f'{what}s'}"
        yield replace(first, label=f"{first.label}, {more}" if first.label else more)


def _folder(finding: Finding, folders: tuple[str, ...]) -> str:
    """The package in which a finding stands; empty for the workspace around packages."""
    file = finding.place.file
    return next((folder for folder in folders if file.startswith(f"{folder}/")), "")


def _holders(states: Sequence[State], files: set[str]) -> dict[str, set[Spot]]:
    """Where objects and their children begin, in the files that matter."""
    found: dict[str, set[Spot]] = {}
    for state in states if files else ():
        for each in state.objects.values():
            for place in _places(each):
                if place.file in files:
                    found.setdefault(place.file, set()).add(spot(place))
    return found


def _places(each: DesiredObject | Child) -> Iterator[Place]:
    yield each.place
    for field in each.fields.values():
        for child in children_of(unwrapped(field.value)):
            yield from _places(child)


def _holder_of(place: Place, holders: Iterable[Spot]) -> Spot | None:
    """The object or child that a place stands in: the nearest before it, on its line or less far in."""
    before = [
        each
        for each in holders
        if (each[1] == place.line and each[2] < place.column)
        or (each[1] < place.line and each[2] < place.column)
    ]
    return max(before, default=None)
