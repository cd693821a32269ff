"""C19_CS from its file for 2.33 to the one for 2.36: an upgrade, told by `diff` and by `plan`, and applied.

WRITE_NAMED=1 writes what is named into `upgrade/named.txt`.
"""

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.house import URL, House
from tests.interchange.conftest import PACKAGES, TOKEN

NAMED = Path(__file__).parent / "upgrade" / "named.txt"
OLD, NEW = PACKAGES / "C19_CS_DHIS2.33-en.json", PACKAGES / "C19_CS_DHIS2.36.json"
ALLOWED = ("--allow", "breaking", "--allow", "access", "--max-delete", "460")

pytestmark = [
    pytest.mark.packages,
    pytest.mark.skipif(not NEW.is_file(), reason=f"published packages are not at {PACKAGES}"),
]

Change = Mapping[str, Any]


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A folder in which `old/c19-cs` and `new/c19-cs` are what the two files become."""
    house = House(folder=tmp_path_factory.mktemp("upgrade"), environ={"DHIS2CFG_TOKEN": TOKEN})
    for name, file in (("old", OLD), ("new", NEW)):
        house.fine("import", str(file.resolve()), "-o", f"{name}/c19-cs")
    return house


def differences(house: House) -> list[Change]:
    """What `diff` finds between the two."""
    told = house.fine("diff", "old/c19-cs", "new/c19-cs", "--format", "json").json
    return [item["change"] for package in told["packages"] for item in package["items"]]


def lines(changes: Iterable[Change]) -> list[str]:
    """A line for each code, object and text that was renamed, came or went."""
    return sorted(filter(None, map(_line, changes)))


def _line(change: Change) -> str:
    name = f"{change['type']}/{change['path']}"
    match change["field"], change["kind"]:
        case "code", _:
            return f"code     {name}: {change.get('before')} → {change.get('after')}"
        case "", "create" | "delete" as kind:
            return f"{'new ' if kind == 'create' else 'removed '}{name}: {change['title']}"
        case field, "delete" if field.startswith("translations"):
            return f"lost     {name} {field[13:-1]}: {change['before']}"
        case _:
            return ""


def test_what_diff_names(versions: House) -> None:
    """151 codes, 17 objects that go, 65 Norwegian names of options that are lost, 12 objects that come."""
    named = lines(differences(versions))
    if os.environ.get("WRITE_NAMED"):
        NAMED.write_text("\n".join(named) + "\n", encoding="utf-8")
    assert named == NAMED.read_text(encoding="utf-8").splitlines()
    assert Counter(line.split()[0] for line in named) == {"code": 151, "removed": 17, "lost": 395, "new": 12}
    lost = [line for line in named if line.startswith("lost     options/") and " NAME,nb: " in line]
    assert len(lost) == 65
    assert "lost     options/TEST_OUTCOME/DEATH NAME,nb: Dødsfall" in [
        line.replace("COVID_19_HEALTH_OUTCOME", "TEST_OUTCOME") for line in lost
    ]


def test_what_a_reviewer_reads(versions: House) -> None:
    """Text and Markdown say it in sentences; every risk stands in both, and nothing is cut without a word."""
    text = versions.fine("diff", "old/c19-cs", "new/c19-cs").out
    flat = " ".join(text.split())
    assert text.startswith("c19-cs 1.0.0: 1445 changes, 2 leaves the package, 46 breaking, 16 access\n")
    assert "option Norway: loses its name (nb): “Norge”" in flat
    assert len(re.findall(r"option [^:]+: loses its name \(nb\): ", flat)) == 65
    assert flat.count(" loses its ") == 350, "a short name that goes as its name does is not told twice"
    assert "option Male of GEN - Sex: code “Male” → MALE; values already registered keep the old one" in flat
    page = versions.fine("diff", "old/c19-cs", "new/c19-cs", "--format", "markdown").out
    assert len(page) < 60_000
    assert page.count("- **breaking**: ") == 43, "what changes alike on several objects is told once"
    assert re.search(r"\d+ more lines had no room here\.\n", page)


def test_what_plan_names_and_apply_does(versions: House) -> None:
    """On a server that holds the old one plan names the same; applied, nothing is left but two orphans."""
    there = House(folder=versions.folder / "here", environ=versions.environ)
    shutil.copytree(versions.folder / "old" / "c19-cs", there.folder)
    there.serve()
    there.fine("apply", "--server", URL, "--yes")
    shutil.rmtree(there.folder)
    shutil.copytree(versions.folder / "new" / "c19-cs", there.folder)
    (plan,) = there.fine("plan", "--server", URL, "--format", "json", "--no-dry-run").json["plans"]
    orphans = [note.split()[1] for note in plan["notes"] if note.startswith("orphan: ")]
    parts = [note.split()[-1] for note in plan["notes"] if note.startswith("goes with its parent: ")]
    planned = {line.replace(",no: ", ",nb: ").split(":")[0] for line in lines(plan["changes"])}
    planned |= {f"removed {name}" for name in (*orphans, *parts)}
    named = {line.split(":")[0] for line in NAMED.read_text(encoding="utf-8").splitlines()}
    assert orphans == [
        "dataEntryForms/STAGE_1_CLINICAL_EXAMINATION_AND_DIAGNOSIS",
        "relationshipTypes/HAS_BEEN_IN_CONTACT_WITH",
    ]
    assert planned == named
    there.fine("apply", "--server", URL, "--yes", *ALLOWED)
    (rest,) = there.fine("plan", "--server", URL, "--format", "json").json["plans"]
    assert rest["changes"] == []
