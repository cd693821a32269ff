"""Which checks each import strategy runs, in the server's order (facts §1.4)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dhis2cfg.sandbox.checks.bundle import Bundle, Part
from dhis2cfg.sandbox.checks.dashboards import check_dashboards
from dhis2cfg.sandbox.checks.existence import check_is_new, check_is_there
from dhis2cfg.sandbox.checks.of_types.every import check_types
from dhis2cfg.sandbox.checks.of_types.users import check_passwords
from dhis2cfg.sandbox.checks.problem import Found
from dhis2cfg.sandbox.checks.references import check_references, check_sides
from dhis2cfg.sandbox.checks.rights import check_rights
from dhis2cfg.sandbox.checks.texts import check_attribute_values, check_translations
from dhis2cfg.sandbox.checks.unique import check_repeated, check_unique
from dhis2cfg.sandbox.checks.values import check_uid, check_values


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A check; `removes`: whether an object with an error leaves the bundle, or is counted once more."""

    check: Callable[[Bundle, Part], Found]
    removes: bool = True


_REPEATED = Step(check=check_repeated)
_OF_TYPES = Step(check=check_types)
_COMMON = (
    Step(check=check_rights),
    Step(check=check_passwords),
    Step(check=check_values),
    Step(check=check_unique),
    Step(check=check_attribute_values),
    Step(check=check_references, removes=False),
    Step(check=check_sides, removes=False),
    Step(check=check_translations),
)
_UID = Step(check=check_uid)
_DASHBOARDS = Step(check=check_dashboards, removes=False)

CHAINS: Mapping[str, tuple[Step, ...]] = {
    "CREATE_AND_UPDATE": (_REPEATED, _OF_TYPES, *_COMMON, _UID, _DASHBOARDS),
    "CREATE": (_REPEATED, Step(check=check_is_new), _OF_TYPES, *_COMMON, _UID, _DASHBOARDS),
    "UPDATE": (_REPEATED, Step(check=check_is_there), _OF_TYPES, *_COMMON, _DASHBOARDS),
    "DELETE": (Step(check=check_rights), Step(check=check_is_there)),
}
"""By strategy; the others of DHIS2's enumeration have no chain and end in an error (facts §1.1)."""
