"""Changes as a reader looks for them: by object, children below their parents, risk first."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from dhis2cfg.model.plan import Change, Kind, Plan, Reason
from dhis2cfg.report.layout import beside, ended, folded
from dhis2cfg.report.plans.blocks import grouped, is_creation
from dhis2cfg.report.plans.creations import HOLDERS, counted, holder_line, new_lines, titles_of
from dhis2cfg.report.plans.fields import field_lines, parsed
from dhis2cfg.report.plans.view import FEW, PlanView, needs_a_word
from dhis2cfg.report.signs import number
from dhis2cfg.report.words import one

ROOTS = {
    "options": "optionSets",
    "programRuleActions": "programs",
    "programRuleVariables": "programs",
    "programRules": "programs",
    "programSections": "programs",
    "programStageSections": "programs",
    "programStages": "programs",
    "sections": "dataSets",
}
"""Below which object a child is shown."""
LIST = "--full lists them"


@dataclass(slots=True, kw_only=True)
class Root:
    """One object that stands on its own, its own changes, and those of what stands inside it."""

    type: str
    path: str
    title: str
    own: list[Change] = field(default_factory=list)
    inner: list[Change] = field(default_factory=list)

    @property
    def created(self) -> Change | None:
        """The change that makes it, where it is new."""
        return next((each for each in self.own if is_creation(each)), None)

    @property
    def weight(self) -> int:
        """How early it is shown: what needs a word first, the worst before the rest."""
        return min(
            (-each.risk.rank - 1 for each in (*self.own, *self.inner) if needs_a_word(each)), default=0
        )


def roots(changes: Sequence[Change]) -> list[Root]:
    """The objects that stand on their own, those that need a word first."""
    found: dict[tuple[str, str], Root] = {}
    for each in changes:
        nested = each.type in ROOTS and "/" in each.path
        type_name = ROOTS[each.type] if nested else each.type
        path = each.path.partition("/")[0] if nested else each.path
        title = (each.within[0] if each.within else path) if nested else each.title
        root = found.setdefault((type_name, path), Root(type=type_name, path=path, title=title))
        (root.inner if nested else root.own).append(each)
    return sorted(found.values(), key=lambda root: root.weight)


def change_lines(changes: Sequence[Change], common: Sequence[Plan], view: PlanView) -> list[str]:
    """All changes of a block: new objects folded, the others one by one."""
    titles = titles_of(changes)
    every = roots(changes)
    new = [root for root in every if root.created is not None]
    lines = _created(new, titles, view)
    for root in every:
        if root.created is None:
            lines += _changed(root, common, titles, view)
    return lines


def _created(new: Sequence[Root], titles: dict[str, str], view: PlanView) -> list[str]:
    lines: list[str] = []
    rest: list[Root] = []
    for root in new:
        top = root.created
        if top is not None and root.type in HOLDERS and not view.full:
            lines += holder_line(top, root.inner, view)
        else:
            rest.append(root)
    if len(rest) > FEW and not view.full:
        told = counted([each for root in rest for each in (*root.own, *root.inner)])
        return lines + ended(folded(f"+ {told}", view.width, 2, 4), LIST, view.width, 6)
    for root in rest:
        for each in root.own:
            lines += new_lines(each, root.inner, titles, view)
        if view.full:
            for each in root.inner:
                lines += new_lines(each, _parts(each, root.inner), titles, view)
    return lines


def _parts(each: Change, inner: Sequence[Change]) -> list[Change]:
    return [part for part in inner if part.path.startswith(f"{each.path}/")]


def _changed(root: Root, common: Sequence[Plan], titles: dict[str, str], view: PlanView) -> list[str]:
    """The heading of an object that stands, its fields, and what is new or changed inside it."""
    adopted = next((each for each in root.own if each.kind is Kind.ADOPT and not each.field), None)
    inline = root.type == "optionSets"
    sign = "=" if adopted else "~" if root.own or inline else " "
    flag = "!" if root.weight else " "
    head = f"{flag} {sign} {one(root.type)} {root.title} · {root.path}".replace("    ", "  ")
    notes = [*_why([*root.own, *(root.inner if inline else [])]), *([adopted.note] if adopted else [])]
    lines = beside(head, notes, "", view.width)
    made = {each.path for each in root.inner if is_creation(each)}
    lines += _fields([each for each in root.own if each.field], made, common, view)
    for several in grouped(root.inner, lambda each: (each.type, each.path)):
        if not is_creation(several[0]):
            lines += _inner(several, common, view, inline=inline)
    return [*lines, *_new_inside(root, made, titles, view)]


def _inner(several: Sequence[Change], common: Sequence[Plan], view: PlanView, *, inline: bool) -> list[str]:
    """A child that stands: a heading of its own, or its name before each field."""
    first = several[0]
    if inline:
        name = f"{one(first.type)} {first.title}: "
        return [line for each in several for line in field_lines(each, common, view, name)]
    below = f" in {first.within[-1]}" if len(first.within) > 1 else ""
    lines = beside(f"    ~ {one(first.type)} {first.title}{below}", _why(several), "", view.width)
    return [*lines, *_fields(several, set(), common, view)]


def _fields(changes: Sequence[Change], made: set[str], common: Sequence[Plan], view: PlanView) -> list[str]:
    lines: list[str] = []
    for each in sorted(changes, key=lambda change: -change.risk.rank):
        key = parsed(each.field).key
        if view.full or not (_repeats(each, changes) or (key in made and each.kind is Kind.CREATE)):
            lines += field_lines(each, common, view)
    return lines


def _repeats(each: Change, changes: Sequence[Change]) -> bool:
    """Whether a translation is the base text in its second place on the wire."""
    if parsed(each.field).property != "translations":
        return False
    return any(
        other.after == each.after and parsed(other.field).property != "translations" for other in changes
    )


def _new_inside(root: Root, made: set[str], titles: dict[str, str], view: PlanView) -> list[str]:
    """What is new inside an object that stands; parts of what is new are told with it."""
    new = [each for each in root.inner if is_creation(each)]
    shown = [each for each in new if view.full or each.path.rpartition("/")[0] not in made]
    if len(shown) > FEW and not view.full:
        return ended(folded(f"+ {counted(new)}", view.width, 4, 4), LIST, view.width, 8)
    return [line for each in shown for line in new_lines(each, _parts(each, new), titles, view)]


WHY = {
    Reason.DRIFT: "set back",
    Reason.DROPPED: "no longer in the package",
}
"""Reasons that are told beside an object's name; the usual ones are not."""


def _why(changes: Sequence[Change]) -> list[str]:
    told = [words for reason, words in WHY.items() if any(each.reason is reason for each in changes)]
    conflicts = sum(each.reason is Reason.CONFLICT for each in changes)
    return [*told, *([f"conflict, {number(conflicts, 'field')}"] if conflicts else [])]
