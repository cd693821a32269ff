"""The UIDs of option combinations: read where the server has made them, else marked until it has."""

from collections.abc import Iterable, Iterator, Mapping

from dhis2cfg.model.combinations import combo_of
from dhis2cfg.model.names import COMBINATIONS, Combination, Foreign, Ref, Reference, Uid
from dhis2cfg.model.questions import Answers, Live
from dhis2cfg.model.state import State
from dhis2cfg.wire.combinations import Wanted, mark, standing, wanted_in

BY_COMBO = (COMBINATIONS, "categoryCombo.id")
NOWHERE = Uid("-" * 11)
"""The category combination of what has none; no server has it."""


def combos_to_ask(
    wanted: Mapping[Combination, Wanted], answers: Answers
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Category combinations that may stand, and whose option combinations are not known yet."""
    read = answers.objects.get("categoryCombos", {})
    absent = {NOWHERE, *(uid for uid, live in read.items() if live is None)}
    asked = {each.combo for each in wanted.values() if (*BY_COMBO, each.combo) not in answers.by} - absent
    return {BY_COMBO: tuple(sorted(asked))} if asked else {}


def wanted_combinations(
    state: State, named: Iterable[Reference], uids: Mapping[Ref, Uid], answers: Answers
) -> dict[Combination, Wanted]:
    """Of all that a state names the option combinations, by UIDs of this server."""
    return {
        each: Wanted(
            combo=_combo(state, each, uids, answers),
            options=frozenset(_uid(option, uids) for option in each.options),
        )
        for each in named
        if isinstance(each, Combination)
    }


def combination_uids(wanted: Mapping[Combination, Wanted], answers: Answers) -> dict[Combination, Uid]:
    """The UID of each, or the mark that holds its place."""
    known = standing(_told(answers)) if wanted else {}
    return {each: known.get(meant) or mark(meant.combo, meant.options) for each, meant in wanted.items()}


def is_nowhere(uid: Uid) -> bool:
    """Whether a mark names a category combination that is not known."""
    return any(each.combo == NOWHERE for each in wanted_in(uid))


def _told(answers: Answers) -> Iterator[Live]:
    yield from (each for each in answers.objects.get(COMBINATIONS, {}).values() if each is not None)


def _combo(state: State, meant: Combination, uids: Mapping[Ref, Uid], answers: Answers) -> Uid:
    """The category combination: as the packages tell, else as the element stands on the server."""
    combo = combo_of(state.objects, meant)
    if combo is None and isinstance(meant.element, Foreign):
        element = answers.objects.get(meant.element.type, {}).get(meant.element.uid) or {}
        return Uid((element.get("categoryCombo") or {}).get("id") or NOWHERE)
    return NOWHERE if combo is None else _uid(combo, uids)


def _uid(reference: Ref | Foreign, uids: Mapping[Ref, Uid]) -> Uid:
    return reference.uid if isinstance(reference, Foreign) else uids.get(reference, NOWHERE)
