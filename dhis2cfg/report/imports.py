"""What an import did: numbers, what was mended, what was left out and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.tree import Document
from dhis2cfg.report.findings import findings_text
from dhis2cfg.report.layout import folded
from dhis2cfg.report.signs import number

SHOWN = 3
"""How many findings of one rule are shown before the rest is a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportView:
    """An import as it is told. `mended`, `left`, `left_…`: how many, by rule or reason."""

    source: str
    folder: str
    objects: int
    taken_objects: int
    properties: int
    taken: int
    mended: Mapping[str, int]
    left: Mapping[str, int]
    left_objects: Mapping[str, int]
    left_parts: Mapping[str, int]
    files: int
    lowered: Sequence[str] = ()
    written: bool = True
    documents: Mapping[str, Document] = field(default_factory=dict)


def import_text(view: ImportView, width: int) -> str:
    """The table of an import: nothing that came in is unexplained."""
    lines = [
        f"{view.source}: {_counted(view.objects, view.properties)}",
        f"  taken over   {_counted(view.taken_objects, view.taken)}",
    ]
    for title, counts in (
        ("mended", view.mended),
        ("left out: objects", view.left_objects),
        ("left out: properties", view.left),
        ("left out: texts and references", view.left_parts),
    ):
        told = sorted(
            ((why, count) for why, count in counts.items() if count), key=lambda pair: (-pair[1], pair[0])
        )
        if told:
            lines.append(f"  {title}")
            lines += [line for why, count in told for line in folded(f"{count:>6}  {why}", width, 12, 4)]
    if view.lowered:
        lines.append(
            f"  only warned of in this package (severity in package.yaml): {', '.join(view.lowered)}"
        )
    where = f"wrote {view.folder}" if view.written else f"would write {view.folder}"
    lines.append(f"{where}: {number(view.files, 'file')}")
    return "".join(f"{line}\n" for line in lines)


def _counted(objects: int, properties: int) -> str:
    return f"{number(objects, 'object')}, {number(properties, 'property', 'properties')}"


def import_findings_text(findings: Sequence[Finding], width: int, *, full: bool) -> str:
    """Findings of an import; of many of one rule the first ones, and how many more there are."""
    shown: list[Finding] = []
    counts: dict[str, int] = {}
    for each in findings:
        counts[each.rule] = counts.get(each.rule, 0) + 1
        if full or each.severity is Severity.ERROR or counts[each.rule] <= SHOWN:
            shown.append(each)
    more = {rule: count - SHOWN for rule, count in counts.items() if not full and count > SHOWN}
    errors = {each.rule for each in findings if each.severity is Severity.ERROR}
    told = [
        f"and {count} more of {rule} (-v shows all)\n" for rule, count in more.items() if rule not in errors
    ]
    return findings_text(shown, {}, width) + "".join(told)
