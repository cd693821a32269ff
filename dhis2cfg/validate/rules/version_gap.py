"""What only some of the claimed versions have."""

from collections.abc import Iterator
from dataclasses import dataclass

from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import Origin
from dhis2cfg.validate.context import Holder, RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.wording import listed

PAGE = Page(
    rule="version-gap",
    what="A type or property does not exist in every DHIS2 version that the package claims.",
    why=(
        "It is sent to the versions that have it and left out for the others, so the same package "
        "does a little less there. Where no claimed version has it, it is an error."
    ),
    wrong="""
dhis2: ">=2.41,<2.44"        # programRuleActions.priority came with 2.43
""",
    right="""
dhis2: ">=2.43,<2.44"
""",
    severity=Severity.INFO,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gap:
    """A type or property, and the versions that lack it."""

    what: str
    missing: tuple[str, ...]
    is_everywhere: bool


def check(context: RuleContext) -> Iterator[Finding]:
    """One finding for each type or property, where it is written first."""
    places: dict[_Gap, list[Place]] = {}
    for gap, place in _gaps(context):
        places.setdefault(gap, []).append(place)
    for gap, found in places.items():
        where = listed(gap.missing)
        yield PAGE.finding(
            f"{gap.what} does not exist in DHIS2 {where}",
            min(found),
            label="no claimed version has it" if gap.is_everywhere else f"not sent to {where}",
            following="take it out" if gap.is_everywhere else f"nothing to do, if {where} may be without",
            severity=Severity.ERROR if gap.is_everywhere else None,
        )


def _gaps(context: RuleContext) -> Iterator[tuple[_Gap, Place]]:
    """Types, and the properties of types and classes that are known somewhere."""
    for each in context.state.objects.values():
        claimed = context.claimed(each)
        missing = tuple(version for version in claimed if version not in context.kinds(each))
        if missing:
            gap = _Gap(what=each.ref.type, missing=missing, is_everywhere=len(missing) == len(claimed))
            yield gap, each.place
    versions: dict[tuple[str, str], list[str]] = {}
    for spot in context.spots():
        if spot.origin in {Origin.FOLLOWS, Origin.DERIVED}:
            continue
        kind = (spot.holder.object.owner, spot.holder.kind)
        if kind not in versions:
            versions[kind] = _versions_with(context, spot.holder)
        with_owner = versions[kind]
        missing = tuple(version for version in with_owner if spot.properties[version] is None)
        if missing:
            what = f"{spot.holder.kind}.{spot.name}"
            gap = _Gap(what=what, missing=missing, is_everywhere=missing == tuple(with_owner))
            yield gap, spot.place


def _versions_with(context: RuleContext, holder: Holder) -> list[str]:
    """The claimed versions that know the properties of a holder's type or class."""
    owners = {
        version: one.types.get(holder.kind) or one.embedded.get(holder.kind)
        for version, one in context.claimed(holder.object).items()
    }
    return [version for version, owner in owners.items() if owner and owner.properties]
