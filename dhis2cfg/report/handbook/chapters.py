"""A dictionary as headings, paragraphs and tables, before it is Markdown or HTML."""

from collections.abc import Iterable, Iterator

from dhis2cfg.model.dictionary import Asked, Dictionary, Doing, Holder, Right, Role
from dhis2cfg.report.handbook.blocks import Block, Cell, Heading, Line, Paragraph, Source, Table
from dhis2cfg.report.words import ACTS

SHOWN = 30
"""How many options of a set are listed at a field; of more, how many there are."""


def chapters(book: Dictionary) -> Iterator[Block]:
    """The whole book: what is asked for, then who may do what, then the files that say so."""
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
    for file, text in sorted(book.files.items()):
        yield Source(file=file, text=text)


def _holder(holder: Holder) -> Iterator[Block]:
    kind = holder.kind.capitalize()
    yield Heading(level=2 + holder.level, text=f"{kind} {holder.object.name}")
    yield Paragraph(text=holder.object.path, place=holder.object.place)
    if holder.description and holder.description != holder.object.name:
        yield Paragraph(text=holder.description)
    for part in holder.parts:
        if part.title:
            yield Heading(level=3 + holder.level, text=part.title)
        yield Table(
            head=("Field", "Holds", "Rules", "Where"),
            widths=(24, 20, 40, 16),
            rows=tuple(
                (_names(each), _content(each), tuple(map(_doing, each.doings)), (Line(place=each.place),))
                for each in part.fields
            ),
        )


def _names(each: Asked) -> Cell:
    label = f"{each.label}{' (must be filled in)' if each.compulsory else ''}"
    lines = [each.field.path, *(f"{locale}: {text}" for locale, text in each.texts)]
    if each.description and each.description not in (each.label, each.field.name):
        lines.append(each.description)
    return (Line(lead=label), *_plain(lines))


def _content(each: Asked) -> Cell:
    if not each.option_set:
        return _plain([each.type])
    if len(each.options) > SHOWN:
        return _plain([f"{each.option_set}: {len(each.options)} options"])
    return _plain([f"{each.option_set}:", *(f"{one.code} = {one.name}" for one in each.options)])


def _plain(lines: Iterable[str]) -> Cell:
    return tuple(Line(text=each) for each in lines)


def _doing(doing: Doing) -> Line:
    data = f": {doing.data}," if doing.data else ""
    text = f"{ACTS.get(doing.does, doing.does)} it{data} when {doing.when}"
    return Line(lead=doing.rule, text=text, place=doing.place)


def _rights(rights: tuple[Right, ...]) -> Iterator[Block]:
    """A table a group, so that a person finds what they may do in one place."""
    if not rights:
        yield Paragraph(text="The package shares nothing: what it makes is nobody's but an administrator's.")
    people = sorted({each.who for each in rights}, key=lambda who: (who != "everybody", who))
    for who in people:
        yield Heading(level=3, text=who.capitalize() if who == "everybody" else f"Group {who}")
        alike: dict[tuple[str, tuple[str, ...]], list[Right]] = {}
        for each in rights:
            if each.who == who:
                alike.setdefault((each.kind, each.may), []).append(each)
        yield Table(
            head=("What", "May", "Which, and why"),
            widths=(22, 18, 60),
            rows=tuple(
                (_plain([_counted(kind, len(several))]), _plain([", ".join(may)]), _which(several))
                for (kind, may), several in alike.items()
            ),
        )


def _counted(kind: str, count: int) -> str:
    several = f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"
    return f"{count} {kind if count == 1 else several}"


def _which(rights: list[Right]) -> Cell:
    """The objects by the lines that grant it: a line for all of one place."""
    names: dict[str, list[Right]] = {}
    for each in rights:
        names.setdefault(f"{each.place.file}:{each.place.line}", []).append(each)
    return tuple(
        Line(text=" · ".join(each.what.name for each in several), place=several[0].place)
        for several in names.values()
    )


def _roles(roles: tuple[Role, ...]) -> Iterator[Block]:
    for each in roles:
        yield Heading(level=3, text=f"Role {each.role.name}")
        yield Paragraph(text=each.role.path, place=each.role.place)
        rows = tuple((_plain([one]), (Line(place=each.place),)) for one in each.authorities)
        if rows:
            yield Table(head=("Allows", "Why"), widths=(60, 40), rows=rows)
        else:
            yield Paragraph(text="It allows nothing by itself.")
