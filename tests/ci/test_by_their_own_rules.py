"""What GitHub reads, judged by its own rules where they are at hand."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pytest

from tests.e2e.house import House

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = os.environ.get("DHIS2CFG_SARIF_SCHEMA", "")
ACTIONLINT = shutil.which("actionlint")
BROKEN = "dataElements: {D: {name: D, domainType: TRACKER, valueType: TXT, aggregationType: NONE}}\n"


@pytest.mark.skipif(not SCHEMA, reason="DHIS2CFG_SARIF_SCHEMA names no sarif-schema-2.1.0.json")
def test_sarif(tmp_path: Path) -> None:
    """Findings as SARIF are valid by the official schema."""
    house = House(folder=tmp_path)
    house.write("package.yaml", 'name: demo\nversion: 1.0.0\ndhis2: ">=2.41"\nlocale: en\n')
    house.write("objects.yaml", BROKEN)
    ran = house.run("validate", "--format", "sarif")
    assert ran.code == 3, ran.said
    jsonschema.validate(json.loads(ran.out), json.loads(Path(SCHEMA).read_text(encoding="utf-8")))


@pytest.mark.skipif(ACTIONLINT is None, reason="actionlint is not installed")
def test_the_workflow_of_the_docs(tmp_path: Path) -> None:
    """The example in docs/ci is a workflow without a finding."""
    text = (ROOT / "docs/ci/github.md").read_text(encoding="utf-8")
    workflow = tmp_path / ".github" / "workflows" / "dhis2cfg.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text(re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)[0], encoding="utf-8")
    assert ACTIONLINT is not None
    done = subprocess.run([ACTIONLINT, str(workflow)], capture_output=True, text=True, check=False)  # noqa: S603 - a linter
    assert done.returncode == 0, done.stdout
