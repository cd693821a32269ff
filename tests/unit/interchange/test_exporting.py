"""Steps on an empty server as files, and a note that says what to do with them."""

from dhis2cfg.interchange.exporting import export_pages
from dhis2cfg.model.plan import Step, StepKind


def step(number: int, kind: StepKind, reason: str = "", **body: object) -> Step:
    """One step."""
    return Step(number=number, kind=kind, objects=(), body=body, reason=reason)


def test_one_call_is_one_file() -> None:
    """Without a note: there is nothing more to do."""
    (page,) = export_pages("demo", "2.42", [step(1, StepKind.CALL, dataElements=[{"id": "abcdefghijk"}])])
    assert page.file == "demo.json"
    assert page.text == '{\n  "dataElements": [\n    {\n      "id": "abcdefghijk"\n    }\n  ]\n}\n'


def test_more_steps_are_numbered_and_told() -> None:
    """Which file by which door, settings and maintenance by hand, each with its reason."""
    pages = export_pages(
        "demo",
        "2.41",
        [
            step(1, StepKind.SETTING, systemSettings=[{"id": "keyA", "value": 1}]),
            step(2, StepKind.CALL, dataElements=[]),
            step(3, StepKind.OWN, "lost otherwise", maps=[]),
            step(4, StepKind.SHARING, maps=[]),
            step(5, StepKind.MAINTENANCE, maintenance=[{"id": "categoryOptionComboUpdate"}]),
        ],
    )
    assert [page.file for page in pages] == ["2-demo.json", "3-demo.json", "README.txt"]
    assert pages[-1].text == (
        "demo for DHIS2 2.41, in this order:\n"
        "1. By hand, systemSettings: keyA\n"
        "2. Import/Export app, metadata import: 2-demo.json\n"
        "3. POST each of 3-demo.json to /api/maps\n"
        "   lost otherwise\n"
        "5. POST categoryOptionComboUpdate (Data administration app, maintenance)\n"
    )
