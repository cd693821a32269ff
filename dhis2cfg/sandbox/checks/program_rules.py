"""Rules, actions and variables: what DHIS2 looks up in the database rather than in the call (facts §17.2)."""

from collections.abc import Iterator

from dhis2cfg.sandbox.checks.bundle import Bundle, Item, Part
from dhis2cfg.sandbox.checks.problem import Found, Problem
from dhis2cfg.sandbox.store.session import Body

_ELEMENT = ("dataElement", "dataElements", "DataElement", "E4045", "E4047", "ProgramStageDataElement")
_ATTRIBUTE = (
    "trackedEntityAttribute",
    "trackedEntityAttributes",
    "TrackedEntityAttribute",
    "E4046",
    "E4048",
    "ProgramTrackedEntityAttribute",
)
_TARGETS = (
    ("programStageSection", "programStageSections", "ProgramStageSection", "E4037"),
    ("programStage", "programStages", "ProgramStage", "E4039"),
    ("option", "options", "Option", "E4041"),
    ("optionGroup", "optionGroups", "OptionGroup", "E4043"),
)
_NEEDED = {
    "HIDESECTION": ("programStageSection", "ProgramStageSection", "E4036"),
    "HIDEPROGRAMSTAGE": ("programStage", "ProgramStage", "E4038"),
    "HIDEOPTION": ("option", "Option", "E4040"),
    "SHOWOPTIONGROUP": ("optionGroup", "OptionGroup", "E4042"),
    "HIDEOPTIONGROUP": ("optionGroup", "OptionGroup", "E4042"),
}
_NEEDS_FIELD = frozenset({"HIDEFIELD", "SETMANDATORYFIELD"})


def check_actions(bundle: Bundle, part: Part) -> Found:
    """What an action names must exist and belong to the program as it is stored (E4036 to E4058)."""
    if part.type_name != "programRuleActions":
        return
    for item in part.items:
        rule = bundle.either("programRules", (item.body.get("programRule") or {}).get("id") or "")
        if rule is None:
            continue
        problems = list(_action_problems(bundle, item.body, rule))
        if problems:
            yield item, problems[:1]


def _action_problems(bundle: Bundle, body: Body, rule: Body) -> Iterator[Problem]:
    name, kind = str(rule.get("name") or rule.get("id")), str(body.get("programRuleActionType"))
    if kind in _NEEDED and not body.get(_NEEDED[kind][0]):
        _, shown, code = _NEEDED[kind]
        yield _problem(
            bundle, code, f"{shown} cannot be null for program rule `{name}`", (name,), "ProgramRule"
        )
    if kind in _NEEDS_FIELD and not body.get("dataElement") and not body.get("trackedEntityAttribute"):
        message = f"DataElement or TrackedEntityAttribute cannot be null for program rule `{name}`"
        yield _problem(bundle, "E4044", message, (name,), "ProgramRule")
    if kind == "HIDESECTION" and body.get("programStage"):
        message = f"Program Rule `{name}` with Action Type `{kind}` has irrelevant reference objects"
        yield _problem(bundle, "E4058", message, (name, kind), "Option")
    program = (rule.get("program") or {}).get("id") or ""
    yield from _field(bundle, body, name, _ELEMENT, _elements(bundle, program))
    yield from _field(bundle, body, name, _ATTRIBUTE, _attributes(bundle, program))
    for prop, type_name, shown, code in _TARGETS:
        uid = (body.get(prop) or {}).get("id")
        if uid and not bundle.knows(type_name, uid):
            message = f"{shown} `{uid}` associated with program rule `{name}` does not exist"
            yield _problem(bundle, code, message, (uid, name), shown)


def _field(
    bundle: Bundle, body: Body, rule: str, row: tuple[str, str, str, str, str, str], linked: frozenset[str]
) -> Iterator[Problem]:
    prop, type_name, shown, unknown, unlinked, link = row
    uid = (body.get(prop) or {}).get("id")
    if not uid:
        return
    if not bundle.knows(type_name, uid):
        message = f"{shown} `{uid}` associated with program rule `{rule}` does not exist"
        yield _problem(bundle, unknown, message, (uid, rule), shown)
    elif uid not in linked:
        which = f"any {link}" if shown == "DataElement" else link
        message = f"{shown} `{uid}` is not linked to {which} for program rule `{rule}`"
        yield _problem(bundle, unlinked, message, (uid, rule), shown)


def _elements(bundle: Bundle, program: str) -> frozenset[str]:
    """The data elements of the program's stages; of the call's only where none is stored."""
    stored = bundle.session.children("programStages", program)
    stages = stored or [
        item.body
        for item in (bundle.parts["programStages"].items if "programStages" in bundle.parts else [])
        if _belongs(bundle, item, program)
    ]
    if stored and "programStages" in bundle.parts:
        known = {stage["id"] for stage in stored}
        stages = [
            *stored,
            *(
                item.body
                for item in bundle.parts["programStages"].items
                if item.uid not in known and _belongs(bundle, item, program)
            ),
        ]
    return frozenset(
        (row.get("dataElement") or {}).get("id") or ""
        for stage in stages
        for row in stage.get("programStageDataElements") or []
    )


def _belongs(bundle: Bundle, stage: Item, program: str) -> bool:
    if (stage.body.get("program") or {}).get("id") == program:
        return True
    sent = bundle.sent("programs", program) or {}
    return any(row.get("id") == stage.uid for row in sent.get("programStages") or [])


def _attributes(bundle: Bundle, program: str) -> frozenset[str]:
    stored = bundle.session.get("programs", program)
    body = stored if stored is not None else bundle.sent("programs", program) or {}
    return frozenset(
        (row.get("trackedEntityAttribute") or {}).get("id") or ""
        for row in body.get("programTrackedEntityAttributes") or []
    )


def _problem(bundle: Bundle, code: str, message: str, properties: tuple[str, ...], shown: str) -> Problem:
    plural = bundle.world.singulars[shown[0].lower() + shown[1:]]
    return Problem(code=code, message=message, klass=bundle.world.kind(plural).klass, properties=properties)


def check_rule_names(bundle: Bundle, part: Part) -> Found:
    """Names of rules and variables, once in a program as it is stored (E4051, E4052, E4057)."""
    if part.type_name not in {"programRules", "programRuleVariables"}:
        return
    is_rule = part.type_name == "programRules"
    stored: dict[tuple[str, str], str] = {}
    for body in bundle.session.every(part.type_name):
        stored.setdefault(_name_key(body, is_rule=is_rule), body["id"])
    for item in part.items:
        program, name = _name_key(item.body, is_rule=is_rule)
        problems = []
        if name and stored.get((program, name), item.uid) != item.uid:
            shown = "program rule" if is_rule else "program rule variable"
            problems.append(
                Problem(
                    code="E4057" if is_rule else "E4051",
                    message=(
                        f"A {shown} with name `{item.display}` and program uid `{program}` already exists"
                    ),
                    klass=part.kind.klass,
                    properties=(item.display, program),
                )
            )
        if not is_rule and {"and", "or", "not"} & set(str(item.body.get("name") or "").split()):
            problems.append(
                Problem(
                    code="E4052",
                    message=(
                        f"For program rule variable with name `{item.display}` following keywords "
                        "are forbidden: and, or, not"
                    ),
                    klass=part.kind.klass,
                    properties=(item.display, "and, or, not"),
                )
            )
        if problems:
            yield item, problems


def _name_key(body: Body, *, is_rule: bool) -> tuple[str, str]:
    name = str(body.get("name") or "")
    return str((body.get("program") or {}).get("id") or ""), name.lower() if is_rule else name
