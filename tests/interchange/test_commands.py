"""`import`, `export` and `docs` through the program's own door."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from dhis2cfg.model.http import Response
from dhis2cfg.sandbox.app import make_app
from dhis2cfg.sandbox.rehearsal import Brought, rehearsal
from tests.e2e.house import URL, House, Server
from tests.unit.interchange.documents import element, uid

ELEMENTS = {"dataElements": [element("A", valueType="TEXT", domainType="TRACKER", aggregationType="NONE")]}
SHARED = {"sharing": {"public": "--------", "userGroups": {uid("G"): {"access": "r-rw----"}}}}
PROGRAM: dict[str, Any] = {
    "programs": [
        {"id": uid("P"), "code": "P", "name": "Program", "shortName": "P",
         "programType": "WITHOUT_REGISTRATION", "programStages": [{"id": uid("S")}], **SHARED}
    ],
    "programStages": [
        {"id": uid("S"), "name": "Stage", "program": {"id": uid("P")}, "minDaysFromStart": 0,
         "programStageDataElements": [{"id": uid("E"), "dataElement": {"id": uid("A")}, "sortOrder": 1}],
         **SHARED}
    ],
    "dataSets": [
        {"id": uid("D"), "code": "D", "name": "Set", "shortName": "D", "periodType": "Daily", **SHARED}
    ],
    "userGroups": [{"id": uid("G"), "code": "G", "name": "Group", "sharing": {"public": "--------"}}],
    "userRoles": [
        {"id": uid("R"), "name": "Role", "authorities": ["F_A"], "sharing": {"public": "--------"}},
        {"id": uid("All"), "name": "Everything", "authorities": ["ALL"], "sharing": {"public": "--------"}},
    ],
    **ELEMENTS,
}  # fmt: skip


@pytest.fixture
def lone(house: House) -> House:
    """An empty folder with a file to import."""
    house.write("file.json", json.dumps(PROGRAM))
    return house


@pytest.fixture
def fleet(house: House) -> House:
    """A fleet of one municipality, whose server holds a program that somebody clicked together."""
    house.write("fleet.yaml", "name: prove\npackages: packages/*\nmunicipalities: municipalities/*.yaml\n")
    house.write("municipalities/tromso.yaml", f"name: Tromsø\nserver: {{url: {URL}, sandbox: true}}\n")
    instance = rehearsal("2.42", Brought(export=PROGRAM), url=URL)
    house.servers[URL] = Server(instance=instance, app=make_app(instance), url=URL)
    return house


def test_a_file_becomes_a_package_that_validate_likes(lone: House) -> None:
    """What was done is told; what stands there is complete."""
    ran = lone.run("import", "file.json", "-o", "demo")
    assert ran.code == 0, ran.said
    assert ran.out.startswith("file.json: 7 objects, ")
    assert ran.out.endswith("files\n")
    there = House(folder=lone.folder / "demo")
    assert there.run("validate").code == 0


def test_a_dry_run_writes_nothing(lone: House) -> None:
    """It says what would be taken over."""
    ran = lone.run("import", "file.json", "-o", "demo", "--dry-run")
    assert ran.code == 0
    assert "would write " in ran.out
    assert [path.name for path in lone.folder.iterdir()] == ["file.json"]


def test_a_folder_that_is_taken_is_left_alone(lone: House) -> None:
    """Unless it is a package, and somebody says so; names of packages are small letters."""
    assert lone.run("import", "file.json", "-o", "demo").code == 0
    again = lone.run("import", "file.json", "-o", "demo")
    assert (again.code, "is there already" in again.flat) == (64, True)
    lone.write("demo/odd.txt", "left over")
    assert lone.run("import", "file.json", "-o", "demo", "--replace").code == 0
    assert not (lone.folder / "demo" / "odd.txt").exists()
    lone.write("plain/file.txt", "no package")
    assert lone.run("import", "file.json", "-o", "plain", "--replace").code == 64
    assert lone.run("import", "file.json", "-o", "No Name").code == 64


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import", "file.json"), "where to? -o names the package's folder"),
        (("import", "-o", "demo"), "import wants a file, or a server to read"),
        (
            ("import", "file.json", "--from", "tromso", "-o", "demo"),
            "import wants a file, or a server to read",
        ),
        (("import", "file.json", "--adopt", "-o", "demo"), "--adopt goes with --from"),
    ],
)
def test_a_command_line_that_says_too_little_or_too_much(
    lone: House, arguments: tuple[str, ...], said: str
) -> None:
    """Exit 64, and nothing is written."""
    ran = lone.run(*arguments)
    assert (ran.code, said in ran.flat) == (64, True), ran.said
    assert not (lone.folder / "demo").exists()


@pytest.mark.parametrize(
    "text", ["no json", "{}", '{"dataElements": [{"name": "A"}, 7]}', '{"dataElements": [{"id": "x"}]}']
)
def test_bad_input_leaves_no_folder(house: House, text: str) -> None:
    """A finding, exit 3, and not even half of a package."""
    house.write("file.json", text)
    ran = house.run("import", "file.json", "-o", "demo")
    assert (ran.code, ran.out) == (3, ""), ran.said
    assert ran.err.endswith("nothing was written\n")
    assert [path.name for path in house.folder.iterdir()] == ["file.json"]


def zipped(name: str, content: bytes) -> bytes:
    """A zip of one file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


