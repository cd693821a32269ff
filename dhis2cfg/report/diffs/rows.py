"""Changes as the lines of a review: one thing told once, and what is common to several."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dhis2cfg.model.diff import Affected, Item
from dhis2cfg.model.plan import Change, Kind, Risk
from dhis2cfg.report.diffs.sentences import aside, for_whom, predicate, risk_word, sign_of, subject, where
from dhis2cfg.report.plans.blocks import grouped
from dhis2cfg.report.plans.creations import titles_of
from dhis2cfg.report.plans.fields import parsed
from dhis2cfg.report.plans.view import FEW
from dhis2cfg.report.sentences.spans import Phrase, joined, named, say, some
from dhis2cfg.report.words import one, plural, spaced
from dhis2cfg.report.words import several as several_words

MANY = 3
"""From so many objects on, what changes on all of them alike is told once."""
NAMED = 6
"""As many of these objects are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line: sign, sentence, what else to know, for whom, where; `risk` empty: nothing threatens.

    `short` is the sentence with fewer names, where it has many.
    """

    sign: str
    phrase: Phrase
    short: Phrase
    risk: str
    rank: int
    aside: tuple[str, ...]
    whom: Phrase
    place: str
    changes: tuple[Change, ...]

    @property
    def key(self) -> tuple[str, str, str]:
        """What rows have in common that may be told together where there is no room."""
        first = self.changes[0]
        return (self.risk, first.type, parsed(first.field).property)


def rows_of(items: Sequence[Item], root: str, base: str) -> list[Row]:
    """The lines of some changes; `root` is the heading above them, `base` the package's own language."""
    affected = {item.change.identity: item.affected for item in items}
    changes = without_echoes([item.change for item in items], base)
    rest, moves = moved_members(changes)
    parts = _parts(rest)
    folded = {each.identity for several in parts.values() for each in several}
    telling = _Telling(affected=affected, parts=parts, titles=titles_of(changes), root=root)
    rows = [telling.moved(*pair) for pair in moves]
    for group in grouped((each for each in rest if each.identity not in folded), alike):
        if len(group) >= MANY and group[0].field:
            rows.append(telling.together(group))
        else:
            rows += [telling.row(each) for each in group]
    return sorted(rows, key=lambda row: (-row.rank, "-~+".index(row.sign)))


def folded(rows: Sequence[Row]) -> list[Row]:
    """The rows, but of many objects of a type that come or go, and threaten nobody, one."""
    kept: list[Row] = []
    for several in grouped(rows, _fold_key):
        first = several[0].changes[0]
        if len(several) <= FEW or first.field or several[0].risk:
            kept += several
            continue
        names = some([say(named(row.changes[0].title)) for row in several], NAMED)
        head = say("new: ") if first.kind is Kind.CREATE else say(first.note, ": ")
        told = say(head, several_words(first.type, len(several)), ": ", names)
        changes = tuple(each for row in several for each in row.changes)
        kept.append(replace(several[0], phrase=told, short=told, changes=changes))
    return kept


def _fold_key(row: Row) -> tuple[str, ...]:
    first = row.changes[0]
    whole = (row.sign, first.type, first.kind.value, row.risk)
    return whole if not first.field else (*whole, *first.identity)


def without_echoes(changes: Sequence[Change], base: str) -> list[Change]:
    """Changes without those that only follow from another one of the same object."""
    made = {each.path for each in changes if not each.field and each.kind is Kind.CREATE}
    kept: list[Change] = []
    for several in grouped(changes, lambda each: (each.type, each.path)):
        kept += [each for each in several if not _is_echo(each, several, made, base)]
    return kept


def _is_echo(change: Change, several: Sequence[Change], made: set[str], base: str) -> bool:
    """A base text in its second place, a short name that follows the name, a child in its list."""
    field = parsed(change.field)
    if field.property == "translations":
        name, _, locale = (field.key or "").rpartition(",")
        if locale == base or (
            name.endswith("SHORT_NAME") and _says_the_same(change, f"NAME,{locale}", several)
        ):
            return True
        return any(
            other.after == change.after is not None
            for other in several
            if parsed(other.field).property != "translations"
        )
    if change.field == "shortName":
        return _says_the_same(change, "name", several)
    return change.kind is Kind.CREATE and field.key in made


def _says_the_same(change: Change, field: str, several: Sequence[Change]) -> bool:
    """Whether another field (or text of a locale) of the same object changes in the same way."""
    return any(
        (other.before, other.after) == (change.before, change.after)
        for other in several
        if other.field in (field, f"translations[{field}]")
    )


