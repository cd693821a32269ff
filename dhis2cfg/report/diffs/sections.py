"""A diff in the order of reading: risks first, then object by object, who may do more, what is new."""

from collections.abc import Sequence
from dataclasses import dataclass

from dhis2cfg.model.diff import Diff, Item, PackageDiff
from dhis2cfg.model.plan import Change, Kind
from dhis2cfg.report.diffs.access import AccessRow, access_rows
from dhis2cfg.report.diffs.rows import MANY, Row, alike, folded, rows_of, without_echoes
from dhis2cfg.report.diffs.sentences import risk_word
from dhis2cfg.report.plans.blocks import grouped
from dhis2cfg.report.plans.creations import HOLDERS, counted
from dhis2cfg.report.plans.objects import ROOTS
from dhis2cfg.report.plans.view import FEW
from dhis2cfg.report.sentences.spans import Phrase, say, strong
from dhis2cfg.report.signs import number
from dhis2cfg.report.words import one


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What changes in one object that stands on its own; without a heading where the lines name it."""

    heading: Phrase
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One package (or all settings): heading, the lines to look at first, the others by object."""

    head: Phrase
    risks: tuple[Row, ...]
    sections: tuple[Section, ...]
    access: tuple[AccessRow, ...]
    changes: tuple[Change, ...]


def told(diff: Diff, *, full: bool) -> list[Told]:
    """Every package with changes, then fleet and municipalities."""
    found = [_package(each, full=full) for each in diff.packages if each.items or each.before != each.after]
    if diff.settings:
        found.append(_settings(diff.settings))
    return found


def _package(package: PackageDiff, *, full: bool) -> Told:
    changes = without_echoes([item.change for item in package.items], package.locale)
    return told_changes(_head(package, changes), package.items, full=full, base=package.locale)


def told_changes(head: Phrase, items: Sequence[Item], *, full: bool, base: str = "") -> Told:
    """Any changes, in the order of reading; `base` is the language that repeats itself on the wire."""
    changes = without_echoes([item.change for item in items], base)
    kept = {each.identity for each in changes}
    new, others = _creations([item for item in items if item.change.identity in kept], full=full)
    common, apart = _common(others)
    sections = [*_sections(apart, base), Section(heading=(), rows=tuple(rows_of(common, "", base)))]
    if not full:
        sections = [Section(heading=each.heading, rows=tuple(folded(each.rows))) for each in sections]
    return _made(head, [*sections, *([_folded(new)] if new else [])], changes)


def _common(items: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """What changes on many objects alike, wherever they stand, and all else."""
    several = [group for group in grouped(items, lambda item: alike(item.change)) if group[0].change.field]
    together = {item.change.identity for group in several if len(group) >= MANY for item in group}
    common = [item for item in items if item.change.identity in together]
    return common, [item for item in items if item.change.identity not in together]


def _sections(items: Sequence[Item], base: str) -> list[Section]:
    """By object; those of one line each together, without a heading."""
    alone: list[Row] = []
    sections = []
    for group in grouped(items, lambda item: _root(item.change)):
        first = group[0].change
        rows = rows_of(group, _title(first), base)
        if len(rows) > 1:
            sections.append(Section(heading=_heading(first), rows=tuple(rows)))
        else:
            alone += rows_of(group, "", base)
    return [*sections, Section(heading=(), rows=tuple(alone))]


def _settings(items: Sequence[Item]) -> Told:
    changes = [item.change for item in items]
    head = say("Fleet and municipalities: ", counts(changes))
    return _made(head, _sections(items, ""), changes)


def _made(head: Phrase, sections: Sequence[Section], changes: Sequence[Change]) -> Told:
    """Risks taken out of their sections and put in front."""
    risks = [row for each in sections for row in each.rows if row.risk]
    left = [
        Section(heading=each.heading, rows=tuple(row for row in each.rows if not row.risk))
        for each in sections
    ]
    return Told(
        head=head,
        risks=tuple(sorted(risks, key=lambda row: -row.rank)),
        sections=tuple(each for each in left if each.rows),
        access=tuple(access_rows(changes)),
        changes=tuple(changes),
    )


def _head(package: PackageDiff, changes: Sequence[Change]) -> Phrase:
    """`covid-no 1.3.2 → 1.4.0: 5 changes, 1 breaking; for 3 municipalities`."""
    if not package.before:
        versions = f"{package.after}, new"
    elif not package.after:
        versions = f"{package.before}, gone"
    else:
        same = package.before == package.after
        versions = package.after if same else f"{package.before} → {package.after}"
    users = len(package.municipalities)
    whom = f", for {number(users, 'municipality', 'municipalities')}" if users else ""
    return say(f"{package.name} {versions}: ", counts(changes), whom)


def counts(changes: Sequence[Change]) -> str:
    """`5 changes, 1 breaking, 1 access`."""
    outer = [each for each in changes if not each.inside]
    words = [risk_word(each) for each in sorted(outer, key=lambda each: -each.risk.rank)]
    told = [f"{words.count(word)} {word}" for word in dict.fromkeys(words) if word]
    return ", ".join([number(len(outer), "change"), *told])


def _root(change: Change) -> tuple[str, str]:
    """The object below which a change is shown."""
    if change.type in ROOTS and "/" in change.path:
        return (ROOTS[change.type], change.path.partition("/")[0])
    return (change.type, change.path)


def _title(change: Change) -> str:
    return change.within[0] if change.within and _root(change)[0] != change.type else change.title


def _heading(change: Change) -> Phrase:
    """`Indeksregistrering og oppfølging (program)`."""
    return say(strong(_title(change)), f" ({one(_root(change)[0])})")


def _creations(items: Sequence[Item], *, full: bool) -> tuple[list[Item], list[Item]]:
    """Objects that are new and stand alone, where they are too many to be told one by one, and all else."""
    made = {_root(item.change) for item in items if _is_new(item.change)}
    made = {root for root in made if root[0] not in HOLDERS}
    if full or len(made) <= FEW:
        return [], list(items)
    new = [item for item in items if _root(item.change) in made]
    kept = {item.change.identity for item in new}
    return new, [item for item in items if item.change.identity not in kept]


def _is_new(change: Change) -> bool:
    return not change.field and change.kind is Kind.CREATE and _root(change) == (change.type, change.path)


def _folded(new: Sequence[Item]) -> Section:
    """New objects as one line of counts."""
    row = rows_of(new[:1], "", "")[0]
    changes = tuple(item.change for item in new)
    whole = Row(
        sign="+",
        phrase=(head := say("new: ", counted([each for each in changes if not each.field]))),
        short=head,
        risk="",
        rank=0,
        aside=(),
        whom=row.whom,
        place="",
        changes=changes,
    )
    return Section(heading=(), rows=(whole,))
