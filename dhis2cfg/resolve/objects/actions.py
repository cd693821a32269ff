"""Keys of rule actions, which are written as a list: `TYPE_target`, numbered where that is not enough."""

from collections import Counter
from collections.abc import Mapping

from dhis2cfg.model import tree
from dhis2cfg.resolve.nodes import text_of

TARGETS = (
    "dataElement",
    "trackedEntityAttribute",
    "programStageSection",
    "programStage",
    "programIndicator",
    "option",
    "optionGroup",
    "templateUid",
)
"""What an action may act on, in the order asked; a section comes before the stage it names beside itself."""


def action_keys(actions: tree.Sequence) -> Mapping[int, str]:
    """The key of each action by its position in the list."""
    counts: Counter[str] = Counter()
    keys: dict[int, str] = {}
    for index, item in enumerate(actions.items):
        if not isinstance(item, tree.Mapping):
            continue
        name = _name(item)
        counts[name] += 1
        keys[index] = name if counts[name] == 1 else f"{name}_{counts[name]}"
    return keys


def _name(action: tree.Mapping) -> str:
    """`TYPE_target`; of a path the last key, of a foreign object its UID."""
    kind = text_of(action.get("programRuleActionType")) or "ACTION"
    for name in TARGETS:
        node = action.get(name)
        if isinstance(node, tree.Mapping):
            node = node.get("id")
        target = text_of(node)
        if target:
            return f"{kind}_{target.rpartition('/')[2].removeprefix('id:')}"
    return kind
