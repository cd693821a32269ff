"""A role that would take from the tool's own account what the tool needs there."""

from collections.abc import Iterator, Sequence

from dhis2cfg.model.names import Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.plan import Refusal
from dhis2cfg.plan.steps.bodies import Write
from dhis2cfg.plan.survey import Survey

ALWAYS = frozenset(
    {"ALL", "F_METADATA_IMPORT", "F_METADATA_EXPORT", "F_PERFORM_MAINTENANCE", "F_SYSTEM_SETTING"}
)
"""What the tool needs whatever a package holds."""


def own_rights(known: Survey, writes: Sequence[Write]) -> Iterator[Refusal]:
    """One refusal a role: nothing allows it, for afterwards nobody could undo it with this account."""
    account = known.given.facts.account
    after = {
        each.uid: frozenset(each.body.get("authorities") or ()) for each in writes if each.type == "userRoles"
    }
    left = frozenset[str]().union(*(after.get(uid, has) for uid, has in account.roles.items()))
    for write in writes:
        if write.type != "userRoles" or write.uid not in account.roles:
            continue
        lost = (account.roles[write.uid] - left) & needed(known)
        if lost and "ALL" not in left:
            yield Refusal(
                word="",
                message=(
                    f"userRoles/{write.path} would take {', '.join(sorted(lost))} from {account.username}, "
                    "the account that this tool works with"
                ),
                place=_place(known, write.uid),
                following="give the account a role of its own that holds it, and plan again",
            )


def needed(known: Survey) -> frozenset[str]:
    """The authorities that the tool needs, or may need one of, for what the packages hold."""
    types = {ref.type for ref in known.matching.uids}
    listed = [
        name
        for type_name in types
        for names in (known.given.catalogue.types[type_name].authorities or {}).values()
        for name in names
    ]
    return ALWAYS | frozenset(listed)


def _place(known: Survey, uid: Uid) -> Place:
    return next(
        known.given.state.objects[ref].place
        for ref, other in known.matching.uids.items()
        if (ref.type, other) == ("userRoles", uid)
    )
