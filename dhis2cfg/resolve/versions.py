"""Versions X.Y.Z and requirements like `>=1.4,<2`; servers' suffixes (`2.42.5-SNAPSHOT`) are read over."""

import re

VERSION = re.compile(r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:\.(\d+))?(?:[-+].*)?\Z")
BOUND = re.compile(r"\s*(>=|<=|==|!=|>|<|=)?\s*(\d+(?:\.\d+){0,3})\s*\Z")

Number = tuple[int, int, int, int]


def version_number(text: str) -> Number | None:
    """A version as four numbers, missing parts zero; None where it is none."""
    found = VERSION.match(text.strip())
    if found is None:
        return None
    parts = [int(part or 0) for part in found.groups()]
    return (parts[0], parts[1], parts[2], parts[3])


def is_package_version(text: str) -> bool:
    """Whether a text has the form X.Y.Z."""
    return re.fullmatch(r"\d+\.\d+\.\d+", text) is not None


def is_requirement(text: str) -> bool:
    """Whether a text can be read as a requirement; the empty one accepts everything."""
    return not text.strip() or all(BOUND.match(part) for part in text.split(","))


def satisfies(version: str, requirement: str) -> bool:
    """Whether a version fulfils every bound; a bare `1.4` means every 1.4.x."""
    number = version_number(version)
    if number is None or not is_requirement(requirement):
        return False
    return not requirement.strip() or all(_holds(number, part) for part in requirement.split(","))


def _holds(number: Number, part: str) -> bool:
    """Whether one bound holds; the form has been checked."""
    bound = part.strip().lstrip("<>=! ")
    sign = part.strip().removesuffix(bound).strip()
    wanted = version_number(bound) or number
    given = bound.count(".") + 1
    same = number[:given] == wanted[:given]
    return {
        ">=": number >= wanted,
        "<=": number <= wanted or same,
        ">": number > wanted and not same,
        "<": number < wanted,
        "!=": not same,
    }.get(sign, same)
