"""Findings that are silenced in place, by a comment with a reason; a comment that fails is a finding itself.

A comment speaks of the line that it ends, or of the first line below it that is no comment.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.places import Place
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.weights import unknown_rule

MARK = "dhis2cfg: ignore"
_COMMENT = re.compile(rf"(?:^|(?<=\s))#\s*{MARK}(?P<said>.*)$")
_SAID = re.compile(r"\s+(?P<rule>[a-z][a-z0-9-]*)(?:\s*:\s*(?P<reason>\S.*))?\s*")
_HOW = f"write # {MARK} RULE: reason"

REASON = Page(
    rule="silence-reason",
    what="A comment that silences a finding does not say which rule, or does not say why.",
    why=(
        "Who reads the line next year must see that somebody looked at the finding and what they knew; "
        "without that the comment silences nothing."
    ),
    wrong="""
userGroups:
  # dhis2cfg: ignore public-access
  NO_UG_INNSYN: {name: Innsyn, sharing: {public: rw------}}
""",
    right="""
userGroups:
  # dhis2cfg: ignore public-access: a group of the training server
  NO_UG_INNSYN: {name: Innsyn, sharing: {public: rw------}}
""",
)
EFFECT = Page(
    rule="silence-effect",
    what="A comment silences a finding that is not there, or one that cannot be silenced.",
    why=(
        "The mistake was mended, or the line moved away from its comment, and the next mistake of that kind "
        "would pass in silence. What makes a file unreadable cannot be silenced."
    ),
    wrong="""
dataElements:
  # dhis2cfg: ignore hidden-locale: another program reads the Sami names
  NO_FEBER: {name: {nb: Feber, en: Fever}, valueType: NUMBER}
""",
    right="""
dataElements:
  NO_FEBER: {name: {nb: Feber, en: Fever}, valueType: NUMBER}
""",
    severity=Severity.WARNING,
)
PAGES = (REASON, EFFECT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """One comment: which rule, why, for which line of its file; `reason` is empty where none is given."""

    rule: str
    reason: str
    line: int
    place: Place

    def covers(self, finding: Finding) -> bool:
        """Whether the finding is of this rule and stands on this line."""
        place = finding.place
        return (finding.rule, place.file, place.line) == (self.rule, self.place.file, self.line)


def silenced(
    findings: Iterable[Finding],
    documents: Mapping[str, tree.Document],
    *,
    known: frozenset[str],
    over_states: frozenset[str],
) -> Iterator[Finding]:
    """The findings that no comment silences, and those about the comments themselves.

    `known` are all rules; errors can be silenced only of those `over_states`: whatever else is an error
    could not be read.
    """
    comments = [each for document in documents.values() for each in silences_in(document)]
    told = [each for each in comments if each.rule and each.reason]
    heard: set[Silence] = set()
    for finding in findings:
        by = [each for each in told if each.covers(finding)]
        if not by or not (finding.rule in over_states or finding.severity is not Severity.ERROR):
            yield finding
        else:
            heard.update(by)
    for each in comments:
        if each not in told:
            yield _without_reason(each)
        elif each.rule not in known:
            yield unknown_rule(each.rule, each.place, known)
        elif each not in heard:
            yield EFFECT.finding(
                f"nothing on line {each.line} is silenced as {each.rule}",
                each.place,
                label="no such finding there, or none that may be silenced",
                following="take the comment away, or put it on or above the line of the finding",
            )


def silences_in(document: tree.Document) -> Iterator[Silence]:
    """The comments of one file, in the order written; tables have none."""
    if MARK not in document.text or not document.file.endswith((".yaml", ".yml")):
        return
    lines = document.text.split("\n")
    inside = list(_texts(document.root))
    for number, line in enumerate(lines, 1):
        found = _COMMENT.search(line)
        if found is None or any(_holds(place, number, found.start() + 1) for place in inside):
            continue
        said = _SAID.fullmatch(found["said"])
        start = found.start()
        yield Silence(
            rule=said["rule"] if said else "",
            reason=(said["reason"] or "").strip() if said else "",
            line=number if line[:start].strip() else _below(lines, number),
            place=Place(file=document.file, line=number, column=start + 1, length=len(line[start:].rstrip())),
        )


def _below(lines: list[str], number: int) -> int:
    """The first line after a comment that is no comment."""
    rest = (at for at, line in enumerate(lines[number:], number + 1) if not line.lstrip().startswith("#"))
    return next(rest, number)


def _without_reason(each: Silence) -> Finding:
    what = f"does not say why {each.rule} is silenced" if each.rule else "names no rule"
    return REASON.finding(
        f"the comment {what}",
        each.place,
        label="silences nothing",
        following=_HOW,
    )


def _texts(node: tree.Node | None) -> Iterator[Place]:
    """The places of all scalars: what looks like a comment inside one is none."""
    match node:
        case tree.Scalar():
            yield node.place
        case tree.Tagged(value=value):
            yield from _texts(value)
        case tree.Sequence(items=items):
            for item in items:
                yield from _texts(item)
        case tree.Mapping(entries=entries):
            for entry in entries:
                yield from _texts(entry.value)
        case _:
            return


def _holds(place: Place, line: int, column: int) -> bool:
    return place.line == line and place.column <= column < place.column + place.length
