"""References inside texts: keys become `Ref`, rule variables become their names (grammar.md, Expressions)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from dhis2cfg.expressions import Context, Found, Key, Kind, Problem, read
from dhis2cfg.expressions.naming import TYPES
from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.names import COMBINATIONS, Combination, Foreign, Ref, Reference, Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import Formula
from dhis2cfg.resolve.nodes import did_you_mean, text_of, untagged
from dhis2cfg.resolve.objects.scope import Scope
from dhis2cfg.resolve.values.combinations import combination

UID = re.compile(r"[A-Za-z][A-Za-z0-9]{10}\Z")


def formula(scalar: tree.Scalar, context: Context, scope: Scope, near: Ref | None) -> str | Formula:
    """A text with its references; plain text where it has none. What cannot be meant is a finding."""
    text = scalar.text
    reading = read(text, context)
    scope.findings.extend(_problem(problem, scalar) for problem in reading.problems)
    parts: list[str | Reference] = []
    position = 0
    for key, found in ((key, each) for each in reading.references for key in each.keys):
        meant = _meaning(key, found, scalar, scope, near)
        if meant is not None:
            parts += [text[position : key.start], meant]
            position = key.end
    parts.append(text[position:])
    joined = tuple(_joined(parts))
    if all(isinstance(part, str) for part in joined):
        return "".join(str(part) for part in joined)
    return Formula(parts=joined)


def _joined(parts: list[str | Reference]) -> Iterator[str | Reference]:
    """Neighbouring texts as one, without empty ones."""
    for is_text, group in groupby(parts, key=lambda part: isinstance(part, str)):
        if not is_text:
            yield from group
        elif text := "".join(str(part) for part in group):
            yield text


def place_in(scalar: tree.Scalar, start: int, end: int) -> Place:
    """Where a stretch of a text stands in its file; the whole value where that cannot be told."""
    if scalar.multiline or scalar.made:
        return scalar.place
    return scalar.place.shifted(start, end - start)


def _problem(problem: Problem, scalar: tree.Scalar) -> Finding:
    return Finding(
        rule="expression-form",
        message=f"DHIS2 cannot read this: {problem.message}",
        place=place_in(scalar, problem.start, problem.end),
        label=problem.message,
        following="write it as DHIS2's expression language wants it, or pass it on untouched with !raw",
    )


def _meaning(
    key: Key, found: Found, scalar: tree.Scalar, scope: Scope, near: Ref | None
) -> str | Reference | None:
    """What a key becomes: a reference, a variable's name, or None for text that stays."""
    place = place_in(scalar, key.start, key.end)
    if key.kind is Kind.ANY:
        return None
    if key.kind is Kind.RULE_VARIABLE:
        return _variable(key, scalar, scope, near)
    if key.kind is Kind.OPTION_COMBO:
        return _combination(key, found, scalar, scope, near)
    if key.kind is Kind.FORM_FIELD:
        return _noted(key, scalar, scope, _form_field(key, found, scalar, scope, near))
    return _noted(key, scalar, scope, _object(key.text, TYPES[key.kind], place, scope, near))


def _noted(key: Key, scalar: tree.Scalar, scope: Scope, meant: Reference | None) -> Reference | None:
    """What a key means, remembered where somebody wants to know."""
    if isinstance(meant, Ref):
        scope.note(meant, scalar.place, key.start, key.text)
    return meant


def _object(text: str, target: str, place: Place, scope: Scope, near: Ref | None) -> Reference | None:
    """An object by its key, or by the UID that one of ours pins."""
    known = scope.known(text, target, near)
    pinned = scope.pinned.get(Uid(text)) if UID.match(text) else None
    if known is None and pinned is not None and pinned.type == target:
        return pinned
    return known or scope.find(text, target, place, near)


def _variable(key: Key, scalar: tree.Scalar, scope: Scope, near: Ref | None) -> str | None:
    """The name of a variable that is written by its key."""
    text, place = key.text, place_in(scalar, key.start, key.end)
    program = scope.within(near, "programs")
    path = program.path if program else ""
    entity = scope.own.objects.get(Ref("programRuleVariables", f"{path}/{text}"))
    if entity is not None:
        _noted(key, scalar, scope, entity.ref)
        return text_of(untagged(entity.node.get("name"))) or text
    variables = {
        ref.key: each for ref, each in scope.own.objects.items()
        if ref.type == "programRuleVariables" and ref.parent_path == path
    }  # fmt: skip
    named = [name for name, each in variables.items() if text_of(untagged(each.node.get("name"))) == text]
    near_key = did_you_mean(text, {name: each.place for name, each in variables.items()})
    scope.findings.append(
        Finding(
            rule="unknown-reference",
            message=f"program rule variable {text} does not exist",
            place=place,
            label=f"no variable of program {path} has this key" if path else "this stands in no program",
            following=f"write its key, {named[0]}"
            if named
            else near_key or "define it under programRuleVariables",
        )
    )
    return None


def _combination(
    key: Key, found: Found, scalar: tree.Scalar, scope: Scope, near: Ref | None
) -> Reference | None:
    """An option combination; those of the element that stands before it are meant."""

    def placed(start: int, length: int) -> Place:
        return place_in(scalar, key.start + start, key.start + start + length)

    def noted(option: Ref, start: int, text: str) -> None:
        scope.note(option, scalar.place, key.start + start, text)

    meant = combination(key.text, scope, near, placed, noted)
    if isinstance(meant, Combination) and key is found.keys[1]:
        return replace(meant, element=_element(found.keys[0], scope, near))
    return meant


def _element(key: Key, scope: Scope, near: Ref | None) -> Ref | Foreign | None:
    """The data element of an operand or of a form's field; None where groups or all are meant."""
    if key.kind not in (Kind.DATA_ELEMENT, Kind.FORM_FIELD):
        return None
    if key.text.startswith("id:"):
        named = scope.foreign("dataElements", key.text.removeprefix("id:"))
        return named if isinstance(named, Ref | Foreign) else None
    return next(_reachable(key.text, "dataElements", scope, near), None)


def _form_field(
    key: Key, found: Found, scalar: tree.Scalar, scope: Scope, near: Ref | None
) -> Reference | None:
    """One of the two keys of a form's field: `STAGE-ELEMENT` or `ELEMENT-OPTIONCOMBO`."""
    first = found.keys[0]
    is_stage = any(_reachable(first.text, "programStages", scope, near))
    targets = ("programStages", "dataElements") if is_stage else ("dataElements", COMBINATIONS)
    target = targets[0 if key is first else 1]
    if target == COMBINATIONS:
        return None if UID.match(key.text) else _combination(key, found, scalar, scope, near)
    if UID.match(key.text) and not any(_reachable(key.text, target, scope, near)):
        return None
    return _object(key.text, target, place_in(scalar, key.start, key.end), scope, near)


def _reachable(text: str, target: str, scope: Scope, near: Ref | None) -> Iterator[Ref]:
    """What a key may name here, by its own or by a pinned UID."""
    known = scope.known(text, target, near)
    if known is not None:
        yield known
    pinned = scope.pinned.get(Uid(text))
    if pinned is not None and pinned.type == target:
        yield pinned
