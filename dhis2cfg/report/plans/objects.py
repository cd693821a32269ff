"""Changes as a reader looks for them: by object, children below their parents, risk first."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from dhis2cfg.catalogue.settings.keys import BESIDE
from dhis2cfg.model.plan import Change, Kind, Plan, Reason, Risk
from dhis2cfg.report.layout import beside, ended, folded
from dhis2cfg.report.plans.blocks import grouped, is_creation
from dhis2cfg.report.plans.creations import HOLDERS, counted, holder_line, new_lines, titles_of
from dhis2cfg.report.plans.fields import field_lines, parsed, told_of_whole
from dhis2cfg.report.plans.view import FEW, LIST, NEEDS_A_WORD, PlanView, needs_a_word
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
            for each in _alone(root.inner, {part.path for part in root.inner}):
                lines += new_lines(each, _parts(each, root.inner), titles, view)
    return lines


def _alone(new: Sequence[Change], made: set[str]) -> list[Change]:
    """New objects without the actions of new rules: those are told with their rule."""
    return [
        each for each in new if each.type != "programRuleActions" or each.path.rpartition("/")[0] not in made
    ]


def _parts(each: Change, inner: Sequence[Change]) -> list[Change]:
    return [part for part in inner if part.path.startswith(f"{each.path}/")]


def _changed(root: Root, common: Sequence[Plan], titles: dict[str, str], view: PlanView) -> list[str]:
    """The heading of an object that stands, its fields, and what is new or changed inside it."""
    inline = root.type == "optionSets"
    flag = "!" if root.weight else " "
    sign = f"{_sign(root.own)} " if root.own or inline else ""
    notes = _why([*root.own, *(root.inner if inline else [])])
    name = root.title if root.type in BESIDE else f"{root.title} · {root.path}"
    lines = beside(f"{flag} {sign}{one(root.type)} {name}", notes, "", view.width)
    lines += told_of_whole(root.own, common, view, 6)
    made = {each.path for each in root.inner if is_creation(each)}
    lines += _fields(root.own, made, common, view)
    for several in grouped(root.inner, lambda each: (each.type, each.path)):
        if not is_creation(several[0]):
            lines += _inner(several, common, view, inline=inline)
    return [*lines, *_new_inside(root, made, titles, view)]


def _sign(changes: Sequence[Change]) -> str:
    """`-` for an object that goes, `=` for one that is adopted, else `~`."""
    whole = {each.kind for each in changes if not each.field}
    return "-" if Kind.DELETE in whole else "=" if Kind.ADOPT in whole else "~"


def _inner(several: Sequence[Change], common: Sequence[Plan], view: PlanView, *, inline: bool) -> list[str]:
    """A child that stands: a heading of its own, or its name before each field."""
    first = several[0]
    if inline:
        name = f"{one(first.type)} {first.title}"
        whole = [f"        {_sign(several)} {name}"] if any(not each.field for each in several) else []
        whole += told_of_whole(several, common, view, 10)
        fields = [each for each in several if each.field]
        return whole + [line for each in fields for line in field_lines(each, common, view, f"{name}: ")]
    below = f" in {first.within[-1]}" if len(first.within) > 1 else ""
    head = f"    {_sign(several)} {one(first.type)} {first.title}{below}"
    lines = beside(head, _why(several), "", view.width)
    return [*lines, *told_of_whole(several, common, view, 6), *_fields(several, set(), common, view)]


def _fields(changes: Sequence[Change], made: set[str], common: Sequence[Plan], view: PlanView) -> list[str]:
    lines: list[str] = []
    changes = [each for each in changes if each.field]
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
    shown = [each for each in _alone(new, made) if view.full or each.path.rpartition("/")[0] not in made]
    if len(shown) > FEW and not view.full:
        return ended(folded(f"+ {counted(new)}", view.width, 4, 4), LIST, view.width, 8)
    return [line for each in shown for line in new_lines(each, _parts(each, new), titles, view)]


def _goes_at(change: Change, risk: Risk) -> bool:
    """Whether an object goes with this risk."""
    return change.kind is Kind.DELETE and not change.field and change.risk is risk


def _why(changes: Sequence[Change]) -> list[str]:
    """Reasons that are told beside an object's name; the usual ones are not."""
    told = ["set back"] if any(each.reason is Reason.DRIFT for each in changes) else []
    gone = any(each.reason is Reason.DROPPED and not each.field for each in changes)
    told += ["no longer in the package"] if gone else []
    told += [risk.value for risk in NEEDS_A_WORD if any(_goes_at(each, risk) for each in changes)]
    conflicts = sum(each.reason is Reason.CONFLICT and bool(each.field) for each in changes)
    told += [f"conflict, {number(conflicts, 'field')}"] if conflicts else []
    told += ["conflict"] if any(each.reason is Reason.CONFLICT and not each.field for each in changes) else []
    return [*told, *(each.note for each in changes if each.note and not each.field)]
