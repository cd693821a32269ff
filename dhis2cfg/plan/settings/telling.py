"""What differs of settings and data store entries, in a reader's words."""

from collections.abc import Iterable, Iterator
from typing import Any

from dhis2cfg.catalogue.settings.keys import DATA_STORE, SYSTEM_SETTINGS
from dhis2cfg.model.names import Uid
from dhis2cfg.model.plan import Change, Kind, Refusal, Risk
from dhis2cfg.model.questions import SettingName
from dhis2cfg.plan.compare import Difference
from dhis2cfg.plan.merge import ABSENT, Row
from dhis2cfg.plan.reasons import REASONS
from dhis2cfg.plan.settings.comparing import VALUE, SettingComparison
from dhis2cfg.wire import paths

ACCESS = frozenset(
    {
        "deviceEnrollmentAllowedUserGroups",
        "deviceEnrollmentRedirectAllowlist",
        "enforceVerifiedEmail",
        "keyAccountRecovery",
        "keyAllowObjectAssignment",
        "keyCanGrantOwnUserAuthorityGroups",
        "keyCustomJs",
        "keyLockMultipleFailedLogins",
        "keyRequireAddToView",
        "keySelfRegistrationNoRecaptcha",
        "loginPageTemplate",
        "maxPasswordLength",
        "minPasswordLength",
    }
)
"""Settings that decide who gets in, or what runs in everybody's browser."""

BREAKING = frozenset({"keyCalendar"})
"""Settings whose change gives stored data another meaning."""


def setting_changes(comparisons: Iterable[SettingComparison]) -> Iterator[Change]:
    """Every value that is written or taken away, in the order of the files."""
    for comparison in comparisons:
        for each in comparison.writes:
            yield _change(comparison, each)


def _change(comparison: SettingComparison, difference: Difference) -> Change:
    ref, desired = comparison.ref, comparison.desired
    kind, field = _kind(ref.type, difference)
    locale = paths.parse(difference.path).key
    to_default = ref.type == SYSTEM_SETTINGS and difference.row is Row.DROPPED and locale is None
    return Change(
        type=ref.type,
        path=ref.path,
        field=field,
        kind=kind,
        reason=REASONS[difference.row],
        risk=_risk(comparison),
        uid=Uid(ref.path),
        title=ref.path,
        label="" if not field else VALUE if locale is None else f"text ({locale})",
        before=_shown(difference.live, field),
        after=_shown(difference.desired, field),
        base=_shown(difference.base, field) if difference.row is Row.CONFLICT else None,
        place=desired.place if desired else None,
        package=desired.owner if desired else "",
        note="back to the server's default" if to_default else "",
    )


def _kind(type_name: str, difference: Difference) -> tuple[Kind, str]:
    """An entry of the data store comes and goes as a whole; a setting has some value always."""
    if difference.desired is ABSENT and (type_name == DATA_STORE or difference.path != VALUE):
        return Kind.DELETE, "" if type_name == DATA_STORE else difference.path
    if difference.live is ABSENT:
        return Kind.CREATE, "" if type_name == DATA_STORE else difference.path
    return Kind.UPDATE, difference.path


def _shown(value: Any, field: str) -> Any:
    """The value; of a whole entry its one field, as of any object."""
    if value is ABSENT:
        return None
    return value if field else {VALUE: value}


def _risk(comparison: SettingComparison) -> Risk:
    if comparison.ref.type == SYSTEM_SETTINGS and comparison.ref.path in BREAKING:
        return Risk.BREAKING
    is_of_access = comparison.ref.type == SYSTEM_SETTINGS and comparison.ref.path in ACCESS
    return Risk.ACCESS if is_of_access else Risk.VISIBLE


TOLD = {
    Row.LET_GO: "no longer managed: {name}, which stays as it is",
    Row.FORGOTTEN: "forgotten: {name} is gone from the server and from the package",
}


def setting_notes(comparisons: Iterable[SettingComparison]) -> Iterator[str]:
    """What is let go, and starting values that a package changed while the municipality keeps its own."""
    for comparison in comparisons:
        for each in comparison.differences:
            if each.row in TOLD:
                part = "" if each.path == VALUE else f".{each.path}"
                yield TOLD[each.row].format(name=f"{comparison.ref}{part}")
        if comparison.starts is not ABSENT:
            here = comparison.standing.get(VALUE, "nothing")
            yield f"{comparison.ref}: the package now starts with {comparison.starts}, here it is {here}"


def untold_settings(
    comparisons: Iterable[SettingComparison], untold: frozenset[SettingName]
) -> Iterator[Refusal]:
    """Values whose state the server does not tell: nobody knows what a write would take away."""
    for each in comparisons:
        if each.desired is not None and SettingName(each.ref.type, each.ref.path) in untold:
            yield Refusal(
                word="",
                message=f"the server does not tell what {each.ref} is: it does not know it, or not for us",
                place=each.desired.place,
                following="check the name and the server's version, or give the account of the tool access",
            )
