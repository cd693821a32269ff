"""What is to be shown of plans, and in which frame."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.plan import Change, Plan, Reason, Risk

NEEDS_A_WORD = (Risk.ACCESS, Risk.BREAKING, Risk.DESTRUCTIVE, Risk.IRREVERSIBLE)
FEW = 12
"""As many things as are listed one by one; beyond, they are counted, and `--full` lists them."""
LIST = "--full lists them"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """Plans in order, targets without one, and how much of it is shown.

    `saved` is the file that the plans stand in, `selection` the words that chose the targets. `commands` says
    whether to tell how to go on: not where `apply` asks right afterwards. `summary`: counts, and what needs a
    word, alone.
    """

    plans: tuple[Plan, ...]
    failed: Mapping[str, Dhis2cfgError]
    width: int
    full: bool = False
    summary: bool = False
    commit: str = ""
    saved: str = ""
    selection: str = "--all"
    commands: bool = True


def needs_a_word(change: Change) -> bool:
    """Whether apply refuses a change until it is allowed."""
    return change.risk in NEEDS_A_WORD or change.reason in (Reason.TAKEOVER, Reason.CONFLICT)


def narrower(view: PlanView) -> PlanView:
    """The same view for lines that are indented by two more."""
    return replace(view, width=view.width - 2)
