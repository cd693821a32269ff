"""What apply refuses: what needs a word, what nothing allows, and what is not built yet, by name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dhis2cfg.catalogue import oddities, quirks
from dhis2cfg.model.names import Foreign, Username
from dhis2cfg.model.plan import Change, Reason, Refusal, Risk
from dhis2cfg.model.questions import Answers
from dhis2cfg.plan.bodies import Write
from dhis2cfg.plan.references import references, unsupported
from dhis2cfg.plan.survey import Dropped, Survey, is_orphaned
from dhis2cfg.wire.flatten import flatten

NEEDS_A_WORD = (Risk.ACCESS, Risk.BREAKING, Risk.DESTRUCTIVE, Risk.IRREVERSIBLE)
"""Risks that apply refuses without `--allow` of their name (design §6, allowing)."""


def refusals_of(
    known: Survey, answers: Answers, changes: Sequence[Change], writes: Sequence[Write]
) -> tuple[Refusal, ...]:
    """Every reason why apply would refuse this plan, as it stands."""
    return (
        *known.matching.refusals,
        *_unseen(known, answers),
        *_not_built(known, writes),
        *_dropped(known),
        *_words(changes),
    )


def _words(changes: Sequence[Change]) -> Iterator[Refusal]:
    for reason in (Reason.TAKEOVER, Reason.CONFLICT):
        yield from _word(reason.name.lower(), [each for each in changes if each.reason is reason])
    for risk in NEEDS_A_WORD:
        yield from _word(risk.value, [each for each in changes if each.risk is risk])


def _word(word: str, changes: Sequence[Change]) -> Iterator[Refusal]:
    if changes:
        count = "1 change" if len(changes) == 1 else f"{len(changes)} changes"
        yield Refusal(
            word=word,
            message=f"--allow {word} is missing ({count})",
            place=changes[0].place,
            following=f"--allow {word}",
            changes=tuple(each.identity for each in changes),
        )


def _unseen(known: Survey, answers: Answers) -> Iterator[Refusal]:
    """What is named and not there, and what is there and may not be read."""
    ours = {(ref.type, uid) for ref, uid in known.matching.uids.items()}
    for type_name, uid in sorted(answers.hidden & ours):
        yield Refusal(
            word="",
            message=f"{type_name} {uid} exists on the server, but this account may not see it",
            following="give the account of the tool read access, or ALL",
        )
    for each in sorted(set(references(known.given.state)), key=str):
        if isinstance(each, Username) and answers.users.get(each.name, "") is None:
            yield Refusal(
                word="",
                message=f"there is no user {each.name} on the server",
                following="members are existing usernames; users are never created",
            )
        if isinstance(each, Foreign) and answers.objects.get(each.type, {}).get(each.uid, "") is None:
            yield Refusal(
                word="",
                message=f"{each.type} {each.uid} does not exist on the server",
                following="check the UID",
            )


def _not_built(known: Survey, writes: Sequence[Write]) -> Iterator[Refusal]:
    """Refused by name before anything is written."""
    for what, written in unsupported(known.given.state):
        yield Refusal(word="", message=f"not supported yet: {what}", place=written.place)
    for each in known.given.state.objects.values():
        if each.complete:
            yield Refusal(word="", message="not supported yet: complete: true", place=each.place)
    version = known.given.catalogue.version
    for write in writes:
        for name in write.body:
            row = quirks.other_road(write.type, name, version)
            if row is not None and _needs_other_road(write, name):
                yield Refusal(word="", message=f"not supported yet: {write.type}/{write.path} ({row.reason})")
    yield from _handed_over(known, writes)


def _needs_other_road(write: Write, name: str) -> bool:
    """Maps with data items, and periods that are dates: what an import loses without a word."""
    value = write.body[name]
    if name == "mapViews":
        return any(view.get("dataDimensionItems") or view.get("columns") for view in value or ())
    return any(str(period)[:1].isdigit() for period in value or ())


def _handed_over(known: Survey, writes: Sequence[Write]) -> Iterator[Refusal]:
    """A unique value that passes from one object to another: DHIS2 says E5003 (facts §1.4)."""
    holders: Mapping[tuple[str, str, str], str] = {
        (type_name, name, str(live[name])): uid
        for (type_name, uid), live in known.live.items()
        for name in _unique(known, type_name)
        if live.get(name)
    }
    for write in writes:
        for name in _unique(known, write.type):
            holder = holders.get((write.type, name, str(write.body.get(name))))
            if holder is not None and holder != write.uid:
                yield Refusal(
                    word="",
                    message=f"not supported yet: {write.type}/{write.path} takes the {name} "
                    f"“{write.body[name]}” from {holder}, which holds it now",
                )


def _unique(known: Survey, type_name: str) -> Iterable[str]:
    kind = known.given.catalogue.types.get(type_name)
    return [name for name, prop in kind.properties.items() if prop.unique and name != "id"] if kind else []


def _dropped(known: Survey) -> Iterator[Refusal]:
    """Objects that the packages dropped and that would have to be deleted, or were edited since."""
    for dropped in known.dropped:
        name = f"{dropped.type}/{dropped.recorded.path}"
        if dropped.live is None or "" in dropped.recorded.found or is_orphaned(dropped.type):
            continue
        if edited_since(known, dropped):
            yield Refusal(word="conflict", message=f"{name} is to go and was edited by hand", following="")
        elif dropped.type not in oddities.PARTS:
            yield Refusal(word="", message=f"not supported yet: deleting {name}, which the package dropped")


def edited_since(known: Survey, dropped: Dropped) -> bool:
    """Whether a managed field of a dropped object is no longer as we wrote it."""
    live = flatten(known.given.catalogue, dropped.type, dropped.live or {})
    return any(
        live.get(path) != value
        for path, value in dropped.recorded.fields.items()
        if not path.endswith("#order")
    )
