"""UIDs that are none."""

import re
from collections.abc import Iterator

from dhis2cfg.model.findings import Finding
from dhis2cfg.model.places import Place
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import children_of, foreign_in

PAGE = Page(
    rule="uid-form",
    what="An `id`, or a UID in a lock, is not a letter and ten letters or digits.",
    why="DHIS2 refuses it with E4014. Leave `id` out, and dhis2cfg lock makes one that stays.",
    wrong="""
programs:
  NO_INDEKS: {id: indeks, name: Indeks}
""",
    right="""
programs:
  NO_INDEKS: {id: uYjxkTbwRNf, name: Indeks}
""",
)
UID = re.compile(r"[a-zA-Z][a-zA-Z0-9]{10}")


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each UID of an object, a child or a reference that has not the form of one."""
    for each in context.state.objects.values():
        if each.uid is not None and not UID.fullmatch(each.uid):
            yield _finding(context.name(each), each.uid, each.place)
    for spot in context.spots():
        for foreign in foreign_in(spot.value):
            if not UID.fullmatch(foreign.uid):
                yield _finding(f"a reference to {foreign.type}", foreign.uid, spot.place)
        for child in children_of(spot.value):
            if child.id is not None and not UID.fullmatch(child.id):
                yield _finding(f"{child.key} in {spot.name}", child.id, child.place)


def _finding(what: str, uid: str, place: Place) -> Finding:
    return PAGE.finding(
        f"{uid!r} is no UID",
        place,
        label=f"{what} has it",
        following="write 11 letters and digits that begin with a letter, or leave the id out",
    )
