"""What apply refuses: what needs a word, what nothing allows, and what is not built yet, by name."""

from collections.abc import Iterator, Sequence

from dhis2cfg.catalogue import oddities
from dhis2cfg.model.names import Combination, Foreign, Reference, Uid, Username
from dhis2cfg.model.places import Place
from dhis2cfg.model.plan import Change, Reason, Refusal, Risk
from dhis2cfg.model.questions import Answers
from dhis2cfg.plan.dropping.dropped import Fate
from dhis2cfg.plan.matching.combinations import is_nowhere
from dhis2cfg.plan.refusing.foreign import foreign_changes
from dhis2cfg.plan.refusing.made_only import made_only
from dhis2cfg.plan.refusing.merged import merged_away
from dhis2cfg.plan.refusing.own_rights import own_rights
from dhis2cfg.plan.refusing.thresholds import over_thresholds
from dhis2cfg.plan.steps.bodies import Write
from dhis2cfg.plan.survey import Survey

NEEDS_A_WORD = (Risk.ACCESS, Risk.BREAKING, Risk.DESTRUCTIVE, Risk.IRREVERSIBLE)
"""Risks that apply refuses without `--allow` of their name (design §6, allowing)."""


def refusals_of(
    known: Survey, answers: Answers, changes: Sequence[Change], writes: Sequence[Write], target: str
) -> tuple[Refusal, ...]:
    """Every reason why apply would refuse this plan, as it stands."""
    return (
        *known.matching.refusals,
        *_unseen(known, answers),
        *own_rights(known, writes),
        *_parts_edited(known),
        *merged_away(known),
        *made_only(known, writes),
        *foreign_changes(known, changes),
        *_words(changes, f"-m {target}" + (" --prune" if known.given.prune else "")),
        *over_thresholds(known, changes),
    )


def _words(changes: Sequence[Change], options: str) -> Iterator[Refusal]:
    """Each word that is missing; what to do next is one command with all of them."""
    needing: dict[str, list[Change]] = {}
    for reason in (Reason.TAKEOVER, Reason.CONFLICT):
        needing[reason.name.lower()] = [each for each in changes if each.reason is reason]
    for risk in NEEDS_A_WORD:
        needing[risk.value] = [each for each in changes if each.risk is risk]
    words = [word for word, several in needing.items() if several]
    command = f"dhis2cfg apply {options}" + "".join(f" --allow {word}" for word in words)
    for word in words:
        count = "1 change" if len(needing[word]) == 1 else f"{len(needing[word])} changes"
        yield Refusal(
            word=word,
            message=f"--allow {word} is missing ({count})",
            place=needing[word][0].place,
            following=command,
            changes=tuple(each.identity for each in needing[word]),
        )


def _unseen(known: Survey, answers: Answers) -> Iterator[Refusal]:
    """What is named and not there, and what is there and may not be read."""
    for ref in known.unseen:
        yield _hidden(ref.type, known.uid(ref), known.given.state.objects[ref].place)
    for ref in filter(known.is_lost, known.matching.uids):
        is_unit = ref.type == "organisationUnits"
        what, following = (
            (
                f"the organisation unit {ref.path}",
                "name the unit that takes its place in the municipality's file",
            )
            if is_unit
            else (str(ref), "adopt what takes its place ({id: UID}), or take it out of adopt:")
        )
        yield Refusal(
            word="",
            message=f"{what} is not on the server: {known.uid(ref)} is gone",
            place=known.given.state.objects[ref].place,
            following=following,
        )
    for each in sorted(known.given.named, key=str):
        yield from _unfound(each, known, answers)


def _unfound(each: Reference, known: Survey, answers: Answers) -> Iterator[Refusal]:
    """What stands outside all packages, and cannot be referred to."""
    match each:
        case Username(name=name) if answers.users.get(name) is None:
            yield Refusal(
                word="",
                message=f"there is no user {name} on the server",
                following="members are existing usernames; users are never created",
            )
        case Combination() if is_nowhere(known.combinations[each]):
            yield Refusal(
                word="",
                message=f"no category combination is known that has the option combination {each.key}",
                place=each.place,
                following="name it by its UID, id:UID, or write the category combination in the package",
            )
        case Foreign(type=type_name, uid=uid) if (type_name, uid) in answers.hidden:
            yield _hidden(type_name, uid, None)
        case Foreign(type=type_name, uid=uid) if answers.objects.get(type_name, {}).get(uid) is None:
            yield Refusal(
                word="",
                message=f"{type_name} {uid} does not exist on the server",
                following="check the UID",
            )


def _hidden(type_name: str, uid: Uid, place: Place | None) -> Refusal:
    return Refusal(
        word="",
        message=f"{type_name} {uid} exists on the server, but this account may not see it",
        place=place,
        following="give the account of the tool read access, or ALL",
    )


def _parts_edited(known: Survey) -> Iterator[Refusal]:
    """Parts that would go with their parent and were edited by hand since."""
    for dropped in known.dropped:
        if dropped.fate is Fate.WITH_PARENT and dropped.type in oddities.PARTS and dropped.is_edited:
            name = f"{dropped.type}/{dropped.recorded.path}"
            yield Refusal(word="conflict", message=f"{name} is to go and was edited by hand", following="")
