"""Versions of DHIS2, read over their suffixes (`2.42.5.2-SNAPSHOT`), and requirements like `>=2.41,<2.44`."""

import re

from dhis2cfg.catalogue.shipped import VERSIONS
from dhis2cfg.errors import UsageError

_VERSION = re.compile(r"(\d+(?:\.\d+)*)(?:[.-].*)?$")
_BOUND = re.compile(r"(>=|<=|==|!=|>|<)?\s*(\d+(?:\.\d+)*)$")


def parse(version: str) -> tuple[int, ...]:
    """`2.42.5-SNAPSHOT` → (2, 42, 5)."""
    found = _VERSION.match(version.strip())
    if found is None:
        raise UsageError(f"{version!r} is no version of DHIS2")
    return tuple(int(part) for part in found[1].split("."))


def accepts(requirement: str, version: str) -> bool:
    """Whether a version fulfils every bound; `<2.44` and `==2.42` count whole release lines.

    A version shorter than the bound stands for its line: `2.42` fulfils `>=2.42.3` and `<2.42.3` alike,
    because some server of that line does.
    """
    bounds = [part for part in requirement.split(",") if part.strip()]
    return all(_holds(bound.strip(), parse(version)) for bound in bounds)


def claimed(requirement: str) -> tuple[str, ...]:
    """The shipped versions that a package's `dhis2:` claims, oldest first."""
    return tuple(version for version in VERSIONS if accepts(requirement, version))


def _holds(bound: str, version: tuple[int, ...]) -> bool:
    found = _BOUND.match(bound)
    if found is None:
        raise UsageError(f"{bound!r} is no bound of a version, like >=2.41")
    wanted = tuple(int(part) for part in found[2].split("."))
    size = min(len(version), len(wanted))
    ours, theirs = version[:size], wanted[:size]
    is_line = len(version) < len(wanted)
    match found[1]:
        case ">=":
            return ours >= theirs
        case ">":
            return ours > theirs or (is_line and ours == theirs)
        case "<":
            return ours < theirs or (is_line and ours == theirs)
        case "<=":
            return ours <= theirs
        case "!=":
            return ours != theirs or is_line
        case _:
            return ours == theirs
