"""Findings for machines that show them beside the lines: GitHub's commands, SARIF 2.1.0, JUnit XML.

Texts of files are neutralised in each: GitHub's escapes, percent-encoded addresses, no sign XML forbids.
"""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from dhis2cfg import __version__
from dhis2cfg.model.findings import Finding, Related, Severity
from dhis2cfg.model.places import Place
from dhis2cfg.report.signs import tamed

GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
SARIF = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
MOST = 10
"""As many annotations of a kind as GitHub shows for one step; the others stand in the log as plain lines."""


def github_text(findings: Sequence[Finding]) -> str:
    """One workflow command a finding; beyond ten of a kind one line of the log each."""
    counts = dict.fromkeys(Severity, 0)
    lines = []
    for each in map(tamed, findings):
        counts[each.severity] += 1
        lines.append(_command(each) if counts[each.severity] <= MOST else _plain(each))
    return "".join(f"{line}\n" for line in lines)


def _command(each: Finding) -> str:
    place = each.place
    file = f"file={_property(place.file)},line={place.line},col={place.column}"
    title = f"title={_property(each.rule)}"
    return f"::{GITHUB[each.severity]} {file},{title}::{_data(_whole(each))}"


def _plain(each: Finding) -> str:
    return f"{each.severity.value}[{each.rule}] {each.place} {_whole(each)}"


def _whole(each: Finding) -> str:
    return " ".join(part for part in (each.message, each.label, each.following) if part)


def _data(text: str) -> str:
    return text.replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def sarif_text(findings: Sequence[Finding]) -> str:
    """SARIF 2.1.0, one run."""
    told = [tamed(each) for each in findings]
    rules = sorted({each.rule for each in told})
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "dhis2cfg",
                        "version": __version__,
                        "rules": [{"id": rule} for rule in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(each, rules.index(each.rule)) for each in told],
            }
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _result(each: Finding, index: int) -> dict[str, Any]:
    result = {
        "ruleId": each.rule,
        "ruleIndex": index,
        "level": SARIF[each.severity],
        "message": {"text": _whole(each)},
        "locations": [_location(each.place)],
    }
    if each.related:
        result["relatedLocations"] = [_related(other, at) for at, other in enumerate(each.related, 1)]
    return result


def _location(place: Place) -> dict[str, Any]:
    region = {
        "startLine": max(place.line, 1),
        "startColumn": max(place.column, 1),
        "endColumn": max(place.column, 1) + max(place.length, 1),
    }
    return {"physicalLocation": {"artifactLocation": {"uri": quote(place.file)}, "region": region}}


def _related(other: Related, at: int) -> dict[str, Any]:
    return {"id": at, "message": {"text": other.message}, **_location(other.place)}


def junit_text(findings: Sequence[Finding], files: int) -> str:
    """JUnit XML: a failed case for each error, one that passed for the others; none: one case that passed."""
    errors = [each for each in findings if each.severity is Severity.ERROR]
    cases = [_case(tamed(each)) for each in findings] or [
        f'    <testcase classname="dhis2cfg" name="{files} files"/>'
    ]
    count = max(len(findings), 1)
    head = f'  <testsuite name="dhis2cfg validate" tests="{count}" failures="{len(errors)}" errors="0">'
    xml = '<?xml version="1.0" encoding="UTF-8"?>'
    body = "\n".join(cases)
    return f"{xml}\n<testsuites>\n{head}\n{body}\n  </testsuite>\n</testsuites>\n"


def _case(each: Finding) -> str:
    told = escape(_whole(each))
    inner = (
        f"<failure message={quoteattr(each.message)}>{told}</failure>"
        if each.severity is Severity.ERROR
        else f"<system-out>{told}</system-out>"
    )
    name = quoteattr(f"{each.rule} {each.place}")
    return f"    <testcase classname={quoteattr(each.place.file)} name={name}>{inner}</testcase>"