CIRCLE = [
    {"id": uid(name), "name": name, "parent": {"id": uid(above)}} for name, above in (("A", "B"), ("B", "A"))
]
TWICE = [element("A"), {**element("A"), "name": "B"}]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (zipped("metadata.json", b" " * 3_000_000 + json.dumps(ELEMENTS).encode()), "import-zip-bomb"),
        (zipped("../../metadata.json", json.dumps(ELEMENTS).encode()), "import-path"),
        (b'{"pager": {"page": 1}, "dataElements": {}}', "import-no-metadata"),
        (json.dumps({"organisationUnits": CIRCLE}).encode(), "import-circle"),
        (json.dumps({"dataElements": TWICE}).encode(), "import-duplicate-uid"),
    ],
)
def test_hostile_input_leaves_no_folder(house: House, content: bytes, rule: str) -> None:
    """A bomb, a path that leads out, what is no metadata, a circle, a UID twice: told by rule, exit 3."""
    (house.folder / "file.zip").write_bytes(content)
    ran = house.run("import", "file.zip", "-o", "demo")
    assert (ran.code, ran.out) == (3, ""), ran.said
    assert f"error[{rule}]" in ran.err
    assert ran.err.endswith("nothing was written\n")
    assert [path.name for path in house.folder.iterdir()] == ["file.zip"]


def test_a_file_of_200_mb_is_not_opened(house: House) -> None:
    """Its size is enough."""
    with (house.folder / "file.json").open("wb") as file:
        file.truncate(200_000_000)
    ran = house.run("import", "file.json", "-o", "demo")
    assert (ran.code, "file.json has 200 MB, and at most 100 MB are read" in ran.flat) == (3, True)
    assert [path.name for path in house.folder.iterdir()] == ["file.json"]


def test_references_to_nowhere_are_told_and_left_out(lone: House) -> None:
    """The package is whole without them; `--no-mend` stops there and writes nothing."""
    stray = {"dataElements": [{**ELEMENTS["dataElements"][0], **SHARED, "optionSet": {"id": uid("Nowhere")}}]}
    lone.write("stray.json", json.dumps({**stray, "userGroups": PROGRAM["userGroups"]}))
    ran = lone.run("import", "stray.json", "-o", "stray", "--no-mend")
    assert (ran.code, "error[mend-stray-reference]" in ran.err) == (3, True), ran.said
    assert not (lone.folder / "stray").exists()
    ran = lone.fine("import", "stray.json", "-o", "stray")
    assert "optionSet names optionSets/Nowhere0000, which is not here; left out" in ran.flat


