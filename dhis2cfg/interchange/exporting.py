"""Steps on an empty server → files for the Import/Export app: one, or numbered ones and a note."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dhis2cfg.model.pages import TextPage
from dhis2cfg.model.plan import Step, StepKind


def export_pages(name: str, version: str, steps: Sequence[Step]) -> tuple[TextPage, ...]:
    """The files in the order in which they are imported; a note where one import is not all."""
    calls = [step for step in steps if step.kind in (StepKind.CALL, StepKind.OWN)]
    if len(steps) == 1 and steps[0].kind is StepKind.CALL:
        return (TextPage(file=f"{name}.json", text=_text(calls[0].body)),)
    pages = [TextPage(file=_file(name, step), text=_text(step.body)) for step in calls]
    note = "".join(f"{line}\n" for line in _note(name, version, steps))
    return (*pages, TextPage(file="README.txt", text=note))


def _file(name: str, step: Step) -> str:
    return f"{step.number}-{name}.json"


def _text(body: Mapping[str, Any]) -> str:
    """JSON that a person can compare: a property a line, in the order in which it is sent."""
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def _note(name: str, version: str, steps: Sequence[Step]) -> Iterator[str]:
    """What is to be done with each file, one after another."""
    yield f"{name} for DHIS2 {version}, in this order:"
    for step in steps:
        match step.kind:
            case StepKind.CALL:
                yield f"{step.number}. Import/Export app, metadata import: {_file(name, step)}"
            case StepKind.OWN:
                for type_name in step.body:
                    yield f"{step.number}. POST each of {_file(name, step)} to /api/{type_name}"
            case StepKind.MAINTENANCE:
                for each in step.body["maintenance"]:
                    yield f"{step.number}. POST {each['id']} (Data administration app, maintenance)"
            case StepKind.SETTING:
                for type_name, rows in step.body.items():
                    listed = ", ".join(str(row["id"]) for row in rows)
                    yield f"{step.number}. By hand, {type_name}: {listed}"
            case _:
                continue
        if step.reason:
            yield f"   {step.reason}"
