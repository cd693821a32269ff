"""The description endpoints of expressions: always 200, the verdict stands in `status` (facts §9)."""

import re
from collections.abc import Mapping

from dhis2cfg.expressions import Context, Found, Kind, find_problems, find_references, rewrite
from dhis2cfg.sandbox.routes.call import Answer, Call
from dhis2cfg.sandbox.store.session import Body

_CONTEXTS: Mapping[tuple[str, ...], Context] = {
    ("programRules", "condition", "description"): Context.RULE,
    ("programRuleActions", "data", "expression", "description"): Context.RULE,
    ("programIndicators", "expression", "description"): Context.PROGRAM_INDICATOR,
    ("programIndicators", "filter", "description"): Context.PROGRAM_INDICATOR,
    ("indicators", "expression", "description"): Context.INDICATOR,
    ("validationRules", "expression", "description"): Context.VALIDATION_RULE,
    ("predictors", "expression", "description"): Context.PREDICTOR,
    ("predictors", "skipTest", "description"): Context.PREDICTOR,
    ("expressions", "description"): Context.INDICATOR,
}
"""Path → the language that its text is read as."""

_TYPES: Mapping[Kind, str] = {
    Kind.ATTRIBUTE: "trackedEntityAttributes",
    Kind.CONSTANT: "constants",
    Kind.DATA_ELEMENT: "dataElements",
    Kind.DATASET: "dataSets",
    Kind.INDICATOR: "indicators",
    Kind.OPTION_COMBO: "categoryOptionCombos",
    Kind.ORGUNIT_GROUP: "organisationUnitGroups",
    Kind.PROGRAM: "programs",
    Kind.PROGRAM_INDICATOR: "programIndicators",
    Kind.STAGE: "programStages",
}
"""What a key of this kind is the UID of."""

_ITEM = re.compile(r"[#A]\{([^{}]*)\}")
_LITERAL = re.compile(r"'([^']*)'")
_WANTED: Mapping[tuple[str, ...], str] = {
    ("programIndicators", "expression", "description"): "Double",
    ("programIndicators", "filter", "description"): "Boolean",
}
"""What a program indicator's text must come to."""

_BARE = frozenset({Context.PROGRAM_INDICATOR, Context.INDICATOR, Context.RULE})
"""Languages whose names stand without signs around them."""

_TEXTS = frozenset({"TEXT", "LONG_TEXT", "LETTER", "PHONE_NUMBER", "EMAIL"})


def expression_description(call: Call) -> Answer | None:
    """The answer where the path is one of these endpoints, else None."""
    context = _CONTEXTS.get(call.parts)
    if context is None:
        return None
    text = call.first("expression") if call.method == "GET" else _sent(call)
    problem, said = _problem(call, text, context), "Expression is not well-formed"
    if not problem and (problem := _miscast(call, text)):
        said = "Expression is not valid"
    status, said = ("ERROR", said) if problem else ("OK", "Valid")
    told = None if context is Context.INDICATOR else problem
    shown = told if problem else _described(call, text, context)
    body = {"httpStatus": "OK", "httpStatusCode": 200, "status": status, "message": said}
    return Answer(body=body | {"description": shown})


def _sent(call: Call) -> str:
    """The raw text; program indicators also take `{"expression": …}`."""
    if call.headers.get("content-type", "").startswith("application/json") and call.body[:1] == b"{":
        return str((call.json() or {}).get("expression") or "")
    return call.body.decode()


def _problem(call: Call, text: str, context: Context) -> str:
    problems = find_problems(text, context)
    if problems:
        return problems[0].message
    for found in find_references(text, context):
        if found.kind is Kind.RULE_VARIABLE:
            if not _is_variable(call, found.keys[0].text):
                return "1 error(s), 0 warning(s)"
            continue
        for key in found.keys:
            type_name = _TYPES.get(key.kind)
            if type_name and call.session.get(type_name, key.text) is None:
                what = "Tracked entity attribute" if key.kind is Kind.ATTRIBUTE else "Item"
                return f"{what} {key.text} not found."
    return ""


def _miscast(call: Call, text: str) -> str:
    """A text where a program indicator wants a number or a truth; an item is tried out as empty."""
    item, literal = _ITEM.fullmatch(text.strip()), _LITERAL.fullmatch(text.strip())
    if call.parts not in _WANTED or not (literal or (item and _value_type(call, item) in _TEXTS)):
        return ""
    return f"Could not cast String '{literal[1] if literal else ''}' to {_WANTED[call.parts]}"


def _value_type(call: Call, item: re.Match[str]) -> str:
    type_name = "trackedEntityAttributes" if item[0].startswith("A") else "dataElements"
    return str((call.session.get(type_name, item[1].rpartition(".")[2]) or {}).get("valueType"))


def _described(call: Call, text: str, context: Context) -> str:
    """The text with names; those of some languages stand without signs around them."""
    if context not in _BARE:
        return rewrite(text, context, lambda found: _readable(call, found))
    return _ITEM.sub(lambda item: "\\.".join(_name(call, uid) for uid in item[1].split(".")), text)


def _name(call: Call, uid: str) -> str:
    found = (call.session.get(name, uid) for name in _TYPES.values())
    return next((str(body.get("name")) for body in found if body), uid)


def _is_variable(call: Call, name: str) -> bool:
    program = call.first("programId")
    return any(_is_of(body, program, name) for body in call.session.every("programRuleVariables"))


def _is_of(body: Body, program: str, name: str) -> bool:
    return bool(body.get("name") == name and (body.get("program") or {}).get("id") == program)


def _readable(call: Call, found: Found) -> str | None:
    """The names of what a reference names; None leaves it as it is."""
    names = []
    for key in found.keys:
        body = call.session.get(_TYPES[key.kind], key.text) if key.kind in _TYPES else None
        names.append(str(body.get("name")) if body else key.text)
    return " ".join(names)
