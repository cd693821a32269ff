"""Rules, actions and variables: what DHIS2 looks up in the database rather than in the call (facts §17.2)."""

from collections.abc import Iterator

from dhis2cfg.sandbox.checks.bundle import Bundle, Part
from dhis2cfg.sandbox.checks.problem import Found, Problem
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.store.trouble import Trouble

_ELEMENT = ("dataElement", "dataElements", "DataElement", "E4045", "E4047", "ProgramStageDataElement")
_ATTRIBUTE = (
    "trackedEntityAttribute",
    "trackedEntityAttributes",
    "TrackedEntityAttribute",
    "E4046",
    "E4048",
    "ProgramTrackedEntityAttribute",
)
_FIELDS = frozenset(
    {"HIDEFIELD", "CREATEEVENT", "SETMANDATORYFIELD", "HIDEOPTION", "SHOWOPTIONGROUP", "HIDEOPTIONGROUP"}
)
"""The actions that are about an element or attribute of the program."""

_TARGETS = {
    "HIDESECTION": ("programStageSection", "ProgramStageSection", "E4036", "E4037"),
    "HIDEPROGRAMSTAGE": ("programStage", "ProgramStage", "E4038", "E4039"),
    "HIDEOPTION": ("option", "Option", "E4040", "E4041"),
    "SHOWOPTIONGROUP": ("optionGroup", "OptionGroup", "E4040", "E4043"),
    "HIDEOPTIONGROUP": ("optionGroup", "OptionGroup", "E4040", "E4043"),
}
_STRAY = {
    "HIDESECTION": ("dataElement", "option", "optionGroup", "programStage"),
    "HIDEPROGRAMSTAGE": ("dataElement", "option", "optionGroup", "programStageSection"),
    "HIDEOPTION": ("programStage", "optionGroup", "programStageSection"),
    "SHOWOPTIONGROUP": ("option", "programStage", "programStageSection"),
    "HIDEOPTIONGROUP": ("option", "programStage", "programStageSection"),
}
"""What an action must not name beside its target."""

_MESSAGES = frozenset({"SENDMESSAGE", "SCHEDULEMESSAGE"})


def check_actions(bundle: Bundle, part: Part) -> Found:
    """What an action names must exist and belong to the program as it is stored (E4034 to E4058).

    The server stumbles over an action whose rule is neither there nor sent (facts §5.3).
    """
    for item in part.items:
        rule = bundle.either("programRules", (item.body.get("programRule") or {}).get("id") or "")
        if rule is None:
            raise Trouble(500, None)
        problem = next(_action_problems(bundle, part, item.body, rule), None)
        if problem:
            yield item, [problem]


def _action_problems(bundle: Bundle, part: Part, body: Body, rule: Body) -> Iterator[Problem]:
    name, kind = str(rule.get("name") or rule.get("id")), str(body.get("programRuleActionType"))
    if kind in _MESSAGES:
        yield from _template(bundle, body, name)
    is_empty = not any(body.get(one) for one in ("dataElement", "trackedEntityAttribute"))
    if kind == "ASSIGN" and is_empty and not body.get("content"):
        message = (
            "One of DataElement, TrackedEntityAttribute or ProgramRuleVariable is required for program rule "
            f"`{name}`"
        )
        yield Problem(code="E4050", message=message, klass=part.kind.klass, properties=(name,))
    if kind in _FIELDS:
        if is_empty:
            message = f"DataElement or TrackedEntityAttribute cannot be null for program rule `{name}`"
            yield _problem(bundle, "E4044", message, (name,), "DataElement")
        program = (rule.get("program") or {}).get("id") or ""
        yield from _field(bundle, body, name, _ELEMENT, _elements(bundle, program))
        if not body.get("dataElement"):
            yield from _field(bundle, body, name, _ATTRIBUTE, _attributes(bundle, program))
    if kind in _TARGETS:
        yield from _target(bundle, body, name, kind)


