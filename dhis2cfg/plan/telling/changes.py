"""Differences in a reader's words: each a `Change` with reason, risk, marks, names, place and author."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dhis2cfg.catalogue import oddities, quirks
from dhis2cfg.model.names import Ref
from dhis2cfg.model.places import Place
from dhis2cfg.model.plan import Author, Change, Kind, Local, Reason, Risk, Touched
from dhis2cfg.model.questions import Live
from dhis2cfg.model.state import Child, DesiredObject, Field
from dhis2cfg.plan.compare import Difference
from dhis2cfg.plan.dropping.dropped import Dropped, Fate
from dhis2cfg.plan.merge import ABSENT, Row
from dhis2cfg.plan.reasons import REASONS
from dhis2cfg.plan.survey import Survey
from dhis2cfg.plan.telling.naming import Names, ancestors, within
from dhis2cfg.plan.telling.risks import marks_of, marks_of_new, risk_of
from dhis2cfg.wire import paths


def changes_of(known: Survey, names: Names, counts: Mapping[tuple[Ref, str], Touched]) -> Iterator[Change]:
    """Every change of every desired object, in the order of the files; `counts` are the data touched."""
    apart = _told_apart(known.dropped)
    created = frozenset(ref for ref, comparison in known.comparisons.items() if comparison.is_new)
    for ref, comparison in known.comparisons.items():
        if ref in known.matching.adopted and known.recorded(ref) is None and known.live_of(ref) is not None:
            yield _adoption(known, names, ref)
        for difference in comparison.differences:
            if difference.row not in REASONS or (difference.desired is ABSENT and difference.path in apart):
                continue
            if difference.path:
                yield _field(known, names, ref, difference, counts)
            else:
                yield _new(known, names, ref, difference, created)


def _told_apart(dropped: Iterable[Dropped]) -> frozenset[str]:
    """Members of lists that are told as objects that go."""
    return frozenset(
        paths.member(row.collection, each.uid)
        for each in dropped
        if each.fate is Fate.DELETED
        for row in oddities.parent_lists(each.type)
    )


def _adoption(known: Survey, names: Names, ref: Ref) -> Change:
    each = known.given.state.objects[ref]
    return Change(
        type=ref.type,
        path=ref.path,
        field="",
        kind=Kind.ADOPT,
        reason=Reason.NEW,
        risk=Risk.SAFE,
        uid=known.uid(ref),
        title=names.title(known.uid(ref)),
        within=within(known, ref, names.locale),
        place=each.place,
        package=each.owner,
        note="found on the server; keeps its UID" + (" and what it holds" if each.adopt else ""),
    )


def _new(known: Survey, names: Names, ref: Ref, difference: Difference, created: frozenset[Ref]) -> Change:
    each = known.given.state.objects[ref]
    flat = known.flats[ref]
    parents = [parent for parent in ancestors(ref) if parent in created]
    is_back = difference.row is not Row.CREATE
    return Change(
        type=ref.type,
        path=ref.path,
        field="",
        kind=Kind.CREATE,
        reason=REASONS[difference.row],
        risk=Risk.VISIBLE if is_back else Risk.SAFE,
        uid=known.uid(ref),
        title=names.title_of(each) or ref.key,
        within=within(known, ref, names.locale),
        after={
            names.path(ref.type, path): names.value(ref.type, path, value)
            for path, value in flat.items()
            if path
        },
        marks=() if any(parent.type == "programs" for parent in parents) else marks_of_new(ref.type, flat),
        place=each.place,
        package=each.owner,
        inside=bool(parents),
        names=names_in(names, ref.type, flat),
        note="was deleted by hand" if is_back else "",
    )


def names_in(names: Names, type_name: str, flat: Mapping[str, Any]) -> Mapping[str, str]:
    """Key → title of all that the fields of an object refer to."""
    found: dict[str, str] = {}
    for path, value in flat.items():
        found.update(names.beside(type_name, path, value))
    return found


def _field(
    known: Survey,
    names: Names,
    ref: Ref,
    difference: Difference,
    counts: Mapping[tuple[Ref, str], Touched],
) -> Change:
    each = known.given.state.objects[ref]
    live = known.live_of(ref) or {}
    return Change(
        type=ref.type,
        path=ref.path,
        field=names.path(ref.type, difference.path),
        kind=_kind(difference),
        reason=REASONS[difference.row],
        risk=risk_of(ref.type, difference),
        uid=known.uid(ref),
        title=names.title_of(each) or ref.key,
        within=within(known, ref, names.locale),
        label=label(names, ref.type, difference.path),
        before=_shown(names, ref, difference.path, difference.live),
        after=_shown(names, ref, difference.path, difference.desired),
        base=_shown(names, ref, difference.path, difference.base) if difference.row is Row.CONFLICT else None,
        names=names.beside(ref.type, difference.path, difference.base, difference.live, difference.desired),
        marks=marks_of(ref.type, difference, known.flats[ref]),
        touched=counts.get((ref, difference.path)),
        place=place_of(each, names, difference.path),
        author=author_of(live)
        if difference.row in (Row.DRIFT, Row.RESTORE, Row.CONFLICT, Row.TAKEOVER)
        else None,
        package=each.owner,
    )


def _kind(difference: Difference) -> Kind:
    if difference.path.endswith(paths.ORDER):
        return Kind.MOVE
    if difference.path.endswith("]"):
        if difference.desired is ABSENT:
            return Kind.DELETE
        if difference.live is ABSENT:
            return Kind.CREATE
    return Kind.UPDATE


def _shown(names: Names, ref: Ref, path: str, value: Any) -> Any:
    return None if value is ABSENT else names.value(ref.type, path, value)


def label(names: Names, type_name: str, path: str) -> str:
    """What a field is called: the member's or child's name, and the property."""
    parsed = paths.parse(path)
    if parsed.property == "sharing":
        part = paths.parse(parsed.rest)
        return "public access" if part.key is None else f"access of {names.title(part.key)}"
    if parsed.property == "translations":
        name, _, locale = (parsed.key or "").partition(",")
        return f"{name.lower().replace('_', ' ')} ({locale})"
    if parsed.is_order:
        return f"order of {parsed.property}"
    if parsed.key is None:
        return parsed.property + (f".{parsed.rest}" if parsed.rest else "")
    parts = names.parts(type_name, parsed)
    title = " ".join(
        names.titles.get(uid) or part for uid, part in zip(parsed.key.split(","), parts, strict=True)
    )
    return f"{title}: {parsed.rest}" if parsed.rest else title


def place_of(each: DesiredObject, names: Names, path: str) -> Place:
    """Where a field is written: the child's field, the child, the property, else the object."""
    parsed = paths.parse(path)
    written = each.fields.get(_property_of(parsed, each.ref.type, names))
    if written is None:
        return each.place
    if isinstance(written.value, tuple) and parsed.key is not None:
        keys = {names.key(part) for part in parsed.key.split(",")}
        for item in written.value:
            if isinstance(item, Child) and (item.key in keys or _refers(item, keys)):
                inner = item.fields.get(parsed.rest)
                return inner.place if inner is not None else item.place
    return _member_place(written, names, parsed.key)


