"""Who may do more, who less: a table of its own, from all changes of roles and of sharing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dhis2cfg.model.plan import Change, Kind
from dhis2cfg.report.plans.blocks import grouped
from dhis2cfg.report.plans.fields import parsed
from dhis2cfg.report.sentences.rights import authority, rights_changed
from dhis2cfg.report.sentences.spans import Phrase, joined, named, say, some
from dhis2cfg.report.words import one, plural

NAMED = 4
"""As many objects as are named in one line."""
OTHERS = frozenset({"accessLevel", "orgunitScope"})
"""Properties that open or close something for all who use it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRow:
    """Who, whether more or less, what, and on what."""

    who: Phrase
    more: bool
    what: Phrase
    on: Phrase


def access_rows(changes: Sequence[Change]) -> Iterator[AccessRow]:
    """One line for each right that comes or goes; more before less."""
    told = [each for each in changes if each.field]
    rows = [*_roles(told), *_shared(told), *_opened(told), *_members(told)]
    yield from sorted(rows, key=lambda row: not row.more)


def _roles(changes: Sequence[Change]) -> Iterator[AccessRow]:
    for each in changes:
        field = parsed(each.field)
        if each.type == "userRoles" and field.property == "authorities":
            what = authority(field.key or "")
            yield AccessRow(
                who=say("role ", named(each.title)), more=each.after is not None, what=what, on=say()
            )


def _shared(changes: Sequence[Change]) -> Iterator[AccessRow]:
    shared = [each for each in changes if parsed(each.field).property == "sharing"]
    for group in grouped(shared, lambda each: (each.field, repr(each.before), repr(each.after))):
        first = group[0]
        more, less = rights_changed(first.before, first.after)
        who = say("everybody") if first.field == "sharing.public" else _entry(first)
        for words, is_more in ((more, True), (less, False)):
            if words:
                yield AccessRow(who=who, more=is_more, what=say(", ".join(words)), on=_things(group))


def _entry(change: Change) -> Phrase:
    return say("group ", named(change.label.removeprefix("access of ")))


def _opened(changes: Sequence[Change]) -> Iterator[AccessRow]:
    for each in changes:
        if parsed(each.field).property in OTHERS:
            what = say(f"{each.label}: {each.before} → {each.after}")
            yield AccessRow(who=say("all who use it"), more=True, what=what, on=_things([each]))


def _members(changes: Sequence[Change]) -> Iterator[AccessRow]:
    for each in changes:
        if each.type == "municipalities" and each.field.startswith("members."):
            is_more = each.kind is Kind.CREATE
            what = say("do what the group may in ", named(each.title))
            yield AccessRow(who=say(each.label), more=is_more, what=what, on=say())


def _things(group: Sequence[Change]) -> Phrase:
    """`program A; stages B and C`."""
    told = []
    for several in grouped(group, lambda each: each.type):
        word = one(several[0].type)
        names = some([say(named(each.title)) for each in several], NAMED)
        told.append(say(f"{plural(word) if len(several) > 1 else word} ", names))
    return joined(told, between="; ")
