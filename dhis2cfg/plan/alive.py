"""What stands on the server, without entries of deleted groups in its sharing.

Those break the server's own lists and every import that carries them (facts §17.1).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.questions import Account, Answers, Live

GROUPS = "userGroups"

Key = tuple[str, Uid]


def standing(answers: Answers) -> dict[Key, Live]:
    """Every object that stands, of all that was asked for."""
    return {
        (type_name, uid): each
        for type_name, objects in answers.objects.items()
        for uid, each in objects.items()
        if each is not None
    }


def alive(
    answers: Answers, account: Account, uids: Mapping[Ref, Uid]
) -> tuple[dict[Key, Live], dict[Key, tuple[str, ...]]]:
    """What stands, without dead entries; and by object which those are."""
    gone = dead_groups(answers, account, [uid for ref, uid in uids.items() if ref.type == GROUPS])
    live: dict[Key, Live] = {}
    dead: dict[Key, tuple[str, ...]] = {}
    for key, each in standing(answers).items():
        live[key] = without(each, gone)
        if live[key] is not each:
            dead[key] = tuple(sorted(gone.intersection(each["sharing"][GROUPS])))
    return live, dead


def groups_in(lives: Iterable[Live]) -> set[Uid]:
    """All groups that have an entry in the sharing of these."""
    return {Uid(uid) for live in lives for uid in (live.get("sharing") or {}).get(GROUPS) or {}}


def dead_groups(answers: Answers, account: Account, wanted: Iterable[Uid]) -> frozenset[str]:
    """Groups that are not there and are not to be made; only who may see everything can tell."""
    if not account.may_everything:
        return frozenset()
    known = answers.objects.get(GROUPS, {})
    gone = {uid for uid, live in known.items() if live is None and (GROUPS, uid) not in answers.hidden}
    return frozenset(gone - set(wanted))


def without(live: Live, dead: frozenset[str]) -> Live:
    """The object without entries of these groups; itself where it has none."""
    sharing: Mapping[str, Any] = live.get("sharing") or {}
    entries = sharing.get(GROUPS) or {}
    if not dead.intersection(entries):
        return live
    kept = {uid: entry for uid, entry in entries.items() if uid not in dead}
    return {**live, "sharing": {**sharing, GROUPS: kept}}
