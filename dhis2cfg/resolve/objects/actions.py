"""Keys of rule actions, which are written as a list: `TYPE_target`, numbered where that is not enough."""

from collections.abc import Mapping
from itertools import chain, count

from dhis2cfg.catalogue.rule_actions import TARGETS
from dhis2cfg.model import tree
from dhis2cfg.resolve.nodes import text_of


def action_keys(actions: tree.Sequence) -> Mapping[int, str]:
    """The key of each action by its position in the list."""
    names = {index: _name(item) for index, item in enumerate(actions.items) if isinstance(item, tree.Mapping)}
    keys: dict[int, str] = {}
    for index, name in names.items():
        numbered = (f"{name}_{number}" for number in count(2))
        taken = {*keys.values(), *(set(names.values()) - {name})}
        keys[index] = next(key for key in chain((name,), numbered) if key not in taken)
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