def test_a_file_that_is_not_there_or_too_large(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither is opened for long."""
    assert house.run("import", "none.json", "-o", "demo").code == 3
    house.write("file.json", json.dumps(ELEMENTS))
    monkeypatch.setattr("dhis2cfg.cli.work.importing.LARGEST", 10)
    ran = house.run("import", "file.json", "-o", "demo")
    assert (ran.code, "import-too-large" in ran.err) == (3, True)


def test_without_mending_what_would_be_refused_is_shown(lone: House) -> None:
    """As errors; a file that needs none goes in all the same."""
    legacy = {"dataElements": [{**ELEMENTS["dataElements"][0], "publicAccess": "r-------"}]}
    lone.write("legacy.json", json.dumps(legacy))
    ran = lone.run("import", "legacy.json", "-o", "demo", "--no-mend")
    assert (ran.code, "error[mend-legacy-sharing]" in ran.err) == (3, True)
    lone.write("fine.json", json.dumps(ELEMENTS))
    assert lone.run("import", "fine.json", "-o", "demo", "--no-mend").code == 0


def test_rules_that_the_source_breaks_only_warn_in_its_package(house: House) -> None:
    """What no severity lowers is an error that stays, and the package is there to be corrected."""
    long = element("A", valueType="TEXT", domainType="TRACKER", aggregationType="NONE")
    document = {"dataElements": [{**long, "shortName": "x" * 60}]}
    house.write("file.json", json.dumps(document))
    ran = house.run("import", "file.json", "-o", "demo")
    assert (ran.code, "severity in package.yaml): text-length" in ran.out) == (0, True), ran.said
    assert "severity: {text-length: warning}" in house.read("demo/package.yaml")
    rule = {"id": uid("V"), "name": "V", "leftSide": {"expression": "1"}, "operator": "bad"}
    house.write("file.json", json.dumps({"validationRules": [rule]}))
    assert house.run("import", "file.json", "-o", "other").code in (0, 3)


def test_many_findings_of_a_rule_are_a_number(house: House) -> None:
    """The first three are shown; all with -v."""
    rows = [element(f"A{number}", publicAccess="r-------", valueType="TEXT") for number in range(5)]
    house.write("file.json", json.dumps({"dataElements": rows}))
    short = house.run("import", "file.json", "-o", "demo", "--dry-run")
    assert "and 2 more of mend-legacy-sharing (-v shows all)" in short.err
    assert house.run("-v", "import", "file.json", "-o", "demo", "--dry-run").err.count("info[mend") == 5


def test_a_package_goes_out_again(lone: House) -> None:
    """One file on stdout or in a folder, for the version asked, or the newest."""
    assert lone.run("import", "file.json", "-o", "demo").code == 0
    there = House(folder=lone.folder / "demo")
    sent = there.fine("export", "demo", "--dhis2", "2.41").json
    assert [each["code"] for each in sent["programs"]] == ["P"]
    ran = there.fine("export", "demo", "-o", "out")
    assert ran.err == "wrote out/demo-2.43.json\n"
    assert there.run("export", "demo", "--dhis2", "2.40").code == 64
    assert there.run("export", "nothing").code == 64


def test_a_package_that_needs_more_than_one_import_wants_a_folder(house: House) -> None:
    """Numbered files and a note."""
    rows = [
        {"id": uid(f"C{number}"), "code": f"C{number}", "name": f"C{number}", "shortName": f"C{number}",
         "dataDimensionType": "DISAGGREGATION", "categoryOptions": []} for number in range(2)
    ]  # fmt: skip
    combo = {"id": uid("X"), "code": "X", "name": "X", "dataDimensionType": "DISAGGREGATION",
             "categories": [{"id": each["id"]} for each in rows]}  # fmt: skip
    house.write("file.json", json.dumps({"categories": rows, "categoryCombos": [combo]}))
    assert house.run("import", "file.json", "-o", "demo").code == 0
    there = House(folder=house.folder / "demo")
    ran = there.run("export", "demo")
    assert (ran.code, "needs more than one file" in ran.flat) == (64, True), ran.said
    there.fine("export", "demo", "-o", "out")
    assert sorted(path.name for path in (there.folder / "out").iterdir()) == [
        "1-demo-2.43.json",
        "README.txt",
    ]


def test_a_program_is_taken_from_a_server_and_adopted(fleet: House) -> None:
    """With what it needs; afterwards it is ours, the plan is empty, and what is dropped goes."""
    ran = fleet.run("import", "--from", "tromso", "--program", "P", "-o", "packages/p", "--adopt")
    assert ran.code == 0, ran.said
    assert ran.out.endswith("p is ours on tromso; its plan is empty\n")
    assert "packages: {p: {}}" in fleet.read("municipalities/tromso.yaml")
    (plan,) = fleet.fine("plan", "--format", "json").json["plans"]
    assert (plan["changes"], plan["steps"]) == ([], [])
    record = fleet.server.kept("record-prove")
    assert all(not each.get("found") for each in record["objects"]["programs"].values())
    assert fleet.fine("export", "p", "-m", "tromso").json["programs"][0]["id"] == uid("P")


def test_a_data_set_and_everything(fleet: House) -> None:
    """By code, by UID; with everything, roles of the installation and people stay behind."""
    assert fleet.run("import", "--from", "tromso", "--dataset", uid("D"), "-o", "packages/d").code == 0
    assert sorted(path.name for path in (fleet.folder / "packages/d").iterdir()) == [
        "data-sets",
        "docs",
        "groups.yaml",
        "package.yaml",
        "uids.lock",
    ]
    ran = fleet.run("import", "--from", "tromso", "--all", "-o", "packages/all")
    assert ran.code == 0, ran.said
    assert "Everything" not in fleet.read("packages/all/roles.yaml")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--from", "tromso"), "what of the server?"),
        (("--from", "tromso", "--program", "NONE"), "no one of programs is called NONE"),
        (("--from", "*", "--all"), "--from takes one server"),
    ],
)
def test_what_cannot_be_meant_of_a_server(fleet: House, arguments: tuple[str, ...], said: str) -> None:
    """Exit 64, before anything is written."""
    other = "http://127.0.0.1:8082"
    fleet.write("municipalities/amot.yaml", f"name: Åmot\nserver: {{url: {other}, sandbox: true}}\n")
    ran = fleet.run("import", *arguments, "-o", "packages/x")
    assert (ran.code, said in ran.flat) == (64, True), ran.said


def test_what_differs_is_not_adopted(fleet: House) -> None:
    """The municipality's file stands as it was, and so does the server."""
    fleet.write(
        "municipalities/tromso.yaml",
        fleet.read("municipalities/tromso.yaml") + "patches: {dataElements/A: {description: Other}}\n",
    )
    ran = fleet.run("import", "--from", "tromso", "--program", "P", "-o", "packages/p", "--adopt")
    assert ran.code == 1, ran.said
    assert "p is not what stands there: 1 change" in ran.err
    assert "packages:" not in fleet.read("municipalities/tromso.yaml")


def test_a_file_without_room_for_a_package_is_said(fleet: House) -> None:
    """A list of packages is left to a person."""
    fleet.write("municipalities/tromso.yaml", f"{{name: Tromsø, server: {{url: '{URL}', sandbox: true}}}}\n")
    ran = fleet.run("import", "--from", "tromso", "--program", "P", "-o", "packages/p", "--adopt")
    assert (ran.code, "has no room for a package" in ran.err) == (64, True), ran.said


def test_a_type_that_may_not_be_read_is_named(fleet: House) -> None:
    """Everything else is taken over."""

    def spoilt(request: Any, onwards: Any) -> Any:
        refused = "/api/metadata?userRoles:fields" in request.path
        return Response(status=409, body=b'{"message": "no"}') if refused else onwards(request)

    fleet.server.spoiler = spoilt
    ran = fleet.run("import", "--from", "tromso", "--all", "-o", "packages/x")
    assert (ran.code, "the account may not read userRoles" in ran.flat) == (0, True), ran.said
    assert "import-unread-type" in ran.flat


def test_a_book_of_a_package(lone: House) -> None:
    """To stdout in the form asked for, or both into a folder."""
    assert lone.run("import", "file.json", "-o", "demo").code == 0
    there = House(folder=lone.folder / "demo")
    told = there.fine("docs", "demo").out
    assert "### Group Group" in told
    assert "| 1 program | see, see data, enter data | Program (programs/p/program.yaml:" in told
    assert there.fine("docs", "demo", "--format", "html").out.startswith("<!DOCTYPE html>")
    assert there.fine("docs", "demo", "-o", "book").err == "wrote book/demo.md\nwrote book/demo.html\n"
    assert there.run("docs", "other").code == 64


def test_a_disk_that_is_full_leaves_nothing(lone: House) -> None:
    """The folder appears whole or not at all."""

    def full(path: Path) -> Any:
        raise OSError(28, "No space left on device", str(path))

    lone.writer = full
    ran = lone.run("import", "file.json", "-o", "demo")
    assert (ran.code, "No space left" in ran.flat) == (1, True), ran.said
    assert [path.name for path in lone.folder.iterdir()] == ["file.json"]
