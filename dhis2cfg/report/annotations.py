"""Findings for machines that show them beside the lines: GitHub's commands, SARIF 2.1.0, JUnit XML."""

import json
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from dhis2cfg import __version__
from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.report.signs import clean

GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
SARIF = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def github_text(findings: Sequence[Finding]) -> str:
    """One workflow command a finding."""
    return "".join(
        f"::{GITHUB[each.severity]} file={_property(each.place.file)},line={each.place.line},"
        f"col={each.place.column},title={_property(each.rule)}::{_data(_whole(each))}\n"
        for each in findings
    )


def _whole(each: Finding) -> str:
    return " ".join(part for part in (each.message, each.label, each.following) if part)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def sarif_text(findings: Sequence[Finding]) -> str:
    """SARIF 2.1.0, one run."""
    rules = sorted({each.rule for each in findings})
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
                "results": [_sarif(each) for each in findings],
            }
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _sarif(each: Finding) -> dict[str, Any]:
    place = each.place
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endColumn": place.column + place.length,
    }
    location = {"physicalLocation": {"artifactLocation": {"uri": place.file}, "region": region}}
    return {
        "ruleId": each.rule,
        "level": SARIF[each.severity],
        "message": {"text": _whole(each)},
        "locations": [location],
    }


def junit_text(findings: Sequence[Finding], files: int) -> str:
    """JUnit XML: a failed case a finding; none: one case that passed."""
    errors = [each for each in findings if each.severity is Severity.ERROR]
    cases = [_case(each) for each in findings] or [
        f'    <testcase classname="dhis2cfg" name="{files} files"/>'
    ]
    count = max(len(findings), 1)
    head = f'  <testsuite name="dhis2cfg validate" tests="{count}" failures="{len(errors)}">'
    body = "\n".join(cases)
    xml = '<?xml version="1.0" encoding="UTF-8"?>'
    return f"{xml}\n<testsuites>\n{head}\n{body}\n  </testsuite>\n</testsuites>\n"


def _case(each: Finding) -> str:
    name = quoteattr(clean(f"{each.rule} {each.place}"))
    told = escape(clean(_whole(each)))
    inner = (
        f"<failure message={quoteattr(clean(each.message))}>{told}</failure>"
        if each.severity is Severity.ERROR
        else f"<system-out>{told}</system-out>"
    )
    return f"    <testcase classname={quoteattr(each.place.file)} name={name}>{inner}</testcase>"
