"""What apply refuses: what needs a word, what nothing allows, and what is not built yet, by name."""

from collections.abc import Iterator, Sequence

from dhis2cfg.catalogue import oddities
from dhis2cfg.model.names import Foreign, Uid, Username
from dhis2cfg.model.places import Place
from dhis2cfg.model.plan import Change, Reason, Refusal, Risk
from dhis2cfg.model.questions import Answers
from dhis2cfg.plan.matching.references import references
from dhis2cfg.plan.refusing.foreign import foreign_changes
from dhis2cfg.plan.refusing.merged import merged_away
from dhis2cfg.plan.refusing.not_built import not_built
from dhis2cfg.plan.refusing.thresholds import over_thresholds
from dhis2cfg.plan.steps.bodies import Write
from dhis2cfg.plan.survey import Dropped, Survey, is_orphaned
from dhis2cfg.wire import paths

NEEDS_A_WORD = (Risk.ACCESS, Risk.BREAKING, Risk.DESTRUCTIVE, Risk.IRREVERSIBLE)
"""Risks that apply refuses without `--allow` of their name (design §6, allowing)."""


def refusals_of(
    known: Survey, answers: Answers, changes: Sequence[Change], writes: Sequence[Write]
) -> tuple[Refusal, ...]:
    """Every reason why apply would refuse this plan, as it stands."""
    return (
        *known.matching.refusals,
        *_unseen(known, answers),
        *not_built(known, writes),
        *_dropped(known),
        *merged_away(known),
        *foreign_changes(known, changes),
        *_words(changes),
        *over_thresholds(known, changes),
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
    for ref in known.unseen:
        yield _hidden(ref.type, known.uid(ref), known.given.state.objects[ref].place)
    for ref in filter(known.is_lost_unit, known.matching.uids):
        yield Refusal(
            word="",
            message=f"the organisation unit {ref.path} is not on the server: {known.uid(ref)} is gone",
            place=known.given.state.objects[ref].place,
            following="name the unit that takes its place in the municipality's file",
        )
    for each in sorted(set(references(known.given.state)), key=str):
        if isinstance(each, Username) and answers.users.get(each.name) is None:
            yield Refusal(
                word="",
                message=f"there is no user {each.name} on the server",
                following="members are existing usernames; users are never created",
            )
        if isinstance(each, Foreign) and (each.type, each.uid) in answers.hidden:
            yield _hidden(each.type, each.uid, None)
        elif isinstance(each, Foreign) and answers.objects.get(each.type, {}).get(each.uid) is None:
            yield Refusal(
                word="",
                message=f"{each.type} {each.uid} does not exist on the server",
                following="check the UID",
            )


def _hidden(type_name: str, uid: Uid, place: Place | None) -> Refusal:
    return Refusal(
        word="",
        message=f"{type_name} {uid} exists on the server, but this account may not see it",
        place=place,
        following="give the account of the tool read access, or ALL",
    )


def _dropped(known: Survey) -> Iterator[Refusal]:
    """Objects that the packages dropped and that would have to be deleted, or were edited since."""
    for dropped in known.dropped:
        name = f"{dropped.type}/{dropped.recorded.path}"
        if dropped.live is None or "" in dropped.recorded.found or is_orphaned(dropped.type):
            continue
        if edited_since(dropped):
            yield Refusal(word="conflict", message=f"{name} is to go and was edited by hand", following="")
        elif dropped.type not in oddities.PARTS:
            yield Refusal(word="", message=f"not supported yet: deleting {name}, which the package dropped")


def edited_since(dropped: Dropped) -> bool:
    """Whether a managed field of a dropped object is no longer as we wrote it."""
    return any(
        dropped.flat.get(path) != value
        for path, value in dropped.recorded.fields.items()
        if not path.endswith(paths.ORDER)
    )
