"""Findings for machines: every format read back by its own reader."""

import json
import re
from xml.etree import ElementTree as ET

from inline_snapshot import snapshot

from dhis2cfg.model.findings import Related, Severity
from dhis2cfg.model.places import Place
from dhis2cfg.report.annotations import github_text, junit_text, sarif_text
from tests.unit.report.building import a_finding

HOSTILE = '50 % off\r\n::error::pwned\x1b[31m <a href="x">&]]>\ud800\ufffe'
PLACE = Place(file="pakker/å b,c:d%.yaml", line=3, column=5, length=4)
WARNING = a_finding("no-sharing", "nobody may see it", severity=Severity.WARNING, place=PLACE)
NOTE = a_finding("raw-text", "passed on untouched", severity=Severity.INFO, place=PLACE)
ERROR = a_finding("option-code", HOSTILE, place=PLACE, label="here", following="write it right")


def test_github_gets_one_command_a_finding() -> None:
    """Properties and data are escaped as GitHub reads them."""
    assert github_text([WARNING, NOTE]) == snapshot("""\
::warning file=pakker/å b%2Cc%3Ad%25.yaml,line=3,col=5,title=no-sharing::nobody may see it
::notice file=pakker/å b%2Cc%3Ad%25.yaml,line=3,col=5,title=raw-text::passed on untouched
""")


def test_a_text_cannot_become_a_command() -> None:
    """A line break, two colons, per cent and escape codes stay inside the one command."""
    text = github_text([ERROR])
    assert text.count("\n") == 1
    assert re.findall(r"^::\w+", text, re.MULTILINE) == ["::error"]
    assert "\x1b" not in text
    assert "50 %25 off" in text


def test_beyond_ten_of_a_kind_lines_are_plain() -> None:
    """GitHub shows ten of a kind; the others still stand in the log."""
    lines = github_text([*[WARNING] * 12, NOTE]).splitlines()
    assert sum(line.startswith("::warning ") for line in lines) == 10
    assert lines[10] == "warning[no-sharing] pakker/å b,c:d%.yaml:3:5 nobody may see it"
    assert lines[12].startswith("::notice ")


def test_sarif_has_the_shape_of_2_1_0() -> None:
    """Version, driver with rules, results with rule, level, text, and region counted from 1."""
    related = Related(message="first here", place=Place(file="a.yaml", line=0, column=0, length=0))
    log = json.loads(sarif_text([a_finding("b", "no", place=PLACE, related=(related,)), WARNING, NOTE]))
    assert (log["$schema"], log["version"]) == ("https://json.schemastore.org/sarif-2.1.0.json", "2.1.0")
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["tool"]["driver"]["rules"] == [{"id": "b"}, {"id": "no-sharing"}, {"id": "raw-text"}]
    assert [(each["ruleId"], each["ruleIndex"], each["level"]) for each in run["results"]] == [
        ("b", 0, "error"),
        ("no-sharing", 1, "warning"),
        ("raw-text", 2, "note"),
    ]
    assert run["results"][0] == snapshot(
        {
            "level": "error",
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "pakker/%C3%A5%20b%2Cc%3Ad%25.yaml"},
                        "region": {"endColumn": 9, "startColumn": 5, "startLine": 3},
                    }
                }
            ],
            "message": {"text": "no"},
            "relatedLocations": [
                {
                    "id": 1,
                    "message": {"text": "first here"},
                    "physicalLocation": {
                        "artifactLocation": {"uri": "a.yaml"},
                        "region": {"endColumn": 2, "startColumn": 1, "startLine": 1},
                    },
                }
            ],
            "ruleId": "b",
            "ruleIndex": 0,
        }
    )


def test_sarif_holds_hostile_texts_as_text() -> None:
    """What steers a terminal is gone, the rest is the message."""
    (result,) = json.loads(sarif_text([ERROR]))["runs"][0]["results"]
    assert result["message"]["text"] == (
        '50 % off  ::error::pwned�[31m <a href="x">&]]>�� here write it right'
    )


def test_junit_is_xml_with_a_failure_for_each_error() -> None:
    """Parsed again, every text is what it was, but for what XML cannot hold."""
    suite = ET.fromstring(junit_text([ERROR, WARNING], 43))[0]  # noqa: S314 - our own text
    assert suite.attrib == {"name": "dhis2cfg validate", "tests": "2", "failures": "1", "errors": "0"}
    failed, passed = suite
    assert failed.attrib == {
        "classname": "pakker/å b,c:d%.yaml",
        "name": "option-code pakker/å b,c:d%.yaml:3:5",
    }
    assert failed[0].tag == "failure"
    assert failed[0].attrib["message"] == '50 % off  ::error::pwned�[31m <a href="x">&]]>��'
    assert (passed[0].tag, passed[0].text) == ("system-out", "nobody may see it")


def test_without_findings_one_case_passes() -> None:
    """A suite is never empty."""
    suite = ET.fromstring(junit_text([], 43))[0]  # noqa: S314 - our own text
    assert suite.attrib["tests"] == "1"
    assert suite[0].attrib == {"classname": "dhis2cfg", "name": "43 files"}


def test_the_same_findings_are_the_same_bytes() -> None:
    """Nothing depends on the moment."""
    several = [ERROR, WARNING, NOTE]
    assert sarif_text(several) == sarif_text(several)
    assert junit_text(several, 3) == junit_text(several, 3)
