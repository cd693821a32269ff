"""`plan` speaks as `diff` does: in short, in another language, as notes for users, without small numbers."""

import shutil

import pytest

from dhis2cfg.report.diffs.people import without_small_numbers
from tests.e2e.house import URL, House
from tests.review.pairs import BEFORE, HERE
from tests.unit.report.building import a_plan

OTHER = 'name: annen\nversion: 2.0.0\ntitle: Annet\ndhis2: ">=2.41"\nlocale: en\n'
PLACE = """\
name: {0}
server: {{url: "{1}", sandbox: true}}
organisationUnit: {{code: {0}, openingDate: 2020-01-01}}
packages: {{sporing: {{}}, annen: {{}}}}
"""
CHANGED = ("option-code", "label", "compulsory", "role-widened")
"""Pairs of revisions whose changes are made together."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Two municipalities on which the workspace of the pairs stands, and what comes next in its files."""
    folder = tmp_path_factory.mktemp("words") / "workspace"
    shutil.copytree(BEFORE, folder)
    house = House(folder=folder)
    for name, port in (("tromso", 8081), ("oslo", 8082)):
        url = URL.replace("8081", str(port))
        house.write(f"municipalities/{name}.yaml", PLACE.format(name, url))
        house.serve(url)
    house.write("packages/annen/package.yaml", OTHER)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder.parent / "state"))
        house.fine("apply", "--all", "--yes")
    for pair in CHANGED:
        shutil.copytree(HERE / pair / "after", folder, dirs_exist_ok=True)
    constant = "constants: {A: {name: A, shortName: A, value: 1, sharing: {public: '--------'}}}\n"
    house.write("packages/annen/constants.yaml", constant)
    house.fine("lock")
    return house


def test_a_summary_tells_what_needs_a_word_and_counts_the_rest(house: House) -> None:
    """As text and as Markdown; counts and the way on stay."""
    text = house.fine("plan", "--summary").out
    assert "option Positiv: code POS → POSITIV" in text
    assert "+ authority F_ENROLLMENT_CASCADE_DELETE" in text
    assert "  beside them 10 changes that no word is needed for\n" in text
    assert "Sannsynlig smittested" not in text
    assert "--allow access and --allow breaking are missing." in text
    page = house.fine("plan", "--summary", "--format", "markdown").out
    assert page.count("- **breaking**: ") == page.count("- **access**: ") == 1
    assert "<details>" not in page
    assert "touches &lt; 5 events" in page
    saved = str(house.folder / "plan.json")
    house.fine("plan", "--out", saved, "--no-dry-run")
    assert "beside them 10 changes" in house.fine("show", saved, "--summary").out


def test_names_are_told_in_another_language(house: House) -> None:
    """The plan is the same one: what rests on its digests does not change with the words."""
    assert "stage Background\n" in house.fine("plan", "--locale", "en").out
    usual, english = (
        house.fine("plan", "--format", "json", *words).json["plans"] for words in ((), ("--locale", "en"))
    )
    assert [each["digests"] for each in usual] == [each["digests"] for each in english]


def test_notes_for_those_who_use_it(house: House) -> None:
    """Group by group, package by package, in the package's language or another one."""
    assert house.fine("plan", "--format", "notes").out == (
        "## Nytt i Smittesporing 1.3.2\n\n"
        "### Smittesporer\n\n- *Smittesporer*: kan gjøre mer enn før.\n\n"
        "### Smittesporere, Kommuneoverleger\n\n"
        "- *Antatt smittested* heter nå *Sannsynlig smittested*.\n"
        "- Teksten til *Prøvesvar* er endret.\n"
        "- *Sannsynlig smittested* må fylles ut.\n\n"
        "## What is new in Annet 2.0.0\n\nNothing changes for those who use it.\n"
    )
    english = house.fine("plan", "--format", "notes", "--locale", "en").out
    assert "### Contact tracers, Municipal chief physicians\n" in english
    assert "- *Probable place of infection* must be filled in.\n" in english
    ran = house.run("show", "plan.json", "--format", "notes")
    assert ran.code == 64


def test_small_numbers_of_what_is_registered_are_not_told() -> None:
    """In sentences of the plan as well; numbers of objects are."""
    plan = a_plan(
        notes=(
            "orphan: programs/P stays: 3 events hold it",
            "orphan: programs/Q stays: 12 events hold it",
            "along the way: version of 2 option sets +1",
        )
    )
    assert without_small_numbers(plan).notes == (
        "orphan: programs/P stays: < 5 events hold it",
        "orphan: programs/Q stays: 12 events hold it",
        "along the way: version of 2 option sets +1",
    )
