"""`/api/<type>/<id>/metadata`: an object with what it needs (facts §2.4)."""

from collections.abc import Mapping

from dhis2cfg.sandbox.read.fields import Field
from dhis2cfg.sandbox.read.render import render
from dhis2cfg.sandbox.routes.call import Answer, Call, system_block
from dhis2cfg.sandbox.store.session import Body

EXPORTED = frozenset(
    {"categoryCombos", "dashboards", "dataElementGroups", "dataSets", "optionSets", "programs"}
)
"""The types that have this endpoint."""

_BELOW: Mapping[str, tuple[tuple[str, str], ...]] = {
    "programs": (
        ("programStages", "program"),
        ("programSections", "program"),
        ("programIndicators", "program"),
        ("programRules", "program"),
        ("programRuleVariables", "program"),
    ),
    "programStages": (("programStageSections", "programStage"),),
    "programRules": (("programRuleActions", "programRule"),),
    "optionSets": (("options", "optionSet"),),
    "categoryCombos": (("categoryOptionCombos", "categoryCombo"),),
    "dataSets": (("sections", "dataSet"),),
}
"""Type → what hangs below its objects: (type, its reference)."""

_NOT_FOLLOWED = frozenset(
    {"organisationUnits", "users", "userGroups", "userRoles", "dashboards", "relationshipTypes", "attributes"}
)


def with_dependencies(call: Call, type_name: str, body: Body) -> Answer:
    """Everything that the object refers to, and what hangs below it."""
    found: dict[tuple[str, str], Body] = {}
    waiting = [(type_name, body["id"])]
    while waiting:
        name, uid = waiting.pop()
        one = call.session.get(name, uid)
        if one is None or (name, uid) in found:
            continue
        found[name, uid] = one
        waiting.extend(_next(call, name, one))
    view = call.view(is_export=True, skip_sharing=call.is_true("skipSharing"))
    answer: Body = {"system": system_block(call)}
    for (name, _), one in found.items():
        shown = render(view, call.session.world.kind(name), one, [Field(name=":owner")])
        answer.setdefault(name, []).append(shown)
    return Answer(body=answer)


def _next(call: Call, name: str, body: Body) -> list[tuple[str, str]]:
    session, rows = call.session, []
    for reference in session.world.references(name, body):
        if reference.target in _NOT_FOLLOWED or reference.target not in session.world.catalogue.types:
            continue
        rows.append((reference.target, reference.uid))
    for child_type, back in _BELOW.get(name, ()):
        rows += [
            (child_type, child["id"])
            for child in session.holding(child_type, body["id"])
            if (child.get(back) or {}).get("id") == body["id"]
        ]
    return rows
