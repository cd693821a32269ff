"""Category mappings of a program, from 2.42 on (E4075, E4076, E4077, E4079, E4080)."""

import re
from collections.abc import Iterator, Sequence

from dhis2cfg.sandbox.checks.bundle import Bundle, Item, Part
from dhis2cfg.sandbox.checks.problem import Found, Problem
from dhis2cfg.sandbox.store.session import Body

_UID = re.compile(r"[a-zA-Z][a-zA-Z0-9]{10}")


def check_mappings(_bundle: Bundle, part: Part) -> Found:
    """Ids of mappings and of their options are UIDs, each once; names are unique within a category.

    Whether category and options exist is not asked at import.
    """
    for item in part.items:
        rows = item.body.get("categoryMappings") or []
        problems = [*_ids(part, item, rows), *_names(part, item, rows)]
        for row in rows:
            problems += _options(part, item, row)
        if problems:
            yield item, problems


def _ids(part: Part, item: Item, rows: Sequence[Body]) -> Iterator[Problem]:
    seen: set[str] = set()
    for row in rows:
        uid = str(row.get("id"))
        if not _UID.fullmatch(uid):
            message = f"Program `{item.uid}` has an invalid category mapping `{uid}`"
            yield _problem(part, "E4075", message, (item.uid, uid))
        if uid in seen:
            message = f"Program `{item.uid}` has duplicate category mapping `{uid}`"
            yield _problem(part, "E4076", message, (item.uid, uid))
        seen.add(uid)


def _names(part: Part, item: Item, rows: Sequence[Body]) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        category, name = str(row.get("categoryId")), str(row.get("mappingName"))
        if (category, name) in seen:
            message = (
                f"Program `{item.uid}` category `{category}` has duplicate category mapping name `{name}`"
            )
            yield _problem(part, "E4077", message, (item.uid, category, name))
        seen.add((category, name))


def _options(part: Part, item: Item, row: Body) -> Iterator[Problem]:
    seen: set[str] = set()
    for option in row.get("optionMappings") or []:
        mapping, uid = str(row.get("id")), str(option.get("optionId"))
        if not _UID.fullmatch(uid):
            message = (
                f"Program `{item.uid}` category mapping `{mapping}` has an invalid option mapping `{mapping}`"
            )
            yield _problem(part, "E4080", message, (item.uid, mapping, uid))
        if uid in seen:
            message = (
                f"Program `{item.uid}` category mapping `{mapping}` has multiple option mappings for "
                f"Category Option `{uid}`"
            )
            yield _problem(part, "E4079", message, (item.uid, mapping, uid))
        seen.add(uid)


def _problem(part: Part, code: str, message: str, properties: tuple[str, ...]) -> Problem:
    return Problem(code=code, message=message, klass=part.kind.klass, properties=properties)
