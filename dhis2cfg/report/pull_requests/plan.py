"""Plans as Markdown for a pull request: groups of targets, risks first, folded, and how to go on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dhis2cfg.model.diff import Affected, Item
from dhis2cfg.model.plan import Change, Plan
from dhis2cfg.report.diffs.access import access_rows
from dhis2cfg.report.diffs.people import without_authors, without_small_numbers
from dhis2cfg.report.diffs.sections import Told, counts, told_changes
from dhis2cfg.report.plans import PlanView
from dhis2cfg.report.plans.blocks import Block, Key, blocks, likeness
from dhis2cfg.report.plans.deviations import deviation_lines
from dhis2cfg.report.plans.ends import end_lines
from dhis2cfg.report.plans.kept import kept_lines
from dhis2cfg.report.plans.notes import first_notes, last_notes
from dhis2cfg.report.plans.text import head_line
from dhis2cfg.report.pull_requests.lines import add_access, add_section, risk_lines
from dhis2cfg.report.pull_requests.markdown import code, escaped, fenced, item, opening
from dhis2cfg.report.pull_requests.paper import SPARE, Paper
from dhis2cfg.report.sentences.spans import say
from dhis2cfg.report.signs import number, tamed

MARKER = "<!-- dhis2cfg: plan -->"
"""By this line the comment is found again, and replaced instead of repeated."""
LIMIT = 60_000


def plans_markdown(view: PlanView, *, who: bool = False, limit: int = LIMIT) -> str:
    """A comment of fewer characters than the limit; names of persons only where they are asked for.

    With `summary` it tells the risks and the end alone.
    """
    plans = view.plans if who else tuple(map(without_authors, view.plans))
    plans = tuple(map(without_small_numbers, plans))
    view = replace(view, plans=tamed(plans), width=10_000)
    changed = [plan for plan in view.plans if not plan.is_empty]
    groups = [(block, _told(block, changed, view)) for block in blocks(changed, all_names=view.full)]
    paper = Paper(limit - SPARE)
    paper.add([MARKER, *_heading(view)])
    _risks(groups, paper)
    for name, error in view.failed.items():
        paper.add([f"- {code(name)} cannot be planned: {escaped(error.what)}", ""])
    ends = [*fenced(end_lines(view, changed), "text"), ""]
    reserved = Paper(paper.room - sum(len(line) + 1 for line in ends))
    for block, told in groups if not view.summary else ():
        _group(block, told, view, reserved)
    paper.add(reserved.lines)
    paper.add(ends)
    paper.left += reserved.left
    paper.end(f"dhis2cfg plan {view.selection} --full" if paper.left else "")
    return paper.text()


def _heading(view: PlanView) -> list[str]:
    """What is planned for whom; of unchanged targets the number."""
    if not view.plans:
        return []
    lines = [f"### {escaped(head_line(view))}", ""]
    same = [plan.target for plan in view.plans if plan.is_empty]
    if same:
        lines += [f"{number(len(same), 'target')} without changes: {escaped(', '.join(same))}", ""]
    return lines


def _told(block: Block, plans: Sequence[Plan], view: PlanView) -> Told:
    """The changes of a block as sections, each for as many municipalities as it happens in."""
    count: Counter[Key] = Counter()
    for plan in plans:
        for key in {likeness(each) for each in plan.changes}:
            count[key] += len(plan.municipalities)
    items = [
        Item(change=each, affected=Affected(municipalities=count[likeness(each)])) for each in block.changes
    ]
    return told_changes(say(block.heading), items, full=view.full)


def _risks(groups: Sequence[tuple[Block, Told]], paper: Paper) -> None:
    """All risks of all groups, in front of everything."""
    risky = [(block, told.risks) for block, told in groups if told.risks]
    if not risky:
        return
    paper.add(["**Look at these first**", ""])
    room = paper.room * 2 // 3 // len(risky)
    for block, rows in risky:
        heading = [f"**{escaped(block.heading)}**", ""] if len(groups) > 1 else []
        paper.add(risk_lines(rows, room, heading))


def _group(block: Block, told: Told, view: PlanView, paper: Paper) -> None:
    """One group of targets, folded; what does not fit is counted."""
    told_counts = counts([*told.changes, *block.missing])
    heading = f"{block.heading}: {told_counts}" if block.heading[-3:] not in ("and", "but") else ""
    heading = heading or f"{block.heading} {told_counts}"
    first = [opening(heading), ""]
    closing = ["</details>", ""]
    notes = [*first_notes(block, view), *_deviating(block, view), *_missing(block.missing)]
    notes += [*kept_lines(block.plans, view), *last_notes(block, view)]
    around = [*first, *map(item, notes), "", *closing]
    if not paper.fits(around):
        paper.left += len(told.sections) + 1
        return
    paper.add(first)
    inner = Paper(paper.room - sum(len(line) + 1 for line in around))
    for section in told.sections:
        add_section(section, inner)
    add_access(list(access_rows(told.changes)), inner)
    paper.add(inner.lines)
    paper.left += inner.left
    paper.add([*around[len(first) : -len(closing)], *closing])


def _deviating(block: Block, view: PlanView) -> list[str]:
    return [line for each in block.deviations for line in deviation_lines(each, view)]


def _missing(changes: Sequence[Change]) -> list[str]:
    """What the other targets get and these do not."""
    titles = [each.title for each in changes if each.title]
    return [f"but not: {', '.join(dict.fromkeys(titles))}"] if titles else []
