"""A dictionary as headings, paragraphs and tables, before it is Markdown or HTML."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from dhis2cfg.model.dictionary import Asked, Dictionary, Doing, Holder, Right, Role
from dhis2cfg.report.words import ACTS

SHOWN = 30
"""How many options of a set are listed at a field; of more, how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; `level` from 1."""

    level: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A text."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under a head; a cell may have several lines. The first cell of a row names it."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block: TypeAlias = Heading | Paragraph | Table


def chapters(book: Dictionary) -> Iterator[Block]:
    """The whole book: what is asked for, then who may do what."""
    yield Heading(level=1, text=f"{book.title or book.package} {book.version}")
    yield Paragraph(text=f"Package {book.package}. What it asks people for, and who may do what.")
    yield Heading(level=2, text="Data dictionary")
    if not book.holders:
        yield Paragraph(text="The package has no program and no data set.")
    for holder in book.holders:
        yield from _holder(holder)
    yield Heading(level=2, text="Who may do what")
    yield from _rights(book.rights)
    yield from _roles(book.roles)


def _holder(holder: Holder) -> Iterator[Block]:
    kind = holder.kind.capitalize()
    yield Heading(level=2 + holder.level, text=f"{kind} {holder.object.name}")
    place = f", {holder.object.place}" if holder.object.place else ""
    yield Paragraph(text=f"{holder.object.path}{place}")
    if holder.description and holder.description != holder.object.name:
        yield Paragraph(text=holder.description)
    for part in holder.parts:
        if part.title:
            yield Heading(level=3 + holder.level, text=part.title)
        yield Table(
            head=("Field", "Holds", "Rules", "Where"),
            rows=tuple(
                (_names(each), _content(each), "\n".join(map(_doing, each.doings)), str(each.place))
                for each in part.fields
            ),
        )


def _names(each: Asked) -> str:
    lines = [f"{each.label}{' (must be filled in)' if each.compulsory else ''}", each.field.path]
    lines += [f"{locale}: {text}" for locale, text in each.texts]
    if each.description and each.description not in (each.label, each.field.name):
        lines.append(each.description)
    return "\n".join(lines)


def _content(each: Asked) -> str:
    if not each.option_set:
        return each.type
    if len(each.options) > SHOWN:
        return f"{each.option_set}: {len(each.options)} options"
    return "\n".join([f"{each.option_set}:", *(f"{one.code} = {one.name}" for one in each.options)])


def _doing(doing: Doing) -> str:
    data = f" {doing.data}" if doing.data else ""
    return f"{doing.rule}: {ACTS.get(doing.does, doing.does)} it{data} when {doing.when} ({doing.place})"


def _rights(rights: tuple[Right, ...]) -> Iterator[Block]:
    """A table a group, so that a person finds what they may do in one place."""
    if not rights:
        yield Paragraph(text="The package shares nothing: what it makes is nobody's but an administrator's.")
    people = sorted({each.who for each in rights}, key=lambda who: (who != "everybody", who))
    for who in people:
        yield Heading(level=3, text=who.capitalize() if who == "everybody" else f"Group {who}")
        yield Table(
            head=("What", "May", "Why"),
            rows=tuple(
                (f"{each.kind} {each.what.name}", ", ".join(each.may), str(each.place))
                for each in rights
                if each.who == who
            ),
        )


def _roles(roles: tuple[Role, ...]) -> Iterator[Block]:
    for each in roles:
        yield Heading(level=3, text=f"Role {each.role.name}")
        rows = tuple((authority, str(each.place)) for authority in each.authorities)
        if rows:
            yield Table(head=("Allows", "Why"), rows=rows)
        else:
            yield Paragraph(text="It allows nothing by itself.")
