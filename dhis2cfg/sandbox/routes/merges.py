"""POST /api/<type>/merge: references go over to the target, sources are deleted where asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dhis2cfg.sandbox.imports import deleting
from dhis2cfg.sandbox.routes.call import Answer, Call, message
from dhis2cfg.sandbox.store.session import Body
from dhis2cfg.sandbox.store.trouble import Trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A type that can be merged: the authority for it, the first version that does so.

    `old`: how 2.41 names it, and the thousands that its codes lie above those of later versions.
    `of_data`: what becomes of data must be said.
    """

    authority: str
    since: tuple[int, int] = (2, 42)
    old: str = ""
    shift: int = 0
    of_data: bool = False


MERGED: Mapping[str, Merged] = {
    "categoryOptions": Merged(authority="F_CATEGORY_OPTION_MERGE"),
    "dataElements": Merged(authority="F_DATA_ELEMENT_MERGE", of_data=True),
    "indicators": Merged(authority="F_INDICATOR_MERGE", since=(2, 41), old="indicator", shift=10),
    "indicatorTypes": Merged(authority="F_INDICATOR_TYPE_MERGE", since=(2, 41), old="indicator type"),
    "organisationUnits": Merged(authority="F_ORGANISATION_UNIT_MERGE", since=(2, 41), old="org unit"),
}


def merge(call: Call) -> Answer:
    """Put the target in place of every source."""
    name = call.parts[0]
    merged = MERGED[name]
    if call.session.world.release < merged.since:
        raise Trouble(405, "Request method 'POST' not supported")
    call.demand(merged.authority)
    sent = call.json() or {}
    sources, target = [str(one) for one in sent.get("sources") or []], str(sent.get("target") or "")
    kind = call.session.world.kind(name).klass.rpartition(".")[2]
    is_old = call.session.world.release < (2, 42)
    words = Words(kind=merged.old if is_old else kind, shift=merged.shift if is_old else 0, is_old=is_old)
    errors = list(_errors(call, words, sources, target))
    if merged.of_data and not errors and not sent.get("dataMergeStrategy"):
        text = "dataMergeStrategy field must be specified. With value `DISCARD` or `LAST_UPDATED`"
        errors = [{"message": text, "errorCode": "E1534", "args": []}]
    for source in [] if errors else sources:
        for pointer, holder in list(deleting.holders(call.session, name, source)):
            call.session.put(pointer.type_name, _replaced(holder, pointer.path, source, target))
        if sent.get("deleteSources"):
            deleting.delete(call.session, name, source)
    shown = merged.old.replace(" ", "_").upper() if is_old else kind
    report = {
        "mergeErrors": errors,
        "mergeType": shown,
        "sourcesDeleted": sources if sent.get("deleteSources") and not errors else [],
        "message": f"{shown} merge {'has errors' if errors else 'complete'}",
    }
    return _told({"mergeReport": report} | ({} if is_old else {"responseType": "MergeWebResponse"}), errors)


def _told(response: Body, errors: list[Body]) -> Answer:
    if not errors:
        return message(200, None, response=response)
    text = "One or more errors occurred, please see full details in merge report."
    answer = message(409, text, response=response)
    return Answer(status=409, body=answer.body | {"status": "WARNING"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How a version tells the errors of a type."""

    kind: str
    shift: int
    is_old: bool

    def error(self, number: int, text: str, *arguments: str | None) -> Body:
        """One error; later versions name the type among its arguments."""
        return {"message": text, "errorCode": f"E{number + self.shift}", "args": list(arguments)}


def _errors(call: Call, words: Words, sources: list[str], target: str) -> list[Body]:
    """What is missing, unknown, or both source and target."""
    named = () if words.is_old else (words.kind,)
    errors = []
    if not sources:
        errors.append(words.error(1530, f"At least one source {words.kind} must be specified", *named))
    if not target:
        told = ("TARGET", None) if words.is_old else named
        errors.append(words.error(1531, f"Target {words.kind} must be specified", *told))
    for role, uids in (("SOURCE", sources), ("TARGET", [target] if target else [])):
        for uid in uids:
            if call.session.get(call.parts[0], uid) is None:
                text = f"{role} {words.kind} does not exist: `{uid}`"
                errors.append(words.error(1533, text, role, *named, uid))
    if not errors and target in sources:
        text = f"Target {words.kind} cannot be a source {words.kind}"
        errors.append(words.error(1532, text, *named * 2))
    return errors


def _replaced(value: Any, path: tuple[str, ...], source: str, target: str) -> Any:
    """A body with one reference turned; members that are there already are not doubled."""
    if isinstance(value, list):
        found: list[Any] = []
        for member in value:
            new = _replaced(member, path, source, target)
            if new not in found:
                found.append(new)
        return found
    if not path:
        return value | {"id": target} if value.get("id") == source else value
    body: Body = dict(value)
    if body.get(path[0]):
        body[path[0]] = _replaced(body[path[0]], path[1:], source, target)
    return body
