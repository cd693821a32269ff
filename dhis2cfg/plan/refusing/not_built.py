"""What is right and not built yet: refused by name before anything is written, never guessed (design §1)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dhis2cfg.catalogue import oddities, quirks
from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.plan import Refusal
from dhis2cfg.plan.matching.references import unsupported
from dhis2cfg.plan.steps.bodies import Write
from dhis2cfg.plan.survey import Survey


def not_built(known: Survey, writes: Sequence[Write]) -> Iterator[Refusal]:
    """Every such thing that a plan would need, named."""
    for what, written in unsupported(known.given.state):
        yield _refused(what, written.place)
    for each in known.given.state.objects.values():
        if each.complete:
            yield _refused("complete: true", each.place)
    version = known.given.catalogue.version
    for write in writes:
        for name in write.body:
            row = quirks.other_road(write.type, name, version)
            if row is not None and _needs_other_road(write, name):
                yield _refused(f"{write.type}/{write.path} ({row.reason})")
        if _loses_owner(known, write):
            yield _refused(
                f"{write.type}/{write.path} belongs to another user than who made it, and an import would "
                "take it from its owner"
            )
    yield from _turned_round(known)
    yield from _handed_over(known, writes)


def _turned_round(known: Survey) -> Iterator[Refusal]:
    """Lists that only their members tell (sections of a data set): their order is not changed yet."""
    for ref, each in known.given.state.objects.items():
        for row in oddities.NESTED:
            written = each.fields.get(row.collection)
            if row.parent != ref.type or row.listed or not row.order or written is None:
                continue
            items = written.value if isinstance(written.value, tuple) else ()
            members = [item for item in items if isinstance(item, Ref)]
            numbers = [_number(known, member) for member in members]
            if numbers != sorted(set(numbers)):
                yield _refused(f"another order of the {row.collection} of {ref}", written.place)


def _number(known: Survey, member: Ref) -> int:
    """The number that a member has, or is made with."""
    return int((known.live_of(member) or known.bodies[member]).get("sortOrder", 0))


def _refused(what: str, place: Place | None = None) -> Refusal:
    return Refusal(word="", message=f"not supported yet: {what}", place=place)


def _loses_owner(known: Survey, write: Write) -> bool:
    """Whether the server would make whoever created an object its owner again."""
    live = known.live.get((write.type, write.uid)) or {}
    owner = (live.get("sharing") or {}).get("owner")
    maker = (live.get("createdBy") or {}).get("id")
    return bool(owner and maker) and owner != maker


def _needs_other_road(write: Write, name: str) -> bool:
    """Maps with data items, and periods that are dates: what an import loses without a word."""
    value = write.body[name]
    if name == "mapViews":
        return any(view.get("dataDimensionItems") or view.get("columns") for view in value or ())
    return any(str(period)[:1].isdigit() for period in value or ())


def _handed_over(known: Survey, writes: Sequence[Write]) -> Iterator[Refusal]:
    """A unique value that another object holds: DHIS2 says E5003 (facts §1.4), ours or not.

    Of new objects, matching has looked up who holds their code or name, and has said so.
    """
    holders: Mapping[tuple[str, str, str], Uid] = {
        (type_name, name, str(live[name])): uid
        for (type_name, uid), live in known.live.items()
        for name in _unique(known, type_name)
        if live.get(name)
    }
    ours = {(ref.type, uid) for ref, uid in known.matching.uids.items()}
    ours |= {(each.type, each.uid) for each in known.dropped}
    for write in writes:
        for name in _unique(known, write.type):
            holder = holders.get((write.type, name, str(write.body.get(name))))
            if holder is None or holder == write.uid:
                continue
            value = f"the {name} “{write.body[name]}”"
            if (write.type, holder) in ours:
                told = f"{write.type}/{write.path} takes {value} from {holder}, which holds it now"
                yield _refused(told)
            elif not write.is_new:
                told = f"{write.type}/{write.path} wants {value}, which {holder} on the server has"
                yield Refusal(word="", message=told, following="rename ours, or theirs on the server")


def _unique(known: Survey, type_name: str) -> Iterable[str]:
    kind = known.given.catalogue.types.get(type_name)
    return [name for name, prop in kind.properties.items() if prop.unique and name != "id"] if kind else []
