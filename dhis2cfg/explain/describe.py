"""One object told: its texts with names, where it stands, what rules do to it, who uses it."""

from dhis2cfg.explain.lookup import Meant
from dhis2cfg.explain.objects import Objects, reference_of, text_of
from dhis2cfg.explain.rule_acts import acts_of, acts_on
from dhis2cfg.explain.standing import holders_of
from dhis2cfg.explain.texts import passages_of, told
from dhis2cfg.explain.users import users_of
from dhis2cfg.model.description import Description


def describe(objects: Objects, meant: Meant) -> Description:
    """All that the packages say of an object, and of it alone."""
    each = objects.all[meant.ref]
    is_rule = each.ref.type == "programRules"
    acts = acts_of(objects, each) if is_rule else acts_on(objects, each.ref, meant.within)
    parts = [
        each,
        *(action for action in objects.of("programRuleActions") if _is_part(action.ref.path, each.ref.path)),
    ]
    chosen = reference_of(each.fields, "optionSet")
    stands = tuple(holders_of(objects, each.ref))
    if meant.within:
        stands = tuple(one for one in stands if (one.holder.type, one.holder.path) == _pair(meant))
    return Description(
        object=objects.named(each.ref),
        package=each.owner,
        uid=each.uid or "",
        value_type=text_of(each.fields, "valueType"),
        option_set=objects.named(chosen) if chosen else None,
        within=objects.named(meant.within) if meant.within else None,
        texts=tuple(
            told(objects, passage) for part in (parts if is_rule else [each]) for passage in passages_of(part)
        ),
        stands=stands,
        acts=tuple(acts),
        uses=tuple(users_of(objects, each.ref)),
    )


def _is_part(path: str, rule: str) -> bool:
    return path.rpartition("/")[0] == rule


def _pair(meant: Meant) -> tuple[str, str]:
    return (meant.within.type, meant.within.path) if meant.within else ("", "")