def moved_members(changes: Sequence[Change]) -> tuple[list[Change], list[tuple[Change, Change]]]:
    """Members that left one list and came into the same one of a sibling, as pairs, and all else."""
    gone: dict[tuple[str, str, str], Change] = {}
    for each in changes:
        if each.kind is Kind.DELETE and each.field.endswith("]"):
            gone.setdefault(_sibling(each), each)
    pairs = [(gone[_sibling(each)], each) for each in changes if _came(each) and _sibling(each) in gone]
    used = {id(each) for pair in pairs for each in pair}
    return [each for each in changes if id(each) not in used], pairs


def _came(change: Change) -> bool:
    return change.kind is Kind.CREATE and change.field.endswith("]") and "/" in change.path


def _sibling(change: Change) -> tuple[str, str, str]:
    return (change.type, change.path.rpartition("/")[0], change.field)


def _parts(changes: Sequence[Change]) -> dict[str, list[Change]]:
    """What comes or goes with a whole object, by that object's path."""
    whole = {each.path: each for each in changes if not each.field and each.kind is not Kind.MOVE}
    found: dict[str, list[Change]] = {}
    for each in changes:
        if each.field or not (each.inside or each.type == "programRuleActions"):
            continue
        above = each.path.rpartition("/")[0]
        while above and (above not in whole or whole[above].inside):
            above = above.rpartition("/")[0]
        if above:
            found.setdefault(above, []).append(each)
    return found


def alike(change: Change) -> tuple[str, ...]:
    """Equal for what happens to several objects alike."""
    if not change.field:
        return (*change.identity, "whole")
    return (change.field, change.kind.value, change.risk.value, repr(change.before), repr(change.after))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    """What must be known beside a change to tell it."""

    affected: Mapping[tuple[str, str, str], Affected]
    parts: Mapping[str, Sequence[Change]]
    titles: Mapping[str, str]
    root: str

    def row(self, change: Change) -> Row:
        """One change, with what comes or goes with it."""
        parts = () if change.field else tuple(self.parts.get(change.path, ()))
        told = predicate(change, parts, self.titles)
        root = "" if risk_word(change) else self.root
        if change.title != root or not change.field or change.within:
            told = say(subject(change, root), ": ", told)
        return self._made(told, (change, *parts))

    def together(self, group: Sequence[Change]) -> Row:
        """What changes on several objects alike, and which these are."""
        kinds = [
            say(several_words(each[0].type, len(each))) for each in grouped(group, lambda one_: one_.type)
        ]
        names = [say(named(each.title)) for each in group]
        told = say(predicate(group[0]), ", on ", joined(kinds, last=" and "), ": ")
        short = say(told, some(names, NAMED))
        is_grave = group[0].risk.rank >= Risk.BREAKING.rank
        row = self._made(say(told, joined(names, last=" and ")) if is_grave else short, tuple(group))
        return replace(row, short=short)

    def moved(self, old: Change, new: Change) -> Row:
        """A member that left one list for the same one of a sibling."""
        word = one(parsed(new.field).property)
        ends = (subject(old, self.root), " to ", subject(new, self.root))
        return self._made(say(f"{word} ", named(new.label), " moves from ", *ends), (new, old), "~")

    def _made(self, phrase: Phrase, changes: tuple[Change, ...], sign: str = "") -> Row:
        notes = dict.fromkeys(note for each in changes for note in aside(each))
        worst = max(changes, key=lambda each: each.risk.rank)
        first = changes[0]
        return Row(
            sign=sign or sign_of(first),
            phrase=phrase,
            short=phrase,
            risk=risk_word(worst),
            rank=worst.risk.rank,
            aside=tuple(notes),
            whom=for_whom(self.affected.get(first.identity, Affected())),
            place=where(first),
            changes=changes,
        )


def merged(rows: Sequence[Row]) -> Iterator[Row]:
    """Rows of the same risk, type and property as one, for where there is no room for each."""
    for several in grouped(rows, lambda row: row.key):
        if len(several) < MANY:
            yield from several
            continue
        first = several[0]
        changes = tuple(each for row in several for each in row.changes)
        field = parsed(first.changes[0].field).property
        count = len({(each.type, each.path) for each in changes})
        kind = one(first.changes[0].type)
        what = say(f"{spaced(field)} of ") if field else say()
        told = say(what, f"{count} {plural(kind) if count > 1 else kind}: ")
        names = some([say(named(row.changes[0].title)) for row in several], NAMED)
        yield Row(
            sign=first.sign,
            phrase=say(told, names),
            short=say(told, names),
            risk=first.risk,
            rank=first.rank,
            aside=tuple(dict.fromkeys(note for row in several for note in row.aside)),
            whom=first.whom,
            place=first.place,
            changes=changes,
        )
