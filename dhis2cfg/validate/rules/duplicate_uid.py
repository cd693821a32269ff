"""Two objects with one UID."""

from collections.abc import Iterator
from dataclasses import dataclass

from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.places import Place
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import children_of

PAGE = Page(
    rule="duplicate-uid",
    what="One UID stands for two things.",
    why=(
        "DHIS2 sees only neighbours of one type (E5004); of others the last one wins. Two packages "
        "may share an object by its UID, but only one of the same type."
    ),
    wrong="""
dataElements:
  NO_FEBER: {id: uYjxkTbwRNf, name: Feber}
  NO_HOSTE: {id: uYjxkTbwRNf, name: Hoste}
""",
    right="""
dataElements:
  NO_FEBER: {id: uYjxkTbwRNf, name: Feber}
  NO_HOSTE: {name: Hoste}
""",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Holder:
    """Who carries a UID."""

    type: str
    owner: str
    what: str
    place: Place


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each object or child whose UID somebody else has already."""
    first: dict[str, _Holder] = {}
    for uid, holder in _holders(context):
        other = first.setdefault(uid, holder)
        is_shared = other.type == holder.type and other.owner != holder.owner
        if other is not holder and not is_shared:
            yield PAGE.finding(
                f"{holder.what} has the UID of {other.what}",
                holder.place,
                label=f"{uid} is taken",
                following="leave one id out, or remove its line from uids.lock and run dhis2cfg lock",
                related=(Related(message="the other", place=other.place),),
            )


def _holders(context: RuleContext) -> Iterator[tuple[str, _Holder]]:
    """Everything that carries a UID: objects first, then embedded children."""
    for each in context.state.objects.values():
        if each.uid is not None:
            what = context.name(each)
            yield each.uid, _Holder(type=each.ref.type, owner=each.owner, what=what, place=each.place)
    for spot in context.spots():
        owner = spot.holder.object
        for child in children_of(spot.value):
            if child.id is not None:
                what = f"{child.key} in {spot.name} of {context.name(owner)}"
                kind = f"{spot.holder.kind}.{spot.name}"
                yield child.id, _Holder(type=kind, owner=owner.owner, what=what, place=child.place)