def _member_place(written: Field, names: Names, key: str | None) -> Place:
    """Where a member is written, in a list that several files fill in; else where the list is."""
    if key is not None and written.places:
        named = {key, names.key(key)}
        for reference, place in written.places.items():
            if str(reference).partition("/")[2].removeprefix("id:") in named:
                return place
    return written.place


def _refers(child: Child, keys: set[str]) -> bool:
    """Whether a child refers to one of these: its file may spell the key without its path."""
    return any(isinstance(inner.value, Ref) and inner.value.path in keys for inner in child.fields.values())


def _property_of(parsed: paths.Parsed, type_name: str, names: Names) -> str:
    """The property that a path belongs to; of a text in another locale the one that it translates."""
    if parsed.property != "translations":
        return parsed.property
    key = (parsed.key or "").partition(",")[0]
    kind = names.catalogue.types.get(type_name)
    found = (each.name for each in kind.properties.values() if each.translation_key == key) if kind else ()
    return next(iter(found), parsed.property)


def author_of(live: Live) -> Author | None:
    """Who saved an object last: a username and the server's time."""
    by, at = live.get("lastUpdatedBy") or {}, live.get("lastUpdated")
    username = by.get("username") or by.get("id")
    return Author(username=str(username), at=str(at)) if username and at else None


def locals_of(known: Survey, names: Names) -> Iterator[Local]:
    """What is the municipality's own and stays: members, children, translations, entries of sharing."""
    for ref, comparison in known.comparisons.items():
        for path, value in comparison.local.items():
            if (ref.type, paths.parse(path).property) in quirks.FILLED_LISTS:
                continue
            yield Local(
                type=ref.type,
                path=ref.path,
                field=names.path(ref.type, path),
                title=label(names, ref.type, path),
                value=value,
                object_title=names.title(known.uid(ref)),
            )