def _template(bundle: Bundle, body: Body, rule: str) -> Iterator[Problem]:
    uid, shown = body.get("templateUid"), "ProgramNotificationTemplate"
    if not uid:
        message = f"{shown} cannot be null for program rule name `{rule}`"
        yield _problem(bundle, "E4035", message, (rule,), shown)
    elif not bundle.knows("programNotificationTemplates", uid):
        message = f"{shown} `{uid}` associated with program rule name `{rule}` does not exist"
        yield _problem(bundle, "E4034", message, (uid, rule), shown)


def _target(bundle: Bundle, body: Body, rule: str, kind: str) -> Iterator[Problem]:
    prop, shown, missing, unknown = _TARGETS[kind]
    klass = "Option" if kind in _FIELDS else shown
    uid = (body.get(prop) or {}).get("id")
    if not uid:
        yield _problem(bundle, missing, f"{shown} cannot be null for program rule `{rule}`", (rule,), klass)
    elif not bundle.knows(bundle.world.singulars[prop], uid):
        message = f"{shown} `{uid}` associated with program rule `{rule}` does not exist"
        yield _problem(bundle, unknown, message, (uid, rule), klass)
    if any(body.get(stray) for stray in _STRAY[kind]):
        named = "HIDEOPTIONGROUP" if prop == "optionGroup" else kind
        message = f"Program Rule `{rule}` with Action Type `{named}` has irrelevant reference objects"
        yield _problem(bundle, "E4058", message, (rule, named), "Option")


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
    """The data elements of the program's stored stages, also where the call brings new ones.

    Only the stages that a new program lists are taken from the call (facts §17.2).
    """
    if bundle.session.get("programs", program) is not None:
        stages = bundle.session.children("programStages", program)
    else:
        listed = (bundle.sent("programs", program) or {}).get("programStages") or []
        stages = [bundle.either("programStages", str(row.get("id"))) or {} for row in listed]
    return frozenset(
        (row.get("dataElement") or {}).get("id") or ""
        for stage in stages
        for row in stage.get("programStageDataElements") or []
    )


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
    is_rule = part.type_name == "programRules"
    stored: dict[tuple[str, str], str] = {}
    for body in bundle.session.every(part.type_name):
        stored.setdefault(_name_key(body, is_rule=is_rule), body["id"])
    for item in part.items:
        program, name = _name_key(item.body, is_rule=is_rule)
        problems = []
        if name and stored.get((program, name), item.uid) != item.uid:
            shown = "Program Rule" if is_rule else "Program Rule Variable"
            title = (bundle.either("programs", program) or {}).get("name") if is_rule else program
            problems.append(
                Problem(
                    code="E4057" if is_rule else "E4051",
                    message=f"The {shown} name {item.display} already exist in Program {title}",
                    klass=part.kind.klass,
                    properties=(item.display, title),
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
                    properties=(item.display,),
                )
            )
        if problems:
            yield item, problems


def _name_key(body: Body, *, is_rule: bool) -> tuple[str, str]:
    name = str(body.get("name") or "")
    return str((body.get("program") or {}).get("id") or ""), name.lower() if is_rule else name


_ABOUT = {
    "TEI_ATTRIBUTE": ("trackedEntityAttribute", "E4089", "a tracked entity attribute"),
}


def check_sources(_bundle: Bundle, part: Part) -> Found:
    """What the kind of a variable's source needs (E4059, E4089, E4091); a value type unsaid is TEXT."""
    for item in part.items:
        kind = str(item.body.get("programRuleVariableSourceType") or "")
        needed = [_ABOUT[kind]] if kind in _ABOUT else []
        if kind.startswith("DATAELEMENT"):
            needed.append(("dataElement", "E4059", "a data element"))
        if kind == "DATAELEMENT_NEWEST_EVENT_PROGRAM_STAGE":
            needed.append(("programStage", "E4091", "a program stage"))
        problems = [
            Problem(
                code=code,
                message=f"ProgramRuleVariable `{item.display}` with source type `{kind}` requires {shown}",
                klass=part.kind.klass,
                properties=(item.display, kind),
            )
            for prop, code, shown in needed
            if not item.body.get(prop)
        ]
        if problems:
            yield item, problems
