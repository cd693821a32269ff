"""Whether the person may create, update or delete the object, and share it as sent (E3000 to E3011)."""

from collections.abc import Iterator

from dhis2cfg.sandbox.checks.bundle import Bundle, Item, Part
from dhis2cfg.sandbox.checks.people import check_person
from dhis2cfg.sandbox.checks.problem import Found, Problem
from dhis2cfg.sandbox.rights import sharing


def check_rights(bundle: Bundle, part: Part) -> Found:
    """Nothing holds a superuser back, not even a malformed access string (facts §1.4)."""
    if bundle.person.is_superuser:
        return
    for item in part.items:
        problems = list(_problems(bundle, part, item))
        if problems:
            yield item, problems


def _problems(bundle: Bundle, part: Part, item: Item) -> Iterator[Problem]:
    person, kind = bundle.person, part.kind
    if bundle.parameters.strategy == "DELETE":
        if item.before is not None and not sharing.can_delete(person, kind, item.before):
            yield _refused(bundle, part, item, "E3002", "delete object")
        return
    if item.before is None and not sharing.can_create(person, kind):
        yield _refused(bundle, part, item, "E3000", "create objects of type")
        return
    if item.before is not None and not sharing.can_update(person, kind, item.before):
        yield _refused(bundle, part, item, "E3001", "update object")
        return
    yield from check_person(bundle, part.type_name, item)
    yield from _shared(bundle, part, item)


def _refused(bundle: Bundle, part: Part, item: Item, code: str, what: str) -> Problem:
    who, named = bundle.person.label, part.label(item)
    shown = named if code == "E3000" else f"`{named}`"
    return Problem(
        code=code,
        message=f"User `{who}` is not allowed to {what} {shown}",
        klass=part.kind.klass,
        properties=(who, named),
    )


def _shared(bundle: Bundle, part: Part, item: Item) -> Iterator[Problem]:
    block = item.body.get("sharing")
    if not part.kind.shareable or not block or bundle.parameters.skip_sharing:
        return
    kind = part.kind
    who = {"id": bundle.person.uid} if bundle.world.release >= (2, 42) else {}
    public = str(block["public"])
    if not sharing.is_access(public):
        yield Problem(
            code="E3010",
            message=f"Invalid access string `{public}`",
            klass=kind.klass,
            properties=(public,),
        )
    elif public != sharing.PRIVATE and not sharing.can_make_public(bundle.person, kind):
        yield Problem(
            code="E3008",
            message=(
                f"User `{bundle.person.name}` is not allowed to make public objects of type "
                f"`class {kind.klass}`"
            ),
            klass=kind.klass,
            properties=(who, kind.klass),
        )
    elif sharing.has_data_bits(public) and not kind.data_shareable:
        yield Problem(
            code="E3011",
            message=f"Data sharing is not enabled for type `{kind.klass}`",
            klass=kind.klass,
            properties=(kind.klass,),
        )
